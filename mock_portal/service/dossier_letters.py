"""The words that reach a citizen about a dossier: one SMS and one e-mail for each step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from html import escape

from mock_portal.domain.dossier import Dossier, DossierEvent
from mock_portal.domain.fee import DossierFee, FeeReceipt
from mock_portal.domain.site import Site
from mock_portal.service.account_letters import MAIL, SMS, SMS_SENDER
from simkit.core.clock import ICT
from simkit.core.messages import Message, Outbox

Facts = list[tuple[str, str]]

_SUBJECTS = {
    DossierEvent.SUBMIT: "Đã gửi hồ sơ",
    DossierEvent.RECEIVE: "Hồ sơ được tiếp nhận",
    DossierEvent.REFUSE: "Hồ sơ không được tiếp nhận",
    DossierEvent.APPROVE: "Hồ sơ đã có kết quả",
    DossierEvent.HAND_OUT: "Đã trả kết quả hồ sơ",
    DossierEvent.DELIVER: "Đã trả kết quả hồ sơ tại nhà",
}
"""The steps that a citizen is told about."""


@dataclass(frozen=True, slots=True)
class DossierLetters:
    """Writes to applicants in the name of one city.

    ``dossier_url`` returns the absolute address of the page of a dossier code.
    """

    site: Site
    dossier_url: Callable[[str], str]

    def tell(self, outbox: Outbox, dossier: Dossier, fee: DossierFee | None = None) -> None:
        """Put SMS and e-mail about the newest step into the outbox, if it is one to be told."""
        row = dossier.last
        if row.event not in _SUBJECTS:
            return
        sentence, more = self._sentence(dossier, fee)
        facts = [*self._facts(dossier), *more]
        key = f"dossier:{dossier.code}:{row.seq}"
        self._put(outbox, dossier, key, (_SUBJECTS[row.event], sentence, facts))

    def receipt(self, outbox: Outbox, dossier: Dossier, receipt: FeeReceipt) -> None:
        """Put SMS and e-mail about a fee that was paid into the outbox."""
        amount = dong(receipt.amount)
        sentence = (
            f"Đã nhận {amount} phí, lệ phí của hồ sơ {dossier.code}. Số biên lai: {receipt.number}."
        )
        facts = [*self._facts(dossier), ("Số tiền", amount), ("Số biên lai", receipt.number)]
        subject = "Biên lai thu phí, lệ phí"
        self._put(outbox, dossier, f"receipt:{receipt.number}", (subject, sentence, facts))

    def _sentence(self, dossier: Dossier, fee: DossierFee | None) -> tuple[str, Facts]:
        row, code = dossier.last, dossier.code
        unit = self.site.agency(dossier.unit).name
        if row.event is DossierEvent.SUBMIT:
            due = [] if fee is None else [("Phí, lệ phí phải nộp", dong(fee.amount))]
            ask = "" if fee is None else f" Phí, lệ phí phải nộp: {dong(fee.amount)}."
            return f"Hồ sơ {code} đã được gửi đến {unit}.{ask}", list(due)
        if row.event is DossierEvent.RECEIVE:
            when = "không quy định thời hạn" if dossier.due_at is None else hour(dossier.due_at)
            text = f"Hồ sơ {code} đã được tiếp nhận. Hẹn trả kết quả: {when}."
            return text, [("Ngày hẹn trả", when)]
        if row.event is DossierEvent.REFUSE:
            text = f"Hồ sơ {code} không được tiếp nhận. Lý do: {row.reason}"
            return text, [("Lý do", row.reason)]
        if row.event is DossierEvent.APPROVE:
            at_home = "Bưu điện sẽ trả kết quả tại địa chỉ đã đăng ký."
            counter = f"Mời ông/bà mang mã hồ sơ đến {unit} nhận kết quả."
            how = counter if dossier.delivery is None else at_home
            return f"Hồ sơ {code} đã xử lý xong. {how}", []
        how = "" if row.event is DossierEvent.HAND_OUT else " Bưu điện đã phát đến tay người nhận."
        return f"Hồ sơ {code} đã trả kết quả.{how}", []

    def _facts(self, dossier: Dossier) -> Facts:
        return [
            ("Mã hồ sơ", dossier.code),
            ("Thủ tục", self.site.procedure(dossier.procedure).name),
            ("Cơ quan giải quyết", self.site.agency(dossier.unit).name),
            ("Trạng thái", dossier.state.label),
        ]

    def _put(
        self, outbox: Outbox, dossier: Dossier, key: str, letter: tuple[str, str, Facts]
    ) -> None:
        subject, sentence, facts = letter
        phone, email = dossier.applicant.phone, dossier.applicant.email
        sms = {"id": f"{key}:sms", "to": phone, "from": SMS_SENDER, "text": sentence}
        mail = {"to": email, "subject": f"{subject} – {dossier.code}"} | self._mail(
            dossier, sentence, facts
        )
        outbox.put(Message(SMS, f"{key}:sms", phone, sms, dossier.code))
        outbox.put(Message(MAIL, f"{key}:mail", email, mail, dossier.code))

    def _mail(self, dossier: Dossier, sentence: str, facts: Facts) -> dict[str, str]:
        greeting = f"Kính gửi ông/bà {dossier.applicant.full_name},"
        link = self.dossier_url(dossier.code)
        ask = f"Cần hỗ trợ, gọi tổng đài {self.site.contact.hotline}."
        lines = [f"{name}: {value}" for name, value in facts]
        text = "\n".join(
            [greeting, "", sentence, "", *lines, "", f"Xem hồ sơ: {link}", ask, "", self.site.title]
        )
        rows = "".join(
            f'<tr><th style="text-align:left;padding:4px 16px 4px 0">{escape(name)}</th>'
            f'<td style="padding:4px 0">{escape(value)}</td></tr>'
            for name, value in facts
        )
        html = (
            '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
            f"<title>{escape(dossier.code)}</title></head>"
            '<body style="font-family:sans-serif;line-height:1.5;color:#1b1b1b">'
            f"<p>{escape(greeting)}</p><p>{escape(sentence)}</p><table>{rows}</table>"
            f'<p><a href="{escape(link)}">Xem hồ sơ</a></p>'
            f"<p>{escape(ask)}</p><p>{escape(self.site.title)}</p></body></html>"
        )
        return {"text": text, "html": html}


def dong(amount: int) -> str:
    """Return whole đồng as messages write them: «8.000 đồng»."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def hour(at: datetime) -> str:
    """Return a moment as messages write it: «14:05 ngày 21/11/2026»."""
    return f"{at.astimezone(ICT):%H:%M ngày %d/%m/%Y}"
