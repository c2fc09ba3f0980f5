"""What a customer asks the post to bring to whom."""

from dataclasses import dataclass

from mock_post.domain.errors import CodNotOffered


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at one end of a delivery."""

    name: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class Order:
    """A delivery order. ``number`` is the customer's own: it makes a repetition known.

    ``cod``: whole đồng to collect at the door.
    """

    customer: str
    number: str
    item_kind: str
    cod: int
    sender: Contact
    receiver: Contact
    province: str
    district: str = ""
    description: str = ""

    def must_be_offered(self) -> None:
        """Return if the post can do this, or raise ``CodNotOffered``."""
        if self.cod:
            raise CodNotOffered(
                "Bưu điện mô phỏng chưa nhận thu hộ. Xin gửi yêu cầu với số tiền thu hộ bằng 0.",
                {"CODAmount": "only 0 is taken"},
            )
