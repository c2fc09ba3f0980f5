"""Tells a trial's results: to people, as JSON, and as JUnit XML for a build server."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from motcua.judge.verdicts import Result, Verdict
from motcua.judge.wire import Exchange, as_text

GOOD, BAD, INCOMPLETE = 0, 1, 2
_PROBLEMS = frozenset({Verdict.FAIL, Verdict.WARN})


@dataclass(frozen=True)
class Report:
    """The results of one trial over the listener at ``url``."""

    url: str
    dialect: str
    results: Sequence[Result]

    @property
    def exit_code(self) -> int:
        """Return 1 when a case failed, 2 when one could not be fired, else 0."""
        found = {result.opinion.verdict for result in self.results}
        if Verdict.FAIL in found:
            return BAD
        return INCOMPLETE if Verdict.SKIPPED in found else GOOD

    def summary(self) -> str:
        """Return the counts in one line."""
        counts = Counter(result.opinion.verdict for result in self.results)
        told = ", ".join(f"{counts[v]} {v.value}" for v in Verdict if counts[v])
        return f"{self.dialect} listener at {self.url}: {told}"

    def as_json(self) -> dict[str, object]:
        """Return everything for machines; bodies as text."""
        counts = Counter(result.opinion.verdict.value for result in self.results)
        return {
            "url": self.url,
            "dialect": self.dialect,
            "exit_code": self.exit_code,
            "counts": {verdict.value: counts[verdict.value] for verdict in Verdict},
            "cases": [_case(result) for result in self.results],
        }

    def as_junit(self) -> bytes:
        """Return one test suite: what failed is a failure, what was not judged is skipped."""
        found = [result.opinion.verdict for result in self.results]
        suite = ET.Element(
            "testsuite",
            name=f"payment-listener.{self.dialect}",
            tests=str(len(found)),
            failures=str(found.count(Verdict.FAIL)),
            errors="0",
            skipped=str(sum(map(found.count, (Verdict.SKIPPED, Verdict.UNSEEN)))),
        )
        for result in self.results:
            _add_test(suite, result, self.dialect)
        ET.indent(suite)
        return bytes(ET.tostring(suite, encoding="utf-8", xml_declaration=True))


def lines(result: Result, *, wire: bool) -> Iterator[str]:
    """Yield what people read of one result; its bytes when something is wrong or ``wire``."""
    opinion = result.opinion
    yield f"{opinion.verdict.value.upper():<8}{result.case:<20}{result.title}"
    yield f"        {opinion.reason}"
    if opinion.verdict is Verdict.FAIL:
        yield f"        why it matters: {result.about}"
    if wire or opinion.verdict in _PROBLEMS:
        for text in _wire(result.exchanges):
            yield f"          {text}"


def _wire(exchanges: Sequence[Exchange]) -> list[str]:
    """Return the first exchange in full, and of the others how they were answered."""
    if not exchanges:
        return []
    told = exchanges[0].lines()
    if len(exchanges) > 1:
        answers = Counter(f"{each.answer.status} {as_text(each.answer.body)}" for each in exchanges)
        told.append(f"the same {len(exchanges)} times at once, answered:")
        told += [f"  {count} × HTTP {text}" for text, count in answers.items()]
    return told


def _case(result: Result) -> dict[str, object]:
    return {
        "id": result.case,
        "title": result.title,
        "about": result.about,
        "verdict": result.opinion.verdict.value,
        "reason": result.opinion.reason,
        "exchanges": [_exchange(each) for each in result.exchanges],
    }


def _exchange(exchange: Exchange) -> dict[str, object]:
    return {
        "request": {
            "method": exchange.method,
            "url": exchange.url,
            "headers": dict(exchange.headers),
            "body": as_text(exchange.sent),
        },
        "response": {
            "status": exchange.answer.status,
            "body": as_text(exchange.answer.body),
            "trouble": exchange.answer.trouble,
        },
    }


def _add_test(suite: ET.Element, result: Result, dialect: str) -> None:
    test = ET.SubElement(
        suite, "testcase", classname=f"payment-listener.{dialect}", name=result.case
    )
    verdict, reason = result.opinion.verdict, _printable(result.opinion.reason)
    if verdict is Verdict.FAIL:
        ET.SubElement(test, "failure", message=reason).text = _printable(result.about)
    elif verdict in {Verdict.SKIPPED, Verdict.UNSEEN}:
        ET.SubElement(test, "skipped", message=reason)
    told = [f"{verdict.value}: {reason}", *_wire(result.exchanges)]
    ET.SubElement(test, "system-out").text = _printable("\n".join(told))


def _printable(text: str) -> str:
    """Leave out what XML may not hold, such as zero bytes that a listener sent back."""
    return "".join(c if c in "\n\t" or c.isprintable() else "�" for c in text)
