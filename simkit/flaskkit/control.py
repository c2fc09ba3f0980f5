"""The control room ``/_sim/``: the same in every house, never among the imitated routes."""

import base64
import hmac
import ipaddress
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from simkit.core.clock import ICT
from simkit.core.errors import BadInput, NotAllowed, NotFound
from simkit.flaskkit.body import json_object, known_fields
from simkit.flaskkit.here import current_world
from simkit.flaskkit.worlds import MAIN
from simkit.runtime.clock import ClockMode
from simkit.storage.outbox import agenda_listing, last_outbox_id, next_due, outbox_listing
from simkit.wire.journal import Entry

if TYPE_CHECKING:
    from simkit.flaskkit.house import House

_MOST_ENTRIES = 2000


def blueprint(house: "House[Any]") -> Blueprint:
    """Return the control room of a house."""
    bp = Blueprint("sim", __name__, url_prefix="/_sim")
    bp.before_request(lambda: _guard(house))
    _add_health(bp, house)
    _add_worlds(bp, house)
    _add_time(bp, house)
    _add_books(bp, house)
    return bp


def _guard(house: "House[Any]") -> None:
    settings = house.settings
    if not settings.controls:
        raise NotFound("There is no such page.")
    if settings.control_token is not None:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if hmac.compare_digest(given.encode(), settings.control_token.encode()):
            return
        raise NotAllowed(
            "The control room asks for its token.", {"header": "Authorization: Bearer"}
        )
    try:
        near = ipaddress.ip_address(request.remote_addr or "127.0.0.1").is_loopback
    except ValueError:
        near = False
    if not near:
        raise NotAllowed("The control room answers this machine only, unless it has a token.")


def _add_health(bp: Blueprint, house: "House[Any]") -> None:
    @bp.get("/health")
    def health() -> ResponseReturnValue:
        world = current_world()
        return {
            "house": house.plan.name,
            "version": _version(),
            "world": world.name,
            "now": world.clock.now().isoformat(),
            "clock": world.clock.state.mode,
            "neighbours": {n: world.neighbour(n) for n in house.settings.neighbours},
        }

    @bp.post("/seed")
    def seed() -> ResponseReturnValue:
        done = house.plan.reseed(current_world().service, json_object(request))
        return dict(done)


def _add_worlds(bp: Blueprint, house: "House[Any]") -> None:
    worlds = house.worlds

    @bp.get("/worlds")
    def listing() -> ResponseReturnValue:
        return {"worlds": worlds.names()}

    @bp.post("/worlds")
    def create() -> ResponseReturnValue:
        body = _texts("name", ("seed",))
        return {"name": worlds.create(body["name"], body.get("seed")).name}, 201

    @bp.delete("/worlds/<name>")
    def delete(name: str) -> ResponseReturnValue:
        if name == MAIN:
            raise NotAllowed("The main world cannot be deleted, only reset.", {"name": name})
        worlds.delete(name)
        return "", 204

    @bp.post("/worlds/<name>/reset")
    def reset(name: str) -> ResponseReturnValue:
        return {"name": worlds.reset(name).name}

    _add_snapshots(bp, house)


def _add_snapshots(bp: Blueprint, house: "House[Any]") -> None:
    worlds = house.worlds

    @bp.get("/worlds/<name>/snapshots")
    def snapshots(name: str) -> ResponseReturnValue:
        worlds.get(name)
        return {"snapshots": worlds.snapshots(name)}

    @bp.post("/worlds/<name>/snapshots")
    def snapshot(name: str) -> ResponseReturnValue:
        kept = _texts("snapshot")["snapshot"]
        worlds.snapshot(name, kept)
        return {"name": name, "snapshot": kept}, 201

    @bp.post("/worlds/<name>/restore")
    def restore(name: str) -> ResponseReturnValue:
        return {"name": worlds.restore(name, _texts("snapshot")["snapshot"]).name}


def _texts(field: str, optional: tuple[str, ...] = ()) -> Mapping[str, str]:
    """Return the body whose one required field and optional ones are text."""
    body = known_fields(json_object(request), {field}, optional)
    wrong = {k: "not text" for k, v in body.items() if not isinstance(v, str)}
    if wrong:
        raise BadInput(f"Not text: {', '.join(wrong)}.", wrong)
    return {k: str(v) for k, v in body.items()}


