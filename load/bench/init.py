"""Payment INIT with signature check, journal on, against an empty Flask route on one server."""

import hashlib
import itertools
import json
import time

from load.bench.common import EMPTY, pairs, pin, python_server, rate, rate_of

GATEWAY = """
from simkit.core.settings import HouseSettings
from simkit.flaskkit.server import Server, listen, wait_for_the_end
from mock_payment_gateway.app import open_with
house = open_with(HouseSettings())
sock = listen("127.0.0.1", 0)
server = Server(house.wsgi, sock, threads=6).start()
print(sock.getsockname()[1], flush=True)
def stop():
    server.stop()
    house.close()
wait_for_the_end(stop)
"""
PATH = "/payment-platform/1.0.6/init"
SECRET = "bi-mat-dung-chung-H24"  # noqa: S105 -- the simulation's own, see the gateway's README
GOAL = 0.2
_SIGNATURES = 20_000
_numbers = itertools.count(1)


def main() -> None:
    """Print pairs, and what signing takes of one request's time."""
    with python_server(EMPTY) as empty, python_server(GATEWAY) as gateway:
        pin(0, 1)
        median = pairs(
            lambda: rate_of(gateway, lambda: _request(gateway)),
            lambda: rate(empty, "/"),
            names=("INIT", "empty Flask route"),
            unit="requests per second, one connection each of four",
        )
        per_request = 1 / rate_of(gateway, lambda: _request(gateway))
    began = time.perf_counter()
    for _ in range(_SIGNATURES):
        _signed(["x"] * 14)
    signing = (time.perf_counter() - began) / _SIGNATURES
    print(f"goal: at least {GOAL}; measured {median:.3f}")
    print(f"one signature is {signing / per_request:.4f} of a request (goal: at most 0.1)")


def _signed(values: list[str]) -> str:
    return hashlib.sha256("|".join([*values, SECRET]).encode()).hexdigest()


def _request(port: int) -> bytes:
    fields = {
        "LoaiBanTin": "INIT",
        "PhienBan": "1.0.6",
        "MaDoiTac": "H24",
        "MaThamChieu": f"bench{time.time_ns()}{next(_numbers)}",
        "SoTien": "150000",
        "LoaiHinhThanhToan": "PAY",
        "MaKenhThanhToan": "1",
        "MaThietBi": "1",
        "NgonNgu": "vi-VN",
        "MaTienTe": "VND",
        "MaNganHang": "PAYMENT",
        "ThongTinGiaoDich": "THANH TOAN HO SO",
        "ThoiGianGD": time.strftime("%Y%m%d%H%M%S"),
        "Ip": "127.0.0.1",
    }
    body = json.dumps(fields | {"MaXacThuc": _signed(list(fields.values()))}).encode()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


if __name__ == "__main__":
    main()
