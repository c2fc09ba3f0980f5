"""Dossiers, and the small city in which they are filed: say only what the test is about."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path

from mock_portal.domain.agency import Agency, AgencyKind, AgencyLevel, Certainty, Field
from mock_portal.domain.deadline import Shift, Term, TermUnit, WorkCalendar
from mock_portal.domain.delivery import Delivery, DeliveryState, HomeDelivery
from mock_portal.domain.dossier import Applicant, Dossier, DossierState
from mock_portal.domain.fee import Order, OrderState
from mock_portal.domain.officer import Officer, OfficerRole
from mock_portal.domain.platform import CONFIRM_FIELDS, Partner, hash_of, stamp
from mock_portal.domain.procedure import (
    Channel,
    ChannelTerms,
    Component,
    Fee,
    Procedure,
    ProcedureCertainty,
    ServiceLevel,
)
from mock_portal.domain.site import Contact, Edition, Site
from mock_portal.service.filing import Filing, Upload
from simkit.core.clock import ICT

A_MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=ICT)
"""A Monday in office hours."""

JUSTICE = "000.00.15.H24"
CULTURE = "000.00.16.H24"
WARD = "000.01.21.H24"
PLACE = "11311"
PAID, FREE, OPEN_FEE, LEVEL_TWO = "2.000635", "1.001193", "1.009994", "2.000001"
PRICE = 15_000

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + bytes(17)
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(20)
PROGRAM = b"MZ\x90\0" + bytes(60)
PARTNER = Partner()

_SURE = ProcedureCertainty(*([Certainty.OURS] * 6))


def docx() -> bytes:
    """Return the smallest file that an office program writes as a document."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in ("[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "word/document.xml"):
            archive.writestr(name, "<x/>")
    return content.getvalue()


def a_procedure(
    code: str = PAID,
    fee: int | None = PRICE,
    level: ServiceLevel = ServiceLevel.FULL,
    components: tuple[Component, ...] | None = None,
) -> Procedure:
    """Return a procedure of the Department of Justice that takes five working days."""
    if components is None:
        components = (
            Component("01", "Tờ khai", "Mẫu 01", 1, 0, required=True),
            Component("02", "Giấy tờ kèm theo", None, 0, 1, required=False),
        )
    return Procedure(
        code=code,
        name=f"Cấp bản sao trích lục ({code})",
        field="ho-tich",
        service_level=level,
        levels=(AgencyLevel.DEPARTMENT, AgencyLevel.COMMUNE),
        former_levels=(),
        department=JUSTICE,
        channels={Channel.ONLINE: ChannelTerms(Term(5, TermUnit.WORKING_DAYS), Fee(fee))},
        components=components,
        notes=(),
        result="Bản sao trích lục",
        result_codes=(),
        legal_basis=(),
        decision=None,
        late_after=None,
        elsewhere=None,
        certainty=_SURE,
    )


def an_agency(
    code: str, name: str, kind: AgencyKind = AgencyKind.DEPARTMENT, place: str | None = None
) -> Agency:
    """Return an agency that takes dossiers."""
    return Agency(
        code=code,
        name=name,
        kind=kind,
        address="Số 1 Đường Thử",
        phone="0225000000",
        email="co-quan@hop-thu.example",
        certainty=Certainty.OURS,
        place=place,
    )


def a_site() -> Site:
    """Return a city with two departments, a ward and four procedures."""
    shifts = (Shift(time(7), time(11, 30)), Shift(time(13, 30), time(17)))
    return Site(
        key="thu-nghiem",
        name="Thành phố Thử",
        title="Cổng dịch vụ công Thành phố Thử",
        level1="H24",
        editions=(Edition("classic", "Một cửa", "number"),),
        contact=Contact("1900000000", "ho-tro@hop-thu.example", "Số 1", "Giờ hành chính"),
        calendar=WorkCalendar(shifts, frozenset(), frozenset(), 2020, 2030),
        agencies=(
            an_agency(JUSTICE, "Sở Tư pháp"),
            an_agency(CULTURE, "Sở Văn hóa"),
            an_agency(WARD, "Phường Thử", AgencyKind.WARD, PLACE),
        ),
        fields=(Field("ho-tich", "Hộ tịch", JUSTICE),),
        procedures=(
            a_procedure(),
            a_procedure(FREE, 0),
            a_procedure(OPEN_FEE, None),
            a_procedure(LEVEL_TWO, 0, ServiceLevel.INFORMATION),
        ),
        hints=(),
        notes=(),
    )


