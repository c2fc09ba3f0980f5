"""How the judge reads acknowledgements, and what it makes of them."""

import json
from xml.etree import ElementTree as ET

import pytest

from motcua.judge.ack import Ack, AckKind, read_ack
from motcua.judge.books import State
from motcua.judge.dialects import DIALECTS, Moment, Order, PipeDialect, pipe_hash
from motcua.judge.report import Report
from motcua.judge.verdicts import (
    MustRefuse,
    MustSurvive,
    Opinion,
    Result,
    Rule,
    Seen,
    Verdict,
    must_accept,
    must_book_once,
    must_repeat,
    must_stay_unpaid,
)
from motcua.judge.wire import Answer, Exchange

PASS, WARN, FAIL, UNSEEN = Verdict.PASS, Verdict.WARN, Verdict.FAIL, Verdict.UNSEEN
ORDER, MOMENT = Order("HS1", 50_000), Moment("20260105090000", 1)
UNPAID, PAID, TWICE = State(False, 0), State(True, 1), State(True, 2)


def an_answer(body: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(body).encode())


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        pytest.param(an_answer({"MaLoi": "00"}), AckKind.ACCEPTED, id="as in the protocol"),
        pytest.param(an_answer({"maLoi": "00"}), AckKind.ACCEPTED, id="camel case"),
        pytest.param(an_answer({"MALOI": " 02 "}), AckKind.ALREADY, id="capitals and blanks"),
        pytest.param(an_answer({"MaLoi": "97"}), AckKind.REFUSED, id="refused"),
        pytest.param(an_answer({"return_code": 0}), AckKind.ACCEPTED, id="return_code 0"),
        pytest.param(an_answer({"return_code": -1}), AckKind.REFUSED, id="return_code -1"),
        pytest.param(
            an_answer({"MaLoi": "00", "return_code": -1}), AckKind.REFUSED, id="both, one bad"
        ),
        pytest.param(an_answer({"MaLoi": "00"}, 500), AckKind.BROKEN, id="good words, bad status"),
        pytest.param(an_answer({"MaLoi": "00"}, 302), AckKind.BROKEN, id="redirect"),
        pytest.param(Answer(500, "Sai chữ ký".encode()), AckKind.BROKEN, id="plain text"),
        pytest.param(Answer(200, b"<html>"), AckKind.BROKEN, id="no JSON"),
        pytest.param(an_answer([1]), AckKind.BROKEN, id="no object"),
        pytest.param(an_answer({}), AckKind.BROKEN, id="empty object"),
        pytest.param(an_answer({"MaLoi": None}), AckKind.BROKEN, id="null"),
        pytest.param(an_answer({"MaLoi": True}), AckKind.BROKEN, id="a truth value"),
        pytest.param(Answer(200, b"[" * 100_000), AckKind.BROKEN, id="brackets without end"),
        pytest.param(Answer(200, b"\xff\xfe"), AckKind.BROKEN, id="no text"),
        pytest.param(Answer(0, trouble="no answer within 1 s"), AckKind.BROKEN, id="silence"),
    ],
)
def test_an_acknowledgement_is_read_as_tolerantly_as_a_platform_must(
    answer: Answer, kind: AckKind
) -> None:
    assert read_ack(answer, "MaLoi").kind is kind


def seen(*codes: str, state: State | None = None, status: int = 200) -> Seen:
    acks = [read_ack(an_answer({"MaLoi": code}, status), "MaLoi") for code in codes]
    return Seen(acks, [status] * len(acks), state)


FORGED = MustRefuse("a forged notice", frozenset({"97"}))


@pytest.mark.parametrize(
    ("rule", "what", "verdict"),
    [
        (must_accept, seen("00"), PASS),
        (must_accept, seen("00", state=PAID), PASS),
        (must_accept, seen("00", state=UNPAID), FAIL),
        (must_accept, seen("00", state=TWICE), FAIL),
        (must_accept, seen("02"), FAIL),
        (must_accept, seen("97"), FAIL),
        (must_accept, seen("00", status=500), FAIL),
        (must_repeat, seen("02"), PASS),
        (must_repeat, seen("00"), WARN),
        (must_repeat, seen("00", state=PAID), PASS),
        (must_repeat, seen("00", state=TWICE), FAIL),
        (must_repeat, seen("02", state=TWICE), FAIL),
        (must_repeat, seen("97"), FAIL),
        (must_book_once, seen("00", "02", "02"), PASS),
        (must_book_once, seen("00", "00", "02"), WARN),
        (must_book_once, seen("00", "00", "02", state=PAID), PASS),
        (must_book_once, seen("00", "02", "99"), WARN),
        (must_book_once, seen("00", "02", state=TWICE), FAIL),
        (must_book_once, seen("00", "02", state=UNPAID), FAIL),
        (must_book_once, seen("02", "02"), FAIL),
        (must_stay_unpaid, seen("00"), UNSEEN),
        (must_stay_unpaid, seen("00", state=UNPAID), PASS),
        (must_stay_unpaid, seen("99", state=UNPAID), PASS),
        (must_stay_unpaid, seen("00", state=PAID), FAIL),
        (must_stay_unpaid, seen("00", state=UNPAID, status=500), WARN),
        (FORGED, seen("97"), PASS),
        (FORGED, seen("99"), WARN),
        (FORGED, seen("97", status=500), WARN),
        (FORGED, seen("00"), FAIL),
        (FORGED, seen("02"), FAIL),
        (FORGED, seen("97", state=PAID), FAIL),
        (MustRefuse("a wrong amount"), seen("99"), PASS),
        (MustSurvive("garbage"), seen("99"), PASS),
        (MustSurvive("garbage"), seen("99", status=400), PASS),
        (MustSurvive("garbage"), seen("99", status=500), WARN),
        (MustSurvive("garbage"), seen("00"), FAIL),
    ],
)
def test_a_verdict_follows_from_acknowledgements_and_books(
    rule: Rule, what: Seen, verdict: Verdict
) -> None:
    assert rule(what).verdict is verdict


def test_a_listener_that_garbage_keeps_busy_fails() -> None:
    silent = Seen([Ack(AckKind.BROKEN, "", {}, "no answer within 10 s")], [0], None)

    assert MustSurvive("garbage")(silent).verdict is FAIL


@pytest.mark.parametrize("dialect", ["platform", "vnptpay"])
def test_the_bent_query_answer_has_a_right_hash_for_whoever_only_joins_ten_values(
    dialect: str,
) -> None:
    speaker = DIALECTS[dialect]("P", "S")
    assert isinstance(speaker, PipeDialect)

    bent = speaker.query_answer_as_notice(speaker.paid(ORDER, MOMENT))

    values = [str(bent[name]) for name in speaker.order]
    assert bent[speaker.names.hash] == pipe_hash(values, "S")
    assert bent[speaker.names.kind] != "CONFIRM"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_another_secret_makes_another_signature(dialect: str) -> None:
    speaker = DIALECTS[dialect]("P", "S")
    notice = speaker.paid(ORDER, MOMENT)

    assert speaker.signed(notice) == speaker.with_secret("T").signed(notice, "S")
    assert speaker.signed(notice) != speaker.with_secret("T").signed(notice)


def test_odd_bytes_of_a_listener_do_not_break_the_report() -> None:
    exchange = Exchange("POST", "http://x/", {}, b"\x00{", Answer(200, b"\x00\xff\x1b"))
    result = Result("correct", "t", "a", Opinion(FAIL, "because \x00"), (exchange,))

    suite = ET.fromstring(Report("http://x/", "platform", [result]).as_junit())  # noqa: S314 -- ours

    assert suite.get("failures") == "1"
