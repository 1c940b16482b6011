"""Till reports: of one's own till as it stands, and of a submission, whose copies are counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Agent, Branch, branch_of
from partnernet.domain.keys import part_of
from partnernet.domain.papers import PaperKind
from partnernet.domain.permissions import Permission, require
from partnernet.domain.receipts import DayPayment, listed, lists_only_own
from partnernet.domain.reconciliations import Reconciliation
from partnernet.domain.till_report import (
    MovementKind,
    TillMovement,
    TillReport,
    TillReportNotFound,
    TillReversal,
    at_submission,
    summed,
    till_sums,
)
from partnernet.services import audit
from partnernet.storage import (
    counts,
    day_payments,
    held_cheques,
    ledger,
    paper_copies,
    reconciliations,
    reviews,
    settings_of_branch,
    till_movements,
    till_reversals,
    tills,
    vouchers,
)
from partnernet.storage.database import Database

# The postings that a submission itself makes (`partnernet.services.reconciliations.submit`).
_SUBMITTING = ("difference", "seal", "carry")


def current(db: Database, *, by: Agent, at: datetime) -> TillReport:
    """« Rapport de caisse en cours »: what one holds and why, since the last submission; blind during a count."""
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    with db.read() as connection:
        return _current(connection, branch, by, at)


def of_submission(db: Database, reconciliation_id: int, *, by: Agent, at: datetime) -> TillReport:
    """The report of a submitted till of the branch; an agent reads only their own. Raises `TillReportNotFound`."""
    require(by, Permission.VIEW_TILL_REPORTS)
    with db.read() as connection:
        found = _submission(connection, reconciliation_id, by, at)
        return _of_submission(connection, branch_of(by), found, at)


def count_copy(db: Database, reconciliation_id: int, *, by: Agent, at: datetime) -> int:
    """Keep that a copy of the report is printed; 1 is the original, from 2 on the paper says DUPLICATA."""
    require(by, Permission.VIEW_TILL_REPORTS)

    def work(connection: Connection) -> int:
        instant = ledger.lock_branch(connection, branch_of(by)).instant(at)
        found = _submission(connection, reconciliation_id, by, instant)
        copy_number = paper_copies.count(connection, PaperKind.TILL_REPORT, found.id, by.id, instant)
        audit.record(connection, "till_report.printed", str(found.id), by=by, at=instant, copy=copy_number)
        return copy_number

    return db.run_write(work)


def current_printed(db: Database, *, by: Agent, at: datetime) -> None:
    """Keep that the report of one's own till was printed: a snapshot is never a duplicate, so nothing is counted."""
    require(by, Permission.KEEP_TILL)
    branch_of(by)
    with db.write() as connection:
        audit.record(connection, "till_report.printed", by.login, by=by, at=at)


def _now(connection: Connection, branch: Branch, at: datetime) -> tuple[datetime, tuple[int, str]]:
    """The moment, never before the branch's last posting, and the chain's head."""
    head = ledger.head_of(connection, branch)
    return (head.instant(at), (head.last_sequence, head.last_hash)) if head else (at, (0, ""))


def _current(connection: Connection, branch: Branch, agent: Agent, at: datetime) -> TillReport:
    at, anchor = _now(connection, branch, at)
    sessions, blind = counts.unsubmitted(connection, agent.id), counts.is_open(connection, agent.id)
    movements = till_movements.of_sessions(connection, agent.id, sessions)
    undone = _with_moves(till_reversals.of_sessions(connection, branch, agent.id, sessions), movements)
    today = branch.business_date(at)
    held = held_cheques.in_session(connection, agent.id, sessions[-1], today) if sessions else ()
    earlier = held_cheques.in_session(connection, agent.id, sessions[0] - 1, today) if sessions else ()
    return TillReport(
        branch=branch,
        agent_login=agent.login,
        agent_name=agent.name,
        at=at,
        opened_at=till_movements.opened_at(connection, sessions[0]) if sessions else None,
        float_authorised=branch.float_authorised,
        blind=blind,
        payments=listed(_taken(connection, branch, agent.id, sessions), {agent.login} if blind else ()),
        reversals=tuple(reversal.without_cash() for reversal in undone) if blind else undone,
        vouchers=tuple(voucher for each in sessions for voucher in vouchers.of_session(connection, each)),
        cheques=tuple(cheque for cheque in earlier if not cheque.post_dated),
        post_dated=tuple(cheque for cheque in held if cheque.post_dated),
        movements=() if blind else movements,
        closing=() if blind else _waiting(connection, agent, movements, at),
        later=(),
        anchor=anchor,
        cash_limit=settings_of_branch.read(connection, branch).cash_limit,
    )


