"""Reconciliations, their bags and decisions, from their rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from partnernet.domain.agents import Branch
from partnernet.domain.counts import FrozenCount
from partnernet.domain.reconciliations import DifferenceReason, Reconciliation, ReconciliationState, return_key
from partnernet.storage import bags, counts, vouchers
from partnernet.storage import tables as t
from partnernet.storage.numbers import next_number

_it = t.reconciliation.c
_decision = t.reconciliation_decision.c
_decider = t.app_user.alias("decider")


def by_key(connection: Connection, key: str) -> tuple[int, tuple[int, str]] | None:
    """The submission that an idempotency key already made: its id, and by whom with what content."""
    query = select(_it.id, _it.submitted_by_id, _it.fingerprint).where(_it.key == key)
    row = connection.execute(query).one_or_none()
    return (row.id, (row.submitted_by_id, row.fingerprint)) if row else None


def of_session(connection: Connection, session_id: int) -> int | None:
    """The submission of a till session, if there is one."""
    return connection.execute(select(_it.id).where(_it.till_session_id == session_id)).scalar_one_or_none()


def returned_into(connection: Connection, agent_id: int, session_id: int) -> bool:
    """Whether a submission was sent back while this session was the agent's current one: its figures are known."""
    opened = select(t.till_session.c.opened_at).where(t.till_session.c.id == session_id).scalar_subquery()
    query = select(_decision.reconciliation_id).where(
        _decision.agent_id == agent_id, _decision.outcome == "returned", _decision.decided_at >= opened
    )
    return connection.execute(query.limit(1)).first() is not None


def reopened_into(connection: Connection, session_id: int) -> int | None:
    """The till session into which the bag of a session was opened when it was sent back; ``None`` when it was not."""
    query = (
        select(_it.id)
        .join(t.reconciliation_decision, _decision.reconciliation_id == _it.id)
        .where(_it.till_session_id == session_id, _decision.outcome == "returned")
    )
    returned_id = connection.execute(query).scalar_one_or_none()
    if returned_id is None:
        return None
    line = t.ledger_line.c
    lines = (
        select(line.till_session_id)
        .join(t.posting, t.posting.c.id == line.posting_id)
        .where(t.posting.c.key == return_key(returned_id), line.till_session_id != session_id)
    )
    moved: int | None = connection.execute(lines.limit(1)).scalar_one_or_none()
    return moved if moved is not None else _to_count_then(connection, returned_id)


def _to_count_then(connection: Connection, returned_id: int) -> int | None:
    """The agent's session that was to be counted when an empty bag was sent back: no posting says which."""
    session = t.till_session.c
    decided = select(_decision.decided_at).where(_decision.reconciliation_id == returned_id).scalar_subquery()
    earlier = select(_it.id).where(_it.till_session_id == session.id, _it.submitted_at <= decided)
    query = (
        select(func.min(session.id))
        .join(t.reconciliation_decision, _decision.agent_id == session.agent_id)
        .where(_decision.reconciliation_id == returned_id, ~earlier.exists())
    )
    found: int | None = connection.execute(query).scalar_one()
    return found


def after_the_last(connection: Connection, agent_id: int, instant: datetime) -> datetime:
    """The instant, or just after what last became of the agent's submissions when a clock went back: which came first
    says what a bag was opened into, and an empty one leaves no posting that would say it."""
    made = select(func.max(_it.submitted_at)).where(_it.agent_id == agent_id)
    decided = select(func.max(_decision.decided_at)).where(_decision.agent_id == agent_id)
    last = [connection.execute(query).scalar_one_or_none() for query in (made, decided)]
    return max([instant, *(found + timedelta(microseconds=1) for found in last if found is not None)])


def submit(connection: Connection, branch: Branch, **columns: Any) -> int:
    """Keep a submission, numbered without a gap under the branch's lock, and return its id."""
    values = {"branch_id": branch.id, "number": next_number(connection, t.reconciliation, branch), **columns}
    return connection.execute(insert(t.reconciliation).values(**values).returning(_it.id)).scalar_one()


