"""What is known of an invented person."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Person:
    """An invented citizen: every number is valid in form and belongs to nobody we know.

    ``id_number``: 12-digit CCCD that agrees with ``born``, ``woman`` and Hải Phòng (031).
    ``phone``: ten digits from 0. ``email``: under the reserved domain ``example``.
    ``user``: a name to sign in with, unique within a cast; ``password`` goes with it.
    """

    full_name: str
    woman: bool
    born: date
    id_number: str
    phone: str
    email: str
    address: str
    user: str
    password: str
