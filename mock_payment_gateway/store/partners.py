"""Partners as rows, on top of those that the settings name."""

from collections.abc import Mapping

from mock_payment_gateway.domain.partner import Partner
from simkit.storage.sql import Sql

_COLUMNS = (
    "code, name, secret, confirm_url, return_url, dialect, envelope, bill, confirm_as, strict"
)


class PartnerRows:
    """Implements ``ports.Partners`` inside one unit of work.

    Partners of the settings are not copied into rows: their addresses belong to the run and to the
    world, and a row would still hold the old ones after a restart on other ports.
    """

    def __init__(self, sql: Sql, standing: Mapping[str, Partner]) -> None:
        """``standing``: the partners of the settings; a row of the same code comes first."""
        self._sql = sql
        self._standing = standing

    def find(self, code: str) -> Partner | None:
        """Return the partner, if there is one."""
        row = self._sql.row(f"SELECT {_COLUMNS} FROM partner WHERE code = ?", (code,))  # noqa: S608 -- the constant above
        if row is None:
            return self._standing.get(code)
        named = dict(zip(_COLUMNS.split(", "), row, strict=True))
        return Partner(**named | {"strict": bool(named["strict"])})

    def put(self, partner: Partner) -> None:
        """Register the partner, or replace the one with that code."""
        values = [getattr(partner, name) for name in _COLUMNS.split(", ")]
        self._sql.rows(
            f"INSERT OR REPLACE INTO partner ({_COLUMNS}) VALUES ({', '.join('?' * 10)})",  # noqa: S608 -- the constant above
            tuple(values),
        )
