"""Submitting a counted till, and the decision of another person: approve, or send back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Agent, Branch, branch_of
from partnernet.domain.counts import NoCount
from partnernet.domain.entries import Entry, PostingKind
from partnernet.domain.free_text import clean
from partnernet.domain.keys import checked_key, part_of
from partnernet.domain.money import total
from partnernet.domain.permissions import Permission, require
from partnernet.domain.reconciliations import (
    NOTE_LIMIT_CHARS,
    NotPending,
    OwnReconciliation,
    PasswordProofTooOld,
    Reconciliation,
    ReconciliationState,
    ReturnReasonMissing,
    SubmitRequest,
    checked_explanation,
    return_key,
)
from partnernet.domain.refusals import OtherContentForKey
from partnernet.domain.sign_in import PROOF_HOLDS
from partnernet.domain.till_entries import carry_entry, custody_entry, difference_entry, reopening_entry, seal_entry
from partnernet.services import audit
from partnernet.storage import bags, counts, ledger, settings_of_branch, submissions, tills
from partnernet.storage import reconciliations as kept
from partnernet.storage.database import Database


def submit(db: Database, request: SubmitRequest, *, by: Agent, at: datetime) -> Reconciliation:
    """« Soumettre la réconciliation »: post the difference, seal the collections, carry the rest to the next session.

    One transaction; the same key again gives the same submission. Raises `NoCount`, `TillOpenElsewhere`, `TillMoved`,
    `ChequesMissing`, `ExplanationMissing`, `ChangeNeeded`, `BagDiffers`.
    """
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    checked_key(request.key)
    return db.run_write(lambda connection: _submit(connection, request, branch, by, at))


def pending(db: Database, *, by: Agent, at: datetime) -> tuple[Reconciliation, ...]:
    """The branch's submissions that wait for a decision, oldest first."""
    require(by, Permission.VIEW_RECONCILIATIONS)
    return _listed(db, by, at, pending_only=True)


def decided(db: Database, *, by: Agent, at: datetime) -> tuple[Reconciliation, ...]:
    """The branch's last decided submissions, newest first."""
    require(by, Permission.VIEW_RECONCILIATIONS)
    return _listed(db, by, at, pending_only=False)


def approve(db: Database, reconciliation_id: int, *, by: Agent, at: datetime, proved_at: datetime) -> Reconciliation:
    """« Approuver »: the bag and what is owed for it pass to the branch. Never one's own, unless the branch is of one.

    ``proved_at`` is when the person last proved their password. The same person's second click changes nothing.
    Raises `NotPending`, `OwnReconciliation`, `PasswordProofTooOld`.
    """
    require(by, Permission.DECIDE_RECONCILIATION)
    branch = branch_of(by)

    def work(connection: Connection) -> Reconciliation:
        found, instant, alone = _to_decide(connection, reconciliation_id, branch, by, at, proved_at)
        if found.state is ReconciliationState.SUBMITTED:
            if found.bag.total:
                entry = custody_entry(found.bag.total, agent_id=found.agent_id, session_id=found.count.session_id)
                _post(
                    connection,
                    branch,
                    PostingKind.CUSTODY,
                    part_of(f"reconciliation {found.id}", "approve"),
                    entry,
                    by,
                    instant,
                )
            _decide(connection, found, "approved", "", by, instant, alone)
        elif found.state is ReconciliationState.RETURNED or kept.decided_by(connection, found.id) != by.id:
            raise NotPending()
        return _one(connection, branch, reconciliation_id, instant)

    return db.run_write(work)


def send_back(
    db: Database, reconciliation_id: int, reason: str, *, by: Agent, at: datetime, proved_at: datetime
) -> Reconciliation:
    """« Retourner »: the bag is opened into the agent's current session and the difference is taken back; to be
    counted again. The same person's second click changes nothing. Raises `ReturnReasonMissing` and those of `approve`.
    """
    require(by, Permission.DECIDE_RECONCILIATION)
    branch = branch_of(by)
    note = clean(reason, field="reason", limit_chars=NOTE_LIMIT_CHARS)
    if not note:
        raise ReturnReasonMissing()

    def work(connection: Connection) -> Reconciliation:
        found, instant, alone = _to_decide(connection, reconciliation_id, branch, by, at, proved_at)
        if found.decision_note == note and kept.decided_by(connection, found.id) == by.id:
            return found
        if found.state is not ReconciliationState.SUBMITTED:
            raise NotPending()
        # A count that is frozen meanwhile finds its till moved, and is made again with the bag's money in it.
        current = counts.session_to_count(connection, found.agent_id)
        if current is None:
            current = tills.open_session(connection, found.agent_id, branch.id, instant)
        entry = reopening_entry(
            found.bag.cash,
            found.bag.total - found.bag.cash,
            found.count.difference,
            agent_id=found.agent_id,
            session_id=found.count.session_id,
            current_id=current,
        )
        if entry:
            _post(
                connection,
                branch,
                PostingKind.TRANSFER,
                return_key(found.id),
                entry,
                by,
                instant,
            )
        _decide(connection, found, "returned", note, by, instant, alone)
        return _one(connection, branch, reconciliation_id, instant)

    return db.run_write(work)


# --- submitting -----------------------------------------------------------------------------------------------------


