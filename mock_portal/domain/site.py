"""A city as its site pack describes it: everything about a portal that is data, not code."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from mock_portal.domain.agency import Agency, AgencyKind, Field
from mock_portal.domain.deadline import WorkCalendar
from mock_portal.domain.errors import AgencyUnknown, FieldUnknown, ProcedureUnknown
from mock_portal.domain.procedure import Procedure
from mock_portal.domain.search import ProcedureIndex, words_of


@dataclass(frozen=True, slots=True)
class Edition:
    """One face of the portal over the same core.

    ``key`` is ``classic`` or ``igate``; ``title`` is its name in the page head; ``levels`` tells
    how service levels are written: ``number`` («Mức độ 4») or ``word`` («Toàn trình»).
    """

    key: str
    title: str
    levels: str


@dataclass(frozen=True, slots=True)
class Contact:
    """How people reach the portal's support; all of it is invented."""

    hotline: str
    email: str
    address: str
    hours: str


@dataclass(frozen=True, slots=True)
class Hint:
    """An answer to a search that no procedure of this city can give.

    It is shown when every word of one of ``phrases`` is in what was searched for. ``agency`` is the
    code of the city's agency to turn to, or ``None`` when it is not the city's.
    """

    key: str
    phrases: tuple[str, ...]
    title: str
    text: str
    agency: str | None


@dataclass(frozen=True)
class Site:
    """A whole site pack, read and checked; it never changes while a house runs.

    ``level1`` is the code of the province in dossier codes (``H24``).
    """

    key: str
    name: str
    title: str
    level1: str
    editions: tuple[Edition, ...]
    contact: Contact
    calendar: WorkCalendar
    agencies: tuple[Agency, ...]
    fields: tuple[Field, ...]
    procedures: tuple[Procedure, ...]
    hints: tuple[Hint, ...]
    notes: tuple[str, ...]

    @cached_property
    def _agency_by_code(self) -> Mapping[str, Agency]:
        return {each.code: each for each in self.agencies}

    @cached_property
    def _field_by_key(self) -> Mapping[str, Field]:
        return {each.key: each for each in self.fields}

    @cached_property
    def _procedure_by_code(self) -> Mapping[str, Procedure]:
        return {each.code: each for each in self.procedures}

    @cached_property
    def index(self) -> ProcedureIndex:
        """Return the search index, built on first use."""
        names = {each.key: each.name for each in self.fields}
        return ProcedureIndex(self.procedures, names)

    def agency(self, code: str) -> Agency:
        """Return the agency with that unit code, or refuse."""
        try:
            return self._agency_by_code[code]
        except KeyError:
            raise AgencyUnknown(
                "Không có cơ quan nào mang mã này. Hãy chọn lại cơ quan trong danh sách.",
                {"agency": code},
            ) from None

    def field(self, key: str) -> Field:
        """Return the field with that key, or refuse."""
        try:
            return self._field_by_key[key]
        except KeyError:
            raise FieldUnknown(
                "Không có lĩnh vực này. Hãy chọn lại lĩnh vực trong danh sách.", {"field": key}
            ) from None

    def procedure(self, code: str) -> Procedure:
        """Return the procedure with that code, or refuse."""
        try:
            return self._procedure_by_code[code]
        except KeyError:
            raise ProcedureUnknown(
                "Không có thủ tục nào mang mã này. Hãy tìm lại thủ tục theo tên.",
                {"procedure": code},
            ) from None

    def active_agencies(self, *kinds: AgencyKind) -> tuple[Agency, ...]:
        """Return the agencies that take dossiers, of these kinds or of all, in the pack's order."""
        wanted = kinds or tuple(AgencyKind)
        return tuple(each for each in self.agencies if each.active and each.kind in wanted)

    def executors_of(self, procedure: Procedure) -> tuple[Agency, ...]:
        """Return the agencies that may receive a dossier of that procedure."""
        return tuple(each for each in self.agencies if procedure.is_executed_by(each))

    def offered_by(self, agency: Agency) -> tuple[Procedure, ...]:
        """Return the procedures that one may file with that agency."""
        return tuple(each for each in self.procedures if each.is_executed_by(agency))

    def hints_for(self, phrase: str) -> tuple[Hint, ...]:
        """Return the hints that answer a search; the words may stand in any order."""
        asked = set(words_of(phrase))
        return tuple(
            hint
            for hint in self.hints
            if any(asked.issuperset(words_of(each)) for each in hint.phrases)
        )
