"""Decisions without a second person, and their reviews, from their rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from partnernet.domain.money import Money
from partnernet.domain.reviews import AloneDecision
from partnernet.storage import tables as t

_decision, _review = t.reconciliation_decision.c, t.reconciliation_review.c
_decider, _reviewer = t.app_user.alias("decider"), t.app_user.alias("reviewer")
_QUERY = (
    select(
        t.reconciliation.c.id,
        t.reconciliation.c.number,
        t.reconciliation.c.difference_cents,
        t.branch.c.code,
        t.app_user.c.name,
        _decision.decided_at,
        _decision.decided_by_id,
        _decider.c.name.label("decided_by"),
        _review.reviewed_at,
        _review.reviewed_by_id,
        _reviewer.c.name.label("reviewed_by"),
    )
    .join(t.reconciliation_decision, _decision.reconciliation_id == t.reconciliation.c.id)
    .join(t.branch, t.branch.c.id == t.reconciliation.c.branch_id)
    .join(t.app_user, t.app_user.c.id == t.reconciliation.c.agent_id)
    .join(_decider, _decider.c.id == _decision.decided_by_id)
    .outerjoin(t.reconciliation_review, _review.reconciliation_id == t.reconciliation.c.id)
    .outerjoin(_reviewer, _reviewer.c.id == _review.reviewed_by_id)
    .where(_decision.alone)
    .order_by(t.reconciliation.c.id)
)


def waiting(connection: Connection, branch_id: int | None) -> tuple[AloneDecision, ...]:
    """What was decided alone and is not reviewed, in one branch or in all, oldest first."""
    query = _QUERY.where(_review.reconciliation_id.is_(None))
    if branch_id is not None:
        query = query.where(t.reconciliation.c.branch_id == branch_id)
    return tuple(map(_alone, connection.execute(query)))


def one(
    connection: Connection, reconciliation_id: int, branch_id: int | None
) -> tuple[AloneDecision, int, int | None] | None:
    """One decision made alone, who made it, and who has reviewed it; names alone do not tell people apart."""
    query = _QUERY.where(t.reconciliation.c.id == reconciliation_id)
    if branch_id is not None:
        query = query.where(t.reconciliation.c.branch_id == branch_id)
    row = connection.execute(query).one_or_none()
    return (_alone(row), row.decided_by_id, row.reviewed_by_id) if row else None


def keep(
    connection: Connection, reconciliation_id: int, *, decided_by_id: int, by_id: int, at: datetime, note: str
) -> None:
    """Keep a review; the primary key keeps it single."""
    values = {
        "reconciliation_id": reconciliation_id,
        "decided_by_id": decided_by_id,
        "reviewed_by_id": by_id,
        "reviewed_at": at,
        "note": note,
    }
    connection.execute(insert(t.reconciliation_review).values(**values))


def _alone(row: Row[*tuple[Any, ...]]) -> AloneDecision:
    return AloneDecision(
        reconciliation_id=row.id,
        branch_code=row.code,
        number=row.number,
        agent_name=row.name,
        difference=Money(row.difference_cents),
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        reviewed_at=row.reviewed_at,
        reviewed_by=row.reviewed_by or "",
    )
