"""How a dossier comes in: files are judged, answers checked, the code and the fee given."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import IO

from mock_portal.domain.agency import Agency
from mock_portal.domain.attachment import (
    MAX_FILES,
    MAX_FILES_PER_COMPONENT,
    Attachment,
    FileRefusal,
    RefusedFile,
    kind_of,
    safe_name,
)
from mock_portal.domain.code import DossierCode
from mock_portal.domain.delivery import HomeDelivery
from mock_portal.domain.dossier import Applicant, Dossier
from mock_portal.domain.errors import (
    AgencyUnknown,
    DossierIncomplete,
    NotFiledOnline,
    UnitNotInCharge,
)
from mock_portal.domain.fee import DossierFee
from mock_portal.domain.filing import check, one_line
from mock_portal.domain.procedure import Channel, Procedure
from mock_portal.domain.site import Site
from mock_portal.ports import Work
from mock_portal.ports.dossiers import DossierUnit, Files
from mock_portal.service.dossier_letters import DossierLetters
from simkit.core.captcha import Captchas
from simkit.core.chance import Ids
from simkit.core.clock import ICT, Clock
from simkit.core.errors import TooLarge

FILE_LIMIT = 5 * 1024 * 1024
"""The largest file that is taken, in bytes, unless the settings say otherwise (ours)."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: the component it is for, the name it had, and its content, rewindable."""

    component: str
    name: str
    stream: IO[bytes]


