"""Dossiers filed by machines, looked up by strangers, and listed for their owner."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mock_portal.domain.dossier import DossierState
from mock_portal.domain.errors import DossierIncomplete, DossierUnknown, KeyReused
from simkit.core.captcha import CaptchaAnswer, CaptchaWrong
from tests.builders.dossier_rig import OWNER, Rig
from tests.builders.dossiers import PAID, PROGRAM, a_filing, a_home_delivery, an_applicant

RIGHT = CaptchaAnswer("token", "12345")


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    made = Rig(tmp_path)
    yield made
    made.close()


def test_a_machine_files_in_one_step(rig: Rig) -> None:
    dossier, new = rig.dossiers.register(a_filing(PAID, delivery=a_home_delivery()))

    assert new
    assert dossier.code == "000.00.15.H24-260302-0001"
    assert rig.dossiers.public(dossier.code).state is DossierState.NEW
    assert len(rig.messages()) == 2


def test_a_machine_is_told_everything_that_is_wrong(rig: Rig) -> None:
    filing = a_filing(unit="x", applicant=an_applicant(phone=""), files={"01": PROGRAM})

    with pytest.raises(DossierIncomplete) as refused:
        rig.dossiers.register(filing)

    assert set(refused.value.facts) == {"unit", "phone", "component_01"}
    assert "tep-01.pdf" in refused.value.facts["component_01"]


def test_the_same_key_with_the_same_request_makes_one_dossier(rig: Rig) -> None:
    first, _ = rig.dossiers.register(a_filing(), "khoa-1", "a")
    second, new = rig.dossiers.register(a_filing(), "khoa-1", "a")

    assert (second.code, new) == (first.code, False)
    assert len(rig.dossiers.ledger()["dossiers"]) == 1


def test_the_same_key_with_another_request_is_refused(rig: Rig) -> None:
    rig.dossiers.register(a_filing(), "khoa-1", "a")

    with pytest.raises(KeyReused):
        rig.dossiers.register(a_filing(), "khoa-1", "b")


def test_eight_repetitions_at_once_make_one_dossier(rig: Rig) -> None:
    made: list[tuple[str, bool]] = []
    start = threading.Barrier(8)

    def file() -> None:
        start.wait()
        dossier, new = rig.dossiers.register(a_filing(), "khoa-1", "a")
        made.append((dossier.code, new))

    threads = [threading.Thread(target=file) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({code for code, _ in made}) == 1
    assert sum(new for _, new in made) == 1


# -- look-up ----------------------------------------------------------------------------------


def test_a_stranger_sees_procedure_unit_state_and_nothing_about_a_person(rig: Rig) -> None:
    sent = rig.sent()

    found = rig.dossiers.look_up(" 000.00.15.h24-260302-0001 ", RIGHT)

    assert (found.facts.code, found.unit.name) == (sent.code, "Sở Tư pháp")
    assert found.facts.state.label == "Mới đăng ký"
    assert found.submitted_at == sent.submitted_at
    assert found.due_at is None
    assert "Lan" not in repr(found.facts)


def test_the_picture_is_judged_before_the_code(rig: Rig) -> None:
    with pytest.raises(CaptchaWrong):
        rig.dossiers.look_up(rig.sent().code, CaptchaAnswer("token", "00000"))


def test_a_code_that_nobody_has_is_unknown(rig: Rig) -> None:
    with pytest.raises(DossierUnknown):
        rig.dossiers.look_up("000.00.15.H24-260302-0009", RIGHT)


def test_lists_show_drafts_and_dossiers_the_newest_first(rig: Rig) -> None:
    first = rig.sent()
    rig.clock.advance(timedelta(minutes=1))
    draft = rig.dossiers.save(OWNER, a_filing()).dossier

    mine = rig.dossiers.mine(OWNER)

    assert [view.dossier.ref for view in mine] == [draft.ref, first.ref]
    assert [view.is_payable for view in mine] == [False, True]
