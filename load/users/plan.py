"""What all users of one load test share: whom they are, what can be filed, what was filed."""

import json
import os
from functools import lru_cache
from pathlib import Path

from load.flows.filing import Offer
from simkit.core.cast import CAST
from simkit.core.people import Person

_KEPT = 5000
_filed: list[str] = []


def people() -> tuple[Person, ...]:
    """Return the people who file."""
    return CAST


@lru_cache(maxsize=1)
def offers() -> tuple[Offer, ...]:
    """Return what can be filed, from the file that ``motcua load`` wrote (``MOTCUA_OFFERS``)."""
    content = json.loads(Path(os.environ["MOTCUA_OFFERS"]).read_text(encoding="utf-8"))
    return tuple(Offer(o["procedure"], o["agency"], tuple(o["components"])) for o in content)


def record(code: str) -> None:
    """Remember a code for the visitors; the oldest are forgotten."""
    _filed.append(code)
    if len(_filed) > _KEPT:
        del _filed[: _KEPT // 2]


def codes() -> list[str]:
    """Return codes that were filed lately."""
    return _filed
