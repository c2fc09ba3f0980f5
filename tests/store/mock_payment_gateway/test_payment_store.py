"""What the gateway's store promises."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mock_payment_gateway.domain.payment import Payment, PaymentState
from mock_payment_gateway.store import StoredWork
from mock_payment_gateway.store.tables import METADATA
from simkit.storage.database import Database
from simkit.storage.outbox import AgendaTable, OutboxTable
from tests.builders.gateway import A_MONDAY, MovableClock, a_partner, a_payment


@pytest.fixture
def work(tmp_path: Path) -> Iterator[StoredWork]:
    database = Database.create(tmp_path / "gateway.sqlite3", METADATA, durable=False)
    yield StoredWork(
        database,
        outbox=lambda sql: OutboxTable(sql, MovableClock().now, lambda: None, lambda: ""),
        agenda=lambda sql: AgendaTable(sql, lambda: None),
        standing={"H24": a_partner("H24", name="from the settings")},
    )
    database.close()


def another(payment: Payment, number: int) -> Payment:
    """Return an order of the same partner with keys of its own."""
    return replace(
        payment,
        platform_id=f"PP{number}",
        token=f"token-{number}",
        reference=f"reference-{number}",
        request_id=f"request-{number}",
    )


@pytest.mark.parametrize("state", PaymentState)
def test_an_order_comes_back_as_it_was(work: StoredWork, state: PaymentState) -> None:
    payment = a_payment(state)

    with work.write() as unit:
        assert unit.payments.add(payment)

    with work.read() as unit:
        assert unit.payments.by_token(payment.token) == payment
        assert unit.payments.by_platform_id(payment.platform_id) == payment
        assert unit.payments.by_reference(payment.partner, payment.reference) == payment
        assert unit.payments.all() == [payment]


def test_what_an_orders_life_changes_is_kept(work: StoredWork) -> None:
    before = a_payment()
    after = replace(
        before,
        state=PaymentState.PAID,
        bank="SAOBIEN",
        bank_name="Ngân hàng Sao Biển",
        request_id="request-1",
        pay_url="http://bank.test/pay/1",
        bank_ref="FT1",
        bank_code="00",
        settled_at=A_MONDAY + timedelta(microseconds=1),
    )
    with work.write() as unit:
        unit.payments.add(before)

    with work.write() as unit:
        unit.payments.put(after)

    with work.read() as unit:
        assert unit.payments.by_request("request-1") == after


def test_a_partner_uses_a_reference_once(work: StoredWork) -> None:
    first = a_payment()
    with work.write() as unit:
        unit.payments.add(first)

    with work.write() as unit:
        same = replace(another(first, 2), reference=first.reference)
        assert not unit.payments.add(same)
        assert unit.payments.add(replace(same, partner="OTHER"))


def test_numbers_go_on_from_the_newest_order(work: StoredWork) -> None:
    numbers = []
    for number in (1, 2):
        with work.write() as unit:
            numbers.append(unit.payments.next_number())
            unit.payments.add(another(a_payment(), number))

    assert numbers == [1, 2]


def test_orders_are_listed_by_age(work: StoredWork) -> None:
    with work.write() as unit:
        for number in (3, 1, 2):
            unit.payments.add(another(a_payment(), number))

    with work.read() as unit:
        assert [payment.platform_id for payment in unit.payments.all()] == ["PP3", "PP1", "PP2"]


def test_nothing_is_found_under_keys_that_nobody_has(work: StoredWork) -> None:
    with work.read() as unit:
        assert unit.payments.by_token("x") is None
        assert unit.payments.by_request("x") is None
        assert unit.payments.by_reference("x", "x") is None
        assert unit.payments.by_platform_id("x") is None
        assert unit.partners.find("x") is None


def test_a_unit_that_fails_leaves_nothing(work: StoredWork) -> None:
    def fail() -> None:
        with work.write() as unit:
            unit.payments.add(a_payment())
            unit.agenda.put("time-out", "PP0001", A_MONDAY, {})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    with work.read() as unit:
        assert unit.payments.all() == []


def test_a_partner_is_replaced_by_its_code(work: StoredWork) -> None:
    with work.write() as unit:
        unit.partners.put(a_partner(secret="old"))
        unit.partners.put(a_partner(secret="new"))

    with work.read() as unit:
        assert unit.partners.find("HPG01") == a_partner(secret="new")


def test_partners_of_the_settings_are_there_until_a_row_says_otherwise(work: StoredWork) -> None:
    with work.read() as unit:
        standing = unit.partners.find("H24")
    with work.write() as unit:
        unit.partners.put(a_partner("H24", name="from the control room"))
    with work.read() as unit:
        replaced = unit.partners.find("H24")

    assert standing is not None
    assert replaced is not None
    assert (standing.name, replaced.name) == ("from the settings", "from the control room")
