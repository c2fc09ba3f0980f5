"""Orders and parcels for tests: say only what the test is about."""

from datetime import datetime

from mock_post.domain.order import Contact, Order
from mock_post.domain.parcel import Parcel, ParcelState
from simkit.core.clock import ICT

A_MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ICT)
AN_OFFICE = Contact("Bộ phận Một cửa – Sở Tư pháp", "Số 1 phố Thử, Hải Phòng", "0225 3000 001")
A_CITIZEN = Contact("Nguyễn An", "Số 2 phố Mẫu, phường Hồng Bàng", "0912345678")


def an_order(
    number: str = "000.00.14.H24-261123-0001",
    *,
    customer: str = "H24",
    cod: int = 0,
    province: str = "18",
    district: str = "Phường Hồng Bàng",
) -> Order:
    """Return an unremarkable order, but for what is given."""
    return Order(customer, number, "KQ-TTHC", cod, AN_OFFICE, A_CITIZEN, province, district)


def a_parcel(  # noqa: PLR0913 - a builder names everything that a test may care about
    item_code: str = "EA123456785VN",
    *,
    order_number: str = "000.00.14.H24-261123-0001",
    state: ParcelState = ParcelState.AWAITING,
    route: str = "noi-thanh",
    changed_at: datetime = A_MONDAY,
    legs_done: int = 0,
) -> Parcel:
    """Return an unremarkable parcel, but for what is given."""
    return Parcel(item_code, "H24", order_number, route, state, changed_at, legs_done)


def an_order_body(**changes: object) -> dict[str, object]:
    """Return the JSON of an order, but for what is given."""
    return {
        "CustomerCode": "H24",
        "OrderNumber": "000.00.14.H24-261123-0001",
        "ItemKind": "KQ-TTHC",
        "CODAmount": 0,
        "SenderName": AN_OFFICE.name,
        "SenderAddress": AN_OFFICE.address,
        "SenderTel": AN_OFFICE.phone,
        "ReceiverName": A_CITIZEN.name,
        "ReceiverAddress": A_CITIZEN.address,
        "ReceiverTel": A_CITIZEN.phone,
        "ReceiverProvince": "18",
        "ReceiverDistrict": "Phường Hồng Bàng",
        "Description": "Kết quả hồ sơ 000.00.14.H24-261123-0001",
    } | changes
