"""Filing dossiers: drafts, files, sending, numbers, machines."""

import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_portal.domain.attachment import MAX_FILES_PER_COMPONENT, FileRefusal
from mock_portal.domain.dossier import DossierState
from mock_portal.domain.errors import (
    AttachmentUnknown,
    DossierIncomplete,
    DossierUnknown,
    DraftUnknown,
    NotFiledOnline,
    ProcedureUnknown,
)
from mock_portal.domain.fee import FeeState
from mock_portal.service.filing import Upload
from simkit.core.captcha import CaptchaAnswer
from simkit.core.errors import RuleBroken
from tests.builders.dossier_rig import OWNER, Rig
from tests.builders.dossiers import (
    CULTURE,
    FREE,
    JPEG,
    JUSTICE,
    LEVEL_TWO,
    OPEN_FEE,
    PDF,
    PNG,
    PRICE,
    PROGRAM,
    WARD,
    a_filing,
    a_home_delivery,
    an_applicant,
    docx,
)

RIGHT = CaptchaAnswer("token", "12345")


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    made = Rig(tmp_path)
    yield made
    made.close()


def test_a_draft_survives_with_its_answers_and_files(rig: Rig) -> None:
    saved = rig.dossiers.save(OWNER, a_filing(delivery=a_home_delivery()))

    found = rig.dossiers.draft(OWNER, saved.dossier.ref).dossier

    assert found.state is DossierState.DRAFT
    assert (found.code, found.unit, found.applicant) == ("", JUSTICE, an_applicant())
    assert found.delivery == a_home_delivery()
    assert [(each.component, each.name, each.size) for each in found.attachments] == [
        ("01", "tep-01.pdf", len(PDF))
    ]


def test_a_draft_is_kept_whatever_is_wrong_with_it(rig: Rig) -> None:
    filing = a_filing(unit="", applicant=an_applicant(phone="113"), files={})

    saved = rig.dossiers.save(OWNER, filing)

    assert set(saved.wrong) == {"unit", "phone", "component_01"}
    assert rig.dossiers.draft(OWNER, saved.dossier.ref).dossier.applicant.phone == "113"


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        pytest.param(b"", "rong.pdf", FileRefusal.EMPTY, id="empty"),
        pytest.param(PROGRAM, "to-khai.pdf", FileRefusal.WRONG_TYPE, id="program-named-pdf"),
        pytest.param(b"GIF89a" + bytes(20), "anh.gif", FileRefusal.WRONG_TYPE, id="gif"),
        pytest.param(b"chao", "ghi-chu.txt", FileRefusal.WRONG_TYPE, id="text"),
        pytest.param(b"PK\x03\x04" + bytes(40), "a.docx", FileRefusal.WRONG_TYPE, id="zip"),
        pytest.param(PDF + bytes(5000), "to.pdf", FileRefusal.TOO_LARGE, id="too-large"),
    ],
)
def test_a_bad_file_is_refused_by_name_and_the_others_are_kept(
    rig: Rig, content: bytes, name: str, why: FileRefusal
) -> None:
    good = a_filing().uploads
    bad = Upload("02", name, io.BytesIO(content))

    saved = rig.dossiers.save(OWNER, replace(a_filing(), uploads=(bad, *good)))

    assert [(each.name, each.why) for each in saved.refused] == [(name, why)]
    assert name in saved.refused[0].message
    assert [each.component for each in saved.dossier.attachments] == ["01"]


@pytest.mark.parametrize(
    ("content", "ending"),
    [(PDF, ".pdf"), (PNG, ".png"), (JPEG, ".jpg"), (docx(), ".docx")],
    ids=["pdf", "png", "jpeg", "docx"],
)
def test_files_are_judged_by_content_and_named_after_it(
    rig: Rig, content: bytes, ending: str
) -> None:
    saved = rig.dossiers.save(OWNER, a_filing(files={"01": content}))

    assert saved.refused == ()
    assert saved.dossier.attachments[0].name.endswith(ending)


def test_a_component_takes_so_many_files_and_no_more(rig: Rig) -> None:
    ref = None
    for _ in range(MAX_FILES_PER_COMPONENT):
        ref = rig.dossiers.save(OWNER, a_filing(), ref).dossier.ref

    saved = rig.dossiers.save(OWNER, a_filing(), ref)

    assert [each.why for each in saved.refused] == [FileRefusal.TOO_MANY]
    assert len(saved.dossier.attachments) == MAX_FILES_PER_COMPONENT


