"""Writes the bank's table of magic inputs into its README: ``python tools/make_bank_magic.py``."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from mock_bank.domain import magic  # noqa: E402 -- only found from here on

README = ROOT / "mock_bank" / "README.md"
BEGIN, END = "<!-- magic: tools/make_bank_magic.py -->", "<!-- /magic -->"


def main() -> None:
    """Replace what stands between the two marks."""
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    README.write_text(f"{before}{BEGIN}\n{magic.markdown()}\n{END}{after}", encoding="utf-8")
    print(f"{len(magic.MAGIC)} rows in {README.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
