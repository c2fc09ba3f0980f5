"""Paying, and everything that can come twice, late, or not at all: settled once, debited once."""

from datetime import timedelta

import pytest

from mock_bank.domain.account import AccountKind
from simkit.core.cast import CAST
from tests.wiring.city import A_MONDAY, Place
from tests.wiring.story import FEE, Citizen


def debited(place: Place) -> int:
    """Return what left the accounts of customers for payments, in đồng."""
    ledger = place.ledger("bank")
    kinds = {a["number"]: a["kind"] for a in ledger["accounts"]}
    return -sum(
        int(e["amount"])
        for e in ledger["entries"]
        if e["about"].startswith("payment:") and kinds[e["account"]] == AccountKind.CUSTOMER
    )


def is_settled_once(place: Place, code: str) -> bool:
    """Tell whether the fee is settled, receipted once and debited once, and all books agree."""
    receipts = [r for r in place.ledger("portal")["receipts"] if r["dossier"] == code]
    settled = place.row("portal", "fees", dossier=code)["state"] == "settled"
    report = place.audit()
    assert report.clean, "\n".join(report.lines())
    return settled and len(receipts) == 1 and debited(place) == FEE


def notices(place: Place) -> list[str]:
    """Return by which ways the portal heard of orders."""
    return [notice["source"] for notice in place.ledger("portal")["notices"]]


def test_a_fee_is_settled_once_though_each_notice_is_sent_twice(
    place: Place, citizen: Citizen
) -> None:
    code = citizen.file()
    citizen.pay(code)
    before = place.ledgers()

    for house, path in (("gateway", "/bank/notices"), ("portal", "/payment-platform/confirm")):
        (heard,) = [e for e in place.journal(house) if e["url"].endswith(path)]
        headers = {
            name.replace("_", "-"): value
            for name, value in heard["request"]["headers"]
            if name.startswith("X_")
        }
        again = place.city.http.post(
            place.url(house, path),
            data=heard["request"]["text"].encode(),
            headers=headers | {"Content-Type": "application/json"},
        )
        assert again.status_code == 200, again.text

    place.settle()
    after = place.ledgers()
    changed = {
        (house, table)
        for house in after
        for table in after[house]
        if after[house][table] != before[house][table]
    }
    assert changed == {("portal", "notices")}
    assert after["portal"]["notices"][-1]["answer"] == "02"  # known since before
    assert is_settled_once(place, code)


def test_the_notice_alone_settles_when_the_browser_never_comes_back(
    place: Place, citizen: Citizen
) -> None:
    code = citizen.file()
    citizen.walk_to_otp(code)

    citizen.browser.close_after("Xác nhận", otp=citizen.otp())
    place.settle()

    assert notices(place) == ["confirm"]
    assert is_settled_once(place, code)


def test_the_return_asks_when_no_notice_has_come_and_shows_the_receipt(
    place: Place, citizen: Citizen
) -> None:
    code = citizen.file()
    citizen.walk_to_otp(code)

    page = citizen.confirm(citizen.otp())  # nothing is pumped: every notice is held

    assert page.heading == "Biên lai thu phí, lệ phí"
    assert code in page.words
    assert notices(place) == ["query"]
    assert {m["state"] for m in place.ledger("gateway")["outbox"]} == {"due"}
    place.settle()
    assert notices(place) == ["query", "confirm"]
    assert is_settled_once(place, code)


def test_an_order_that_only_the_bank_knows_of_is_asked_about_when_its_time_is_over(
    place: Place, citizen: Citizen
) -> None:
    code = citizen.file()
    citizen.walk_to_otp(code)
    citizen.browser.close_after("Xác nhận", otp=citizen.otp())

    with place.without("gateway"):
        place.pump("bank")  # the notice finds nobody, and waits
    place.controls.freeze(place.name, at=A_MONDAY + timedelta(minutes=16))
    place.pump("gateway")  # the time to pay is over: the gateway asks the bank

    assert place.row("gateway", "payments", partner="H24")["state"] == "paid"
    assert is_settled_once(place, code)


@pytest.mark.parametrize("where", ["the gateway", "the bank"])
def test_a_payment_that_is_cancelled_leaves_the_dossier_payable(
    place: Place, citizen: Citizen, where: str
) -> None:
    code = citizen.file()
    citizen.go_to_gateway(code)
    if where == "the bank":
        citizen.choose_bank()

    page = citizen.browser.press("Hủy giao dịch")
    place.settle()

    assert "Thanh toán không thành công" in page.words
    assert place.row("portal", "fees", dossier=code)["state"] == "due"
    assert debited(place) == 0
    citizen.pay(code)
    assert is_settled_once(place, code)


