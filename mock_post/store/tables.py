"""The post's tables."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from simkit.storage.tables import house_metadata
from simkit.storage.types import Moment

METADATA: MetaData = house_metadata()

PARCEL = Table(
    "parcel",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("item_code", String(13), nullable=False, unique=True),
    Column("customer", Text, nullable=False),
    Column("order_number", Text, nullable=False),
    Column("route", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("legs_done", Integer, nullable=False),
    # The order as it came
    Column("ordered_at", Moment, nullable=False),
    Column("item_kind", Text, nullable=False),
    Column("cod", Integer, nullable=False),  # whole đồng
    Column("sender_name", Text, nullable=False),
    Column("sender_address", Text, nullable=False),
    Column("sender_phone", Text, nullable=False),
    Column("receiver_name", Text, nullable=False),
    Column("receiver_address", Text, nullable=False),
    Column("receiver_phone", Text, nullable=False),
    Column("province", Text, nullable=False),
    Column("district", Text, nullable=False),
    Column("description", Text, nullable=False),
    UniqueConstraint("customer", "order_number"),
)

TRACE = Table(
    "trace",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(24), nullable=False, unique=True),
    Column("item_code", String(13), ForeignKey("parcel.item_code"), nullable=False),
    Column("state", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("office_code", String(6), nullable=False),
    Column("office_name", Text, nullable=False),
    Column("note", Text, nullable=False),
    Index("trace_of", "item_code", "seq"),
)
