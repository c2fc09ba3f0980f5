"""Reconciliation files into which differences were sown, as rows."""

from datetime import date

from simkit.storage.sql import Sql


class FileRows:
    """Implements ``ports.Files`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Use the unit's connection."""
        self._sql = sql

    def find(self, partner: str, day: date) -> str:
        """Return the file, or nothing if none was sown into."""
        row = self._sql.row(
            "SELECT text FROM sown_file WHERE partner = ? AND day = ?", (partner, day.isoformat())
        )
        return str(row[0]) if row else ""

    def put(self, partner: str, day: date, text: str) -> None:
        """Keep the file in place of one made from the books."""
        self._sql.rows(
            "INSERT OR REPLACE INTO sown_file (partner, day, text) VALUES (?, ?, ?)",
            (partner, day.isoformat(), text),
        )
