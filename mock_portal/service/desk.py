"""What officers ask at the one-stop desk: the day's dossiers, their details, and the next step."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO

from mock_portal.domain.attachment import Attachment
from mock_portal.domain.dossier import Dossier, DossierEvent, DossierState
from mock_portal.domain.errors import DossierUnknown, OtherUnit
from mock_portal.domain.officer import Officer
from mock_portal.domain.procedure import Channel
from mock_portal.domain.site import Site
from mock_portal.ports import Work
from mock_portal.ports.dossiers import DossierUnit, Files
from mock_portal.service.deliveries import DeliveryService
from mock_portal.service.dossier_letters import DossierLetters
from mock_portal.service.dossier_view import DossierView, line_of, view_of
from mock_portal.service.dossiers import open_attachment
from simkit.core.clock import Clock

LIST_LIMIT = 500


@dataclass(frozen=True, slots=True)
class DeskTools:
    """What ``DeskService`` is built with."""

    work: Work[DossierUnit]
    site: Site
    files: Files
    letters: DossierLetters
    deliveries: DeliveryService
    clock: Clock


@dataclass(frozen=True, slots=True)
class DeskService:
    """The use cases of officers. Knows no HTTP and no SQL.

    An officer sees the dossiers of the own unit, an administrator those of all.
    """

    tools: DeskTools = field(repr=False)

    def listing(
        self,
        officer: Officer,
        *,
        state: DossierState | None = None,
        day: date | None = None,
        limit: int = LIST_LIMIT,
    ) -> list[DossierView]:
        """Return the dossiers that the officer sees, the newest first, without files and history.

        ``state`` and ``day`` (on which they were sent) narrow the list down.
        """
        unit_code = None if officer.is_admin else officer.unit
        with self.tools.work.read() as unit:
            found = unit.dossiers.of_unit(unit_code, state, day, limit)
            return [line_of(unit, self.tools.site, each) for each in found]

    def detail(self, officer: Officer, code: str) -> DossierView:
        """Return everything about one dossier of the officer's unit."""
        with self.tools.work.read() as unit:
            return view_of(unit, self.tools.site, _seen(unit, officer, code))

    def events_for(self, dossier: Dossier, officer: Officer) -> tuple[DossierEvent, ...]:
        """Return what the officer may do with the dossier now."""
        return dossier.events_for(officer)

    def file(self, officer: Officer, code: str, ref: str) -> tuple[Attachment, BinaryIO]:
        """Return a file of a dossier of the officer's unit, and its content."""
        with self.tools.work.read() as unit:
            dossier = _seen(unit, officer, code)
        return open_attachment(self.tools.files, dossier, ref)

    def happen(self, code: str, event: DossierEvent, officer: Officer, reason: str = "") -> Dossier:
        """Let an officer's step happen, tell the citizen, and start what follows from it.

        Reception sets the day on which the result is due; approval of a result that goes home
        orders the delivery.
        """
        tools = self.tools
        with tools.work.write() as unit:
            dossier = _seen(unit, officer, code)
            dossier = dossier.decided(event, officer, tools.clock.now(), reason)
            if event is DossierEvent.RECEIVE:
                dossier = dossier.received(self._due(dossier))
            unit.dossiers.put(dossier)
            if event is DossierEvent.APPROVE and dossier.delivery is not None:
                tools.deliveries.order(unit, dossier)
            tools.letters.tell(unit.outbox, dossier)
        return dossier

    def _due(self, dossier: Dossier) -> datetime | None:
        procedure = self.tools.site.procedure(dossier.procedure)
        return procedure.due_at(dossier.last.at, Channel.ONLINE, self.tools.site.calendar)


def _seen(unit: DossierUnit, officer: Officer, code: str) -> Dossier:
    dossier = unit.dossiers.of_code(code)
    if dossier is None:
        raise DossierUnknown("Không tìm thấy hồ sơ mang mã này.", {"code": code})
    if not officer.sees(dossier.unit):
        raise OtherUnit(
            "Hồ sơ này thuộc cơ quan khác. Hãy chuyển cho cán bộ của cơ quan đó.",
            {"unit": dossier.unit},
        )
    return dossier
