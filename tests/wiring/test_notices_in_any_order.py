"""PAY-F4: whatever is lost, late, doubled or out of order, the fee is settled exactly once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.wiring.city import Place
from tests.wiring.notices import NoticeWay
from tests.wiring.story import FEE, Citizen

LATER = timedelta(minutes=15)
OK, ALREADY = "00", "02"


@pytest.fixture
def way(place: Place) -> Iterator[NoticeWay]:
    made = NoticeWay(place)
    yield made
    made.leave()


def pay_and_close_the_browser(citizen: Citizen, code: str) -> None:
    """Confirm at the bank, and never come back."""
    citizen.walk_to_otp(code)
    form, _ = citizen.page.button("Xác nhận", "otp")
    session = citizen.browser.session
    answer = session.post(
        citizen.page.url, data={**form.values, "otp": citizen.otp()}, allow_redirects=False
    )
    assert answer.status_code in {302, 303}, answer.text


def settled_once(place: Place, code: str) -> None:
    """Prove by all books that one debit settled the fee, with one receipt."""
    portal, bank = place.ledger("portal"), place.ledger("bank")
    (fee,) = [row for row in portal["fees"] if row["dossier"] == code]
    orders = [row for row in portal["orders"] if row["dossier"] == code]
    receipts = [row for row in portal["receipts"] if row["dossier"] == code]
    debits = [row for row in bank["payments"] if row["state"] == "paid"]

    assert (fee["state"], fee["amount"]) == ("settled", FEE)
    assert [row["state"] for row in orders].count("paid") == 1
    assert [row["state"] for row in orders].count("surplus") == 0
    assert [row["reference"] for row in receipts] == [fee["settled_by"]]
    assert [row["amount"] for row in debits] == [FEE]
    assert place.audit().clean, place.audit().lines()


def unsettled(place: Place) -> bool:
    return [row["state"] for row in place.ledger("portal")["fees"]] == ["due"]


def test_the_browser_never_comes_back_and_the_notice_settles(
    place: Place, citizen: Citizen, way: NoticeWay
) -> None:
    code = citizen.file()
    pay_and_close_the_browser(citizen, code)
    place.settle()

    assert len(way.bodies) == 1
    settled_once(place, code)


def test_the_notice_is_lost_and_the_browser_s_return_settles(
    place: Place, citizen: Citizen, way: NoticeWay
) -> None:
    way.cut = True
    code = citizen.file()

    citizen.pay(code)

    assert "Thanh toán thành công" in citizen.page.words
    assert way.bodies
    settled_once(place, code)


def test_notice_and_return_are_both_lost_and_the_portal_asks_by_itself(
    place: Place, citizen: Citizen, way: NoticeWay
) -> None:
    way.cut = True
    code = citizen.file()
    pay_and_close_the_browser(citizen, code)
    place.settle()
    assert unsettled(place)

    place.controls.advance(LATER, place.name)
    settled_once(place, code)

    way.cut = False
    place.controls.advance(LATER, place.name)
    settled_once(place, code)


@pytest.mark.parametrize("copies", [1, 9])
def test_the_notice_comes_again_one_after_another(
    place: Place, citizen: Citizen, way: NoticeWay, copies: int
) -> None:
    code = citizen.file()
    citizen.pay(code)

    assert {way.pass_on() for _ in range(copies)} == {ALREADY}
    settled_once(place, code)


def test_the_notice_comes_fifty_times_at_once_and_one_wins(
    place: Place, citizen: Citizen, way: NoticeWay
) -> None:
    way.swallow = True
    code = citizen.file()
    pay_and_close_the_browser(citizen, code)
    place.settle()

    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(lambda _: way.pass_on(), range(50)))

    assert (answers.count(OK), answers.count(ALREADY)) == (1, 49)
    settled_once(place, code)


@pytest.mark.parametrize("late", [timedelta(minutes=1), timedelta(hours=1), timedelta(days=2)])
def test_the_notice_comes_late_after_the_portal_has_asked(
    place: Place, citizen: Citizen, way: NoticeWay, late: timedelta
) -> None:
    way.swallow = True
    code = citizen.file()
    citizen.pay(code)
    place.controls.advance(late, place.name)

    assert way.pass_on() == ALREADY
    settled_once(place, code)


def test_the_failure_of_the_first_attempt_comes_after_the_success_of_the_second(
    place: Place, citizen: Citizen, way: NoticeWay
) -> None:
    way.swallow = True
    code = citizen.file()
    citizen.walk_to_otp(code)
    citizen.browser.press("Hủy giao dịch")
    place.settle()
    citizen.pay(code)

    failure, success = 0, -1
    assert {way.pass_on(success), way.pass_on(failure)} == {ALREADY}
    settled_once(place, code)