def _submit(connection: Connection, request: SubmitRequest, branch: Branch, by: Agent, at: datetime) -> Reconciliation:
    instant = ledger.lock_branch(connection, branch).instant(at)
    today = branch.business_date(instant)
    replayed = kept.by_key(connection, request.key)
    if replayed:
        if replayed[1] != (by.id, request.fingerprint()):
            raise OtherContentForKey(request.key)
        return _one(connection, branch, replayed[0], instant)
    row = counts.row_of(connection, request.count_id)
    if row is None or row.counted_by_id != by.id or row.frozen_at is None:
        raise NoCount()
    agent_id, session_id = row.agent_id, row.till_session_id
    instant = kept.after_the_last(connection, agent_id, instant)
    today = branch.business_date(instant)
    tills.require_branch(connection, session_id, branch.id)
    ready = submissions.ready_count(connection, branch, session_id, agent_id, today)
    if ready is None or ready.count.id != row.id or kept.of_session(connection, session_id) is not None:
        raise NoCount()
    if ready.obstacle:
        raise ready.obstacle
    count, cheques = ready.count, ready.cheques
    note = checked_explanation(request, count.difference, ready.tolerance)
    pieces = ready.bag(request.bag)
    if count.difference:
        entry = difference_entry(count.difference, agent_id=agent_id, session_id=session_id)
        _post(connection, branch, PostingKind.DIFFERENCE, part_of(request.key, "difference"), entry, by, instant)
    bagged = total(cheque.amount for cheque in cheques)
    if pieces.total() or bagged:
        entry = seal_entry(pieces.total(), bagged, agent_id=agent_id, session_id=session_id)
        _post(connection, branch, PostingKind.SEAL, part_of(request.key, "seal"), entry, by, instant)
    bag_id = bags.seal(
        connection, branch=branch, session_id=session_id, agent_id=agent_id, pieces=pieces, cheques=cheques, at=instant
    )
    _carry_forward(connection, request.key, branch, session_id, agent_id, by, instant)
    reconciliation_id = kept.submit(
        connection,
        branch,
        key=request.key,
        fingerprint=request.fingerprint(),
        till_session_id=session_id,
        count_id=count.id,
        bag_id=bag_id,
        agent_id=agent_id,
        submitted_by_id=by.id,
        submitted_at=instant,
        difference_cents=count.difference.cents,
        reason=request.reason.value if request.reason else None,
        note=note,
    )
    audit.record(
        connection,
        "reconciliation.submitted",
        str(reconciliation_id),
        by=by,
        at=instant,
        difference_cents=count.difference.cents,
    )
    return _one(connection, branch, reconciliation_id, instant)


def _carry_forward(
    connection: Connection, key: str, branch: Branch, session_id: int, agent_id: int, by: Agent, at: datetime
) -> None:
    next_id = tills.open_session(connection, agent_id, branch.id, at)
    sums = tills.sums_of_session(connection, session_id, agent_id)
    entry = carry_entry(sums, agent_id=agent_id, session_id=session_id, next_id=next_id)
    if entry:
        _post(connection, branch, PostingKind.TRANSFER, part_of(key, "carry"), entry, by, at)


# --- deciding -------------------------------------------------------------------------------------------------------


def _to_decide(
    connection: Connection, reconciliation_id: int, branch: Branch, by: Agent, at: datetime, proved_at: datetime
) -> tuple[Reconciliation, datetime, bool]:
    """The submission, the instant, and whether it is decided without a second person.

    Neither the agent decides, nor who counted for an absent one, nor the witness of that count.
    """
    instant = ledger.lock_branch(connection, branch).instant(at)
    found = kept.one(connection, branch, reconciliation_id, branch.business_date(instant))
    if found is None:
        raise NotPending()
    own = by.id in (found.agent_id, found.submitted_by_id, counts.witness_of(connection, found.count.id))
    if own and not settings_of_branch.read(connection, branch).one_person:
        raise OwnReconciliation()
    if at - proved_at > PROOF_HOLDS:
        raise PasswordProofTooOld()
    return found, kept.after_the_last(connection, found.agent_id, instant), own


def _decide(
    connection: Connection, found: Reconciliation, outcome: str, note: str, by: Agent, at: datetime, alone: bool
) -> None:
    kept.decide(
        connection,
        reconciliation_id=found.id,
        outcome=outcome,
        agent_id=found.agent_id,
        submitted_by_id=found.submitted_by_id,
        decided_by_id=by.id,
        decided_at=at,
        note=note,
        alone=alone,
    )
    audit.record(connection, f"reconciliation.{outcome}", str(found.id), by=by, at=at, alone=alone)


def _one(connection: Connection, branch: Branch, reconciliation_id: int, at: datetime) -> Reconciliation:
    found = kept.one(connection, branch, reconciliation_id, branch.business_date(at))
    if found is None:
        raise NotPending()
    return found


def _listed(db: Database, by: Agent, at: datetime, *, pending_only: bool) -> tuple[Reconciliation, ...]:
    branch = branch_of(by)
    with db.read() as connection:
        return kept.listed(connection, branch, pending=pending_only, today=branch.business_date(at))


def _post(
    connection: Connection, branch: Branch, kind: PostingKind, key: str, entry: Entry, by: Agent, at: datetime
) -> None:
    new = ledger.NewPosting(
        branch=branch, kind=kind, key=key, fingerprint=kind.value, at=at, agent_id=by.id, entry=entry
    )
    ledger.post(connection, ledger.lock_branch(connection, branch), new)