def an_applicant(
    full_name: str = "Trần Thu Lan",
    id_number: str = "031190000001",
    email: str = "lan@hop-thu.example",
    phone: str = "0912345678",
    address: str = "12 Lê Lợi",
) -> Applicant:
    """Return an unremarkable applicant, but for what is given."""
    return Applicant(full_name, id_number, email, phone, address)


def a_home_delivery(
    receiver: str = "Trần Thu Lan",
    phone: str = "0912345678",
    address: str = "12 Lê Lợi",
    place: str = PLACE,
) -> HomeDelivery:
    """Return the wish to have the result brought home."""
    return HomeDelivery(receiver, phone, address, place)


def a_dossier(
    state: DossierState = DossierState.DRAFT,
    delivery: HomeDelivery | None = None,
    unit: str = JUSTICE,
    code: str = "000.00.15.H24-260302-0001",
) -> Dossier:
    """Return a dossier in any state, without files and history."""
    return Dossier(
        ref="ref-1",
        owner="acc-1",
        procedure=PAID,
        unit=unit,
        applicant=an_applicant(),
        delivery=delivery,
        created_at=A_MORNING,
        state=state,
        code="" if state is DossierState.DRAFT else code,
        submitted_at=None if state is DossierState.DRAFT else A_MORNING,
    )


def a_filing(
    procedure: str = PAID,
    unit: str = JUSTICE,
    applicant: Applicant | None = None,
    delivery: HomeDelivery | None = None,
    files: Mapping[str, bytes] | None = None,
) -> Filing:
    """Return what somebody hands in; ``files`` by component, one form in PDF unless given."""
    wanted = {"01": PDF} if files is None else files
    uploads = tuple(Upload(key, f"tep-{key}.pdf", io.BytesIO(data)) for key, data in wanted.items())
    return Filing(procedure, unit, applicant or an_applicant(), delivery, uploads)


def an_official(*roles: OfficerRole, unit: str | None = JUSTICE, user: str = "can-bo") -> Officer:
    """Return an officer of the Department of Justice, with every role but admin unless given."""
    everything = frozenset(OfficerRole) - {OfficerRole.ADMIN}
    return Officer(user, "Phạm Minh Đức", unit, frozenset(roles) or everything, "hashed")


def an_order(
    state: OrderState = OrderState.OFFERED, reference: str = "H24abc", amount: int = PRICE
) -> Order:
    """Return an order to pay the fee of a dossier."""
    return Order(reference, "000.00.15.H24-260302-0001", amount, A_MORNING, state)


def a_delivery(state: DeliveryState = DeliveryState.ORDERED) -> Delivery:
    """Return a delivery order for the result of a dossier."""
    code = "000.00.15.H24-260302-0001"
    return Delivery(code, code, a_home_delivery(), A_MORNING, state)


def a_confirm(
    order: Order,
    code: str = "00",
    secret: str = PARTNER.secret,
    **changed: object,
) -> dict[str, object]:
    """Return the platform's CONFIRM for an order, signed; ``changed`` fields are signed too."""
    body: dict[str, object] = {
        "LoaiBanTin": "CONFIRM",
        "MaLoi": code,
        "MaDoiTac": PARTNER.code,
        "MaThamChieu": order.reference,
        "SoTien": order.amount,
        "MaTienTe": "VND",
        "MaGiaoDich": f"PP-{order.reference}",
        "MaNganHang": "SAOBIEN",
        "ThoiGianGD": stamp(order.at),
        "ThongTinGiaoDich": f"THANH TOAN HO SO {order.dossier}",
        **changed,
    }
    body["MaXacThuc"] = hash_of([str(body[name]) for name in CONFIRM_FIELDS], secret)
    return body


def a_query_answer(
    order: Order, state: int, code: str = "00", secret: str = PARTNER.secret
) -> dict[str, object]:
    """Return the platform's answer to a QUERY about an order, signed."""
    body = a_confirm(order, code, secret) | {"LoaiBanTin": "QUERY", "TrangThaiGD": state}
    values = [str(body[name]) for name in (*CONFIRM_FIELDS, "TrangThaiGD")]
    return body | {"MaXacThuc": hash_of(values, secret)}


def database_path(folder: Path) -> Path:
    """Return where a test keeps its store."""
    return folder / "portal.sqlite3"
