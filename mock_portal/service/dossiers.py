"""What one can ask about dossiers: to draft, send, read and look up."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import BinaryIO

from mock_portal.domain.agency import Agency
from mock_portal.domain.attachment import Attachment, RefusedFile
from mock_portal.domain.code import DossierCode
from mock_portal.domain.dossier import DOSSIER, Dossier, DossierState, PublicFacts
from mock_portal.domain.errors import AttachmentUnknown, DossierUnknown, DraftUnknown, KeyReused
from mock_portal.domain.procedure import Channel, Procedure
from mock_portal.ports.dossiers import DossierUnit, Files, Ledger
from mock_portal.service.dossier_view import DossierView, line_of, view_of
from mock_portal.service.filing import DossierTools, Filing, Intake, Offer, Saved, with_files
from simkit.core.captcha import CaptchaAnswer

LIST_LIMIT = 200
MACHINE = "Hệ thống nộp hồ sơ"


@dataclass(frozen=True, slots=True)
class LookUp:
    """What a stranger sees of a dossier, with the names for its codes."""

    facts: PublicFacts
    procedure: Procedure
    unit: Agency

    @property
    def submitted_at(self) -> datetime:
        """Return when it was sent."""
        return datetime.fromisoformat(self.facts.submitted_at)

    @property
    def due_at(self) -> datetime | None:
        """Return when the result is due, if that is known yet."""
        return datetime.fromisoformat(self.facts.due_at) if self.facts.due_at else None


@dataclass(frozen=True, slots=True)
class DossierService:
    """The use cases of dossiers. Knows no HTTP and no SQL.

    Files are stored before the unit of work opens: their content is kept once under its hash, so
    one that no dossier refers to in the end does no harm.
    """

    tools: DossierTools = field(repr=False)

    @property
    def _intake(self) -> Intake:
        return Intake(self.tools)

    @property
    def file_limit(self) -> int:
        """Return the largest file that is taken, in bytes."""
        return self.tools.file_limit

    # -- filing -------------------------------------------------------------------------------

    def offer(self, procedure_code: str) -> Offer:
        """Return what may be filed and with whom, or refuse a procedure that is not online."""
        return self._intake.offer(procedure_code)

    def save(
        self, owner: str, filing: Filing, ref: str | None = None, detach: tuple[str, ...] = ()
    ) -> Saved:
        """Keep a draft, new or known, whatever is still wrong with it; say what that is.

        ``detach`` are the files that are taken off a known draft.
        """
        offer = self._intake.offer(filing.procedure)
        if ref is not None:
            filing = replace(filing, procedure=self._my_draft(owner, ref).procedure)
            offer = self._intake.offer(filing.procedure)
        taken, refused = self._intake.take(filing.uploads, offer.procedure)
        with self.tools.work.write() as unit:
            draft = self._draft_for(unit, owner, filing, ref)
            unit.dossiers.put(draft)
            draft = self._detach(unit, draft, detach)
            draft, surplus = self._attach(unit, draft, taken)
        kept, wrong = self._intake.check(draft, offer)
        return Saved(kept, wrong, (*refused, *surplus))

    def send(self, owner: str, ref: str) -> Dossier:
        """Send a draft: it gets its code and its fee, and the citizen is told.

        A draft that was sent before is returned as it is, so that a double click sends once.
        """
        with self.tools.work.write() as unit:
            draft = _owned(unit.dossiers.find(ref), owner)
            if draft.state is not DossierState.DRAFT:
                return draft
            draft, wrong = self._intake.check(draft, self._intake.offer(draft.procedure))
            self._intake.refuse_incomplete(wrong)
            return self._intake.submit(unit, draft, draft.applicant.full_name)

    def register(
        self, filing: Filing, key: str | None = None, fingerprint: str = "", owner: str = ""
    ) -> tuple[Dossier, bool]:
        """File a dossier in one step, for machines; tell whether it was made now.

        It belongs to nobody, or to the account ``owner``.

        The same ``key`` with the same ``fingerprint`` of the request gives the dossier that it
        made before; with another one it is ``KeyReused``.
        """
        if key is not None and (known := self._made_by(key, fingerprint)):
            return known, False
        offer = self._intake.offer(filing.procedure)
        taken, refused = self._intake.take(filing.uploads, offer.procedure)
        draft = self._intake.draft(owner, filing)
        draft, surplus = with_files(draft, taken)
        draft, wrong = self._intake.check(draft, offer)
        for each in (*refused, *surplus):
            wrong[f"component_{each.component}"] = each.message
        self._intake.refuse_incomplete(wrong)
        with self.tools.work.write() as unit:
            if key is not None:
                if known := self._made_by(key, fingerprint):
                    return known, False
                unit.dossiers.remember_key(key, fingerprint, draft.ref)
            return self._intake.submit(unit, draft, MACHINE, new=True), True

    # -- reading ------------------------------------------------------------------------------

    def draft(self, owner: str, ref: str) -> Saved:
        """Return a draft of that account, and what keeps it from being sent."""
        draft = self._my_draft(owner, ref)
        kept, wrong = self._intake.check(draft, self._intake.offer(draft.procedure))
        return Saved(kept, wrong, ())

    def find(self, owner: str, ref: str) -> Dossier:
        """Return a dossier or draft of that account by its inner reference."""
        with self.tools.work.read() as unit:
            return _owned(unit.dossiers.find(ref), owner)

    def mine(self, owner: str) -> list[DossierView]:
        """Return an account's newest dossiers and drafts, without files and history."""
        with self.tools.work.read() as unit:
            found = unit.dossiers.of_owner(owner, LIST_LIMIT)
            return [line_of(unit, self.tools.site, each) for each in found]

    def detail(self, owner: str, code: str) -> DossierView:
        """Return everything about one dossier of that account."""
        with self.tools.work.read() as unit:
            dossier = unit.dossiers.of_code(code)
            if dossier is None or not owner or dossier.owner != owner:
                raise _unknown(code)
            return view_of(unit, self.tools.site, dossier)

    def file(self, owner: str, ref: str, attachment_ref: str) -> tuple[Attachment, BinaryIO]:
        """Return a file of a dossier or draft of that account, and its content."""
        with self.tools.work.read() as unit:
            dossier = _owned(unit.dossiers.find(ref), owner)
        return open_attachment(self.tools.files, dossier, attachment_ref)

    def public(self, code: str) -> PublicFacts:
        """Return what anybody may know about a dossier; ``code`` as it is printed."""
        with self.tools.work.read() as unit:
            facts = unit.dossiers.public(code)
        if facts is None:
            raise _unknown(code)
        return facts

    def look_up(self, typed: str, captcha: CaptchaAnswer) -> LookUp:
        """Return what anybody may know, to a person who typed the code and the picture's text."""
        self.tools.captchas.check(captcha)
        facts = self.public(str(DossierCode.read(typed)))
        site = self.tools.site
        return LookUp(facts, site.procedure(facts.procedure), site.agency(facts.unit))

    def ledger(self) -> Ledger:
        """Return everything that the audit compares, and the rules that it compares it with.

        ``moves`` are the permitted moves of a dossier; a dossier's ``fee`` is what its procedure
        costs when it is filed, in đồng.
        """
        with self.tools.work.read() as unit:
            found = unit.ledger()
        for row in found["dossiers"]:
            procedure = self.tools.site.procedure(str(row["procedure"]))
            row["fee"] = procedure.terms(Channel.ONLINE).fee.at_submission
        moves: list[dict[str, object]] = [
            {"from": at, "event": event, "to": to} for at, event, to in DOSSIER.rows()
        ]
        return {**found, "moves": moves}

    # -- inside -------------------------------------------------------------------------------

    def _my_draft(self, owner: str, ref: str) -> Dossier:
        with self.tools.work.read() as unit:
            return self._still_draft(unit, owner, ref)

    @staticmethod
    def _still_draft(unit: DossierUnit, owner: str, ref: str) -> Dossier:
        draft = _owned(unit.dossiers.find(ref), owner)
        if draft.state is not DossierState.DRAFT:
            raise _no_draft()
        return draft

    def _draft_for(self, unit: DossierUnit, owner: str, filing: Filing, ref: str | None) -> Dossier:
        new = self._intake.draft(owner, filing)
        if ref is None:
            return new
        known = self._still_draft(unit, owner, ref)
        return replace(known, unit=new.unit, applicant=new.applicant, delivery=new.delivery)

    @staticmethod
    def _detach(unit: DossierUnit, draft: Dossier, refs: tuple[str, ...]) -> Dossier:
        for ref in refs:
            unit.dossiers.detach(draft.ref, ref)
        left = tuple(each for each in draft.attachments if each.ref not in refs)
        return replace(draft, attachments=left)

    @staticmethod
    def _attach(
        unit: DossierUnit, draft: Dossier, taken: list[Attachment]
    ) -> tuple[Dossier, list[RefusedFile]]:
        known = len(draft.attachments)
        draft, surplus = with_files(draft, taken)
        for each in draft.attachments[known:]:
            unit.dossiers.attach(draft.ref, each)
        return draft, surplus

    def _made_by(self, key: str, fingerprint: str) -> Dossier | None:
        with self.tools.work.read() as unit:
            known = unit.dossiers.known_key(key)
            if known is None:
                return None
            if known[0] != fingerprint:
                raise KeyReused(
                    "Khóa Idempotency-Key này đã dùng cho một yêu cầu khác. Hãy dùng khóa mới.",
                    {"Idempotency-Key": "used for another request"},
                )
            return unit.dossiers.find(known[1])


def open_attachment(
    files: Files, dossier: Dossier, attachment_ref: str
) -> tuple[Attachment, BinaryIO]:
    """Return a file of a dossier and its content, or refuse."""
    attachment = dossier.attachment(attachment_ref)
    if attachment is None:
        raise AttachmentUnknown(
            "Hồ sơ không có tệp này. Hãy mở lại trang hồ sơ.", {"attachment": "unknown"}
        )
    return attachment, files.open(attachment.sha256)


def _owned(dossier: Dossier | None, owner: str) -> Dossier:
    """Return the dossier if it is that account's; what is not theirs does not exist for them."""
    if dossier is None or not owner or dossier.owner != owner:
        raise _no_draft()
    return dossier


def _no_draft() -> DraftUnknown:
    return DraftUnknown(
        "Không tìm thấy bản nháp này. Hãy mở danh sách hồ sơ của bạn.", {"draft": "unknown"}
    )


def _unknown(code: str) -> DossierUnknown:
    return DossierUnknown(
        "Không tìm thấy hồ sơ. Hãy kiểm tra lại mã hồ sơ in trên giấy tiếp nhận.",
        {"code": code},
    )
