"""A small house for tests of the kernel: it keeps notes, tells a neighbour, and wakes up later."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from flask import Blueprint, Flask, render_template_string, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import Column, Integer, Table, Text

from simkit.core.captcha import CaptchaAnswer
from simkit.core.errors import BadInput, NeighbourDown, NotFound, NotSignedIn
from simkit.core.messages import Courier, Due, Message, Receipt, Schedule
from simkit.core.settings import HouseSettings
from simkit.flaskkit.body import form_fields, json_object, known_fields
from simkit.flaskkit.here import about
from simkit.flaskkit.house import Handle, House, Plan, open_house
from simkit.flaskkit.world import World
from simkit.storage.tables import house_metadata

METADATA = house_metadata()
NOTES = Table("notes", METADATA, Column("id", Integer, primary_key=True), Column("text", Text))

PAGE = """{% extends "simkit/base.html" %}{% block title %}Nhà{% endblock %}
{% block main %}<h1>Nhà thử</h1><p id="token">{{ sim.captcha.token }}</p>{% endblock %}"""


@dataclass
class Neighbour:
    """A courier that a test can make fail so many times."""

    failures: int = 0
    final: bool = False
    got: list[str] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)

    def deliver(self, message: Message) -> Receipt:
        """Take it, or fail."""
        if self.failures > 0:
            self.failures -= 1
            return Receipt(accepted=False, detail="busy", final=self.final)
        self.got.append(message.key)
        return Receipt(accepted=True, answer={"key": message.key})


class Notes:
    """The service."""

    def __init__(self, world: World) -> None:
        """Keep the world; a real house takes ports."""
        self.world = world
        self._news = threading.Condition()

    def write(self, text: str, tell: str = "") -> None:
        """Keep a note, and tell the neighbour under a key."""
        with self.world.database.write() as sql:
            sql.rows("INSERT INTO notes (text) VALUES (?)", (text,))
            sql.after_commit(self._announce)
            if tell:
                self.world.outbox(sql).put(Message("note", tell, "neighbour", {"text": text}))

    def later(self, text: str, wait: timedelta) -> None:
        """Keep a note once ``wait`` has passed."""
        with self.world.database.write() as sql:
            due = self.world.clock.now() + wait
            self.world.agenda(sql).put("note", text, due, {"text": text})

    def keep_appointment(self, due: Due) -> None:
        """Do what is on the agenda."""
        if due.facts["text"] == "refuse":
            raise NotFound("it is too late")
        self.write(f"{due.facts['text']} at {self.world.clock.now().isoformat()}")

    def heard(self, message: Message, receipt: Receipt) -> None:
        """Note what the neighbour answered."""
        if receipt.accepted:
            self.write(f"heard {message.key}")

    def wait_for(self, fact: Callable[[list[str]], bool], seconds: float = 5.0) -> None:
        """Wait until the notes say so; other threads write them. Fail when they do not."""
        with self._news:
            assert self._news.wait_for(lambda: fact(self.all()), seconds), self.all()

    def _announce(self) -> None:
        with self._news:
            self._news.notify_all()

    def all(self) -> list[str]:
        """Return every note."""
        with self.world.database.read() as sql:
            return [str(row[0]) for row in sql.rows("SELECT text FROM notes ORDER BY id")]


def _routes(app: Flask, service: Handle[Notes]) -> None:
    bp = Blueprint("notes", __name__)

    @bp.get("/")
    def page() -> ResponseReturnValue:
        return render_template_string(PAGE)

    @bp.get("/api/notes")
    def notes() -> ResponseReturnValue:
        about("all-notes")
        return {"notes": service().all()}

    @bp.post("/api/notes")
    def write() -> ResponseReturnValue:
        body = known_fields(json_object(request), {"text"})
        service().write(str(body["text"]))
        return {}, 201

    @bp.post("/form")
    def form() -> ResponseReturnValue:
        fields = form_fields(request, ("token", "answer"))
        service().world.captchas.check(CaptchaAnswer(fields["token"], fields["answer"]))
        return {"ok": True}

    @bp.get("/me")
    def me() -> ResponseReturnValue:
        return {"me": session.get("me")}

    @bp.post("/me")
    def sign_in() -> ResponseReturnValue:
        session["me"] = request.form["me"]
        return {}

    @bp.get("/fails/<how>")
    def fails(how: str) -> ResponseReturnValue:
        kinds = {"bug": ValueError, "down": NeighbourDown, "who": NotSignedIn, "bad": BadInput}
        raise kinds[how]("xin lỗi")

    app.register_blueprint(bp)


def _reseed(service: Notes, body: Mapping[str, object]) -> Mapping[str, object]:
    wanted = known_fields(body, {"notes"})["notes"]
    if not isinstance(wanted, list):
        raise BadInput("notes is a list.", {"notes": "not a list"})
    for text in wanted:
        service.write(str(text))
    return {"made": len(wanted)}


def a_house(settings: HouseSettings | None = None, courier: Courier | None = None) -> House[Notes]:
    """Open the house in a folder that goes with it."""
    carrier = courier or Neighbour()
    plan = Plan(
        name="bank",
        title="Nhà thử",
        package="tests.simkit",
        metadata=lambda: METADATA,
        build=Notes,
        routes=_routes,
        couriers=lambda _: {"note": carrier},
        schedules={"note": Schedule((timedelta(minutes=5), timedelta(minutes=10)))},
        receipts={"note": Notes.heard},
        agenda={"note": Notes.keep_appointment},
        seed=lambda service: service.write("from the seed"),
        reseed=_reseed,
        ledger=lambda service: {"notes": service.all()},
    )
    return open_house(plan, settings or HouseSettings(durable=False))
