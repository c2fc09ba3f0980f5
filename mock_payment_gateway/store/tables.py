"""The tables of the gateway; the kernel's own stand beside them."""

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint

from simkit.storage.tables import house_metadata
from simkit.storage.types import Moment

METADATA = house_metadata()

PAYMENT = Table(
    "payment",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("platform_id", String(32), nullable=False, unique=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("partner", String(50), nullable=False),
    Column("reference", String(255), nullable=False),
    Column("amount", Integer, nullable=False),  # đồng
    Column("description", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("wished_bank", String(50), nullable=False),
    Column("asked_at", String(14), nullable=False),  # as sent: it is compared, not reckoned with
    Column("receipt", Text, nullable=False),  # JSON
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("bank", String(50), nullable=False),
    Column("bank_name", Text, nullable=False),
    Column("request_id", String(64), nullable=False),  # empty until a bank is chosen
    Column("pay_url", Text, nullable=False),
    Column("bank_ref", Text, nullable=False),
    Column("bank_code", Text, nullable=False),
    Column("settled_at", Moment),
    Column("told", String(16), nullable=False, server_default=""),  # the outcome last delivered
    UniqueConstraint("partner", "reference"),
    Index("payment_request", "request_id"),
)

PARTNER = Table(
    "partner",
    METADATA,
    Column("code", String(50), primary_key=True),
    Column("name", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("confirm_url", Text, nullable=False),
    Column("return_url", Text, nullable=False),
    Column("dialect", String(16), nullable=False),
    Column("envelope", String(16), nullable=False),
    Column("bill", String(16), nullable=False),
    Column("confirm_as", String(16), nullable=False),
    Column("strict", Integer, nullable=False),  # 0 or 1
)

PLATFORM_REFUND = Table(
    "refund",
    METADATA,
    Column("refund_id", String(64), primary_key=True),
    Column("partner", String(50), nullable=False),
    Column("name", String(50), nullable=False),
    Column("platform_id", String(32), nullable=False, index=True),
    Column("amount", Integer, nullable=False),  # đồng
    Column("state", String(16), nullable=False),
    Column("done_at", Moment),
    UniqueConstraint("partner", "name"),
)

SALE = Table(
    "vnp_sale",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("merchant", String(8), nullable=False),
    Column("reference", String(100), nullable=False),
    Column("day", String(8), nullable=False),  # of our clock: references are unique per day
    Column("created", String(14), nullable=False),  # vnp_CreateDate: querydr names it
    Column("state", String(16), nullable=False),
    Column("facts", Text, nullable=False),  # JSON: all else of a payment
    UniqueConstraint("merchant", "reference", "day"),
)

REFUND = Table(
    "vnp_refund",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("sale", Integer, nullable=False, index=True),
    Column("kind", String(2), nullable=False),
    Column("amount", Integer, nullable=False),  # đồng
    Column("text", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("state", String(2), nullable=False),
)

POSTING = Table(
    "vnp_posting",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("about", Text, nullable=False),
    Column("account", String(16), nullable=False),
    Column("amount", Integer, nullable=False),  # đồng; those of one «about» sum to zero
    UniqueConstraint("about", "account"),  # nothing can be booked twice
)

REQUEST = Table(
    "vnp_request",
    METADATA,
    Column("merchant", String(8), primary_key=True),
    Column("request_id", String(32), primary_key=True),
    Column("day", String(8), primary_key=True),
)

MERCHANT = Table(
    "vnp_merchant",
    METADATA,
    Column("tmn_code", String(8), primary_key=True),
    Column("facts", Text, nullable=False),  # JSON
)

SOWN_FILE = Table(
    "sown_file",
    METADATA,
    Column("partner", String(50), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("text", Text, nullable=False),
)

COURSE = Table(
    "course",
    METADATA,
    Column("partner", String(50), primary_key=True),
    Column("reference", String(255), primary_key=True),
    Column("facts", Text, nullable=False),  # JSON
)
