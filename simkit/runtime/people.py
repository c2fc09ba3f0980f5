"""Invented people: names from Faker, numbers valid in form, all from a seed."""

import random
from datetime import date, timedelta

from simkit.core.people import Person
from simkit.core.refs import PHONE_PREFIXES, PROVINCE_CODES, fold

_PREFIXES = sorted(PHONE_PREFIXES)
_FIRST_BIRTHDAY = date(1955, 1, 1)
_DAYS_OF_BIRTH = 18_000


class People:
    """A stream of people that is the same for the same seed.

    Numbers: CCCD is province, century and sex, year, six random digits; the tenth of a century's
    digit follows the official scheme (0/1 for men/women of 19xx, 2/3 for 20xx) [seen].
    """

    def __init__(self, seed: str, province: str = "031") -> None:
        """Fix the seed; ``province`` is the CCCD code that people are registered under."""
        if province not in PROVINCE_CODES:
            raise ValueError(f"no province has the code {province}")
        # Imported late: Faker costs more than all the rest of a house's start.
        from faker import Faker  # noqa: PLC0415 -- see the comment above

        self._chance = random.Random(f"people:{seed}")  # noqa: S311 -- invented people, no secret
        self._faker = Faker("vi_VN")
        self._faker.seed_instance(f"people:{seed}")
        self._province = province
        self._made = 0

    def person(self) -> Person:
        """Return the next person."""
        self._made += 1
        woman = self._chance.random() < 0.5  # noqa: PLR2004 -- a fair coin
        given = self._faker.first_name_female if woman else self._faker.first_name_male
        names = [self._faker.last_name(), given(), given()]
        full_name = " ".join(n for i, n in enumerate(names) if n not in names[:i])
        born = _FIRST_BIRTHDAY + timedelta(days=self._chance.randrange(_DAYS_OF_BIRTH))
        suffix = self._digits(6)
        user = f"{fold(full_name.split()[-1])}.{fold(full_name.split()[0])}.{suffix}".replace(
            " ", ""
        )
        return Person(
            full_name=full_name,
            woman=woman,
            born=born,
            id_number=f"{self._province}{self._century_digit(born, woman=woman)}"
            f"{born.year % 100:02d}{suffix}",
            phone=self._chance.choice(_PREFIXES) + self._digits(7),
            email=f"{user}@hop-thu.example",
            address=self._faker.street_address(),
            user=user,
            password=f"Thu-{self._digits(6)}-aA",
        )

    def _digits(self, length: int) -> str:
        return "".join(self._chance.choice("0123456789") for _ in range(length))

    @staticmethod
    def _century_digit(born: date, *, woman: bool) -> int:
        return (born.year // 100 - 19) * 2 + woman
