"""The phone's tables."""

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

from simkit.storage.tables import house_metadata
from simkit.storage.types import Moment

METADATA: MetaData = house_metadata()

MESSAGE = Table(
    "message",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(8), nullable=False),
    Column("id", Text, nullable=False),  # the sender's own reference
    Column("recipient", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("kind", "id", "recipient"),
    Index("message_of", "recipient", "seq"),
    sqlite_autoincrement=True,
)

APPROVAL = Table(
    "approval",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),  # the asker's own reference
    Column("recipient", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("lines", Text, nullable=False),  # a JSON list
    Column("expires_at", Moment, nullable=False),
    Column("answer_url", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("state", String(8), nullable=False),
    Column("answered_at", Moment),
    Index("approval_of", "recipient", "seq"),
    sqlite_autoincrement=True,
)
