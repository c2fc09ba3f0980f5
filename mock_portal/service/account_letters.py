"""The words that reach a new citizen: the mail with user name, password and code, and the SMS."""

from html import escape

from mock_portal.domain.account import Account, ActivationCode
from mock_portal.domain.site import Site
from simkit.core.clock import ICT
from simkit.core.messages import Message

MAIL = "mail"
SMS = "sms"
SMS_SENDER = "DVC-HP"


class AccountLetters:
    """Writes to the holders of accounts in the name of one city."""

    def __init__(self, site: Site, activation_url: str) -> None:
        """``activation_url`` is the absolute address of the page that takes the code."""
        self._site = site
        self._activation_url = activation_url

    def welcome(
        self, account: Account, code: ActivationCode, password: str
    ) -> tuple[Message, Message]:
        """Return the mail and the SMS after registration; the first password is in the mail."""
        rows = [
            ("Tên đăng nhập", account.user),
            ("Mật khẩu", password),
            ("Mã kích hoạt", code.digits),
        ]
        return self._mail(account, code, "Thông tin tài khoản dịch vụ công", rows), self._sms(
            account, code
        )

    def new_code(self, account: Account, code: ActivationCode) -> tuple[Message, Message]:
        """Return the mail and the SMS that bring another code."""
        rows = [("Tên đăng nhập", account.user), ("Mã kích hoạt", code.digits)]
        return self._mail(account, code, "Mã kích hoạt mới", rows), self._sms(account, code)

    def _mail(
        self, account: Account, code: ActivationCode, subject: str, rows: list[tuple[str, str]]
    ) -> Message:
        until = _moment(code)
        title = self._site.title
        greeting = f"Kính gửi ông/bà {account.holder.full_name},"
        what = f"Tài khoản của ông/bà tại {title} đang chờ kích hoạt."
        how = f"Nhập mã kích hoạt trước {until} tại trang:"
        warning = "Không chuyển thư này cho người khác."
        ask = f"Cần hỗ trợ, gọi tổng đài {self._site.contact.hotline}."
        text = "\n".join(
            [
                greeting,
                "",
                what,
                "",
                *(f"{name}: {value}" for name, value in rows),
                "",
                how,
                self._activation_url,
                "",
                f"{warning} {ask}",
                "",
                title,
            ]
        )
        table = "".join(
            f'<tr><th style="text-align:left;padding:4px 16px 4px 0">{escape(name)}</th>'
            f'<td style="font-family:monospace;font-size:16px;padding:4px 0">{escape(value)}</td>'
            "</tr>"
            for name, value in rows
        )
        link = escape(self._activation_url)
        html = (
            f'<!doctype html><html lang="vi"><head><meta charset="utf-8">'
            f"<title>{escape(subject)}</title></head>"
            f'<body style="font-family:sans-serif;line-height:1.5;color:#1b1b1b">'
            f"<p>{escape(greeting)}</p><p>{escape(what)}</p><table>{table}</table>"
            f'<p>{escape(how)}<br><a href="{link}">Kích hoạt tài khoản</a></p>'
            f"<p>{escape(warning)} {escape(ask)}</p><p>{escape(title)}</p></body></html>"
        )
        to = account.holder.email.value
        return Message(
            kind=MAIL,
            key=_key(account, code),
            to=to,
            body={"to": to, "subject": subject, "text": text, "html": html},
            about=account.id,
        )

    def _sms(self, account: Account, code: ActivationCode) -> Message:
        to = account.holder.phone.value
        key = _key(account, code)
        text = (
            f"Mã kích hoạt tài khoản dịch vụ công của bạn là {code.digits}, "
            f"dùng được đến {_moment(code)}. Không cho người khác biết mã này."
        )
        return Message(
            kind=SMS,
            key=key,
            to=to,
            body={"id": key, "to": to, "from": SMS_SENDER, "text": text},
            about=account.id,
        )


def _key(account: Account, code: ActivationCode) -> str:
    """Return the sender's reference: one per account and code, the same when sent again."""
    return f"activation-{account.id}-{code.made_at:%Y%m%d%H%M%S}"


def _moment(code: ActivationCode) -> str:
    return f"{code.expires_at.astimezone(ICT):%H:%M ngày %d/%m/%Y}"
