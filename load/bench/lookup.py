"""Look-up of one dossier (JSON), journal on, against an empty Flask route on the same server."""

import argparse
import json
import urllib.request

from load.bench.common import EMPTY, pairs, pin, python_server, rate
from load.flows.filing import PDF
from simkit.core.cast import CAST

PORTAL = """
import sys
from simkit.core.settings import HouseSettings
from simkit.flaskkit.server import Server, listen, wait_for_the_end
from mock_portal.app import open_with
house = open_with(HouseSettings())
sock = listen("127.0.0.1", 0)
server = Server(house.wsgi, sock, threads=6).start()
print(sock.getsockname()[1], flush=True)
def stop():
    server.stop()
    house.close()
wait_for_the_end(stop)
"""
GOAL = 0.4


def main() -> None:
    """Print pairs for the JSON look-up, or for the page with ``--path``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0)
    given = parser.parse_args()
    with python_server(EMPTY) as empty, python_server(PORTAL) as portal:
        pin(0, 1)
        code = _file_one(portal)
        path = f"/api/v1/dossiers/{code}"
        median = pairs(
            lambda: rate(portal, path, given.seconds),
            lambda: rate(empty, "/", given.seconds),
            names=("look-up", "empty Flask route"),
            unit="requests per second, one connection each of four",
        )
    print(f"goal: at least {GOAL}; measured {median:.3f}")


def _call(port: int, path: str, body: object | None = None) -> dict[str, object]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        data=data,
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 -- loopback
        return dict(json.load(answer))


def _file_one(port: int) -> str:
    listed = _call(port, "/api/v1/procedures?limit=100")["procedures"]
    assert isinstance(listed, list)  # noqa: S101 -- the interface says so
    code = next(p["code"] for p in listed if p["submittable_online"])
    offer = _call(port, f"/api/v1/procedures/{code}")
    agencies, components = offer["agencies"], offer["components"]
    assert isinstance(agencies, list)  # noqa: S101 -- the interface says so
    assert isinstance(components, list)  # noqa: S101 -- the interface says so
    person = CAST[0]
    body = {
        "procedure": code,
        "agency": agencies[0]["code"],
        "applicant": {
            "full_name": person.full_name,
            "id_number": person.id_number,
            "email": person.email,
            "phone": person.phone,
            "address": person.address,
        },
        "documents": [
            {"component": c["key"], "name": "giay-to.pdf", "content_base64": PDF}
            for c in components
            if c["required"]
        ],
    }
    return str(_call(port, "/api/v1/dossiers", body)["code"])


if __name__ == "__main__":
    main()
