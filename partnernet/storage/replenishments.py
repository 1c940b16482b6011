"""Replenishments: what was asked, and the one answer that a request gets."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from partnernet.domain.money import Money
from partnernet.domain.replenishments import Replenishment, ReplenishmentAnswer, ReplenishmentOutcome
from partnernet.storage.tables import app_user, replenishment_answer, replenishment_request

_answerer = app_user.alias("answerer")
_SHOWN = 50


def ask(connection: Connection, key: str, amount: Money, *, branch_id: int, agent_id: int, at: datetime) -> None:
    """Keep a request."""
    values = {
        "branch_id": branch_id,
        "agent_id": agent_id,
        "key": key,
        "amount_cents": amount.cents,
        "asked_at": at,
    }
    connection.execute(insert(replenishment_request).values(**values))


def by_key(connection: Connection, key: str) -> tuple[int, Money] | None:
    """Who asked with a form's key, and how much."""
    asked = replenishment_request.c
    row = connection.execute(select(asked.agent_id, asked.amount_cents).where(asked.key == key)).one_or_none()
    return (row.agent_id, Money(row.amount_cents)) if row else None


def asker(connection: Connection, request_id: int, *, branch_id: int) -> tuple[int, str] | None:
    """Who asked, and their key; ``None`` when the branch has no such request."""
    asked = replenishment_request.c
    which = (asked.id == request_id) & (asked.branch_id == branch_id)
    row = connection.execute(select(asked.agent_id, asked.key).where(which)).one_or_none()
    return (row.agent_id, row.key) if row else None


def answer(
    connection: Connection,
    request_id: int,
    outcome: ReplenishmentOutcome,
    *,
    asked_by_id: int,
    by_id: int,
    at: datetime,
    note: str = "",
    alone: bool = False,
    posting_id: int | None = None,
) -> None:
    """Keep the answer to a request: it has one only. ``posting_id`` is the entry of the money that was given."""
    values = {
        "request_id": request_id,
        "outcome": outcome.value,
        "asked_by_id": asked_by_id,
        "answered_by_id": by_id,
        "answered_at": at,
        "note": note,
        "alone": alone,
        "posting_id": posting_id,
    }
    connection.execute(insert(replenishment_answer).values(**values))


def answered_by(connection: Connection, request_id: int) -> tuple[ReplenishmentOutcome, int] | None:
    """The answer that a request has, and whose it is."""
    given = replenishment_answer.c
    query = select(given.outcome, given.answered_by_id).where(given.request_id == request_id)
    row = connection.execute(query).one_or_none()
    return (ReplenishmentOutcome(row.outcome), row.answered_by_id) if row else None


def requests(
    connection: Connection, branch_id: int, *, agent_id: int | None = None, request_id: int | None = None
) -> tuple[Replenishment, ...]:
    """Replenishments asked in a branch (by one agent, or the one request), newest first."""
    asked, given = replenishment_request.c, replenishment_answer.c
    query = (
        select(
            replenishment_request,
            app_user.c.login,
            app_user.c.name,
            given.outcome,
            given.answered_at,
            given.note,
            _answerer.c.name.label("answerer"),
        )
        .join(app_user, app_user.c.id == asked.agent_id)
        .outerjoin(replenishment_answer, given.request_id == asked.id)
        .outerjoin(_answerer, _answerer.c.id == given.answered_by_id)
        .where(asked.branch_id == branch_id)
        .order_by(asked.id.desc())
        .limit(_SHOWN)
    )
    if agent_id is not None:
        query = query.where(asked.agent_id == agent_id)
    if request_id is not None:
        query = query.where(asked.id == request_id)
    return tuple(
        Replenishment(
            row.id,
            row.login,
            row.name,
            Money(row.amount_cents),
            row.asked_at,
            ReplenishmentAnswer(ReplenishmentOutcome(row.outcome), row.answerer, row.answered_at, row.note)
            if row.outcome
            else None,
        )
        for row in connection.execute(query)
    )
