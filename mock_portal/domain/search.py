"""Finds procedures by agency, field and an approximate phrase, whatever the accents and the order.

Text is folded once: decomposed, marks dropped, đ made d, lower case. A word of the query matches
a word of the procedure when both fold to the same; the last one also when the procedure's word
begins with it, so that a list can follow the typing. Every word must match.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import IntEnum

from mock_portal.domain.agency import Agency
from mock_portal.domain.procedure import Procedure
from simkit.core.refs import fold

_WORD = re.compile(r"[0-9]+(?:\.[0-9]+)+|[^\W_]+")


class _Rank(IntEnum):
    """How well a procedure answers; the lowest comes first."""

    WHOLE_NAME = 0
    PHRASE_IN_NAME = 1
    IN_ORDER_IN_NAME = 2
    WORDS_IN_NAME = 3
    WORDS_ANYWHERE = 4


def words_of(text: str) -> list[str]:
    """Return the folded words of a text; a code like ``2.000635`` is one word."""
    return _WORD.findall(fold(text))


class ProcedureIndex:
    """An index over the procedures of a site; built once, read by all threads."""

    def __init__(self, procedures: Iterable[Procedure], field_names: Mapping[str, str]) -> None:
        """Index name, field and code. ``field_names`` maps the key of each field to its name."""
        self._pack_order = tuple(procedures)
        # The position in this list settles ties: what the city offers first, then the shortest.
        ranked = sorted(self._pack_order, key=lambda p: (not p.is_offered, len(p.name), p.code))
        self._procedures = tuple(ranked)
        self._names = tuple(f" {' '.join(words_of(each.name))} " for each in ranked)
        found_in: defaultdict[str, set[int]] = defaultdict(set)
        for number, each in enumerate(ranked):
            text = f"{each.name} {field_names[each.field]} {each.code}"
            for word in words_of(text):
                found_in[word].add(number)
        self._found_in = {word: frozenset(numbers) for word, numbers in found_in.items()}
        self._vocabulary = sorted(found_in)

    def search(
        self, phrase: str = "", *, agency: Agency | None = None, field: str | None = None
    ) -> tuple[Procedure, ...]:
        """Return what answers, best first; without a phrase, all of them in the pack's order.

        ``agency`` keeps what may be filed with it, ``field`` (a key) what belongs to that field.
        """
        words = words_of(phrase)
        if words:
            found: Iterable[Procedure] = self._ranked(words)
        else:
            found = () if phrase.strip() else self._pack_order
        return tuple(
            each
            for each in found
            if (field is None or each.field == field)
            and (agency is None or each.is_executed_by(agency))
        )

    def _ranked(self, words: list[str]) -> list[Procedure]:
        phrase = f" {' '.join(words)}"
        order = sorted((self._rank(n, words, phrase), n) for n in self._matching(words))
        return [self._procedures[number] for _, number in order]

    def _matching(self, words: list[str]) -> frozenset[int]:
        """Return the procedures that hold every word, rarest word first."""
        *whole, last = words
        sets = [self._found_in.get(word, frozenset()) for word in set(whole)]
        sets.append(self._beginning_with(last))
        sets.sort(key=len)
        return sets[0].intersection(*sets[1:])

    def _beginning_with(self, start: str) -> frozenset[int]:
        at = bisect_left(self._vocabulary, start)
        numbers: set[int] = set()
        while at < len(self._vocabulary) and self._vocabulary[at].startswith(start):
            numbers |= self._found_in[self._vocabulary[at]]
            at += 1
        return frozenset(numbers)

    def _rank(self, number: int, words: list[str], phrase: str) -> _Rank:
        name = self._names[number]
        if phrase in name:
            whole = len(phrase) + 1 == len(name)
            return _Rank.WHOLE_NAME if whole else _Rank.PHRASE_IN_NAME
        if _in_order(words, name):
            return _Rank.IN_ORDER_IN_NAME
        *whole_words, last = words
        if f" {last}" in name and all(f" {word} " in name for word in whole_words):
            return _Rank.WORDS_IN_NAME
        return _Rank.WORDS_ANYWHERE


def _in_order(words: list[str], name: str) -> bool:
    """Tell whether the words follow each other in the name, others between them or not."""
    at = 0
    *whole, last = words
    for word in whole:
        at = name.find(f" {word} ", at)
        if at < 0:
            return False
        at += len(word) + 1
    return name.find(f" {last}", at) >= 0