def test_a_file_for_a_component_that_does_not_exist_is_refused(rig: Rig) -> None:
    saved = rig.dossiers.save(OWNER, a_filing(files={"99": PDF}))

    assert [each.why for each in saved.refused] == [FileRefusal.UNKNOWN_COMPONENT]


def test_a_file_can_be_taken_off_a_draft(rig: Rig) -> None:
    draft = rig.dossiers.save(OWNER, a_filing()).dossier
    gone = draft.attachments[0].ref

    saved = rig.dossiers.save(OWNER, a_filing(files={}), draft.ref, detach=(gone,))

    assert saved.dossier.attachments == ()
    assert "component_01" in rig.dossiers.draft(OWNER, draft.ref).wrong


def test_the_same_content_is_stored_once(rig: Rig) -> None:
    first = rig.sent()
    second = rig.sent()

    assert first.attachments[0].sha256 == second.attachments[0].sha256


def test_sending_gives_code_state_fee_and_two_messages(rig: Rig) -> None:
    dossier = rig.sent()

    assert dossier.code == "000.00.15.H24-260302-0001"
    assert dossier.state is DossierState.NEW
    fee = rig.dossiers.detail(OWNER, dossier.code).fee
    assert fee is not None
    assert (fee.amount, fee.state) == (PRICE, FeeState.DUE)
    assert [(each.kind, each.key, each.to) for each in rig.messages()] == [
        ("sms", "dossier:000.00.15.H24-260302-0001:1:sms", "0912345678"),
        ("mail", "dossier:000.00.15.H24-260302-0001:1:mail", "lan@hop-thu.example"),
    ]


@pytest.mark.parametrize("procedure", [FREE, OPEN_FEE])
def test_without_an_online_fee_nothing_is_due(rig: Rig, procedure: str) -> None:
    dossier = rig.sent(a_filing(procedure))

    assert rig.dossiers.detail(OWNER, dossier.code).fee is None


def test_a_second_click_on_send_sends_nothing_more(rig: Rig) -> None:
    draft = rig.dossiers.save(OWNER, a_filing()).dossier

    first = rig.dossiers.send(OWNER, draft.ref)
    second = rig.dossiers.send(OWNER, draft.ref)

    assert first == second
    assert len(rig.messages()) == 2


def test_an_incomplete_draft_is_refused_with_all_that_is_missing(rig: Rig) -> None:
    filing = a_filing(
        unit=CULTURE,
        applicant=an_applicant(email=""),
        delivery=a_home_delivery(place="99999"),
        files={},
    )
    draft = rig.dossiers.save(OWNER, filing).dossier

    with pytest.raises(DossierIncomplete) as refused:
        rig.dossiers.send(OWNER, draft.ref)

    assert set(refused.value.facts) == {"unit", "email", "delivery_place", "component_01"}
    assert rig.dossiers.ledger()["counters"] == []


def test_numbers_run_per_unit_and_day(rig: Rig) -> None:
    codes = [
        rig.sent(a_filing(unit=JUSTICE)).code,
        rig.sent(a_filing(unit=WARD)).code,
        rig.sent(a_filing(unit=JUSTICE)).code,
    ]
    rig.clock.advance(timedelta(days=1))
    codes.append(rig.sent(a_filing(unit=JUSTICE)).code)

    assert codes == [
        "000.00.15.H24-260302-0001",
        "000.01.21.H24-260302-0001",
        "000.00.15.H24-260302-0002",
        "000.00.15.H24-260303-0001",
    ]


def test_the_day_is_that_of_vietnam(rig: Rig) -> None:
    rig.clock.advance(timedelta(hours=14, minutes=59))
    late = rig.sent().code
    rig.clock.advance(timedelta(minutes=1))
    early = rig.sent().code

    assert (late, early) == ("000.00.15.H24-260302-0001", "000.00.15.H24-260303-0001")


