"""The security picture: five digits, drawn, spoken, and counted once.

A token is nonce, time and a seal; the digits follow from the token and the world's secret, so
nothing is stored until somebody answers. Real portals show letters or digits of this length; digits
can be read aloud in any language, which is why ours are digits (ours).
"""

import base64
import hmac
import io
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from simkit.core.captcha import CaptchaAnswer, CaptchaWrong
from simkit.core.chance import Ids
from simkit.core.clock import Clock
from simkit.storage.database import Database

_LIFE = timedelta(minutes=10)  # ours; no source tells the real one
_DIGITS = 5
_SEAL_BYTES = 9


class WorldCaptchas:
    """Pictures of one world. Implements ``simkit.core.captcha.Captchas``."""

    def __init__(self, key: bytes, database: Database, clock: Clock, ids: Ids) -> None:
        """``key`` is this world's own."""
        self._key = key
        self._database = database
        self._clock = clock
        self._ids = ids

    def new(self) -> str:
        """Return the token of a new picture."""
        stem = f"{self._ids.token('captcha')[:16]}.{int(self._clock.now().timestamp()):x}"
        return f"{stem}.{self._seal(stem)}"

    def digits(self, token: str) -> str:
        """Return what the picture shows; a token that we did not make is ``CaptchaWrong``."""
        stem, _, seal = token.rpartition(".")
        if not token.isascii() or not hmac.compare_digest(seal, self._seal(stem)):
            raise CaptchaWrong("Mã bảo mật không đúng. Xin nhập mã trong hình mới.")
        drawn = int.from_bytes(hmac.digest(self._key, b"digits" + stem.encode(), "sha256"), "big")
        return f"{drawn % 10**_DIGITS:0{_DIGITS}d}"

    def check(self, answer: CaptchaAnswer) -> None:
        """Return, or raise ``CaptchaWrong``; either way this picture is used up."""
        right = hmac.compare_digest(
            self.digits(answer.token).encode(),
            answer.text.strip().encode(errors="replace"),
        )
        fresh = self._spend(answer.token)
        made = datetime.fromtimestamp(
            int(answer.token.split(".")[1], 16), tz=self._clock.now().tzinfo
        )
        if not fresh or self._clock.now() - made > _LIFE:
            raise CaptchaWrong("Mã bảo mật đã hết hạn. Xin nhập mã trong hình mới.")
        if not right:
            raise CaptchaWrong("Mã bảo mật không đúng. Xin nhập mã trong hình mới.")

    def picture(self, token: str) -> bytes:
        """Return the picture as PNG."""
        from captcha.image import ImageCaptcha  # noqa: PLC0415 -- Pillow is slow to import

        image = ImageCaptcha(width=160, height=56, font_sizes=(38, 42))
        target = io.BytesIO()
        image.generate_image(self.digits(token)).save(target, "PNG")
        return target.getvalue()

    def sound(self, token: str) -> bytes:
        """Return the spoken digits as WAV."""
        return bytes(_speaker().generate(self.digits(token)))

    def _seal(self, stem: str) -> str:
        seal = hmac.digest(self._key, b"seal" + stem.encode(), "sha256")[:_SEAL_BYTES]
        return base64.urlsafe_b64encode(seal).decode()

    def _spend(self, token: str) -> bool:
        with self._database.write() as sql:
            return bool(
                sql.rows(
                    "INSERT INTO sim_captcha_used (token) VALUES (?)"
                    " ON CONFLICT (token) DO NOTHING RETURNING token",
                    (token,),
                ),
            )


@lru_cache(maxsize=1)
def _speaker() -> Any:
    from captcha.audio import AudioCaptcha  # noqa: PLC0415 -- loads its voices when asked for

    return AudioCaptcha()
