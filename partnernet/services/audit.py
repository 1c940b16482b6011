"""The audit log: who did what and when, refused attempts included. Append-only, without personal data."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, insert

from partnernet.domain.agents import Agent
from partnernet.storage.database import Database
from partnernet.storage.tables import audit_event


def record(connection: Connection, action: str, subject: str, *, by: Agent, at: datetime, **detail: object) -> None:
    """Keep what was done, inside the transaction that does it; ``detail`` holds figures and codes, never names."""
    _insert(connection, action, subject, "done", by, at, detail)


def refused(db: Database, action: str, subject: str, *, by: Agent, at: datetime, **detail: object) -> None:
    """Keep a refused attempt, in a short transaction of its own after the refused one was rolled back."""
    with db.write() as connection:
        _insert(connection, action, subject, "refused", by, at, detail)


def _insert(
    connection: Connection,
    action: str,
    subject: str,
    outcome: str,
    by: Agent,
    at: datetime,
    detail: dict[str, object],
) -> None:
    connection.execute(
        insert(audit_event).values(
            at=at,
            user_id=by.id or None,
            actor=by.login,
            branch_id=by.branch.id if by.branch else None,
            action=action,
            subject=subject,
            outcome=outcome,
            detail=json.dumps(detail, ensure_ascii=False, sort_keys=True),
        )
    )
