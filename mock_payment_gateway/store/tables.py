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
)