def _add_time(bp: Blueprint, house: "House[Any]") -> None:
    @bp.get("/clock")
    def clock() -> ResponseReturnValue:
        return _clock()

    @bp.patch("/clock")
    def set_clock() -> ResponseReturnValue:
        body = known_fields(json_object(request), (), ("mode", "now"))
        world = current_world()
        try:
            mode = ClockMode(str(body.get("mode", world.clock.state.mode)))
        except ValueError:
            raise BadInput("mode is running or frozen.", {"mode": "running | frozen"}) from None
        at = _moment(body["now"]) if "now" in body else None
        _ = world.clock.run(at) if mode is ClockMode.RUNNING else world.clock.freeze(at)
        house.worlds.remember_clock(world)
        house.dispatcher.wake(world)
        return _clock()

    @bp.get("/due")
    def due() -> ResponseReturnValue:
        world = current_world()
        with world.database.read() as sql:
            moment = next_due(sql)
        return {"now": world.clock.now().isoformat(), "next": moment and moment.isoformat()}

    @bp.post("/pump")
    def pump() -> ResponseReturnValue:
        world = current_world()
        done = house.dispatcher.pump(world)
        return {
            "delivered": done.delivered,
            "failed": done.failed,
            "happened": done.happened,
            # Counts what the background did, too: two pumps with the same number in all houses,
            # one after the other, prove that nothing was under way between them.
            "so_far": world.done,
        }


def _add_books(bp: Blueprint, house: "House[Any]") -> None:
    @bp.get("/journal")
    def journal() -> ResponseReturnValue:
        after = _number("after", 0)
        limit = min(_number("limit", 200), _MOST_ENTRIES)
        about = request.args.get("about", "")
        found = current_world().journal.after(after, about, limit)
        return {"entries": [_entry(number, entry) for number, entry in found]}

    @bp.get("/outbox")
    def outbox() -> ResponseReturnValue:
        with current_world().database.read() as sql:
            return {"messages": outbox_listing(sql)}

    @bp.get("/ledger")
    def ledger() -> ResponseReturnValue:
        world = current_world()
        with world.database.read() as sql:  # one snapshot for the outbox and the house's own part
            head = {
                "house": house.plan.name,
                "world": world.name,
                "now": world.clock.now().isoformat(),
                "outbox": outbox_listing(sql),
                "outbox_last": last_outbox_id(sql),
                "agenda": agenda_listing(sql),
            }
            return head | dict(house.plan.ledger(world.service))

    @bp.get("/captcha/<token>")
    def captcha(token: str) -> ResponseReturnValue:
        return {"token": token, "answer": current_world().captchas.digits(token)}


def _clock() -> dict[str, object]:
    clock = current_world().clock
    return {"mode": clock.state.mode, "now": clock.now().isoformat()}


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None:
        raise BadInput(
            "now is an ISO moment, for example 2026-11-23T09:00:00+07:00.",
            {"now": "not an ISO moment"},
        )
    return moment if moment.tzinfo else moment.replace(tzinfo=ICT)


def _number(name: str, usual: int) -> int:
    text = request.args.get(name, str(usual))
    if not text.isascii() or not text.isdigit() or len(text) > 12:  # noqa: PLR2004 -- enough
        raise BadInput(f"{name} is a whole number.", {name: "not a whole number"})
    return int(text)


def _entry(number: int, entry: Entry) -> dict[str, object]:
    return {
        "number": number,
        "direction": entry.direction,
        "at": entry.at.isoformat(),
        "peer": entry.peer,
        "method": entry.method,
        "url": entry.url,
        "about": entry.about,
        "trace": entry.trace,
        "status": entry.status,
        "note": entry.note,
        "request": _part(entry.request_headers, entry.request, entry.request_size),
        "response": _part(entry.response_headers, entry.response, entry.response_size),
    }


def _part(headers: list[tuple[str, str]], body: bytes, size: int) -> dict[str, object]:
    try:
        content: dict[str, object] = {"text": body.decode()}
    except UnicodeDecodeError:
        content = {"base64": base64.b64encode(body).decode()}
    return {"headers": headers, "size": size, **content}


def _version() -> str:
    try:
        return version("motcua")
    except PackageNotFoundError:
        return "0+source"
