"""The README tells what the code does."""

from pathlib import Path

import pytest

from mock_bank.control import FIRST_PASSWORD
from mock_bank.domain import errors
from mock_bank.domain.payment import Code
from mock_bank.domain.profile import BANKS, BankProfile
from simkit.core.cast import CAST
from simkit.core.errors import RuleBroken

README = (Path(errors.__file__).parents[1] / "README.md").read_text(encoding="utf-8")
# Only a mistake of our own could raise it: no caller ever sees it.
NEVER_SEEN = {"unbalanced-entry", "not-enough-money"}
SEEN = sorted(
    kind.code
    for kind in vars(errors).values()
    if isinstance(kind, type)
    and issubclass(kind, RuleBroken)
    and kind.__module__ == errors.__name__
    and kind.code not in NEVER_SEEN
)


@pytest.mark.parametrize("code", SEEN)
def test_every_refusal_is_told(code: str) -> None:
    assert f"`{code}`" in README


@pytest.mark.parametrize("code", [each.value for each in Code])
def test_every_outcome_is_told_with_the_way_to_it(code: str) -> None:
    assert f"| `{code}` " in README


@pytest.mark.parametrize(
    "fact", [FIRST_PASSWORD, CAST[0].phone, "MOTCUA_BANK_NOTICE_SECRET", "POST /_sim/seed"]
)
def test_what_one_needs_to_begin_is_told(fact: str) -> None:
    assert fact in README


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.code)
def test_the_table_of_the_houses_tells_the_rules_as_they_are(bank: BankProfile) -> None:
    row = next(line for line in README.splitlines() if line.startswith(f"| `{bank.code}`"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    usual = bank.otp[0]
    typed = next((rule for rule in bank.otp if rule.digits), None)

    assert cells[2:4] == [
        f"{r.total_seconds():.0f} s" for r in (usual.valid_for, usual.resend_after)
    ]
    assert cells[4] == (str(typed.most_misses) if typed else "–")
    assert typed is None or f"{typed.digits} digits" in cells[1]
    assert cells[5].startswith(str(bank.door.most_misses))
    assert [cells[6], cells[7]] == [
        f"{n // 10**9} billion" if n >= 10**9 else f"{n // 10**6} million"
        for n in (bank.limits.per_payment, bank.limits.per_day)
    ]
    assert cells[8] == str(bank.limits.times_per_day)
