"""Orders of events as rows."""

import json

from mock_payment_gateway.domain.course import Course
from simkit.storage.sql import Sql

_ALL = "*"


class CourseRows:
    """Implements ``ports.Courses`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Use the unit's connection."""
        self._sql = sql

    def find(self, partner: str, reference: str) -> Course:
        """Return the course of that transaction, of its partner, of the world, or the usual one."""
        rows = self._sql.rows(
            "SELECT partner, reference, facts FROM course"
            " WHERE partner IN (?, ?) AND reference IN (?, ?)",
            (partner, _ALL, reference, _ALL),
        )
        ranked = sorted(rows, key=lambda row: (row[1] == _ALL, row[0] == _ALL))
        return Course().read(json.loads(ranked[0][2])) if ranked else Course()

    def put(self, partner: str, reference: str, course: Course) -> None:
        """Set a course; ``*`` stands for all."""
        self._sql.rows(
            "INSERT INTO course (partner, reference, facts) VALUES (?, ?, ?)"
            " ON CONFLICT (partner, reference) DO UPDATE SET facts = excluded.facts",
            (partner, reference, json.dumps(course.facts())),
        )
