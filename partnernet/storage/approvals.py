"""Approvals as lines of a list, and an agent's differences over time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, select

from partnernet.domain.agents import Branch
from partnernet.domain.approvals import ApprovalRow, PastDifference
from partnernet.domain.money import Money
from partnernet.storage import bag_contents
from partnernet.storage import tables as t
from partnernet.storage.reconciliations import state_of

_LAST_DECIDED = 20
_LAST_DIFFERENCES = 10
_it = t.reconciliation.c
_decision = t.reconciliation_decision.c
_decider = t.app_user.alias("decider")
_in_cheques = (
    select(func.coalesce(func.sum(t.cheque.c.face_amount_cents), 0))
    .join(t.bag_cheque, t.bag_cheque.c.cheque_id == t.cheque.c.id)
    .where(t.bag_cheque.c.bag_id == t.bag.c.id, bag_contents.HELD)
    .correlate(t.bag)
    .scalar_subquery()
)
_ROWS: Any = (
    select(
        _it.number,
        _it.submitted_at,
        _it.difference_cents,
        (t.bag.c.cash_cents + _in_cheques).label("bag_cents"),
        t.app_user.c.login,
        t.app_user.c.name,
        _decision.outcome,
        _decision.decided_at,
        _decision.alone,
        _decider.c.name.label("decided_by"),
        t.deposit_reference.c.settled_at,
    )
    .join(t.bag, t.bag.c.id == _it.bag_id)
    .join(t.app_user, t.app_user.c.id == _it.agent_id)
    .outerjoin(t.reconciliation_decision, _decision.reconciliation_id == _it.id)
    .outerjoin(_decider, _decider.c.id == _decision.decided_by_id)
    .outerjoin(t.deposit_bag, t.deposit_bag.c.bag_id == _it.bag_id)
    .outerjoin(t.deposit_reference, t.deposit_reference.c.deposit_id == t.deposit_bag.c.deposit_id)
)


def pending(connection: Connection, branch: Branch) -> tuple[ApprovalRow, ...]:
    """Those that wait for a decision, oldest first."""
    query = _ROWS.where(_it.branch_id == branch.id, _decision.outcome.is_(None)).order_by(_it.id)
    return tuple(map(_row, connection.execute(query)))


def decided(connection: Connection, branch: Branch) -> tuple[ApprovalRow, ...]:
    """The last that were decided, the latest decision first."""
    query = _ROWS.where(_it.branch_id == branch.id, _decision.outcome.is_not(None))
    query = query.order_by(_decision.decided_at.desc(), _it.id.desc()).limit(_LAST_DECIDED)
    return tuple(map(_row, connection.execute(query)))


def id_of(connection: Connection, branch: Branch, number: int) -> int | None:
    """The submission of this number in the branch."""
    query = select(_it.id).where(_it.branch_id == branch.id, _it.number == number)
    return connection.execute(query).scalar_one_or_none()


def next_pending(connection: Connection, branch: Branch, but: int) -> int | None:
    """The number of the submission that waits after the one given, or from the oldest on when none comes after it."""
    query = (
        select(_it.number)
        .outerjoin(t.reconciliation_decision, _decision.reconciliation_id == _it.id)
        .where(_it.branch_id == branch.id, _it.id != but, _decision.outcome.is_(None))
        .order_by(_it.id < but, _it.id)
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none()


def differences_before(connection: Connection, agent_id: int, reconciliation_id: int) -> tuple[PastDifference, ...]:
    """The agent's last submissions before this one, newest first."""
    query = select(_it.number, _it.submitted_at, _it.difference_cents).where(
        _it.agent_id == agent_id, _it.id < reconciliation_id
    )
    rows = connection.execute(query.order_by(_it.id.desc()).limit(_LAST_DIFFERENCES))
    return tuple(PastDifference(row.number, row.submitted_at, Money(row.difference_cents)) for row in rows)


def _row(row: Row[Any]) -> ApprovalRow:
    return ApprovalRow(
        number=row.number,
        agent_login=row.login,
        agent_name=row.name,
        submitted_at=row.submitted_at,
        difference=Money(row.difference_cents),
        bag_total=Money(int(row.bag_cents)),
        state=state_of(row.outcome, row.settled_at),
        decided_at=row.decided_at,
        decided_by=row.decided_by or "",
        alone=bool(row.alone),
    )
