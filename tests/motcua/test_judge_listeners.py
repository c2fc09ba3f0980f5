"""The judge passes a correct listener and finds the weaknesses of a careless one."""

import itertools
from urllib.parse import parse_qsl

import pytest
import requests
from flask import Flask

from motcua.judge.books import Pool, SetupDoor, StateDoor
from motcua.judge.dialects import DIALECTS, Order
from motcua.judge.report import BAD, GOOD, INCOMPLETE, Report
from motcua.judge.trial import Trial
from motcua.judge.verdicts import Verdict
from motcua.judge.wire import Line
from simkit.wire.in_process import WsgiAdapter
from tests.listeners.careless import Weakness, a_careless_listener
from tests.listeners.correct import a_correct_listener
from tests.listeners.shop import PARTNER, SECRET, Books

HOST = "http://shop.test"
STAMP = "20260105090000"
_ORDERS = itertools.count(1)


def judged(
    app: Flask, dialect: str = "platform", *, state: bool = True, orders: tuple[Order, ...] = ()
) -> Report:
    session = requests.Session()
    session.mount(HOST, WsgiAdapter(app))
    door = None if orders else SetupDoor(f"{HOST}/orders", session, f"T{next(_ORDERS)}-", 150_000)
    trial = Trial(
        Line(f"{HOST}/{dialect}", session),
        DIALECTS[dialect](PARTNER, SECRET),
        Pool(orders, door),
        STAMP,
        StateDoor(HOST + "/orders/{reference}", session) if state else None,
    )
    return Report(HOST, dialect, list(trial.run()))


def verdicts(report: Report) -> dict[str, Verdict]:
    return {result.case: result.opinion.verdict for result in report.results}


def failures(report: Report) -> set[str]:
    return {case for case, verdict in verdicts(report).items() if verdict is Verdict.FAIL}


def reason(report: Report, case: str) -> str:
    return next(r.opinion.reason for r in report.results if r.case == case)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_correct_listener_passes_every_case(dialect: str) -> None:
    report = judged(a_correct_listener(Books()), dialect)

    odd = {c: reason(report, c) for c, v in verdicts(report).items() if v is not Verdict.PASS}
    assert odd == {}
    assert report.exit_code == GOOD


@pytest.mark.parametrize("dialect", DIALECTS)
def test_without_a_view_of_the_books_only_failed_payments_stay_unseen(dialect: str) -> None:
    report = judged(a_correct_listener(Books()), dialect, state=False)

    unseen = {case for case, verdict in verdicts(report).items() if verdict is not Verdict.PASS}
    assert unseen <= {"failed-code", "failed-status"}
    assert "--state-url" in reason(report, "failed-code")
    assert report.exit_code == GOOD


def test_it_finds_that_the_signature_is_ignored() -> None:
    report = judged(a_careless_listener(Books(), Weakness(ignores_signature=True)))

    assert {"forged-signature", "missing-signature", "empty-signature", "tampered-code"} <= (
        failures(report)
    )
    assert report.exit_code == BAD


def test_it_finds_that_the_signature_is_ignored_by_the_acknowledgements_alone() -> None:
    listener = a_careless_listener(Books(), Weakness(ignores_signature=True))

    assert "forged-signature" in failures(judged(listener, state=False))


def test_it_finds_that_a_failed_payment_is_booked_as_paid() -> None:
    report = judged(a_careless_listener(Books(), Weakness(books_failures=True)))

    assert failures(report) == {"failed-code"}
    assert "booked as paid" in reason(report, "failed-code")


def test_it_finds_both_weaknesses_of_one_listener() -> None:
    both = Weakness(ignores_signature=True, books_failures=True)

    found = failures(judged(a_careless_listener(Books(), both)))

    assert {"forged-signature", "failed-code"} <= found


