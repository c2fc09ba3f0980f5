"""Column types that say what they mean."""

from datetime import datetime
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.types import String, TypeDecorator

from simkit.storage.moments import from_text, to_text


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored as ISO text so that text order is time order."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Write."""
        del dialect
        return None if value is None else to_text(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Read."""
        del dialect
        return None if value is None else from_text(value)
