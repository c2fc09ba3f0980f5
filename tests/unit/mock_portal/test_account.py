"""Rules of the citizen's account."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_portal.domain.account import (
    ACCOUNT,
    BEGINNINGS,
    CODE_LIFE,
    CODE_PAUSE,
    CODE_TRIES,
    PASSWORD_LENGTH,
    PASSWORD_SIGNS,
    Account,
    AccountEvent,
    AccountState,
    ActivationCode,
    EmailAddress,
    Verdict,
    first_password,
    full_name_from,
    user_name_from,
)
from mock_portal.domain.errors import CodeTooSoon
from simkit.core.errors import BadInput
from simkit.core.machine import IllegalMove
from simkit.core.refs import IdNumber
from simkit.runtime.ids import SeededIds
from tests.builders.accounts import (
    A_MONDAY,
    a_code,
    a_holder,
    a_registered_account,
    an_active_account,
)

LATER = A_MONDAY + timedelta(hours=1)


def test_the_permitted_moves_are_these() -> None:
    assert set(ACCOUNT.rows()) == {
        (AccountState.REGISTERED, AccountEvent.MISTYPE_CODE, AccountState.REGISTERED),
        (AccountState.REGISTERED, AccountEvent.RENEW_CODE, AccountState.REGISTERED),
        (AccountState.REGISTERED, AccountEvent.ACTIVATE, AccountState.ACTIVE),
    }


def account_in(state: AccountState) -> Account:
    return a_registered_account() if state is AccountState.REGISTERED else an_active_account()


def let_happen(account: Account, event: AccountEvent) -> None:
    {
        AccountEvent.ACTIVATE: lambda: account.activate(LATER),
        AccountEvent.MISTYPE_CODE: lambda: account.mistype_code(LATER),
        AccountEvent.RENEW_CODE: lambda: account.renew_code(a_code(made_at=LATER)),
    }[event]()


@pytest.mark.parametrize(
    ("state", "event"),
    [
        pytest.param(s, e, id=f"{s}+{e}")
        for s, e in product(AccountState, AccountEvent)
        if e not in BEGINNINGS and e not in ACCOUNT.events_from(s)
    ],
)
def test_every_move_outside_the_table_is_refused(state: AccountState, event: AccountEvent) -> None:
    with pytest.raises(IllegalMove) as refused:
        let_happen(account_in(state), event)

    assert refused.value.facts == {"state": state, "event": event}


def test_registration_makes_the_user_name_from_the_number_of_the_identity_paper() -> None:
    account, entry = Account.register("acc-1", a_holder(id_number="031190000001"), "h", a_code())

    assert account.user == "031190000001"
    assert account.state is AccountState.REGISTERED
    assert (entry.seq, entry.event, entry.before) == (1, AccountEvent.REGISTER, None)


def test_activation_brings_the_account_to_life_and_forgets_the_code() -> None:
    account, entry = a_registered_account().activate(LATER)

    assert account.is_active
    assert account.code is None
    assert (entry.seq, entry.before, entry.after) == (
        2,
        AccountState.REGISTERED,
        AccountState.ACTIVE,
    )
    assert entry.at == LATER


@pytest.mark.parametrize(
    ("typed", "after", "tries_left", "verdict"),
    [
        pytest.param("246810", timedelta(0), 5, Verdict.FITS, id="as it was sent"),
        pytest.param(" 246 810 ", timedelta(0), 5, Verdict.FITS, id="with spaces"),
        pytest.param("246811", timedelta(0), 5, Verdict.WRONG, id="another"),
        pytest.param("", timedelta(0), 5, Verdict.WRONG, id="nothing"),
        pytest.param("246810", CODE_LIFE, 5, Verdict.EXPIRED, id="too late"),
        pytest.param("246810", CODE_LIFE - timedelta(seconds=1), 5, Verdict.FITS, id="in time"),
        pytest.param("246810", timedelta(0), 0, Verdict.SPENT, id="mistyped too often"),
        pytest.param("\ud800", timedelta(0), 5, Verdict.WRONG, id="half a character"),
    ],
)
def test_a_code_is_judged(typed: str, after: timedelta, tries_left: int, verdict: Verdict) -> None:
    account = a_registered_account(code=a_code("246810", A_MONDAY, tries_left))

    assert account.judge_code(typed, A_MONDAY + after) is verdict


def test_a_code_is_spent_after_five_mistakes() -> None:
    account = a_registered_account(code=a_code("246810"))

    for _ in range(CODE_TRIES):
        account, _entry = account.mistype_code(LATER)

    assert account.judge_code("246810", LATER) is Verdict.SPENT


def test_an_active_account_has_no_code_that_could_fit() -> None:
    assert an_active_account().judge_code("246810", A_MONDAY) is Verdict.SPENT


def test_a_new_code_replaces_the_old_one_and_its_count_of_mistakes() -> None:
    account, _ = a_registered_account(code=a_code("111111", tries_left=0)).renew_code(
        a_code("222222", LATER)
    )

    assert account.judge_code("111111", LATER) is Verdict.WRONG
    assert account.judge_code("222222", LATER) is Verdict.FITS


def test_a_new_code_has_to_wait_a_minute_after_the_last() -> None:
    early = A_MONDAY + CODE_PAUSE - timedelta(seconds=20, milliseconds=1)

    with pytest.raises(CodeTooSoon) as refused:
        a_registered_account().renew_code(a_code(made_at=early))

    assert refused.value.facts == {"seconds": "21"}


def test_states_are_told_in_words() -> None:
    assert [each.label for each in AccountState] == ["Chờ kích hoạt", "Đang hoạt động"]


def test_a_code_has_six_digits_and_lives_for_a_day() -> None:
    code = ActivationCode.draw(SeededIds("x"), A_MONDAY)

    assert len(code.digits) == 6
    assert code.digits.isdecimal()
    assert code.expires_at == A_MONDAY + timedelta(hours=24)


def test_first_passwords_have_no_signs_that_look_alike() -> None:
    ids = SeededIds("x")

    drawn = [first_password(ids) for _ in range(50)]

    assert {len(each) for each in drawn} == {PASSWORD_LENGTH}
    assert set("".join(drawn)) <= set(PASSWORD_SIGNS)
    assert not set("0OolI1") & set(PASSWORD_SIGNS)
    assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param(" Lan@Hop-Thu.Example ", "lan@hop-thu.example", id="capitals and spaces"),
        pytest.param("a.b+c@x.vn", "a.b+c@x.vn", id="dot and plus"),
        pytest.param("x" * 64 + "@a.vn", "x" * 64 + "@a.vn", id="longest local part"),
    ],
)
def test_addresses_that_are_taken(typed: str, kept: str) -> None:
    assert EmailAddress.parse(typed).value == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "lan",
        "lan@",
        "@a.vn",
        "lan@localhost",
        "lan@@a.vn",
        "lan@a..vn",
        ".lan@a.vn",
        "lan.@a.vn",
        "la..n@a.vn",
        "lan @a.vn",
        "lan@a.vn\nBcc: b@a.vn",
        "lân@a.vn",
        "lan@-a.vn",
        "x" * 65 + "@a.vn",
        "lan@" + "a." * 125 + "vn",
    ],
)
def test_addresses_that_are_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        EmailAddress.parse(typed)


@given(st.text())
def test_an_address_that_was_taken_is_taken_again_as_it_is(typed: str) -> None:
    try:
        address = EmailAddress.parse(typed)
    except BadInput:
        return
    assert EmailAddress.parse(address.value) == address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("  Trần   Thu Lan ", "Trần Thu Lan", id="spaces"),
        pytest.param("Tra\u0302\u0300n Lan", "Trần Lan", id="decomposed accents"),
        pytest.param("Anne-Marie O’Neil", "Anne-Marie O’Neil", id="foreign"),
    ],
)
def test_names_that_are_taken(typed: str, kept: str) -> None:
    assert full_name_from(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "--", "Lan 2", "<b>Lan</b>", "Lan" * 50, "Lan\x00"])
def test_names_that_are_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        full_name_from(typed)


def test_a_user_name_of_digits_may_only_be_the_persons_own_number() -> None:
    number = IdNumber("031190000001")

    assert user_name_from("031190000001", number) == "031190000001"
    with pytest.raises(BadInput):
        user_name_from("031190000002", number)


@pytest.mark.parametrize("typed", ["ab", "1abc", "lan tran", "lân", "a" * 65, "lan\x00"])
def test_user_names_that_are_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        user_name_from(typed)


@given(
    st.lists(
        st.sampled_from([AccountEvent.ACTIVATE, AccountEvent.MISTYPE_CODE, AccountEvent.RENEW_CODE])
    )
)
def test_the_history_counts_every_change_and_an_active_account_stays_active(
    events: list[AccountEvent],
) -> None:
    account, entry = a_registered_account(), None
    at = A_MONDAY
    for event in events:
        at += timedelta(hours=1)
        try:
            account, entry = {
                AccountEvent.ACTIVATE: lambda now=at, a=account: a.activate(now),
                AccountEvent.MISTYPE_CODE: lambda now=at, a=account: a.mistype_code(now),
                AccountEvent.RENEW_CODE: lambda now=at, a=account: a.renew_code(
                    a_code(made_at=now)
                ),
            }[event]()
        except IllegalMove:
            assert account.is_active
            continue
        assert entry.seq == account.version
        assert entry.after is account.state
    assert account.is_active == (AccountEvent.ACTIVATE in events)
