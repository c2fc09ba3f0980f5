"""The tables that the kernel keeps in every house and world."""

from sqlalchemy import JSON, Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

from simkit.storage.types import Moment

KERNEL = MetaData()

WORLD = Table(
    "sim_world",
    KERNEL,
    Column("one", Integer, primary_key=True),  # always 1: there is one row
    Column("seed", Text, nullable=False),
    Column("secret", Text, nullable=False),  # signs sessions and captchas of this world
    Column("lives", Integer, nullable=False),  # how often the world was opened
    Column("clock_mode", String(16), nullable=False),
    Column("clock_offset_us", Integer, nullable=False),
    Column("clock_at", Moment),
)

OUTBOX = Table(
    "sim_outbox",
    KERNEL,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(40), nullable=False),
    Column("key", Text, nullable=False),
    Column("to", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("body", JSON, nullable=False),
    Column("trace", Text, nullable=False),
    Column("state", String(16), nullable=False),  # due | delivered | given-up
    Column("due", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    UniqueConstraint("kind", "key"),
    Index("sim_outbox_due", "state", "due"),
    sqlite_autoincrement=True,
)

AGENDA = Table(
    "sim_agenda",
    KERNEL,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(40), nullable=False),
    Column("key", Text, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("due", Moment, nullable=False),
    UniqueConstraint("kind", "key"),
    Index("sim_agenda_due", "due"),
    sqlite_autoincrement=True,
)

CAPTCHA = Table(
    "sim_captcha_used",
    KERNEL,
    Column("token", String(64), primary_key=True),
)


def house_metadata() -> MetaData:
    """Return metadata that already holds the kernel's tables, for a house to add its own to."""
    metadata = MetaData()
    for table in KERNEL.sorted_tables:
        table.to_metadata(metadata)
    return metadata
