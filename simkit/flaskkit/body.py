"""Reads request bodies without trusting them."""

import json
from collections.abc import Collection, Mapping

from flask import Request

from simkit.core.errors import BadInput


def json_object(request: Request) -> Mapping[str, object]:
    """Return the body as a JSON object, whatever the caller sent or said it sent."""
    try:
        body: object = request.get_json(force=True, silent=True)
        if b"\\ud" in request.get_data().lower():
            # JSON can spell half a character («lone surrogate»), which can be neither stored nor
            # shown; encoding it is the way to find one.
            json.dumps(body, ensure_ascii=False).encode()
    except (RecursionError, UnicodeEncodeError):  # a few thousand brackets exhaust the parser
        body = None
    if not isinstance(body, dict):
        raise BadInput("Nội dung phải là một đối tượng JSON.", {"body": "not a JSON object"})
    return body


def known_fields(
    body: Mapping[str, object],
    required: Collection[str],
    optional: Collection[str] = (),
) -> Mapping[str, object]:
    """Return the body if it has every required field and no unknown one, or raise ``BadInput``."""
    wrong = dict.fromkeys(sorted(body.keys() - set(required) - set(optional)), "unknown field")
    wrong |= dict.fromkeys(sorted(set(required) - body.keys()), "missing")
    if wrong:
        raise BadInput(f"Các trường chưa đúng: {', '.join(wrong)}.", wrong)
    return body


def form_fields(request: Request, names: Collection[str]) -> dict[str, str]:
    """Return the named fields of a form, trimmed, absent ones as empty text.

    What is not text people type (control characters) is dropped, so that nothing that is stored or
    shown can hold it.
    """
    return {name: _clean(request.form.get(name, "")) for name in names}


def _clean(text: str) -> str:
    return "".join(c for c in text if c.isprintable() or c in "\n\t").strip()