def decided_by(connection: Connection, reconciliation_id: int) -> int | None:
    """The person who decided a submission; ``None`` while it waits."""
    query = select(_decision.decided_by_id).where(_decision.reconciliation_id == reconciliation_id)
    return connection.execute(query).scalar_one_or_none()


def decide(connection: Connection, **columns: Any) -> None:
    """Keep the decision on a submission; the primary key keeps it single."""
    connection.execute(insert(t.reconciliation_decision).values(**columns))


def listed(connection: Connection, branch: Branch, *, pending: bool, today: date) -> tuple[Reconciliation, ...]:
    """The branch's submissions that wait for a decision, oldest first; or the decided ones, newest first."""
    query = _query().where(_it.branch_id == branch.id)
    if pending:
        query = query.where(_decision.outcome.is_(None)).order_by(_it.id)
    else:
        query = query.where(_decision.outcome.is_not(None)).order_by(_it.id.desc()).limit(50)
    return tuple(_whole(connection, branch, row, today) for row in connection.execute(query).all())


def one(connection: Connection, branch: Branch, reconciliation_id: int, today: date) -> Reconciliation | None:
    """One submission of the branch."""
    row = connection.execute(_query().where(_it.branch_id == branch.id, _it.id == reconciliation_id)).one_or_none()
    return _whole(connection, branch, row, today) if row else None


def _query() -> Any:
    return (
        select(
            t.reconciliation,
            t.app_user.c.login,
            t.app_user.c.name,
            _decision.outcome,
            _decision.decided_at,
            _decision.note.label("decision_note"),
            _decision.alone,
            _decider.c.name.label("decided_by"),
            t.deposit_reference.c.settled_at,
        )
        .join(t.app_user, t.app_user.c.id == _it.agent_id)
        .outerjoin(t.reconciliation_decision, _decision.reconciliation_id == _it.id)
        .outerjoin(_decider, _decider.c.id == _decision.decided_by_id)
        .outerjoin(t.deposit_bag, t.deposit_bag.c.bag_id == _it.bag_id)
        .outerjoin(t.deposit_reference, t.deposit_reference.c.deposit_id == t.deposit_bag.c.deposit_id)
    )


def _whole(connection: Connection, branch: Branch, row: Row[Any], today: date) -> Reconciliation:
    frozen = _counts(connection, branch, row, today)
    return Reconciliation(
        id=row.id,
        number=row.number,
        agent_id=row.agent_id,
        agent_login=row.login,
        agent_name=row.name,
        submitted_by_id=row.submitted_by_id,
        submitted_at=row.submitted_at,
        state=state_of(row.outcome, row.settled_at),
        count=frozen[-1],
        recounts=frozen[:-1],
        reason=DifferenceReason(row.reason) if row.reason else None,
        note=row.note,
        vouchers=vouchers.of_session(connection, row.till_session_id),
        bag=bags.one(connection, row.bag_id, today),
        decided_at=row.decided_at,
        decided_by=row.decided_by or "",
        decision_note=row.decision_note or "",
        alone=bool(row.alone),
    )


def _counts(connection: Connection, branch: Branch, row: Row[Any], today: date) -> tuple[FrozenCount, ...]:
    frozen = [
        counts.frozen_of(connection, branch, count, row.agent_id, today)
        for count in counts.rows_of(connection, row.till_session_id)
        if count.frozen_at is not None
    ]
    # No cheque was missing when it was submitted; what has become of them since says nothing of the counts.
    every = frozen[-1].cheques
    return tuple(replace(count, missing=tuple(c for c in every if c not in count.cheques)) for count in frozen)


def state_of(outcome: str | None, settled_at: datetime | None) -> ReconciliationState:
    """Where a submission stands, from its decision and from when the bank's reference of its deposit came."""
    if outcome is None:
        return ReconciliationState.SUBMITTED
    if outcome == "returned":
        return ReconciliationState.RETURNED
    return ReconciliationState.DEPOSITED if settled_at else ReconciliationState.APPROVED