@pytest.mark.parametrize(
    ("weakness", "cases"),
    [
        (Weakness(books_twice=True), {"replayed", "parallel"}),
        (Weakness(believes_query_answers=True), {"query-as-confirm"}),
    ],
)
def test_it_finds_a_weakness_in_the_books(weakness: Weakness, cases: set[str]) -> None:
    assert failures(judged(a_careless_listener(Books(), weakness))) == cases


def test_a_listener_that_answers_in_its_own_way_is_warned_not_failed() -> None:
    report = judged(a_careless_listener(Books(), Weakness(crashes=True, camel_case=True)))

    found = verdicts(report)
    assert failures(report) == set()
    assert found["ack-shape"] is found["forged-signature"] is found["not-a-notice"] is Verdict.WARN
    assert "MaLoi is spelt maLoi" in reason(report, "ack-shape")
    assert "HTTP 500" in reason(report, "forged-signature")


def test_a_listener_that_refuses_everything_is_not_taken_for_a_safe_one() -> None:
    refusing = Flask("refusing")
    refusing.add_url_rule("/platform", view_func=lambda: {"MaLoi": "97"}, methods=["POST"])

    report = judged(refusing, orders=(Order("A", 1),), state=False)

    found = verdicts(report)
    assert found.pop("correct") is Verdict.FAIL
    assert set(found.values()) == {Verdict.SKIPPED}
    assert report.exit_code == BAD


def a_shop_with(*orders: Order) -> Flask:
    books = Books()
    for order in orders:
        books.add(order.reference, order.amount)
    return a_correct_listener(books)


def test_five_orders_are_enough_for_a_correct_listener() -> None:
    orders = tuple(Order(f"HS{number}", 50_000) for number in range(5))

    report = judged(a_shop_with(*orders), orders=orders)

    assert set(verdicts(report).values()) == {Verdict.PASS}


def test_what_could_not_be_fired_for_want_of_orders_is_told_and_not_passed() -> None:
    orders = (Order("HS1", 50_000), Order("HS2", 50_000))

    report = judged(a_shop_with(*orders), orders=orders)

    assert verdicts(report)["parallel"] is Verdict.SKIPPED
    assert report.exit_code == INCOMPLETE


def test_the_notices_are_those_of_the_published_vectors() -> None:
    platform = DIALECTS["platform"]("HPG01", "SECRET")
    confirm: dict[str, str | int] = {
        "LoaiBanTin": "CONFIRM",
        "MaLoi": "00",
        "MaDoiTac": "HPG01",
        "MaThamChieu": "dvcH24120250101101010",
        "SoTien": 150_000,
        "MaTienTe": "VND",
        "MaGiaoDich": "PP0001",
        "MaNganHang": "VIETCOMBANK",
        "ThoiGianGD": "20250101101510",
        "ThongTinGiaoDich": "THANH TOAN HO SO H24.1",
    }
    ipn = (
        "vnp_Amount=15000000&vnp_BankCode=NCB&vnp_BankTranNo=VNP14226112&vnp_CardType=ATM"
        "&vnp_OrderInfo=Le+phi+ho+so+H24.12-250101-0001%3A+150%2C000+VND"
        "&vnp_PayDate=20250101101210&vnp_ResponseCode=00&vnp_TmnCode=HPTEST01"
        "&vnp_TransactionNo=14226112&vnp_TransactionStatus=00&vnp_TxnRef=HS0001"
    )
    vnpay = DIALECTS["vnpay"]("HPTEST01", "TESTSECRET0123456789TESTSECRET01")
    fields = dict(parse_qsl(ipn))

    assert platform.signed(confirm)["MaXacThuc"] == (
        "008fca31ac680ebfc17ab13fd446c51c28ee54297d4bbe23f910fa1166de168b"
    )
    assert vnpay.shot(vnpay.signed(fields)).query == (
        f"{ipn}&vnp_SecureHash=dac8f548d604dcca9f42ff82363e4406d0910bf0a846b52ddb4499441a024e4a"
        "f43676645200a448ba0ba6e335ac4bf1d2c77105728c3708c97bd7c288336143"
    )
