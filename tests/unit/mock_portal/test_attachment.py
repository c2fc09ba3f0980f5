"""Rules of attached files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_portal.domain.attachment import (
    MAX_NAME,
    FileKind,
    FileRefusal,
    RefusedFile,
    kind_of,
    megabytes,
    safe_name,
)


@pytest.mark.parametrize(
    ("typed", "kind", "kept"),
    [
        ("to-khai.pdf", FileKind.PDF, "to-khai.pdf"),
        ("Tờ khai.PDF", FileKind.PDF, "Tờ khai.PDF"),
        ("anh.jpeg", FileKind.JPEG, "anh.jpeg"),
        ("virus.exe", FileKind.PDF, "virus.exe.pdf"),
        ("C:\\Users\\lan\\to khai.pdf", FileKind.PDF, "to khai.pdf"),
        ("../../etc/passwd", FileKind.PNG, "passwd.png"),
        ("", FileKind.DOCX, "tep-dinh-kem.docx"),
        ('a<b>:"c".pdf', FileKind.PDF, "abc.pdf"),
        ("a\r\nX-Header: 1.pdf", FileKind.PDF, "aX-Header 1.pdf"),
    ],
)
def test_names_are_made_safe_and_agree_with_the_content(
    typed: str, kind: FileKind, kept: str
) -> None:
    assert safe_name(typed, kind) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("x" * 200, "x" * MAX_NAME),
        ("x" * 200 + ".pdf", "x" * (MAX_NAME - 4) + ".pdf"),
        ("a." + "x" * 200, "." + "x" * (MAX_NAME - 1)),
    ],
)
def test_long_names_are_cut_and_keep_their_ending_where_it_fits(typed: str, kept: str) -> None:
    assert safe_name(typed) == kept


@given(st.text(), st.none() | st.sampled_from(FileKind))
def test_any_name_becomes_one_that_can_be_saved(typed: str, kind: FileKind | None) -> None:
    name = safe_name(typed, kind)

    assert 0 < len(name) <= MAX_NAME
    assert name.isprintable()
    assert not set(name) & set('/\\<>:"|?*')
    assert kind is None or name.lower().endswith(kind.suffixes)


@pytest.mark.parametrize("why", FileRefusal)
def test_every_refusal_names_the_file_and_says_what_to_do(why: FileRefusal) -> None:
    message = RefusedFile("01", "to-khai.pdf", why, 5 * 1024 * 1024).message

    assert message.startswith("Tệp «to-khai.pdf» không được nhận: ")
    assert len(message) > len("Tệp «to-khai.pdf» không được nhận: ")


def test_a_media_type_that_is_not_taken_has_no_kind() -> None:
    assert kind_of("image/gif") is None
    assert kind_of(None) is None
    assert kind_of("image/png") is FileKind.PNG


@pytest.mark.parametrize(
    ("size", "words"), [(5 * 1024 * 1024, "5"), (2_621_440, "2,5"), (10 * 1024 * 1024, "10")]
)
def test_sizes_are_written_as_people_write_them(size: int, words: str) -> None:
    assert megabytes(size) == words
