"""What arrives, once and for all."""

import pytest

from mock_phone.domain.errors import IdTaken, NoSuchMessage
from mock_phone.domain.recipient import EmailAddress
from mock_phone.service import PhoneService
from simkit.core.refs import PhoneNumber
from tests.builders.phone import A_MORNING, A_NUMBER, AN_ADDRESS, a_letter, an_sms

SOMEBODY = EmailAddress.parse("binh@hop-thu.example")


def test_an_sms_arrives_at_the_simulated_time(phone: PhoneService) -> None:
    taken = phone.take_sms(an_sms())

    assert taken.news
    assert taken.message.at == A_MORNING
    assert [m.text for m in phone.news(A_NUMBER, 0, 0).messages] == [an_sms().text]


def test_the_same_sms_again_changes_nothing(phone: PhoneService) -> None:
    first = phone.take_sms(an_sms())

    again = phone.take_sms(an_sms())

    assert not again.news
    assert again.message == first.message
    assert len(phone.news(None, 0, 0).messages) == 1


def test_the_same_id_with_another_text_is_refused_and_nothing_is_kept(phone: PhoneService) -> None:
    phone.take_sms(an_sms())

    with pytest.raises(IdTaken):
        phone.take_sms(an_sms(text="Mã OTP là 000000"))

    assert len(phone.news(None, 0, 0).messages) == 1


def test_the_same_id_to_another_phone_is_refused(phone: PhoneService) -> None:
    phone.take_sms(an_sms())

    with pytest.raises(IdTaken):
        phone.take_sms(an_sms(to=PhoneNumber.parse("0987654321")))


def test_a_mail_to_two_people_arrives_at_both(phone: PhoneService) -> None:
    phone.take_mail([a_letter(), a_letter(to=SOMEBODY)])

    assert len(phone.mailbox(AN_ADDRESS)) == 1
    assert len(phone.mailbox(SOMEBODY)) == 1


def test_a_mail_that_one_recipient_cannot_get_arrives_at_nobody(phone: PhoneService) -> None:
    phone.take_mail([a_letter(to=SOMEBODY, text="Nội dung khác")])

    with pytest.raises(IdTaken):
        phone.take_mail([a_letter(), a_letter(to=SOMEBODY)])

    assert phone.mailbox(AN_ADDRESS) == []


def test_the_same_mail_again_changes_nothing(phone: PhoneService) -> None:
    phone.take_mail([a_letter()])

    assert [taken.news for taken in phone.take_mail([a_letter()])] == [False]
    assert len(phone.mailbox(AN_ADDRESS)) == 1


def test_news_are_those_after_the_given_one(phone: PhoneService) -> None:
    for n in range(3):
        phone.take_sms(an_sms(id=f"sms-{n}"))
    first = phone.news(A_NUMBER, 0, 0).messages[0]

    later = phone.news(A_NUMBER, first.seq, 0)

    assert [m.id for m in later.messages] == ["sms-1", "sms-2"]
    assert later.last == later.messages[-1].seq
    assert phone.news(A_NUMBER, later.last, 0).messages == ()
    assert phone.news(A_NUMBER, later.last, 0).last == later.last


def test_a_mail_of_somebody_else_cannot_be_opened(phone: PhoneService) -> None:
    seq = phone.take_mail([a_letter()])[0].message.seq

    with pytest.raises(NoSuchMessage):
        phone.mail(SOMEBODY, seq)


def test_inboxes_are_listed_with_the_latest_news_first(phone: PhoneService) -> None:
    phone.take_sms(an_sms(id="1"))
    phone.take_mail([a_letter()])
    phone.take_sms(an_sms(id="2"))

    assert [(box.owner, box.count, box.newest.id) for box in phone.inboxes()] == [
        (str(A_NUMBER), 2, "2"),
        (str(AN_ADDRESS), 1, a_letter().id),
    ]


def test_the_ledger_names_messages_and_keeps_their_content_to_itself(phone: PhoneService) -> None:
    phone.take_sms(an_sms())

    assert phone.ledger() == {
        "messages": [
            {"id": "sms-1", "kind": "sms", "to": str(A_NUMBER), "at": A_MORNING.isoformat()},
        ],
    }
