"""The tables of the banks, beside those that the kernel keeps. Money is whole đồng."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, Text

from simkit.storage.tables import house_metadata
from simkit.storage.types import Moment

METADATA: MetaData = house_metadata()

ACCOUNT = Table(
    "bank_account",
    METADATA,
    Column("number", String(20), primary_key=True),
    Column("bank", String(20), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("owner", Text, nullable=False),
)

CUSTOMER = Table(
    "bank_customer",
    METADATA,
    Column("bank", String(20), primary_key=True),
    Column("user", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("phone", String(16), nullable=False),
    Column("password", Text, nullable=False),  # a hash
    Column("account", ForeignKey("bank_account.number"), nullable=False, unique=True),
    Column("magic", Integer),  # a row of domain/magic.py
)

DOOR = Table(
    "bank_door",
    METADATA,
    Column("bank", String(20), primary_key=True),
    Column("user", Text, primary_key=True),
    Column("misses", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("until", Moment),
)

WISH = Table(
    "bank_wish",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("number", Integer, nullable=False),
)

ENTRY = Table(
    "bank_entry",
    METADATA,
    Column("about", Text, primary_key=True),  # one cause, one entry
    Column("at", Moment, nullable=False),
)

POSTING = Table(
    "bank_posting",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("about", ForeignKey("bank_entry.about"), nullable=False),
    Column("account", ForeignKey("bank_account.number"), nullable=False, index=True),
    Column("amount", Integer, nullable=False),
    sqlite_autoincrement=True,
)

PAYMENT = Table(
    "bank_payment",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("request_id", Text, nullable=False, unique=True),
    Column("token", String(40), nullable=False, unique=True),
    Column("bank", String(20), nullable=False),
    Column("amount", Integer, nullable=False),
    Column("description", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("return_url", Text, nullable=False),
    Column("notice_url", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("code", String(2)),
    Column("bank_ref", String(24), unique=True),
    Column("paid_at", Moment),
    Column("payer", String(20), nullable=False),
    Column("alias", String(20), nullable=False, index=True),
    sqlite_autoincrement=True,
)

VISIT = Table(
    "bank_visit",
    METADATA,
    Column("token", ForeignKey("bank_payment.token"), primary_key=True),
    Column("stage", String(16), nullable=False),
    Column("user", Text, nullable=False),
    Column("browser", Text, nullable=False),
)

CHALLENGE = Table(
    "bank_challenge",
    METADATA,
    Column("token", ForeignKey("bank_payment.token"), primary_key=True),
    Column("code", String(40), nullable=False, index=True),
    Column("kind", String(8), nullable=False),
    Column("digits", Integer, nullable=False),
    Column("valid_for", Integer, nullable=False),  # seconds, as the next one
    Column("resend_after", Integer, nullable=False),
    Column("most_misses", Integer, nullable=False),
    Column("up_to", Integer, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("misses", Integer, nullable=False),
    Column("state", String(16), nullable=False),
)

REFUND = Table(
    "bank_refund",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("refund_id", Text, nullable=False, unique=True),
    Column("request_id", ForeignKey("bank_payment.request_id"), nullable=False, index=True),
    Column("amount", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("notice_url", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("code", String(2)),
    Column("bank_ref", String(24), unique=True),
    Column("done_at", Moment),
    sqlite_autoincrement=True,
)

TRANSFER = Table(
    "bank_transfer",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("source", ForeignKey("bank_account.number"), nullable=False, index=True),
    Column("target", String(20), nullable=False),
    Column("amount", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("code", String(2)),
    Column("bank_ref", String(24), unique=True),
    Column("to_return", Integer, nullable=False),
    sqlite_autoincrement=True,
)
