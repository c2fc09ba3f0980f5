"""Reconciliation files: what is written is read back, what is planted is found, nothing else."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_payment_gateway.domain.reconciliation import (
    DIFFERENCES,
    PLANTABLE,
    BadFile,
    Day,
    Difference,
    Entry,
    Kind,
    Mismatch,
    State,
    compare,
    from_base64,
    plant,
    read,
    to_base64,
    write,
)
from simkit.core.clock import ICT
from simkit.core.errors import BadInput
from simkit.runtime.ids import SeededIds

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=ICT)


def an_entry(number: int = 1, **changes: object) -> Entry:
    """Return one payment of a day."""
    entry = Entry(
        kind=Kind.PAY,
        platform_id=f"PP2611230{number:05}",
        reference=f"H24a{number}",
        amount=150_000,
        state=State.SUCCESS,
        at=MORNING + timedelta(minutes=number),
        bank="NCB",
        bank_ref=f"VNP{number}",
    )
    return replace(entry, **changes)  # type: ignore[arg-type]  # the builder's changes fit


def a_day(*entries: Entry) -> Day:
    """Return the file of a Monday."""
    return Day("HPG01", date(2026, 11, 23), MORNING + timedelta(days=1), entries)


BOOK = tuple(an_entry(number) for number in range(1, 9))
MONDAY = a_day(*BOOK)


def test_a_file_looks_as_the_layout_says() -> None:
    refund = an_entry(2, kind=Kind.REFUND, amount=50_000, reference="a|b%", bank_ref="x\ny")
    failed = an_entry(3, state=State.FAILED)

    lines = write(a_day(an_entry(), refund, failed)).split("\n")

    assert lines[:-2] == [
        "H|1.0|HPG01|20261123|20261124090000|VND",
        "D|1|PAY|PP261123000001|H24a1|150000|SUCCESS|20261123090100|NCB|VNP1",
        "D|2|REFUND|PP261123000002|a%7Cb%25|50000|SUCCESS|20261123090200|NCB|x%0Ay",
        "D|3|PAY|PP261123000003|H24a3|150000|FAILED|20261123090300|NCB|VNP3",
    ]
    assert lines[-2].startswith("T|3|150000|50000|")
    assert lines[-1] == ""


def test_a_file_is_named_by_partner_and_date() -> None:
    assert MONDAY.name == "doi-soat-HPG01-20261123.txt"


def test_a_day_without_payments_has_a_file_too() -> None:
    assert read(write(a_day())) == a_day()


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
ENTRIES = st.builds(
    Entry,
    st.sampled_from(Kind),
    TEXT,
    TEXT,
    st.integers(0, 10**12),
    st.sampled_from(State),
    st.integers(0, 86_399).map(lambda seconds: MORNING + timedelta(seconds=seconds)),
    TEXT,
    TEXT,
)
BOOKS = st.lists(ENTRIES, max_size=8).map(tuple)


@given(BOOKS)
def test_what_is_written_is_read_back(entries: tuple[Entry, ...]) -> None:
    day = a_day(*entries)

    assert read(from_base64(to_base64(write(day)))) == day


@given(BOOKS, st.data())
def test_a_changed_character_is_noticed(entries: tuple[Entry, ...], data: st.DataObject) -> None:
    text = write(a_day(*entries))
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("019|aD\n%").filter(lambda one: one != text[at]))

    with pytest.raises(BadFile):
        read(text[:at] + letter + text[at + 1 :])


def test_a_line_that_is_left_out_is_noticed() -> None:
    text = write(MONDAY)
    lines = text.split("\n")
    del lines[3]

    with pytest.raises(BadFile) as refused:
        read("\n".join(lines))

    assert "dòng 4" in refused.value.facts


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (1, "H|2.0|HPG01|20261123|20261124090000|VND"),
        (1, "H|1.0|HPG01|20261123|20261124090000|USD"),
        (1, "H|1.0|HPG01|20261132|20261124090000|VND"),
        (1, "H|1.0|HPG01|20261123|2026112409|VND"),
        (1, "X"),
        (2, "D|2|PAY|PP|H|1|SUCCESS|20261123090100|NCB|V"),
        (2, "D|1|GIFT|PP|H|1|SUCCESS|20261123090100|NCB|V"),
        (2, "D|1|PAY|PP|H|1|DONE|20261123090100|NCB|V"),
        (2, "D|1|PAY|PP|H|1.5|SUCCESS|20261123090100|NCB|V"),
        (2, "D|1|PAY|PP|H|1|SUCCESS|yesterday|NCB|V"),
        (2, "D|1|PAY|PP|H|1|SUCCESS|20261123090100|NCB"),
        (3, "T|1|1"),
        (3, "T|2|150000|0|0000000000000000"),
        (3, "T|1|150000|0|0000000000000000"),
    ],
)
def test_a_wrong_line_is_named(line: int, wrong: str) -> None:
    lines = write(a_day(an_entry())).split("\n")
    lines[line - 1] = wrong

    with pytest.raises(BadFile) as refused:
        read("\n".join(lines))

    assert f"dòng {line}" in refused.value.facts


def test_only_the_first_wrong_lines_are_named() -> None:
    with pytest.raises(BadFile) as refused:
        read("x\n" * 100)

    assert len(refused.value.facts) == 20


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_no_file(text: str) -> None:
    for words in (text, text + "\n" * 3):
        with pytest.raises(BadFile):
            read(words)


@given(st.text(st.characters(exclude_categories=())) | st.binary().map(lambda raw: raw.hex()))
def test_any_text_is_read_as_base64_or_refused(text: str) -> None:
    with suppress(BadFile):
        assert to_base64(from_base64(text)) == text


@pytest.mark.parametrize("text", ["không", "YQ", "/w==", "YQ==\n"])
def test_what_is_no_base64_of_a_text_is_refused(text: str) -> None:
    with pytest.raises(BadFile):
        from_base64(text)


def found(here: tuple[Entry, ...], there: tuple[Entry, ...]) -> list[Difference]:
    return [mismatch.what for mismatch in compare(here, there)]


ONE = an_entry()


@pytest.mark.parametrize(
    ("here", "there", "differences"),
    [
        ((), (), []),
        ((ONE,), (ONE,), []),
        ((), (ONE,), ["missing-here"]),
        ((ONE,), (), ["missing-there"]),
        ((ONE,), (replace(ONE, amount=1),), ["amount-differs"]),
        ((ONE,), (replace(ONE, state=State.FAILED),), ["state-differs"]),
        (
            (ONE,),
            (replace(ONE, amount=1, state=State.FAILED),),
            ["amount-differs", "state-differs"],
        ),
        ((ONE, ONE), (ONE,), ["doubled-here"]),
        ((ONE,), (ONE, ONE, ONE), ["doubled-there", "doubled-there"]),
        ((ONE, ONE), (ONE, ONE), ["doubled-here", "doubled-there"]),
        ((), (ONE, ONE), ["missing-here", "doubled-there"]),
        ((ONE,), (replace(ONE, kind=Kind.REFUND),), ["missing-there", "missing-here"]),
        ((ONE,), (replace(ONE, bank="other", bank_ref="x", reference="y"),), []),
    ],
)
def test_two_books_are_compared(
    here: tuple[Entry, ...], there: tuple[Entry, ...], differences: list[str]
) -> None:
    assert found(here, there) == differences


def test_every_difference_has_a_name_that_people_read() -> None:
    assert set(DIFFERENCES) == set(Difference)


@given(BOOKS)
def test_a_book_without_doubles_is_like_itself(entries: tuple[Entry, ...]) -> None:
    book = tuple({entry.key: entry for entry in entries}.values())

    assert compare(book, reversed(book)) == ()


OTHER_SIDE = {
    Difference.MISSING_HERE: Difference.MISSING_THERE,
    Difference.MISSING_THERE: Difference.MISSING_HERE,
    Difference.DOUBLED_HERE: Difference.DOUBLED_THERE,
    Difference.DOUBLED_THERE: Difference.DOUBLED_HERE,
}


@given(BOOKS, BOOKS)
def test_both_sides_see_the_same_differences(
    here: tuple[Entry, ...], there: tuple[Entry, ...]
) -> None:
    seen = [replace(one, what=OTHER_SIDE.get(one.what, one.what)) for one in compare(there, here)]

    assert sorted(seen) == sorted(compare(here, there))


@given(
    st.lists(st.sampled_from(PLANTABLE), max_size=12).filter(
        lambda wanted: sum(one is not Difference.MISSING_HERE for one in wanted) <= len(BOOK)
    ),
    st.text(max_size=5),
)
def test_exactly_what_was_planted_is_found(wanted: list[Difference], seed: str) -> None:
    spoilt, planted = plant(MONDAY, wanted, SeededIds(seed))

    assert compare(BOOK, read(write(spoilt)).entries) == planted
    assert sorted(one.what for one in planted) == sorted(wanted)
    assert len({one.platform_id for one in planted}) == len(wanted)


def test_planting_can_be_repeated() -> None:
    first = plant(MONDAY, PLANTABLE, SeededIds("a"))

    assert plant(MONDAY, PLANTABLE, SeededIds("a")) == first
    assert plant(MONDAY, PLANTABLE, SeededIds("b")) != first


def test_an_invented_payment_never_has_the_number_of_a_real_one() -> None:
    (taken,) = plant(a_day(), [Difference.MISSING_HERE], SeededIds("a"))[1]
    day = a_day(an_entry(platform_id=taken.platform_id))

    spoilt, planted = plant(
        day, [Difference.MISSING_THERE, Difference.MISSING_HERE], SeededIds("a")
    )

    assert planted == (
        Mismatch(Kind.PAY, taken.platform_id, Difference.MISSING_THERE),
        Mismatch(Kind.PAY, taken.platform_id + "X", Difference.MISSING_HERE),
    )
    assert [entry.platform_id for entry in spoilt.entries] == [taken.platform_id + "X"]


def test_no_more_can_be_planted_than_there_are_payments() -> None:
    with pytest.raises(BadInput) as refused:
        plant(a_day(ONE), [Difference.AMOUNT, Difference.STATE], SeededIds("a"))

    assert set(refused.value.facts) == {"mismatches"}


def test_the_readers_own_book_cannot_be_spoilt_from_here() -> None:
    with pytest.raises(BadInput):
        plant(MONDAY, [Difference.DOUBLED_HERE], SeededIds("a"))
