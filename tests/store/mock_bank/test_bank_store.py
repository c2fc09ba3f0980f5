"""The store keeps what it is given, and nothing of what was undone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mock_bank.domain.account import Account, AccountKind, Customer
from mock_bank.domain.ledger import Entry, Posting
from mock_bank.domain.otp import Challenge, ChallengeState
from mock_bank.domain.payment import CALLED_OFF, Payment
from mock_bank.domain.profile import bank_of
from mock_bank.domain.visit import Stage, Visit
from simkit.core.errors import Conflict
from simkit.core.messages import Message
from tests.builders.bank import A_MORNING, VCB, Desk, a_challenge, a_payment, an_order

AN = Account("4360000000001", VCB.code, AccountKind.CUSTOMER, "An")
BINH = Account("4360000000002", VCB.code, AccountKind.CUSTOMER, "Bình")


def test_a_payment_comes_back_as_it_was_put(desk: Desk) -> None:
    payment = a_payment(an_order(amount=10**12))
    with desk.work.write() as unit:
        unit.payments.add(payment)

    with desk.work.read() as unit:
        assert unit.payments.find("req-1") == payment
        assert unit.payments.by_token(payment.token) == payment
        assert unit.payments.all() == [payment]


@pytest.mark.parametrize(
    "ended",
    [
        pytest.param(a_payment().end(CALLED_OFF), id="cancelled"),
        pytest.param(a_payment().settle("FT1", A_MORNING, payer="4360000000001"), id="paid"),
    ],
)
def test_an_ended_payment_comes_back_ended(desk: Desk, ended: Payment) -> None:
    with desk.work.write() as unit:
        unit.payments.add(a_payment())
        unit.payments.put(ended)

    with desk.work.read() as unit:
        assert unit.payments.find("req-1") == ended


def test_moments_keep_their_microseconds_and_come_back_in_vietnams_time(desk: Desk) -> None:
    moment = datetime(2026, 11, 23, 2, 0, 0, 123_456, tzinfo=UTC)
    with desk.work.write() as unit:
        unit.payments.add(a_payment(an_order(expires_at=moment)))

    with desk.work.read() as unit:
        found = unit.payments.find("req-1")
    assert found is not None
    assert found.order.expires_at == moment
    assert found.order.expires_at.utcoffset() == timedelta(hours=7)


def test_what_nobody_put_is_not_there(desk: Desk) -> None:
    with desk.work.read() as unit:
        assert unit.payments.find("req-1") is None
        assert unit.payments.by_token("token") is None
        assert unit.payments.visit("token") == Visit()
        assert unit.payments.challenge("token") is None
        assert unit.accounts.find("1") is None
        assert unit.customers.find(VCB.code, "nobody") is None
        assert unit.ledger.balance("1") == 0


def test_the_last_visit_and_the_last_challenge_are_kept(desk: Desk) -> None:
    payment = a_payment()
    visits = [Visit(Stage.CONSENT, "an", "b1"), Visit(Stage.CONFIRM, "an", "b2")]
    challenges = [
        a_challenge("000001"),
        Challenge(
            "000002",
            A_MORNING + timedelta(minutes=3),
            bank_of("AGRIBANK").otp[0],
            2,
            1,
            ChallengeState.LAPSED,
        ),
    ]
    with desk.work.write() as unit:
        unit.payments.add(payment)
        for visit, challenge in zip(visits, challenges, strict=True):
            unit.payments.put_visit(payment.token, visit)
            unit.payments.put_challenge(payment.token, challenge)

    with desk.work.read() as unit:
        assert unit.payments.visit(payment.token) == visits[-1]
        assert unit.payments.challenge(payment.token) == challenges[-1]


def test_a_customer_is_found_by_bank_and_user_and_replaced_by_them(desk: Desk) -> None:
    customer = Customer(VCB.code, "an", "An", "0912345678", "hash", AN.number)
    with desk.work.write() as unit:
        unit.accounts.put(AN)
        unit.customers.put(customer)
        unit.customers.put(replace(customer, name="Trần An"))

    with desk.work.read() as unit:
        assert unit.customers.find(VCB.code, "an") == replace(customer, name="Trần An")
        assert unit.customers.find("BIDV", "an") is None


def test_an_account_gets_its_new_owner(desk: Desk) -> None:
    with desk.work.write() as unit:
        unit.accounts.put(AN)
        unit.accounts.put(replace(AN, owner="Trần An"))

    with desk.work.read() as unit:
        assert unit.accounts.find(AN.number) == replace(AN, owner="Trần An")


def test_balances_are_the_sums_of_postings(desk: Desk) -> None:
    with desk.work.write() as unit:
        unit.accounts.put(AN)
        unit.accounts.put(BINH)
        unit.ledger.book(
            Entry("one", A_MORNING, (Posting(AN.number, -70), Posting(BINH.number, 70)))
        )
        unit.ledger.book(
            Entry("two", A_MORNING, (Posting(AN.number, 20), Posting(BINH.number, -20)))
        )

    with desk.work.read() as unit:
        assert (unit.ledger.balance(AN.number), unit.ledger.balance(BINH.number)) == (-50, 50)
        held = {each.account.number: each.balance for each in unit.ledger.standings()}
        assert (held[AN.number], held[BINH.number]) == (-50, 50)
        booked = [each for each in unit.ledger.booked() if each.about == "two"]
    assert [each.posting for each in booked] == [
        Posting(AN.number, 20),
        Posting(BINH.number, -20),
    ]
    assert {each.at for each in booked} == {A_MORNING}


def test_one_cause_is_booked_once(desk: Desk) -> None:
    entry = Entry("one", A_MORNING, (Posting(AN.number, -70), Posting(BINH.number, 70)))
    with desk.work.write() as unit:
        unit.accounts.put(AN)
        unit.accounts.put(BINH)
        unit.ledger.book(entry)

    with pytest.raises(Conflict), desk.work.write() as unit:
        unit.ledger.book(entry)

    with desk.work.read() as unit:
        assert unit.ledger.balance(BINH.number) == 70


class PowerCutError(Exception):
    """The unit ends here."""


def put_and_fail(desk: Desk, payment: Payment) -> None:
    with desk.work.write() as unit:
        unit.payments.add(payment)
        unit.agenda.put("payment-expiry", payment.token, A_MORNING, {})
        unit.outbox.put(Message("notice", "req-1", "http://gateway.test", {}))
        raise PowerCutError


def test_what_fails_half_way_leaves_nothing_behind(desk: Desk) -> None:
    with pytest.raises(PowerCutError):
        put_and_fail(desk, a_payment())

    with desk.work.read() as unit:
        assert unit.payments.find("req-1") is None
    assert (desk.agenda(), desk.outbox("notice")) == (0, [])