@dataclass(frozen=True, slots=True)
class Filing:
    """What a citizen or a machine hands in; texts as typed. ``unit`` may be empty in a draft."""

    procedure: str
    unit: str
    applicant: Applicant
    delivery: HomeDelivery | None = None
    uploads: tuple[Upload, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A procedure that may be filed online, and the agencies that take it."""

    procedure: Procedure
    agencies: tuple[Agency, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft as it was kept; ``wrong`` by field name, ``refused`` the files that were not."""

    dossier: Dossier
    wrong: Mapping[str, str]
    refused: tuple[RefusedFile, ...]


@dataclass(frozen=True, slots=True)
class DossierTools:
    """What ``DossierService`` is built with; ``file_limit`` in bytes."""

    work: Work[DossierUnit]
    site: Site
    files: Files
    letters: DossierLetters
    captchas: Captchas
    clock: Clock
    ids: Ids
    file_limit: int = FILE_LIMIT


@dataclass(frozen=True, slots=True)
class Intake:
    """The steps between an answer and a dossier; ``DossierService`` puts them in order."""

    tools: DossierTools = field(repr=False)

    def offer(self, procedure_code: str) -> Offer:
        """Return what may be filed and with whom, or refuse a procedure that is not online."""
        procedure = self.tools.site.procedure(procedure_code)
        if not procedure.submittable_online:
            raise NotFiledOnline(
                "Thủ tục này không nộp hồ sơ trực tuyến được. "
                "Hãy xem hướng dẫn nộp tại bộ phận một cửa ở trang thủ tục.",
                {"procedure": procedure.code},
            )
        return Offer(procedure, self.tools.site.executors_of(procedure))

    def draft(self, owner: str, filing: Filing) -> Dossier:
        """Return a new draft with the answers as they are kept."""
        return Dossier(
            ref=self.tools.ids.token("dossier"),
            owner=owner,
            procedure=filing.procedure,
            unit=one_line(filing.unit),
            applicant=_kept(filing.applicant),
            delivery=filing.delivery and _kept_delivery(filing.delivery),
            created_at=self.tools.clock.now(),
        )

    def take(
        self, uploads: tuple[Upload, ...], procedure: Procedure
    ) -> tuple[list[Attachment], list[RefusedFile]]:
        """Store the files that may be taken, and say why the others are not."""
        taken: list[Attachment] = []
        refused: list[RefusedFile] = []
        for upload in uploads:
            result = self._take_one(upload, procedure)
            if isinstance(result, Attachment):
                taken.append(result)
            else:
                refused.append(result)
        return taken, refused

    def _take_one(self, upload: Upload, procedure: Procedure) -> Attachment | RefusedFile:
        tools, name = self.tools, safe_name(upload.name)
        refusal = RefusedFile(upload.component, name, FileRefusal.EMPTY, tools.file_limit)
        if procedure.component(upload.component) is None:
            return replace(refusal, why=FileRefusal.UNKNOWN_COMPONENT)
        if not upload.stream.read(1):
            return refusal
        upload.stream.seek(0)
        kind = kind_of(tools.files.media_type(upload.stream))
        if kind is None:
            return replace(refusal, why=FileRefusal.WRONG_TYPE)
        try:
            kept = tools.files.keep(upload.stream, tools.file_limit)
        except TooLarge:
            return replace(refusal, why=FileRefusal.TOO_LARGE)
        return Attachment(
            ref=tools.ids.token("attachment"),
            component=upload.component,
            name=safe_name(upload.name, kind),
            kind=kind,
            size=kept.size,
            sha256=kept.sha256,
            at=tools.clock.now(),
        )

    def check(self, draft: Dossier, offer: Offer) -> tuple[Dossier, dict[str, str]]:
        """Return the draft as kept, and all that keeps it from being sent, by field name."""
        kept, wrong = check(draft, offer.procedure)
        if kept.unit not in {each.code for each in offer.agencies}:
            wrong["unit"] = "Hãy chọn cơ quan tiếp nhận hồ sơ trong danh sách."
        if kept.delivery is not None and not self._is_place(kept.delivery.place):
            wrong["delivery_place"] = "Hãy chọn phường, xã, đặc khu trong danh sách."
        return kept, wrong

    def _is_place(self, place: str) -> bool:
        return any(each.place == place for each in self.tools.site.active_agencies())

    @staticmethod
    def refuse_incomplete(wrong: Mapping[str, str]) -> None:
        """Refuse a dossier with which something is wrong."""
        if wrong:
            raise DossierIncomplete(
                "Hồ sơ chưa đủ để gửi. Hãy bổ sung các mục được nêu rồi gửi lại.", wrong
            )

    def submit(self, unit: DossierUnit, draft: Dossier, who: str, *, new: bool = False) -> Dossier:
        """Give the code and the fee and tell the citizen; the unit was opened for writing."""
        tools = self.tools
        procedure = tools.site.procedure(draft.procedure)
        self._refuse_unit(procedure, draft.unit)
        now = tools.clock.now()
        day = now.astimezone(ICT).date()
        number = unit.dossiers.next_number(draft.unit, day)
        dossier = draft.submitted(str(DossierCode(draft.unit, day, number)), now, who)
        unit.dossiers.put(dossier)
        if new:
            for each in dossier.attachments:
                unit.dossiers.attach(dossier.ref, each)
        amount = procedure.terms(Channel.ONLINE).fee.at_submission
        fee = DossierFee(dossier.code, amount) if amount else None
        if fee is not None:
            unit.payments.put_fee(fee)
        tools.letters.tell(unit.outbox, dossier, fee)
        return dossier

    def _refuse_unit(self, procedure: Procedure, code: str) -> None:
        try:
            in_charge = procedure.is_executed_by(self.tools.site.agency(code))
        except AgencyUnknown:
            in_charge = False
        if not in_charge:
            raise UnitNotInCharge(
                "Cơ quan này không giải quyết thủ tục đã chọn. Hãy chọn lại cơ quan.",
                {"unit": code},
            )


def with_files(draft: Dossier, taken: list[Attachment]) -> tuple[Dossier, list[RefusedFile]]:
    """Return the draft with the files that it has room for, and a refusal for each other."""
    surplus: list[RefusedFile] = []
    for each in taken:
        full = len(draft.of_component(each.component)) >= MAX_FILES_PER_COMPONENT
        if full or len(draft.attachments) >= MAX_FILES:
            surplus.append(RefusedFile(each.component, each.name, FileRefusal.TOO_MANY))
        else:
            draft = replace(draft, attachments=(*draft.attachments, each))
    return draft, surplus


def _kept(given: Applicant) -> Applicant:
    return Applicant(
        one_line(given.full_name),
        one_line(given.id_number),
        one_line(given.email),
        one_line(given.phone),
        one_line(given.address),
    )


def _kept_delivery(given: HomeDelivery) -> HomeDelivery:
    return HomeDelivery(
        one_line(given.receiver),
        one_line(given.phone),
        one_line(given.address),
        one_line(given.place),
    )
