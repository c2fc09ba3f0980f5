"""Turns forms and JSON about dossiers into the service's own values, or refuses them."""

import base64
import binascii
import io
import re
from collections.abc import Mapping
from datetime import datetime

from flask import Request

from mock_portal.domain.delivery import HomeDelivery, PostReport, PostStatus
from mock_portal.domain.dossier import Applicant
from mock_portal.domain.filing import one_line
from mock_portal.service.filing import Filing, Upload
from mock_portal.web.parsing import clean
from simkit.core.clock import ICT
from simkit.core.errors import BadInput
from simkit.flaskkit.body import form_fields, known_fields

APPLICANT = ("full_name", "id_number", "email", "phone", "address")
DELIVERY = ("delivery_receiver", "delivery_phone", "delivery_address", "delivery_place")
AT_HOME = "at_home"
DETACH = "detach"
FILE = "file_"
FIELDS = ("unit", *APPLICANT, AT_HOME, *DELIVERY)
DOCUMENT_LIMIT = 100
LONGEST_KEY = 200

_KEY = re.compile(rf"[\x21-\x7e]{{1,{LONGEST_KEY}}}")
_STAMP = re.compile(r"[0-9]{14}")


def form_of(request: Request) -> dict[str, str]:
    """Return the fields of the submission form as typed."""
    return form_fields(request, FIELDS)


def filing_from_form(request: Request, procedure: str) -> Filing:
    """Return what a citizen filled in and the files that came along."""
    form = form_of(request)
    delivery = HomeDelivery(*(form[name] for name in DELIVERY)) if form[AT_HOME] else None
    uploads = tuple(
        Upload(one_line(name.removeprefix(FILE)), clean(file.filename or ""), file.stream)
        for name, file in request.files.items(multi=True)
        if name.startswith(FILE) and file.filename
    )
    applicant = Applicant(*(form[name] for name in APPLICANT))
    return Filing(procedure, form["unit"], applicant, delivery, uploads)


def detached(request: Request) -> tuple[str, ...]:
    """Return the references of the files that were ticked to be taken off."""
    return tuple(clean(each) for each in request.form.getlist(DETACH))


def filing_from_json(body: Mapping[str, object]) -> Filing:
    """Return what a machine hands in, or refuse what has not the shape; facts name the place."""
    known_fields(body, ("procedure", "agency", "applicant"), ("documents", "delivery"))
    applicant = _texts(body["applicant"], "applicant", APPLICANT)
    delivery = body.get("delivery")
    names = tuple(name.removeprefix("delivery_") for name in DELIVERY)
    return Filing(
        procedure=_text(body["procedure"], "procedure"),
        unit=_text(body["agency"], "agency"),
        applicant=Applicant(*applicant),
        delivery=None if delivery is None else HomeDelivery(*_texts(delivery, "delivery", names)),
        uploads=_documents(body.get("documents", [])),
    )


def idempotency_key(request: Request) -> str | None:
    """Return the client's own reference of the request, or ``None``."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and _KEY.fullmatch(key) is None:
        raise BadInput(
            f"Idempotency-Key gồm 1 đến {LONGEST_KEY} ký tự ASCII, không có dấu cách.",
            {"Idempotency-Key": "1 to 200 visible ASCII characters"},
        )
    return key


def report_from(body: Mapping[str, object]) -> tuple[PostReport, str]:
    """Return a report of the post and the customer code in it."""
    known_fields(
        body,
        ("_id", "CustomerCode", "OrderNumber", "StatusCode", "EventTime"),
        ("ItemCode", "StatusMessage", "POSID", "Notes"),
    )
    texts = {name: _text(value, name) for name, value in body.items() if name != "StatusCode"}
    if not texts["_id"]:
        raise BadInput("Thiếu mã sự kiện.", {"_id": "missing"})
    report = PostReport(
        key=texts["_id"],
        order_number=texts["OrderNumber"],
        item_code=texts.get("ItemCode", ""),
        status=_status(body["StatusCode"]),
        message=texts.get("StatusMessage", ""),
        at=_moment(texts["EventTime"]),
        office=texts.get("POSID", ""),
        notes=texts.get("Notes", ""),
    )
    return report, texts["CustomerCode"]


def _documents(given: object) -> tuple[Upload, ...]:
    if not isinstance(given, list) or len(given) > DOCUMENT_LIMIT:
        raise BadInput(
            "Danh sách tài liệu không đọc được.",
            {"documents": f"a list of at most {DOCUMENT_LIMIT}"},
        )
    return tuple(_document(each, f"documents[{number}]") for number, each in enumerate(given))


def _document(given: object, place: str) -> Upload:
    component, name = _texts(given, place, ("component", "name"), ("content_base64",))
    content = given["content_base64"] if isinstance(given, dict) else None
    try:
        # What is no text becomes a text that is not base64 either.
        encoded = content if isinstance(content, str) else "!"
        data = base64.b64decode(encoded.encode("ascii"), validate=True)
    except (ValueError, binascii.Error):
        wrong = {f"{place}.content_base64": "not base64"}
        raise BadInput("Nội dung tệp không phải base64.", wrong) from None
    return Upload(component, name, io.BytesIO(data))


def _texts(
    given: object, place: str, names: tuple[str, ...], others: tuple[str, ...] = ()
) -> list[str]:
    """Return the named texts of an object that has exactly these fields and ``others``."""
    if not isinstance(given, dict):
        raise BadInput("Dữ liệu không đúng cấu trúc.", {place: "not an object"})
    try:
        known_fields(given, (*names, *others))
    except BadInput as refused:
        facts = {f"{place}.{one_line(name)}": why for name, why in refused.facts.items()}
        raise BadInput("Dữ liệu không đúng cấu trúc.", facts) from None
    return [_text(given[name], f"{place}.{name}") for name in names]


def _text(given: object, place: str) -> str:
    if isinstance(given, str):
        return one_line(given)
    if given is None:
        return ""
    raise BadInput("Dữ liệu không đúng kiểu.", {one_line(place): "not text"})


def _status(given: object) -> PostStatus:
    """Return the status; the post writes it as a number in some interfaces, as text in others."""
    known = isinstance(given, (str, int)) and not isinstance(given, bool)
    try:
        return PostStatus(str(given) if known else "")
    except ValueError:
        raise BadInput(
            "Mã trạng thái chuyển phát không có trong danh sách.",
            {"StatusCode": f"one of: {', '.join(PostStatus)}"},
        ) from None


def _moment(text: str) -> datetime:
    """Return a moment written in ISO 8601 or as ``yyyyMMddHHmmss``; without a zone it is ICT."""
    try:
        if _STAMP.fullmatch(text):
            text = f"{text[:8]}T{text[8:]}"
        at = datetime.fromisoformat(text)
        return at.astimezone(ICT) if at.tzinfo else at.replace(tzinfo=ICT)
    except (ValueError, OverflowError):
        raise BadInput(
            "Thời điểm không đọc được.", {"EventTime": "ISO 8601 or yyyyMMddHHmmss"}
        ) from None