def test_a_dossier_that_fails_leaves_no_gap(rig: Rig) -> None:
    """The number is given in the same unit of work as all the rest."""
    draft = rig.dossiers.save(OWNER, a_filing()).dossier
    broken = replace(rig.dossiers.tools.letters, dossier_url=lambda _: 1 / 0)  # type: ignore[arg-type, return-value]
    tools = replace(rig.dossiers.tools, letters=broken)

    with pytest.raises(ZeroDivisionError):
        type(rig.dossiers)(tools).send(OWNER, draft.ref)

    assert rig.dossiers.send(OWNER, draft.ref).code.endswith("-0001")


def test_fifty_who_send_at_once_get_fifty_numbers_without_gap(rig: Rig) -> None:
    refs = [rig.dossiers.save(OWNER, a_filing()).dossier.ref for _ in range(50)]
    codes: list[str] = []
    start = threading.Barrier(len(refs))

    def send(ref: str) -> None:
        start.wait()
        codes.append(rig.dossiers.send(OWNER, ref).code)

    threads = [threading.Thread(target=send, args=(ref,)) for ref in refs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(codes) == [f"000.00.15.H24-260302-{n:04d}" for n in range(1, 51)]


MOVES = st.lists(
    st.tuples(st.sampled_from([JUSTICE, WARD]), st.sampled_from(["send", "fail", "next-day"])),
    max_size=12,
)


@given(MOVES)
@settings(deadline=None, max_examples=30)  # a store on disk has no time to keep
def test_codes_have_no_gap_under_any_interleaving(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[str, str]]
) -> None:
    rig = Rig(tmp_path_factory.mktemp("codes"))
    try:
        for unit, move in moves:
            if move == "next-day":
                rig.clock.advance(timedelta(days=1))
                continue
            files: dict[str, bytes] | None = None if move == "send" else {}
            draft = rig.dossiers.save(OWNER, a_filing(unit=unit, files=files)).dossier
            try:
                rig.dossiers.send(OWNER, draft.ref)
            except RuleBroken:
                assert move == "fail"
        ledger = rig.dossiers.ledger()
    finally:
        rig.close()

    numbers: dict[tuple[object, object], list[object]] = {}
    for dossier in ledger["dossiers"]:
        numbers.setdefault((dossier["unit"], dossier["day"]), []).append(dossier["number"])
    last = {(row["unit"], row["day"]): row["last"] for row in ledger["counters"]}
    assert {key: list(range(1, len(found) + 1)) for key, found in numbers.items()} == numbers
    assert {key: len(found) for key, found in numbers.items()} == last


def test_the_inside_of_another_account_is_not_there(rig: Rig) -> None:
    draft = rig.dossiers.save(OWNER, a_filing()).dossier
    sent = rig.sent()

    with pytest.raises(DraftUnknown):
        rig.dossiers.draft("acc-2", draft.ref)
    with pytest.raises(DraftUnknown):
        rig.dossiers.save("acc-2", a_filing(), draft.ref)
    with pytest.raises(DraftUnknown):
        rig.dossiers.send("acc-2", draft.ref)
    with pytest.raises(DossierUnknown):
        rig.dossiers.detail("acc-2", sent.code)
    with pytest.raises(DraftUnknown):
        rig.dossiers.file("acc-2", sent.ref, sent.attachments[0].ref)
    assert rig.dossiers.mine("acc-2") == []


def test_a_dossier_that_was_sent_is_no_draft_any_more(rig: Rig) -> None:
    sent = rig.sent()

    with pytest.raises(DraftUnknown):
        rig.dossiers.save(OWNER, a_filing(), sent.ref)


def test_the_owner_reads_the_file_as_it_was_handed_in(rig: Rig) -> None:
    sent = rig.sent()

    attachment, content = rig.dossiers.file(OWNER, sent.ref, sent.attachments[0].ref)

    with content:
        assert content.read() == PDF
    assert attachment.name == "tep-01.pdf"
    with pytest.raises(AttachmentUnknown):
        rig.dossiers.file(OWNER, sent.ref, "khong-co")


@pytest.mark.parametrize(
    ("procedure", "refusal"),
    [(LEVEL_TWO, NotFiledOnline), ("9.999999", ProcedureUnknown)],
)
def test_what_is_not_offered_online_cannot_be_filed(
    rig: Rig, procedure: str, refusal: type[RuleBroken]
) -> None:
    with pytest.raises(refusal):
        rig.dossiers.save(OWNER, a_filing(procedure))
    with pytest.raises(refusal):
        rig.dossiers.register(a_filing(procedure))
