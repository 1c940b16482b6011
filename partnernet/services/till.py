"""The till: the float received, what an agent holds, and the agent's day at a glance."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Agent, branch_of
from partnernet.domain.entries import DUE_TO_PRINCIPAL, FLOAT_PRESENT, LedgerAccount, PostingKind
from partnernet.domain.keys import checked_key
from partnernet.domain.money import ZERO, total
from partnernet.domain.permissions import Permission, require
from partnernet.domain.receipts import by_tender, day_totals, lists_only_own
from partnernet.domain.till import AgentDay, FloatRequest, TillFigures, TillPosition
from partnernet.domain.till_entries import float_entry
from partnernet.domain.till_report import TillReport
from partnernet.services import audit
from partnernet.storage import counts, held_cheques, ledger, receipts, tills, vouchers
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
        taken = receipts.of_day(connection, branch, today, by.id if lists_only_own(by) else None)
        held, counting = _position(connection, by), counts.being_counted(connection, branch.id)
    return AgentDay(held, day_totals(branch, today, taken, counting))


def report(db: Database, *, by: Agent, at: datetime) -> TillReport:
    """« Rapport de caisse en cours »: what the agent holds and why, since the last submission."""
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    with db.read() as connection:
        head = ledger.head_of(connection, branch)
        session_id = counts.session_to_count(connection, by.id)
        held = _position(connection, by)
        payments = receipts.of_session(connection, branch, session_id, by.id) if session_id else ()
        cheques = held_cheques.in_session(connection, by.id, session_id, branch.business_date(at)) if session_id else ()
        paid = vouchers.of_session(connection, session_id) if session_id else ()
    return TillReport(
        branch=branch,
        agent_login=by.login,
        agent_name=by.name,
        at=at,
        payments=payments,
        by_tender=by_tender(payments) if held.figures else (),
        rounding=total(payment.rounding for payment in payments if not payment.reversed) if held.figures else ZERO,
        vouchers=paid,
        post_dated=tuple(cheque for cheque in cheques if cheque.post_dated),
        position=held,
        anchor=(head.last_sequence, head.last_hash) if head else (0, ""),
    )


def _position(connection: Connection, agent: Agent) -> TillPosition:
    session = tills.session_of(connection, agent.id)
    return TillPosition(
        opened_at=session.opened_at if session else None,
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
