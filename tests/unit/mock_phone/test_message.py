"""What makes a message the same one, and how messages form threads."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_phone.domain.errors import IdTaken
from mock_phone.domain.message import Incoming, threads
from simkit.core.refs import PhoneNumber
from tests.builders.phone import a_letter, a_message, an_sms


def test_a_repetition_is_the_same_message() -> None:
    a_message(an_sms()).must_be(an_sms())


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(an_sms(text="Mã OTP khác: 111222"), id="text"),
        pytest.param(an_sms(to=PhoneNumber("0987654321")), id="to"),
        pytest.param(an_sms(sender="KHAC"), id="sender"),
        pytest.param(a_letter(id="sms-1"), id="kind of content"),
    ],
)
def test_the_same_id_with_another_content_is_refused(other: Incoming) -> None:
    with pytest.raises(IdTaken) as refused:
        a_message(an_sms()).must_be(other)

    assert refused.value.code == "message-id-taken"


@settings(deadline=None)
@given(st.lists(st.sampled_from(["A", "B", "C"])))
def test_threads_hold_every_message_once_and_start_with_the_latest(senders: list[str]) -> None:
    messages = [
        a_message(an_sms(id=str(n), sender=sender), seq=n) for n, sender in enumerate(senders, 1)
    ]

    found = threads(messages)

    assert sorted(m.seq for t in found for m in t.messages) == list(range(1, len(senders) + 1))
    assert [t.newest.seq for t in found] == sorted((t.newest.seq for t in found), reverse=True)
    assert all({m.sender for m in t.messages} == {t.sender} for t in found)
