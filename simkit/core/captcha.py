"""The security picture as the rules see it."""

from dataclasses import dataclass
from typing import Protocol

from simkit.core.errors import RuleBroken


class CaptchaWrong(RuleBroken):
    """The text of the security picture is wrong, too old, or was used before."""

    code = "captcha-wrong"


@dataclass(frozen=True, slots=True)
class CaptchaAnswer:
    """What a person typed under a picture."""

    token: str
    text: str


class Captchas(Protocol):
    """Judges answers. Each picture counts once, right or wrong."""

    def check(self, answer: CaptchaAnswer) -> None:
        """Return, or raise ``CaptchaWrong``."""
        ...
