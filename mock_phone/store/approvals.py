"""Questions of the Smart OTP app in SQL."""

import json
from datetime import datetime
from typing import Any

from mock_phone.domain.approval import Approval, ApprovalState, Question
from simkit.core.refs import PhoneNumber
from simkit.storage.moments import from_text, to_text
from simkit.storage.sql import Sql

_COLUMNS = (
    "seq, id, recipient, sender, title, lines, expires_at, answer_url, asked_at, state, answered_at"
)


def _approval(row: tuple[Any, ...]) -> Approval:
    seq, key, to, sender, title, lines, expires_at, answer_url, asked_at, state, answered_at = row
    question = Question(
        key,
        PhoneNumber(to),
        sender,
        title,
        tuple(json.loads(lines)),
        from_text(expires_at),
        answer_url,
    )
    return Approval(
        seq,
        question,
        from_text(asked_at),
        ApprovalState(state),
        from_text(answered_at) if answered_at else None,
    )


class SqlApprovals:
    """Implements ``ports.Approvals`` inside one unit of work."""

    def __init__(self, sql: Sql) -> None:
        """Use the unit's connection."""
        self._sql = sql

    def find(self, approval_id: str) -> Approval | None:
        """Return the question under the asker's id, if there is one."""
        row = self._sql.row(f"SELECT {_COLUMNS} FROM approval WHERE id = ?", (approval_id,))  # noqa: S608 - our own names
        return _approval(row) if row else None

    def add(self, question: Question, at: datetime) -> Approval:
        """Keep a new question; it gets the next ``seq`` of the world."""
        rows = self._sql.rows(
            "INSERT INTO approval (id, recipient, sender, title, lines, expires_at, answer_url,"  # noqa: S608 - our own names
            " asked_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending')"
            f" RETURNING {_COLUMNS}",
            (
                question.id,
                str(question.to),
                question.sender,
                question.title,
                json.dumps(question.lines, ensure_ascii=False),
                to_text(question.expires_at),
                question.answer_url,
                to_text(at),
            ),
        )
        return _approval(rows[0])

    def put(self, approval: Approval) -> None:
        """Replace what may change of a question."""
        at = approval.answered_at
        self._sql.rows(
            "UPDATE approval SET state = ?, answered_at = ? WHERE id = ?",
            (approval.state, to_text(at) if at else None, approval.question.id),
        )

    def after(self, to: str, seq: int, limit: int) -> list[Approval]:
        """Return up to ``limit`` questions to a phone later than ``seq``, the newest first."""
        rows = self._sql.rows(
            f"SELECT {_COLUMNS} FROM approval WHERE recipient = ? AND seq > ?"  # noqa: S608 - our own names
            " ORDER BY seq DESC LIMIT ?",
            (to, seq, limit),
        )
        return [_approval(row) for row in rows]
