"""The till: the float received, what an agent holds, and the agent's day at a glance."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Agent, branch_of
from partnernet.domain.entries import DUE_TO_PRINCIPAL, FLOAT_PRESENT, LedgerAccount, PostingKind
from partnernet.domain.keys import checked_key
from partnernet.domain.permissions import Permission, require
from partnernet.domain.receipts import day_totals, lists_only_own
from partnernet.domain.till import AgentDay, FloatRequest, TillFigures, TillPosition
from partnernet.domain.till_entries import float_entry
from partnernet.services import audit
from partnernet.storage import counts, day_payments, ledger, till_movements, tills
from partnernet.storage.database import Database


def receive_float(db: Database, request: FloatRequest, *, by: Agent, at: datetime) -> TillPosition:
    """The agent confirms having received a float from the branch; the same key again changes nothing."""
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    checked_key(request.key)

    def work(connection: Connection) -> TillPosition:
        head = ledger.lock_branch(connection, branch)
        if not ledger.replayed(connection, request.key, (branch.id, by.id, request.fingerprint())):
            instant = head.instant(at)
            session_id = tills.open_session(connection, by.id, branch.id, instant)
            entry = float_entry(request.checked_amount(), agent_id=by.id, session_id=session_id)
            new = ledger.NewPosting(
                branch=branch,
                kind=PostingKind.FLOAT,
                key=request.key,
                fingerprint=request.fingerprint(),
                at=instant,
                agent_id=by.id,
                entry=entry,
            )
            ledger.post(connection, head, new)
            audit.record(connection, "float.received", by.login, by=by, at=instant, amount_cents=request.amount.cents)
        return _position(connection, by)

    return db.run_write(work)


def position(db: Database, *, by: Agent) -> TillPosition:
    """What the agent holds now, every figure a sum over the ledger."""
    require(by, Permission.KEEP_TILL)
    with db.read() as connection:
        return _position(connection, by)


def day_of(db: Database, *, by: Agent, at: datetime) -> AgentDay:
    """The day at a glance: the agent's own till, and today's payments, the branch's for a supervisor."""
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    today = branch.business_date(at)
    with db.read() as connection:
        taken = day_payments.of_day(connection, branch, today, by.id if lists_only_own(by) else None)
        held, counting = _position(connection, by), counts.being_counted(connection, branch.id)
    return AgentDay(held, day_totals(branch, today, taken, counting))


def _position(connection: Connection, agent: Agent) -> TillPosition:
    sessions = counts.unsubmitted(connection, agent.id)
    return TillPosition(
        opened_at=till_movements.opened_at(connection, sessions[0]) if sessions else None,
        float_authorised=branch_of(agent).float_authorised,
        figures=None if counts.is_open(connection, agent.id) else _figures(connection, agent.id),
    )


def _figures(connection: Connection, agent_id: int) -> TillFigures:
    sums = tills.sums_of_holder(connection, agent_id)
    return TillFigures(
        expected_cash=tills.debit_of(sums, [LedgerAccount.DRAWER]),
        cheques=tills.debit_of(sums, [LedgerAccount.CHEQUES]),
        due_to_principal=-tills.debit_of(sums, DUE_TO_PRINCIPAL),
        float_present=-tills.debit_of(sums, FLOAT_PRESENT),
    )
