"""Every table of the portal; here those of people: accounts, their history, officers."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, MetaData, String, Table, Text

from mock_portal.store.dossier_tables import add_dossier_tables
from simkit.storage.tables import house_metadata
from simkit.storage.types import Moment


def portal_metadata() -> MetaData:
    """Return the kernel's tables and all of the portal's."""
    metadata = house_metadata()
    add_account_tables(metadata)
    add_dossier_tables(metadata)
    return metadata


def add_account_tables(metadata: MetaData) -> None:
    """Add the tables of this topic to the house's metadata."""
    Table(
        "account",
        metadata,
        Column("id", String(40), primary_key=True),
        Column("user", String(64), nullable=False, unique=True),
        Column("full_name", Text, nullable=False),
        Column("id_number", String(12), nullable=False, unique=True),
        Column("email", String(254), nullable=False, unique=True),
        Column("phone", String(10), nullable=False),
        Column("password_hash", Text, nullable=False),
        Column("state", String(20), nullable=False),
        # The activation code stands here only while the account waits for it.
        Column("code", String(12)),
        Column("code_made_at", Moment),
        Column("code_tries_left", Integer),
        Column("version", Integer, nullable=False),
    )
    Table(
        "account_history",
        metadata,
        Column("account", String(40), ForeignKey("account.id"), primary_key=True),
        Column("seq", Integer, primary_key=True),
        Column("event", String(20), nullable=False),
        Column("before", String(20)),
        Column("after", String(20), nullable=False),
        Column("at", Moment, nullable=False),
        Column("by", Text, nullable=False),
    )
    Table(
        "officer",
        metadata,
        Column("user", String(64), primary_key=True),
        Column("full_name", Text, nullable=False),
        Column("unit", String(32)),
        Column("roles", JSON, nullable=False),
        Column("password_hash", Text, nullable=False),
    )
