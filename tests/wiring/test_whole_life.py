"""One citizen, all five houses: from registering to the result at home."""

import re
from datetime import datetime, timedelta

from simkit.core.cast import CAST
from simkit.runtime.people import People
from tests.wiring.city import Place
from tests.wiring.story import (
    DAYS_OF_THE_POST,
    FEE,
    FREE,
    UNIT,
    Citizen,
    Officer,
    a_delivered_dossier,
    a_paid_dossier,
    papers,
    work_through,
)


def test_a_dossier_goes_all_the_way_and_all_books_agree(place: Place) -> None:
    code, reference = a_delivered_dossier(place)

    dossier = place.row("portal", "dossiers", code=code)
    assert dossier["state"] == "returned"
    assert [step["event"] for step in dossier["history"]] == [
        "submit",
        "receive",
        "start-processing",
        "approve",
        "deliver",
    ]
    assert place.row("portal", "fees", dossier=code)["settled_by"] == reference
    assert place.row("portal", "receipts", dossier=code)["amount"] == FEE
    assert place.row("gateway", "payments", reference=reference)["state"] == "paid"
    assert place.row("bank", "payments", state="paid")["amount"] == FEE
    assert place.row("post", "orders", order_number=code)["state"] == "delivered"
    report = place.audit()
    assert report.clean, "\n".join(report.lines())


def test_a_newcomer_registers_activates_and_files_under_a_code_of_the_day(place: Place) -> None:
    newcomer = Citizen(place, People("newcomer").person())
    me = newcomer.person
    newcomer.visit("/dang-ky")
    newcomer.browser.press(
        "Đăng ký",
        full_name=me.full_name,
        id_number=me.id_number,
        email=me.email,
        phone=me.phone,
        agree="1",
        captcha=place.captcha("portal", newcomer.page.value("captcha_token")),
    )
    place.settle()
    (letter,) = place.messages(me.email)
    (sms,) = place.messages(me.phone)
    digits = re.search(r"\d{6}", sms["text"])
    assert digits
    assert digits[0] in letter["text"]
    newcomer.browser.press("Kích hoạt tài khoản", code=digits[0])
    assert me.full_name in newcomer.page.words

    code = newcomer.file(FREE, papers()[:1])

    assert re.fullmatch(r"[0-9.]+\.H24-261123-0001", code)
    assert place.audit().clean


def test_a_stranger_sees_where_a_dossier_is_and_nobody_s_name(place: Place) -> None:
    citizen = Citizen(place).sign_in()
    code = citizen.file()
    stranger = Citizen(place, CAST[3])
    stranger.visit("/tra-cuu")

    stranger.browser.press(
        "Tra cứu",
        code=code,
        captcha=place.captcha("portal", stranger.page.value("captcha_token")),
    )

    assert "Mới đăng ký" in stranger.page.words
    assert code in stranger.page.words
    assert citizen.person.full_name not in stranger.page.words
    assert citizen.person.phone not in stranger.page.words


def test_the_citizen_is_told_of_each_step_by_sms_and_mail_once(place: Place) -> None:
    citizen = Citizen(place).sign_in()
    code, _ = a_delivered_dossier(place, citizen)

    texts = [m["text"] for m in place.messages(citizen.person.phone) if code in m["text"]]
    subjects = [m["subject"] for m in place.messages(citizen.person.email)]

    assert len(texts) == len(set(texts)) == 5  # sent, receipt, received, result, delivered
    assert len(subjects) == len(set(subjects)) == 5
    assert all(code in subject for subject in subjects)


def test_a_refused_dossier_tells_why(place: Place) -> None:
    citizen = Citizen(place).sign_in()
    code = citizen.file()

    Officer(place, "tiepnhan").do(code, "Không tiếp nhận", reason="Thiếu danh mục ấn phẩm.")
    place.settle()

    assert "Thiếu danh mục ấn phẩm." in place.messages(citizen.person.phone)[-1]["text"]
    assert place.row("portal", "dossiers", code=code)["state"] == "refused"
    assert place.audit().clean


def test_a_parcel_travels_in_the_order_of_time_and_the_portal_follows(place: Place) -> None:
    code, _ = a_paid_dossier(place)
    work_through(place, code)
    began = place.controls.now(place.name)

    place.controls.advance(DAYS_OF_THE_POST, place.name)

    events = [datetime.fromisoformat(e["at"]) for e in place.ledger("post")["events"]]
    reports = [
        (e["at"], e["request"]["text"])
        for e in place.journal("portal")
        if e["url"].endswith("/post/events")
    ]
    assert events == sorted(events)
    assert events[0] == began
    assert began < events[-1] < began + DAYS_OF_THE_POST
    # The portal heard of each event at the moment at which it happened, on its own clock.
    assert [datetime.fromisoformat(at) for at, _ in reports] == events
    assert place.controls.now(place.name) == began + DAYS_OF_THE_POST


def test_the_clock_stands_still_between_two_things_that_are_due(place: Place) -> None:
    code, _ = a_paid_dossier(place)
    work_through(place, code)

    place.controls.advance(timedelta(minutes=1), place.name)

    assert place.row("post", "orders", order_number=code)["state"] == "awaiting"


def test_two_worlds_know_nothing_of_each_other(place: Place) -> None:
    other = Place(place.city, f"{place.name}-other")
    here, there = Citizen(place).sign_in(), Citizen(other).sign_in()

    codes = {here.file(), there.file()}
    here.pay(next(iter(codes)))

    assert codes == {f"{UNIT}-261123-0001"}
    assert other.row("portal", "fees")["state"] == "due"
    assert other.ledger("bank")["payments"] == []
    assert len(other.messages(there.person.phone)) == 0  # nothing was pumped there yet
    other.settle()
    assert len(other.messages(there.person.phone)) == 1
    assert place.audit().clean
    assert other.audit().clean
    place.controls.delete(other.name)


def test_one_conversation_keeps_its_name_over_the_houses(place: Place) -> None:
    citizen = Citizen(place).sign_in()
    citizen.walk_to_otp(citizen.file())
    citizen.browser.close_after("Xác nhận", otp=citizen.otp())
    place.settle()

    (notice,) = [e for e in place.journal("bank") if e["url"].endswith("/bank/notices")]
    (heard,) = [e for e in place.journal("gateway") if e["url"].endswith("/bank/notices")]
    (confirm,) = [e for e in place.journal("gateway") if e["url"].endswith("/confirm")]
    (told,) = [e for e in place.journal("portal") if e["url"].endswith("/confirm")]
    trace = notice["trace"]
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01", trace)
    assert [e["trace"] for e in (heard, confirm, told)] == [trace] * 3
    assert told["request"]["text"] == confirm["request"]["text"]
