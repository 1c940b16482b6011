"""What an agent has submitted and is about to submit, from their rows."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select

from partnernet.domain.agents import Branch
from partnernet.domain.entries import FLOAT_PRESENT, LedgerAccount
from partnernet.domain.money import ZERO, Money
from partnernet.domain.submissions import ReadyCount, Submission, ready
from partnernet.storage import bag_contents, counts, held_cheques, settings_of_branch, tills
from partnernet.storage import tables as t
from partnernet.storage.reconciliations import state_of

_LISTED = 10
_bagged = (
    select(func.coalesce(func.sum(t.cheque.c.face_amount_cents), 0))
    .join(t.bag_cheque, t.bag_cheque.c.cheque_id == t.cheque.c.id)
    .where(t.bag_cheque.c.bag_id == t.bag.c.id, bag_contents.HELD)
    .correlate(t.bag)
    .scalar_subquery()
)


def ready_count(
    connection: Connection, branch: Branch, session_id: int, agent_id: int, today: date
) -> ReadyCount | None:
    """The last count of a till session as it could be submitted; ``None`` unless it is frozen."""
    rows = counts.rows_of(connection, session_id)
    if not rows or rows[-1].frozen_at is None:
        return None
    frozen = tuple(counts.frozen_of(connection, branch, row, agent_id, today) for row in rows)
    sums = tills.sums_of_session(connection, session_id, agent_id)
    return ready(
        frozen[-1],
        frozen[:-1],
        on_hand=held_cheques.in_session(connection, agent_id, session_id, today),
        tolerance=settings_of_branch.read(connection, branch).tolerance,
        expected=sums.get(LedgerAccount.DRAWER, ZERO),
        float_expected=-tills.debit_of(sums, FLOAT_PRESENT),
        today=today,
    )


def of_agent(connection: Connection, branch: Branch, agent_id: int) -> tuple[Submission, ...]:
    """An agent's last submissions in a branch, newest first."""
    submitted, decision = t.reconciliation.c, t.reconciliation_decision.c
    query = (
        select(
            submitted.id,
            submitted.number,
            submitted.submitted_at,
            submitted.difference_cents,
            (t.bag.c.cash_cents + _bagged).label("total_cents"),
            decision.outcome,
            decision.decided_at,
            decision.note,
            t.app_user.c.name.label("decided_by"),
            t.deposit_reference.c.settled_at,
        )
        .join(t.bag, t.bag.c.id == submitted.bag_id)
        .outerjoin(t.reconciliation_decision, decision.reconciliation_id == submitted.id)
        .outerjoin(t.app_user, t.app_user.c.id == decision.decided_by_id)
        .outerjoin(t.deposit_bag, t.deposit_bag.c.bag_id == submitted.bag_id)
        .outerjoin(t.deposit_reference, t.deposit_reference.c.deposit_id == t.deposit_bag.c.deposit_id)
        .where(submitted.branch_id == branch.id, submitted.agent_id == agent_id)
        .order_by(submitted.id.desc())
        .limit(_LISTED)
    )
    return tuple(
        Submission(
            id=row.id,
            number=row.number,
            submitted_at=row.submitted_at,
            state=state_of(row.outcome, row.settled_at),
            difference=Money(row.difference_cents),
            total=Money(int(row.total_cents)),
            decided_at=row.decided_at,
            decided_by=row.decided_by or "",
            decision_note=row.note or "",
        )
        for row in connection.execute(query)
    )
