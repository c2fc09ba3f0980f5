"""What a house is told when it starts; every default lets it start alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PORTS = {"portal": 8001, "gateway": 8002, "bank": 8003, "post": 8004, "phone": 8007}
SMTP_PORT = 8025


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another house, or a real system in its place (which knows nothing of worlds)."""

    url: str
    worlds: bool = True

    def base(self, world: str) -> str:
        """Return the base address for one world, without a slash at the end."""
        plain = self.url.rstrip("/")
        return plain if not self.worlds or world == "main" else f"{plain}/w/{world}"


def _usual_neighbours() -> dict[str, Neighbour]:
    return {name: Neighbour(f"http://127.0.0.1:{port}") for name, port in PORTS.items()}


@dataclass(frozen=True, slots=True)
class HouseSettings:
    """Settings that every house has.

    ``data``: folder for worlds; ``None`` keeps them in a folder that goes when the house ends.
    ``durable``: SQLite ``synchronous=FULL``; off for throw-away worlds in tests.
    ``controls``: whether ``/_sim/`` answers. ``control_token``: opens it to other machines.
    ``own_url``: how browsers and neighbours reach this house.
    ``smtp``: host and port of the mailbox. ``seeds``: folder for prepared seeds, so that several
    data folders can share them; ``None`` keeps them with the data.
    """

    own_url: str = "http://127.0.0.1"
    data: Path | None = None
    durable: bool = True
    controls: bool = True
    control_token: str | None = None
    neighbours: Mapping[str, Neighbour] = field(default_factory=_usual_neighbours)
    smtp: tuple[str, int] = ("127.0.0.1", SMTP_PORT)
    site: str = "haiphong"
    seeds: Path | None = None

    @classmethod
    def from_env(cls, house: str, env: Mapping[str, str]) -> "HouseSettings":
        """Read ``MOTCUA_*`` variables; ``env`` is handed in so that tests need no environment."""
        neighbours = _usual_neighbours()
        for name in PORTS:
            url = env.get(f"MOTCUA_{name.upper()}_URL")
            if url:
                real = env.get(f"MOTCUA_{name.upper()}_IS_REAL") == "1"
                neighbours[name] = Neighbour(url, worlds=not real)
        host, _, port = env.get("MOTCUA_SMTP", f"127.0.0.1:{SMTP_PORT}").rpartition(":")
        data = env.get("MOTCUA_DATA")
        return cls(
            own_url=neighbours[house].url,
            data=Path(data) if data else None,
            durable=env.get("MOTCUA_DURABLE", "1") != "0",
            controls=env.get("MOTCUA_CONTROLS", "on") != "off",
            control_token=env.get("MOTCUA_CONTROL_TOKEN"),
            neighbours=neighbours,
            smtp=(host, int(port)),
            site=env.get("MOTCUA_SITE", "haiphong"),
            seeds=Path(env["MOTCUA_SEEDS"]) if env.get("MOTCUA_SEEDS") else None,
        )
