"""A merchant written from the published field tables alone, in the manner of the two real clients.

It shares no code with the gateway: it keeps its own orders, makes its own hashes, and looks at
nothing but the bytes on the wire.
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

import requests
from flask import Flask, request

SECRET = "merchant secret"
CODE = "MERCHANT"


def sha256_of(parts: list[str]) -> str:
    """Return the lower-case hexadecimal SHA-256 of the parts with pipes between."""
    return hashlib.sha256("|".join(parts).encode("utf-8")).hexdigest()


@dataclass
class Order:
    """What the merchant remembers of an order."""

    reference: str
    amount: int
    sent_at: str
    status: str = "khoi-tao"
    confirms: list[dict[str, Any]] = field(default_factory=list)


class Merchant:
    """Sends INIT and QUERY, listens to CONFIRM."""

    def __init__(self, session: requests.Session, gateway: str) -> None:
        """``gateway``: the base address."""
        self.session = session
        self.gateway = gateway
        self.orders: dict[str, Order] = {}
        self.style = "careful"  # how it acknowledges
        self.listener = Flask("merchant")
        self.listener.add_url_rule("/confirm", view_func=self.confirm, methods=["POST"])

    def init(self, order: Order, description: str = "THANH TOAN HO SO 1") -> dict[str, Any]:
        """Send an INIT and return the answer."""
        self.orders[order.reference] = order
        message: dict[str, Any] = {
            "LoaiBanTin": "INIT",
            "PhienBan": "1.0.6",
            "MaDoiTac": CODE,
            "MaThamChieu": order.reference,
            "SoTien": str(order.amount),
            "LoaiHinhThanhToan": "PAY",
            "MaKenhThanhToan": "1",
            "MaThietBi": "1",
            "NgonNgu": "vi-VN",
            "MaTienTe": "VND",
            "MaNganHang": "PAYMENT",
            "ThongTinGiaoDich": description,
            "ThoiGianGD": order.sent_at,
            "Ip": "192.168.1.10",
        }
        message["MaXacThuc"] = sha256_of([*message.values(), SECRET])
        message["ThongTinBienLai"] = {
            "MaDichVu": "2",
            "PhiLePhi": [{"LoaiPhiLePhi": "1", "SoTien": "0"}, {"LoaiPhiLePhi": "2"}],
        }
        return self._post("init", message)

    def query(self, order: Order) -> dict[str, Any]:
        """Send a QUERY with the time of the INIT and return the answer."""
        message = {
            "LoaiBanTin": "QUERY",
            "PhienBan": "1.0.6",
            "MaDoiTac": CODE,
            "MaThamChieu": order.reference,
            "ThoiGianGD": order.sent_at,
        }
        message["MaXacThuc"] = sha256_of([*message.values(), SECRET])
        return self._post("query", message)

    def confirm(self) -> tuple[str, int, dict[str, str]]:
        """Take a CONFIRM, check its hash and acknowledge it in the style of one of the clients."""
        message = json.loads(request.get_data())
        order = self.orders[message["MaThamChieu"]]
        order.confirms.append(message)
        hashed = [
            message["LoaiBanTin"],
            message["MaLoi"],
            message["MaDoiTac"],
            message["MaThamChieu"],
            str(int(message["SoTien"])),
            message["MaTienTe"],
            message["MaGiaoDich"],
            message["MaNganHang"],
            message["ThoiGianGD"],
            message["ThongTinGiaoDich"],
        ]
        genuine = sha256_of([*hashed, SECRET]) == message["MaXacThuc"]
        if genuine and isinstance(message["SoTien"], int):
            order.status = "thanh-cong" if message["MaLoi"] == "00" else "that-bai"
        return (
            json.dumps(self._ack(message, genuine=genuine)),
            200,
            {"Content-Type": "application/json"},
        )

    def _ack(self, message: dict[str, Any], *, genuine: bool) -> dict[str, Any]:
        code = "00" if genuine else "97"
        if self.style == "camel case, no reference":
            return {"maLoi": code, "moTaLoi": "Thành công", "maDoiTac": CODE}
        if self.style == "echoes the hash":
            return {"MaLoi": code, "MoTaLoi": "Thành công", "MaXacThuc": message["MaXacThuc"]}
        ack = {
            "MaLoi": code,
            "MoTaLoi": "Thành công",
            "MaDoiTac": CODE,
            "MaThamChieu": message["MaThamChieu"],
            "ThoiGianGD": message["ThoiGianGD"],
        }
        return ack | {"MaXacThuc": sha256_of([*ack.values(), SECRET])}

    def _post(self, verb: str, message: dict[str, Any]) -> dict[str, Any]:
        answer = self.session.post(
            f"{self.gateway}/payment-platform/1.0.6/{verb}",
            data=json.dumps(message),
            headers={"Content-Type": "application/json", "Authorization": "Bearer whatever"},
            timeout=60,
        )
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found
