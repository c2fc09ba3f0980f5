"""The banks and other ways to pay that the method page and the bank list offer."""

from dataclasses import dataclass

QR, INTERNATIONAL, DOMESTIC = "VNPAYQR", "INTCARD", "VNBANK"


@dataclass(frozen=True, slots=True)
class Method:
    """A way to pay: ``code`` is vnp_BankCode, ``element`` the id of its button on the page [S]."""

    code: str
    name: str
    kind: str  # bank_type of the bank list

    @property
    def element(self) -> str:
        """Return the id of the button; Vietcombank's is the one that differs from its code [S]."""
        return "EC_VIETCOMBANK" if self.code == "VIETCOMBANK" else self.code


_BANKS = """
ABBANK ACB AGRIBANK BACABANK BIDC BIDV DONGABANK EXIMBANK HDBANK IVB LAOVIETBANK MBBANK MSBANK
NAMABANK NCB OCB OJB PVCOMBANK SACOMBANK SAIGONBANK SCB SEABANK SHB TECHCOMBANK TPBANK VIB
VIETABANK VIETBANK VIETCAPITALBANK VIETCOMBANK VIETINBANK VPBANK WOORIBANK
"""
"""Codes [S]."""

METHODS = (
    Method(QR, "Ứng dụng hỗ trợ VNPAY-QR", "QRCODE"),
    *(Method(code, f"Ngân hàng {code}", "ATM") for code in _BANKS.split()),
    Method(INTERNATIONAL, "Thẻ quốc tế (Visa, MasterCard, JCB)", "CC"),
)
DOMESTIC_CODES = frozenset(method.code for method in METHODS if method.kind == "ATM")


def find(code: str) -> Method | None:
    """Return the way to pay with that code, or element id."""
    return next((m for m in METHODS if code in {m.code, m.element}), None)


def listing() -> list[dict[str, object]]:
    """Return the bank list as its address answers it [S]; logos there are none (ours)."""
    return [
        {
            "bank_code": method.code,
            "bank_name": method.name,
            "logo_link": "",
            "bank_type": method.kind,
            "display_order": number,
        }
        for number, method in enumerate(METHODS, 1)
    ]
