"""Writes ``units.toml`` of a site pack: the wards, communes and special zones of a province.

Names and codes come from the package ``vietnam-provinces`` (state since 1 July 2025, two tiers).
Later versions of the package corrected five codes and two spellings; the file names the version
that it was made with. The unit codes are ours: the number of the unit among its kind, in the order
of the statistics office's codes, below a level-2 unit for the kind (40 phường, 41 xã, 42 đặc khu).
Telephone and mail are invented: subscriber numbers that begin with 0 do not exist.
"""

import json
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path

from vietnam_provinces import NESTED_DIVISIONS_JSON_PATH

SITES = Path(__file__).parent.parent / "sites"
HAI_PHONG = 31
KINDS = {
    "phường": ("ward", 40, "phuong"),
    "xã": ("commune", 41, "xa"),
    "đặc khu": ("special-zone", 42, "dac-khu"),
}
OFFICE = "Trung tâm Phục vụ hành chính công"
HEAD = """\
# Written by tools/make_units.py from vietnam-provinces {version}: change the tool, not this file.
# Name, kind and place (code of the statistics office) are real [seen]; the unit code is ours:
# number among its kind, below 40 (phường), 41 (xã), 42 (đặc khu). Telephone and mail are invented.
"""


def text(province: int, level1: str, area: str, domain: str) -> str:
    """Return the file: ``area`` is the telephone area code, ``domain`` that of the mail."""
    provinces = json.loads(NESTED_DIVISIONS_JSON_PATH.read_text(encoding="utf-8"))
    found = next(each for each in provinces if each["code"] == province)
    wards, city = found["wards"], _inside(found["name"])
    seen: Counter[int] = Counter()
    head = HEAD.format(version=version("vietnam-provinces"))
    rows = [head, "units = ["]
    for ward in sorted(wards, key=lambda each: int(each["code"])):
        kind, level2, prefix = KINDS[ward["division_type"]]
        seen[level2] += 1
        number = seen[level2]
        mail = f"{prefix}-{ward['short_codename'].replace('_', '-')}@{domain}"
        rows.append(
            f'  {{ code = "000.{number:02}.{level2}.{level1}", place = "{ward["code"]:05}", '
            f'kind = "{kind}", name = "{ward["name"]}", '
            f'address = "{OFFICE} {_inside(ward["name"])}, {city}", '
            f'phone = "{area} 000 {level2 * 100 + number}", email = "{mail}" }},'
        )
    return "\n".join([*rows, "]", ""])


def _inside(name: str) -> str:
    """Return a name as it stands inside a sentence: «Phường Đồ Sơn» becomes «phường Đồ Sơn»."""
    return name[0].lower() + name[1:]


def haiphong() -> str:
    """Return the file of the pack ``haiphong``."""
    return text(HAI_PHONG, "H24", "0225", "haiphong.example")


if __name__ == "__main__":
    place = SITES / "haiphong" / "units.toml"
    place.write_text(haiphong(), encoding="utf-8", newline="\n")
    print(f"wrote {place.relative_to(SITES.parent)}", file=sys.stderr)
