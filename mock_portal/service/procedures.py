"""What citizens ask about procedures: which there are, what each takes, who receives them."""

from collections import Counter
from dataclasses import dataclass

from mock_portal.domain.agency import Agency, AgencyKind, Field
from mock_portal.domain.errors import AgencyUnknown
from mock_portal.domain.procedure import Procedure
from mock_portal.domain.site import Hint, Site

PAGE_SIZE = 20
"""How many procedures one page of results shows (ours)."""


@dataclass(frozen=True, slots=True)
class ProcedureQuery:
    """What one looks for; empty text means: any. ``page`` counts from 1."""

    phrase: str = ""
    agency: str = ""
    field: str = ""
    page: int = 1
    size: int = PAGE_SIZE
    online_only: bool = False


@dataclass(frozen=True, slots=True)
class FoundHint:
    """A sentence that answers a search, and the agency to turn to if it is one of the city's."""

    hint: Hint
    agency: Agency | None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results; ``total`` counts all of them, ``pages`` is at least 1."""

    query: ProcedureQuery
    procedures: tuple[Procedure, ...]
    total: int
    pages: int
    hints: tuple[FoundHint, ...]


@dataclass(frozen=True, slots=True)
class ProcedureDetail:
    """A procedure with everything that its page needs to say.

    ``counters`` are the agencies that take its dossiers; ``successor`` replaced it.
    """

    procedure: Procedure
    field: Field
    counters: tuple[Agency, ...]
    successor: Procedure | None


class ProcedureService:
    """The use cases of procedures. The site pack never changes, so there is nothing to store."""

    def __init__(self, site: Site) -> None:
        """Answer for one city."""
        self._site = site

    def find(self, query: ProcedureQuery) -> Found:
        """Return one page of what matches, best first.

        Raises ``AgencyUnknown`` or ``FieldUnknown``. A page beyond the last is the last one.
        """
        agency = self._active(query.agency) if query.agency else None
        field = self._site.field(query.field).key if query.field else None
        matching = self._site.index.search(query.phrase, agency=agency, field=field)
        if query.online_only:
            matching = tuple(each for each in matching if each.submittable_online)
        pages = max(1, -(-len(matching) // query.size))
        first = (min(query.page, pages) - 1) * query.size
        return Found(
            query=query,
            procedures=matching[first : first + query.size],
            total=len(matching),
            pages=pages,
            hints=self._hints(query.phrase),
        )

    def detail(self, code: str) -> ProcedureDetail:
        """Return a procedure with its counters, or raise ``ProcedureUnknown``."""
        procedure = self._site.procedure(code)
        successor = procedure.elsewhere.successor if procedure.elsewhere else None
        return ProcedureDetail(
            procedure=procedure,
            field=self._site.field(procedure.field),
            counters=self._site.executors_of(procedure),
            successor=self._site.procedure(successor) if successor else None,
        )

    def agencies(self) -> tuple[tuple[AgencyKind, tuple[Agency, ...]], ...]:
        """Return the agencies that take dossiers, by kind, in the pack's order."""
        groups = ((kind, self._site.active_agencies(kind)) for kind in AgencyKind)
        return tuple((kind, agencies) for kind, agencies in groups if agencies)

    def agency(self, code: str) -> Agency:
        """Return an agency of the city, active or not, or raise ``AgencyUnknown``."""
        return self._site.agency(code)

    def fields(self) -> tuple[Field, ...]:
        """Return the fields of administration that have a procedure, by name."""
        used = {each.field for each in self._site.procedures}
        return tuple(each for each in self._site.fields if each.key in used)

    def largest_fields(self, count: int) -> tuple[tuple[Field, int], ...]:
        """Return the fields in which one can file most procedures online, and how many."""
        online = Counter(each.field for each in self._site.procedures if each.submittable_online)
        return tuple((self._site.field(key), number) for key, number in online.most_common(count))

    def _active(self, code: str) -> Agency:
        agency = self._site.agency(code)
        if not agency.active:
            raise AgencyUnknown(
                "Cơ quan này không còn tiếp nhận hồ sơ. Hãy chọn cơ quan khác trong danh sách.",
                {"agency": code},
            )
        return agency

    def _hints(self, phrase: str) -> tuple[FoundHint, ...]:
        return tuple(
            FoundHint(each, self._site.agency(each.agency) if each.agency else None)
            for each in self._site.hints_for(phrase)
        )