def test_three_wrong_codes_end_the_payment_and_leave_the_dossier_payable(
    place: Place, citizen: Citizen
) -> None:
    code = citizen.file()
    citizen.walk_to_otp(code)
    right = citizen.otp()
    wrong = f"{(int(right) + 1) % 10**6:06d}"

    pages = [citizen.confirm(wrong) for _ in range(3)]
    place.settle()

    assert "Mã OTP không đúng. Quý khách còn 2 lần nhập." in pages[0].words
    assert "Mã OTP không đúng. Quý khách còn 1 lần nhập." in pages[1].words
    assert "Thanh toán không thành công" in pages[2].words
    assert place.row("gateway", "payments", state="failed")["code"] == "13"
    assert debited(place) == 0
    citizen.pay(code)
    assert is_settled_once(place, code)


def test_an_account_without_the_money_pays_nothing_and_the_dossier_stays_payable(
    place: Place, citizen: Citizen
) -> None:
    code = citizen.file()
    citizen.go_to_gateway(code)
    citizen.choose_bank()
    citizen.sign_in_at_bank()
    poor = {
        "name": citizen.person.full_name,
        "phone": citizen.person.phone,
        "user": citizen.person.phone,
        "password": "Ngan-Hang-123",
        "bank": "VIETCOMBANK",
        "balance": FEE - 1,
    }
    place.controls.call("bank", "POST", "seed", {"customers": [poor]}, place.name)

    page = citizen.browser.press("Xác nhận", agree="1")
    place.settle()

    assert "Thanh toán không thành công" in page.words
    assert place.row("gateway", "payments", state="failed")["code"] == "51"
    assert debited(place) == 0
    rich = {"customers": [{**poor, "balance": FEE}]}
    place.controls.call("bank", "POST", "seed", rich, place.name)
    citizen.pay(code)
    assert is_settled_once(place, code)


def test_two_windows_that_pay_one_order_make_one_debit(place: Place, citizen: Citizen) -> None:
    code = citizen.file()
    citizen.go_to_gateway(code)
    second = citizen.browser.another_window()
    second.open(citizen.page.url)
    citizen.choose_bank()
    second.press("Thanh toán", bank="BIDV")  # too late: the first choice counts
    assert second.page.url == citizen.page.url
    citizen.sign_in_at_bank()
    citizen.agree()
    second.open(second.page.url)
    otp = citizen.otp()

    first_end = citizen.confirm(otp)
    second_end = second.press("Xác nhận", otp=otp)
    place.settle()

    assert first_end.heading == second_end.heading == "Biên lai thu phí, lệ phí"
    assert is_settled_once(place, code)


def test_whoever_presses_pay_twice_goes_on_with_the_same_order(
    place: Place, citizen: Citizen
) -> None:
    code = citizen.file()

    references = {citizen.go_to_gateway(code), citizen.go_to_gateway(code)}

    assert len(references) == 1
    assert len(place.ledger("gateway")["payments"]) == 1


def test_an_order_that_was_paid_long_ago_and_told_late_becomes_surplus(
    place: Place, citizen: Citizen
) -> None:
    code = citizen.file()
    citizen.walk_to_otp(code)
    citizen.browser.close_after("Xác nhận", otp=citizen.otp())
    # Nobody hears of it for four days, on which the citizen tries once more.
    place.controls.freeze(place.name, at=A_MONDAY + timedelta(days=4))
    citizen.walk_to_otp(code)
    citizen.browser.close_after("Xác nhận", otp=citizen.otp())

    place.settle()

    orders = place.ledger("portal")["orders"]
    assert sorted(order["state"] for order in orders) == ["paid", "surplus"]
    assert debited(place) == 2 * FEE
    assert len(place.ledger("portal")["receipts"]) == 1
    report = place.audit()
    assert report.clean, "\n".join(report.lines())


def test_nobody_else_can_pay_for_or_look_at_a_dossier(place: Place, citizen: Citizen) -> None:
    code = citizen.file()
    stranger = Citizen(place, CAST[1]).sign_in()

    page = stranger.visit(f"/ho-so/{code}/thanh-toan")

    assert page.status == 404
    assert "dossier-unknown" in page.words
    assert place.ledger("portal")["orders"] == []
