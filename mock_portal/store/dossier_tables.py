"""The tables of dossiers, fees and deliveries."""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

from simkit.storage.types import Moment


def add_dossier_tables(metadata: MetaData) -> None:
    """Add the tables of this topic to the house's metadata."""
    _dossiers(metadata)
    _fees(metadata)
    _deliveries(metadata)


def _dossiers(metadata: MetaData) -> None:
    Table(
        "dossier",
        metadata,
        Column("ref", String(40), primary_key=True),
        Column("code", String(40), unique=True),  # none in a draft
        Column("owner", String(40), nullable=False),
        Column("procedure", String(40), nullable=False),
        Column("unit", String(40), nullable=False),
        Column("state", String(20), nullable=False),
        Column("full_name", Text, nullable=False),
        Column("id_number", Text, nullable=False),
        Column("email", Text, nullable=False),
        Column("phone", Text, nullable=False),
        Column("address", Text, nullable=False),
        Column("at_home", Integer, nullable=False),  # 1: the result is to be delivered
        Column("receiver", Text, nullable=False),
        Column("receiver_phone", Text, nullable=False),
        Column("receiver_address", Text, nullable=False),
        Column("receiver_place", Text, nullable=False),
        Column("created_at", Moment, nullable=False),
        Column("submitted_at", Moment),
        Column("received_at", Moment),
        Column("due_at", Moment),
        Index("dossier_owner", "owner", "created_at"),
        Index("dossier_unit", "unit", "submitted_at"),
    )
    Table(
        "dossier_file",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("ref", String(40), nullable=False, unique=True),
        Column("dossier", String(40), ForeignKey("dossier.ref"), nullable=False),
        Column("component", String(20), nullable=False),
        Column("name", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("size", Integer, nullable=False),
        Column("sha256", String(64), nullable=False),
        Column("at", Moment, nullable=False),
        Index("dossier_file_dossier", "dossier"),
    )
    Table(
        "dossier_history",
        metadata,
        Column("dossier", String(40), ForeignKey("dossier.ref"), primary_key=True),
        Column("seq", Integer, primary_key=True),
        Column("event", String(20), nullable=False),
        Column("before", String(20), nullable=False),
        Column("after", String(20), nullable=False),
        Column("at", Moment, nullable=False),
        Column("who", Text, nullable=False),
        Column("reason", Text, nullable=False),
    )
    Table(
        "dossier_counter",
        metadata,
        Column("unit", String(40), primary_key=True),
        Column("day", String(10), primary_key=True),
        Column("last", Integer, nullable=False),
    )
    Table(
        "dossier_key",
        metadata,
        Column("key", Text, primary_key=True),
        Column("fingerprint", String(64), nullable=False),
        Column("dossier", String(40), nullable=False),
    )


def _fees(metadata: MetaData) -> None:
    Table(
        "fee",
        metadata,
        Column("dossier", String(40), primary_key=True),
        Column("amount", Integer, nullable=False),
        Column("state", String(20), nullable=False),
        Column("settled_by", Text),
        Column("settled_at", Moment),
    )
    Table(
        "fee_order",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("reference", Text, nullable=False, unique=True),
        Column("dossier", String(40), nullable=False),
        Column("amount", Integer, nullable=False),
        Column("at", Moment, nullable=False),
        Column("state", String(20), nullable=False),
        Column("pay_url", Text, nullable=False),
        Column("code", Text, nullable=False),
        Column("platform_id", Text, nullable=False),
        Column("bank", Text, nullable=False),
        Column("settled_at", Moment),
        Index("fee_order_dossier", "dossier"),
    )
    Table(
        "fee_receipt",
        metadata,
        Column("number", String(20), primary_key=True),
        # One dossier has one fee, and a fee has one receipt: the store refuses a second.
        Column("dossier", String(40), nullable=False, unique=True),
        Column("amount", Integer, nullable=False),
        Column("reference", Text, nullable=False, unique=True),
        Column("payer", Text, nullable=False),
        Column("issued_at", Moment, nullable=False),
        Column("platform_id", Text, nullable=False),
        Column("bank", Text, nullable=False),
    )
    Table(
        "fee_receipt_counter",
        metadata,
        Column("year", Integer, primary_key=True),
        Column("last", Integer, nullable=False),
    )
    Table(
        "fee_notice",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column("source", String(10), nullable=False),
        Column("reference", Text, nullable=False),
        Column("code", Text, nullable=False),
        Column("platform_id", Text, nullable=False),
        Column("answer", String(4), nullable=False),
        Column("at", Moment, nullable=False),
    )


def _deliveries(metadata: MetaData) -> None:
    Table(
        "delivery",
        metadata,
        Column("order_number", String(40), primary_key=True),
        Column("dossier", String(40), nullable=False, unique=True),
        Column("receiver", Text, nullable=False),
        Column("phone", Text, nullable=False),
        Column("address", Text, nullable=False),
        Column("place", Text, nullable=False),
        Column("at", Moment, nullable=False),
        Column("state", String(20), nullable=False),
        Column("item_code", String(40), nullable=False),
    )
    Table(
        "delivery_report",
        metadata,
        Column("key", Text, primary_key=True),
        Column("order_number", String(40), ForeignKey("delivery.order_number"), nullable=False),
        Column("item_code", Text, nullable=False),
        Column("status", String(4), nullable=False),
        Column("message", Text, nullable=False),
        Column("at", Moment, nullable=False),
        Column("office", Text, nullable=False),
        Column("notes", Text, nullable=False),
        Index("delivery_report_order", "order_number", "at"),
    )
