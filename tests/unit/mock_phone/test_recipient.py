"""Whom a message can reach."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_phone.domain.message import Kind, kind_of
from mock_phone.domain.recipient import EmailAddress, recipient_from
from simkit.core.errors import BadInput


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0912345678", "0912345678"),
        ("+84912345678", "0912345678"),
        ("84 912 345 678", "0912345678"),
        (" An.Nguyen@Hop-Thu.Example ", "an.nguyen@hop-thu.example"),
        ("a+b@x.y", "a+b@x.y"),
        ("an@x.y\n", "an@x.y"),
    ],
)
def test_every_way_to_write_a_recipient_means_one_inbox(typed: str, meant: str) -> None:
    assert str(recipient_from(typed)) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12345",
        "0112345678",
        "an",
        "an@",
        "@x.y",
        "an@nodot",
        "an@x..y",
        "an@-x.y",
        "a b@x.y",
        "a/b@x.y",
        '"a"@x.y',
        "ấn@x.y",
        "a" * 65 + "@x.y",
        "a@" + "b" * 260 + ".y",
    ],
)
def test_what_is_neither_number_nor_address_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        recipient_from(typed)

    assert set(refused.value.facts) == {"to"}


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = recipient_from(text)
    except BadInput:
        return
    assert recipient_from(str(found)) == found


def test_an_address_gets_mail_and_a_number_gets_sms() -> None:
    assert kind_of(EmailAddress.parse("a@b.c")) is Kind.MAIL
    assert kind_of(recipient_from("0912345678")) is Kind.SMS
