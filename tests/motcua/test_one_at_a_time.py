"""Two stacks do not share their worlds, and neither takes the other's ready file away."""

import json
import os
import threading
import time
from pathlib import Path

import pytest

from motcua.stack import (
    Stack,
    StackError,
    StackOptions,
    _all_at_once,
    remove_ready_file,
    write_ready_file,
)


def on(folder: Path) -> StackOptions:
    """Return options for the post alone on that folder of worlds."""
    return StackOptions(port_base=0, only=("post",), durable=False, data=folder)


def test_a_second_stack_on_the_same_worlds_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    with Stack(on(tmp_path)):
        with pytest.raises(StackError, match=r"The house post does not open\..*in use by another"):
            Stack(on(tmp_path)).start()
        with Stack(on(tmp_path / "others")):
            pass

    with Stack(on(tmp_path)) as again:
        assert again.ready()["houses"] == again.urls


def test_only_ones_own_ready_file_is_taken_away(tmp_path: Path) -> None:
    own, others, broken = (tmp_path / name for name in ("own", "others", "broken"))
    write_ready_file(own, {"pid": os.getpid()})
    write_ready_file(others, {"pid": os.getpid() + 1})
    broken.write_text("not JSON", encoding="utf-8")

    for place in (own, others, broken, tmp_path / "missing"):
        remove_ready_file(place)

    assert sorted(each.name for each in tmp_path.iterdir()) == ["broken", "others"]


def test_a_ready_file_is_never_seen_half_written(tmp_path: Path) -> None:
    place = tmp_path / "ready.json"
    content = {"houses": {str(n): "x" * 200 for n in range(200)}}
    write_ready_file(place, content)
    over = threading.Event()

    def write_again() -> None:
        while not over.is_set():
            write_ready_file(place, content)

    writer = threading.Thread(target=write_again)
    writer.start()
    try:
        seen = [json.loads(place.read_text(encoding="utf-8")) for _ in range(200)]
    finally:
        over.set()
        writer.join()

    assert all(each == content for each in seen)


def test_what_does_not_end_does_not_hold_the_others_up() -> None:
    forever = threading.Event()
    ended: list[str] = []
    began = time.monotonic()

    _all_at_once([forever.wait, forever.wait, lambda: ended.append("other")], seconds=0.2)

    assert time.monotonic() - began < 1
    assert ended == ["other"]
    forever.set()
