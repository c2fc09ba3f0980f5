"""Partners as rows, on top of those that the settings name."""

from collections.abc import Mapping

from mock_payment_gateway.domain.partner import Partner
from simkit.storage.sql import Sql


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
        row = self._sql.row(
            "SELECT code, name, secret, confirm_url, return_url FROM partner WHERE code = ?",
            (code,),
        )
        return self._standing.get(code) if row is None else Partner(*row)

    def put(self, partner: Partner) -> None:
        """Register the partner, or replace the one with that code."""
        self._sql.rows(
            "INSERT INTO partner (code, name, secret, confirm_url, return_url)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name,"
            " secret = excluded.secret, confirm_url = excluded.confirm_url,"
            " return_url = excluded.return_url",
            (partner.code, partner.name, partner.secret, partner.confirm_url, partner.return_url),
        )