def _of_submission(connection: Connection, branch: Branch, found: Reconciliation, at: datetime) -> TillReport:
    at, anchor = _now(connection, branch, at)
    decided_alone = reviews.one(connection, found.id, branch.id)
    session_id = found.count.session_id
    every = till_movements.of_sessions(connection, found.agent_id, [session_id])
    key = till_movements.key_of_submission(connection, found.id)
    before, closing, later = at_submission(every, frozenset(part_of(key, part) for part in _SUBMITTING))
    undone = till_reversals.touching(connection, branch, found.agent_id, session_id)
    in_time = {movement.posting_id for movement in before}
    reversals = _with_moves((each for each in undone if in_time & each.postings), before)
    gone = {each.cheque_id for each in reversals if each.sheet_left}
    submitted_on = branch.business_date(found.submitted_at)
    left = (cheque for cheque in found.count.cheques if cheque.dated > submitted_on and cheque.id not in gone)
    return TillReport(
        branch=branch,
        agent_login=found.agent_login,
        agent_name=found.agent_name,
        at=at,
        opened_at=till_movements.opened_at(connection, session_id),
        float_authorised=branch.float_authorised,
        blind=False,
        payments=_taken(connection, branch, found.agent_id, [session_id]),
        reversals=reversals,
        vouchers=found.vouchers,
        cheques=held_cheques.sealed_in(connection, found.bag.id, submitted_on),
        post_dated=tuple(left),
        movements=before,
        closing=tuple(_in_bag(movement, found.bag.number) for movement in closing),
        later=later,
        anchor=anchor,
        submission=found,
        alone=decided_alone[0] if decided_alone else None,
        since=_with_moves((each for each in undone if not in_time & each.postings), later),
        printed=paper_copies.printed(connection, PaperKind.TILL_REPORT, found.id),
    )


def _submission(connection: Connection, reconciliation_id: int, agent: Agent, at: datetime) -> Reconciliation:
    branch = branch_of(agent)
    found = reconciliations.one(connection, branch, reconciliation_id, branch.business_date(at))
    if found is None or (lists_only_own(agent) and found.agent_id != agent.id):
        raise TillReportNotFound(reconciliation_id)
    return found


def _taken(connection: Connection, branch: Branch, agent_id: int, session_ids: Iterable[int]) -> tuple[DayPayment, ...]:
    """What came in; what was entered again stands beside the reversal that it belongs to."""
    every = (paid for each in session_ids for paid in day_payments.of_session(connection, branch, each, agent_id))
    return tuple(paid for paid in every if not paid.corrects)


def _waiting(
    connection: Connection, agent: Agent, movements: tuple[TillMovement, ...], at: datetime
) -> tuple[TillMovement, ...]:
    """The bags of earlier submissions that the agent answers for until they are approved."""
    sums = till_sums(tills.sums_of_holder(connection, agent.id)) - summed(movements)
    return (TillMovement(MovementKind.WAITING, at, sums),) if sums else ()


def _with_moves(reversals: Iterable[TillReversal], movements: tuple[TillMovement, ...]) -> tuple[TillReversal, ...]:
    sums = {movement.posting_id: movement.sums for movement in movements}
    return tuple(reversal.with_moves(sums) for reversal in reversals)


def _in_bag(movement: TillMovement, number: int) -> TillMovement:
    return replace(movement, bag_number=number) if movement.kind is MovementKind.SEALED else movement
