"""What citizens and officers can ask about themselves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from mock_portal.domain.account import Account, AccountEvent, AccountState
from mock_portal.domain.errors import (
    AccountNotActive,
    ActivationCodeExpired,
    ActivationCodeWrong,
    CitizenNotSignedIn,
    CodeTooSoon,
    EmailTaken,
    IdNumberTaken,
    OfficerNotSignedIn,
    SignInRefused,
)
from mock_portal.domain.officer import OfficerRole
from mock_portal.service.accounts import SeedAccount, SeedOfficer
from simkit.core.captcha import CaptchaWrong
from simkit.core.errors import Conflict, RuleBroken
from simkit.core.machine import IllegalMove
from tests.builders.accounts import a_holder
from tests.builders.portal import JUSTICE, AccountStage, CaptchaByHeart

RIGHT = CaptchaByHeart.RIGHT
DAY = timedelta(days=1)


def registered(stage: AccountStage) -> Account:
    return stage.service.register(a_holder(), RIGHT)


def sent_code(stage: AccountStage, number: int = -1) -> str:
    text = str(stage.messages("sms")[number]["text"])
    return next(word.strip(",") for word in text.split() if word.strip(",").isdecimal())


def sent_password(stage: AccountStage) -> str:
    lines = str(stage.messages("mail")[0]["text"]).splitlines()
    return next(line.removeprefix("Mật khẩu: ") for line in lines if line.startswith("Mật khẩu: "))


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_registration_sends_one_mail_and_one_sms_with_what_the_citizen_needs(
    stage: AccountStage,
) -> None:
    account = registered(stage)

    (mail,) = stage.messages("mail")
    (sms,) = stage.messages("sms")
    code = sent_code(stage)
    assert mail["to"] == account.holder.email.value
    assert sms["to"] == account.holder.phone.value
    for part in (str(mail["text"]), str(mail["html"])):
        assert account.user in part
        assert code in part
        assert sent_password(stage) in part
        assert "http://portal.test/kich-hoat" in part
    assert sent_password(stage) not in str(sms["text"])


def test_a_name_cannot_smuggle_markup_into_the_mail(stage: AccountStage) -> None:
    odd = replace(a_holder(), full_name="<img src=x>")

    stage.service.register(odd, RIGHT)

    assert "<img" not in str(stage.messages("mail")[0]["html"])


def test_the_code_activates_and_the_history_has_a_line_for_each_event(stage: AccountStage) -> None:
    account = registered(stage)

    active = stage.service.activate(account.id, sent_code(stage))

    assert active.state is AccountState.ACTIVE
    assert stage.service.citizen(account.id) == active
    assert [each.event for each in stage.service.history(account.id)] == [
        AccountEvent.REGISTER,
        AccountEvent.ACTIVATE,
    ]


def test_a_wrong_code_is_counted_and_the_fifth_spends_it(stage: AccountStage) -> None:
    account = registered(stage)
    code = sent_code(stage)

    left = []
    for _ in range(5):
        with pytest.raises(ActivationCodeWrong) as refused:
            stage.service.activate(account.id, another(code))
        left.append(refused.value.facts["tries_left"])

    assert left == ["4", "3", "2", "1", "0"]
    with pytest.raises(ActivationCodeExpired):
        stage.service.activate(account.id, code)


def test_a_code_is_good_for_a_day(stage: AccountStage) -> None:
    account = registered(stage)
    stage.clock.advance(DAY)

    with pytest.raises(ActivationCodeExpired):
        stage.service.activate(account.id, sent_code(stage))


def test_a_new_code_is_sent_and_the_old_one_is_dead(stage: AccountStage) -> None:
    account = registered(stage)
    old = sent_code(stage)
    stage.clock.advance(DAY)

    stage.service.send_new_code(account.id)

    assert len(stage.messages("mail")) == len(stage.messages("sms")) == 2
    assert "Mật khẩu" not in str(stage.messages("mail")[1]["text"])
    with pytest.raises(ActivationCodeWrong):
        stage.service.activate(account.id, old)
    assert stage.service.activate(account.id, sent_code(stage)).is_active


def test_codes_cannot_be_asked_for_in_a_row(stage: AccountStage) -> None:
    account = registered(stage)

    with pytest.raises(CodeTooSoon):
        stage.service.send_new_code(account.id)

    assert len(stage.messages("sms")) == 1


def test_an_active_account_cannot_be_activated_again(stage: AccountStage) -> None:
    account = registered(stage)
    code = sent_code(stage)
    stage.service.activate(account.id, code)

    with pytest.raises(IllegalMove):
        stage.service.activate(account.id, code)


def test_many_who_type_the_code_at_once_activate_once(stage: AccountStage) -> None:
    account, code = registered(stage), sent_code(stage)
    barrier, outcomes = Barrier(8), list[str]()

    def try_it() -> None:
        barrier.wait()
        try:
            stage.service.activate(account.id, code)
            outcomes.append("active")
        except IllegalMove as refused:
            outcomes.append(refused.code)

    threads = [Thread(target=try_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["active", *["illegal-move"] * 7]
    assert len(stage.service.history(account.id)) == 2


@pytest.mark.parametrize(
    ("holder", "error", "field"),
    [
        pytest.param(
            a_holder(id_number="031190000002", phone="0987654321"),
            EmailTaken,
            "email",
            id="the same e-mail",
        ),
        pytest.param(
            a_holder(email="khac@hop-thu.example"), IdNumberTaken, "id_number", id="the same number"
        ),
    ],
)
def test_a_second_account_is_refused_by_field_and_nothing_is_sent(
    stage: AccountStage, holder: object, error: type[RuleBroken], field: str
) -> None:
    registered(stage)
    before = stage.outbox()

    with pytest.raises(error) as refused:
        stage.service.register(holder, RIGHT)  # type: ignore[arg-type]

    assert field in refused.value.facts
    assert stage.outbox() == before


def test_a_wrong_captcha_makes_no_account(stage: AccountStage) -> None:
    with pytest.raises(CaptchaWrong):
        stage.service.register(a_holder(), CaptchaByHeart.WRONG)

    assert stage.outbox() == []
    assert stage.passwords.hashed == 0


def test_the_mailed_user_name_and_password_sign_in(stage: AccountStage) -> None:
    account = registered(stage)

    found = stage.service.sign_in(f" {account.user} ", sent_password(stage))

    assert found.id == account.id
    assert not found.is_active


@pytest.mark.parametrize("user", ["031190000001", "nobody", ""])
def test_a_refused_sign_in_never_tells_which_part_was_wrong(stage: AccountStage, user: str) -> None:
    registered(stage)

    with pytest.raises(SignInRefused) as refused:
        stage.service.sign_in(user, "sai")

    assert str(refused.value) == "sai tên đăng nhập hoặc mật khẩu"
    assert refused.value.facts == {}
    assert stage.passwords.compared == 1


def test_a_registered_citizen_is_known_but_may_not_do_anything_yet(stage: AccountStage) -> None:
    account = registered(stage)

    assert stage.service.known(account.id) == account
    with pytest.raises(AccountNotActive):
        stage.service.citizen(account.id)


@pytest.mark.parametrize("account_id", [None, "", "gone"])
def test_a_stranger_is_not_signed_in(stage: AccountStage, account_id: str | None) -> None:
    with pytest.raises(CitizenNotSignedIn):
        stage.service.citizen(account_id)
    with pytest.raises(OfficerNotSignedIn):
        stage.service.officer(account_id)


LAN = SeedAccount("lan.tran", a_holder(), "Thu-1")
CLERK = SeedOfficer(
    "tiepnhan.15", "Vũ Minh An", JUSTICE, frozenset({OfficerRole.RECEPTION}), "Can-Bo-1"
)


def test_seeded_people_sign_in_at_once_and_no_message_is_sent(stage: AccountStage) -> None:
    done = stage.service.seed([LAN], [CLERK])

    assert (done.accounts_made, done.officers_made) == (1, 1)
    assert stage.service.sign_in("lan.tran", "Thu-1").is_active
    assert stage.service.sign_in_officer("tiepnhan.15", "Can-Bo-1").unit == JUSTICE
    assert stage.outbox() == []


def test_who_has_signed_in_is_known_again_by_what_the_browser_remembers(
    stage: AccountStage,
) -> None:
    stage.service.seed([LAN], [CLERK])
    citizen = stage.service.sign_in("lan.tran", "Thu-1")

    assert stage.service.citizen(citizen.id) == citizen
    assert stage.service.officer("tiepnhan.15").full_name == "Vũ Minh An"


@pytest.mark.parametrize("user", ["tiepnhan.15", "nobody"])
def test_a_refused_officer_never_learns_which_part_was_wrong(
    stage: AccountStage, user: str
) -> None:
    stage.service.seed([], [CLERK])

    with pytest.raises(SignInRefused):
        stage.service.sign_in_officer(user, "sai")

    assert stage.passwords.compared == 1


def test_seeding_twice_is_seeding_once(stage: AccountStage) -> None:
    stage.service.seed([LAN], [CLERK])

    again = stage.service.seed([LAN], [CLERK])

    assert (again.accounts_made, again.accounts_known) == (0, 1)
    assert (again.officers_made, again.officers_known) == (0, 1)
    assert len(stage.service.officers()) == 1


def test_a_seed_that_meets_somebody_elses_address_changes_nothing(stage: AccountStage) -> None:
    stage.service.seed([LAN])
    fine = SeedAccount("mai", a_holder(id_number="031190000007", email="mai@a.vn"), "x")
    clash = SeedAccount("binh", a_holder(id_number="031190000008"), "x")

    with pytest.raises(Conflict):
        stage.service.seed([fine, clash])

    with pytest.raises(SignInRefused):
        stage.service.sign_in("mai", "x")


def test_equal_passwords_are_hashed_once_per_seed(stage: AccountStage) -> None:
    people = [
        SeedAccount(f"user{n}", a_holder(id_number=f"0311900001{n:02d}", email=f"u{n}@a.vn"), "x")
        for n in range(20)
    ]

    stage.service.seed(people)

    assert stage.passwords.hashed == 1


Ask = Callable[[AccountStage], object]


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda stage: stage.service.activate("gone", "1"), id="activate"),
        pytest.param(lambda stage: stage.service.send_new_code("gone"), id="new code"),
    ],
)
def test_an_account_that_is_gone_has_to_sign_in_again(stage: AccountStage, ask: Ask) -> None:
    with pytest.raises(CitizenNotSignedIn):
        ask(stage)
