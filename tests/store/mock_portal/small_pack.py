"""A small site pack without faults, and changes that give it some."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mock_portal.store.site import SitePackBroken, load_site

EDITION = """\
[[editions]]
key = "classic"
title = "Hệ thống một cửa"
levels = "number"
"""
HINT = """\
[[hints]]
key = "sinh-o-nuoc-ngoai"
phrases = ["sinh ở nước ngoài"]
title = "Con sinh ở nước ngoài"
text = "Hãy liên hệ Sở Tư pháp."
agency = "000.00.15.H24"
"""
SITE = f"""\
key = "nho"
name = "Thành phố Nhỏ"
title = "Cổng dịch vụ công thành phố Nhỏ"
level1 = "H24"
notes = ["Đây là hệ thống mô phỏng."]

{EDITION}
[contact]
hotline = "0225 000 1022"
email = "ho-tro@nho.example"
address = "Số 1, phố Mô Phỏng"
hours = "Giờ hành chính"

[office]
shifts = [["07:00", "11:30"], ["13:30", "17:00"]]

{HINT}"""
AGENCIES = """\
[[agency]]
code = "000.00.15.H24"
name = "Sở Tư pháp"
kind = "department"
address = "Số 15, phố Mô Phỏng"
phone = "0225 000 2015"
email = "so@nho.example"
certainty = "guessed"

[[agency]]
code = "000.00.21.H24"
name = "Quận cũ"
kind = "former-district"
address = "Số 21, phố Mô Phỏng"
phone = "0225 000 2021"
email = "quan@nho.example"
certainty = "guessed"
active = false
note = "Đã giải thể."
"""
UNITS = (
    'units = [\n  { code = "000.01.40.H24", place = "10510", kind = "ward", '
    'name = "Phường Thành Đông", address = "Trung tâm", phone = "0225 000 4001", '
    'email = "phuong@nho.example" },\n]\n'
)
FIELDS = """\
[[field]]
key = "ho-tich"
name = "Hộ tịch"
department = "000.00.15.H24"

[[field]]
key = "can-cuoc"
name = "Căn cước"
"""
CALENDAR = """\
first_year = 2026
last_year = 2027
announced_until = 2026
days_off = [2026-09-01, 2026-09-02]
make_up_days = [2026-08-22]
"""
SURE = dict.fromkeys(["name", "level", "executor", "term", "fee", "components"], "seen")
BIRTH: dict[str, object] = {
    "code": "1.001193",
    "name": "Đăng ký khai sinh",
    "field": "ho-tich",
    "service_level": "full",
    "levels": ["commune"],
    "former_levels": ["district"],
    "late_after": "15:00",
    "channels": {
        "online": {"term": {"amount": 0, "unit": "working-days"}, "fee": {"amount": 0}},
        "direct": {"term": None, "fee": {"amount": None, "note": "Do thành phố quy định."}},
    },
    "components": [
        {
            "key": "01",
            "name": "Tờ khai đăng ký khai sinh",
            "form": "Mẫu số 01",
            "originals": 1,
            "copies": 0,
            "required": True,
        }
    ],
    "notes": ["Nộp trực tuyến thì khai biểu mẫu điện tử."],
    "result": "Giấy khai sinh",
    "result_codes": ["KQ.G15.000031"],
    "legal_basis": ["123/2015/NĐ-CP"],
    "decision": None,
    "certainty": SURE,
}
CARD: dict[str, object] = {
    **BIRTH,
    "code": "1.014061",
    "name": "Cấp thẻ căn cước",
    "field": "can-cuoc",
    "elsewhere": {"who": "Công an cấp xã", "advice": "Hãy đến công an.", "successor": None},
}
Change = Callable[[Path], None]


def write_pack(folder: Path) -> Path:
    """Write a small pack without faults into a folder and return it."""
    texts = {
        "site.toml": SITE,
        "agencies.toml": AGENCIES,
        "units.toml": UNITS,
        "fields.toml": FIELDS,
        "calendar.toml": CALENDAR,
        "procedures.json": json.dumps([BIRTH, CARD], ensure_ascii=False, indent=1),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def put(file: str, old: str, new: str) -> Change:
    """Return a change that replaces one text in one file."""

    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def birth(**changes: object) -> Change:
    """Return a change of the first procedure; ``None`` takes the key away."""

    def change(folder: Path) -> None:
        record = {key: value for key, value in (BIRTH | changes).items() if value != "gone"}
        text = json.dumps([record, CARD], ensure_ascii=False, indent=1)
        (folder / "procedures.json").write_text(text, encoding="utf-8")

    return change


def faults(folder: Path) -> list[str]:
    """Return the faults of a pack, one line each."""
    with pytest.raises(SitePackBroken) as refused:
        load_site(folder)
    return [str(each) for each in refused.value.faults]
