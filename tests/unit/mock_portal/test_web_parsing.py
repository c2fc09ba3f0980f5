"""How forms are read: everything wrong is told, nothing odd gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_portal.domain.errors import EmailTaken, SignInRefused
from mock_portal.web.parsing import Fields, clean, errors_on_form, safe_next
from simkit.core.captcha import CaptchaWrong
from simkit.core.errors import BadInput
from simkit.core.refs import PhoneNumber


def test_everything_that_is_wrong_is_told_at_once() -> None:
    fields = Fields({"phone": "x", "page": "-1", "extra": "1"})
    fields.text("name", "Hãy nhập tên.")
    fields.value("phone", "Hãy nhập số.", PhoneNumber.parse)
    fields.number("page", 1, 1, 9)
    fields.only(["name", "phone", "page"])

    with pytest.raises(BadInput) as refused:
        fields.done()

    assert set(refused.value.facts) == {"name", "phone", "page", "extra"}


def test_what_was_read_well_comes_back_as_a_value() -> None:
    fields = Fields({"phone": "+84 912 345 678", "page": "3"})
    phone = fields.value("phone", "Hãy nhập số.", PhoneNumber.parse)
    page = fields.number("page", 1, 1, 9)
    fields.done()

    assert phone() == PhoneNumber("0912345678")
    assert page == 3


@given(st.text(st.characters()))
def test_a_cleaned_text_has_no_control_signs_and_is_cleaned_for_good(text: str) -> None:
    cleaned = clean(text)

    assert cleaned == clean(cleaned)
    assert all(sign.isprintable() or not sign.isascii() or sign in "\n\t" for sign in cleaned)
    cleaned.encode()


@given(st.text())
def test_what_is_safe_to_go_on_to_stays_on_this_host(target: str) -> None:
    safe = safe_next(target)

    assert safe in {"", target}
    assert safe == "" or (safe[0] == "/" and safe[1:2] not in {"/", "\\"} and "\\" not in safe)


@pytest.mark.parametrize("target", ["/", "/tai-khoan", "/thu-tuc?q=khai%20sinh&page=2", "/a//b"])
def test_addresses_of_our_own_are_safe(target: str) -> None:
    assert safe_next(target) == target


def test_a_refusal_lands_at_the_field_that_it_is_about() -> None:
    names = ("email", "user")

    assert errors_on_form(EmailTaken("đã dùng", {"email": "a@b.vn"}), names) == {"email": "đã dùng"}
    assert errors_on_form(CaptchaWrong("sai mã"), names) == {"captcha": "sai mã"}
    assert errors_on_form(SignInRefused("sai"), names) == {"": "sai"}
    assert errors_on_form(BadInput("x", {"email": "thiếu"}), names) == {"email": "thiếu"}
    assert errors_on_form(BadInput("x", {"other": "thiếu"}), names) == {"": "x"}
