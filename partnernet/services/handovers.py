"""Floats that change hands inside a branch: one offers, the other confirms, and only then the ledger moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Agent, Branch, branch_of
from partnernet.domain.counts import CountUnderWay
from partnernet.domain.entries import FLOAT_PRESENT, LedgerAccount, PostingKind
from partnernet.domain.handovers import (
    Handover,
    HandoverOutcome,
    HandoverRequest,
    HandoverSettled,
    Holding,
    NoSuchColleague,
    Person,
    check_giver,
    check_receiver,
)
from partnernet.domain.keys import checked_key, part_of
from partnernet.domain.money import ZERO, Money
from partnernet.domain.permissions import Permission, allowed, require
from partnernet.domain.refusals import NotPermitted, OtherContentForKey
from partnernet.domain.till_entries import handover_entry
from partnernet.services import audit
from partnernet.storage import counts, handovers, ledger, settings_of_branch, tills
from partnernet.storage.database import Database


def offer(db: Database, request: HandoverRequest, *, by: Agent, at: datetime) -> Handover:
    """Offer cash of one's own float to a colleague or to the branch, or (a supervisor) issue one of the branch's.

    The same key again gives the same offer. Raises `NoSuchColleague`, `FloatAboveAuthorised`, `FloatTooSmall`,
    `CollectionsInDrawer`, `CountUnderWay`, and the refusals of the amount.
    """
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    checked_key(request.key)
    if not request.giver:
        require(by, Permission.GRANT_REPLENISHMENT)

    def work(connection: Connection) -> Handover:
        instant = ledger.lock_branch(connection, branch).instant(at)
        replayed = handovers.by_key(connection, request.key)
        if replayed and replayed[1] != (by.id, request.fingerprint()):
            raise OtherContentForKey(request.key)
        offered_id = replayed[0] if replayed else None
        if offered_id is None:
            giver, receiver = _parties(connection, request, branch, by)
            _check(connection, branch, request.checked_amount(), giver, receiver)
            offered_id = handovers.offer(
                connection, request, branch_id=branch.id, giver=giver, receiver=receiver, by_id=by.id, at=instant
            )
            audit.record(
                connection, "float.offered", str(offered_id), by=by, at=instant, amount_cents=request.amount.cents
            )
        return _one(connection, branch, offered_id)

    return db.run_write(work)


def waiting(db: Database, *, by: Agent) -> tuple[Handover, ...]:
    """The offers that wait for an answer: one's own, and the whole branch's for whoever grants."""
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    with db.read() as connection:
        everybody = allowed(by, Permission.GRANT_REPLENISHMENT)
        return handovers.waiting(connection, branch.id, person_id=None if everybody else by.id)


def till_keepers(db: Database, *, by: Agent) -> tuple[Person, ...]:
    """The people of the branch who keep a till, to choose from."""
    require(by, Permission.KEEP_TILL)
    with db.read() as connection:
        return handovers.till_keepers(connection, branch_of(by).id)


def accept(db: Database, handover_id: int, *, by: Agent, at: datetime) -> Handover:
    """« Confirmer la réception »: the cash is in the other's hands, and the ledger says so, once.

    The receiver confirms; what the branch receives is confirmed by somebody who grants, never the giver unless the
    branch is of one person. Raises `HandoverSettled`, and those of `offer` when a till has changed since.
    """
    require(by, Permission.KEEP_TILL)

    def work(connection: Connection, branch: Branch, found: Handover, instant: datetime) -> int | None:
        _check(connection, branch, found.amount, found.giver, found.receiver)
        held = [
            (person.id, tills.open_session(connection, person.id, branch.id, instant)) if person else None
            for person in (found.giver, found.receiver)
        ]
        new = ledger.NewPosting(
            branch=branch,
            kind=PostingKind.TRANSFER if found.giver and found.receiver else PostingKind.FLOAT,
            key=part_of(f"handover {found.id}", "accept"),
            fingerprint=PostingKind.FLOAT.value,
            at=instant,
            agent_id=by.id,
            entry=handover_entry(found.amount, *held),
        )
        return ledger.post(connection, ledger.lock_branch(connection, branch), new).id

    return _answer(db, handover_id, HandoverOutcome.ACCEPTED, work, by, at)


def decline(db: Database, handover_id: int, *, by: Agent, at: datetime) -> Handover:
    """Say that the cash was not received; nothing moves. Raises `HandoverSettled`."""
    require(by, Permission.KEEP_TILL)
    return _answer(db, handover_id, HandoverOutcome.DECLINED, lambda *_: None, by, at)


def withdraw(db: Database, handover_id: int, *, by: Agent, at: datetime) -> Handover:
    """Take back an offer of one's own that was not answered; nothing moves. Raises `HandoverSettled`."""
    require(by, Permission.KEEP_TILL)
    return _answer(db, handover_id, HandoverOutcome.WITHDRAWN, lambda *_: None, by, at)


_Work = Callable[[Connection, Branch, Handover, datetime], int | None]


def _answer(db: Database, handover_id: int, outcome: HandoverOutcome, work: _Work, by: Agent, at: datetime) -> Handover:
    branch = branch_of(by)

    def answered(connection: Connection) -> Handover:
        instant = ledger.lock_branch(connection, branch).instant(at)
        found = handovers.one(connection, branch.id, handover_id)
        if found is None or found.outcome not in (None, outcome):
            raise HandoverSettled()
        alone = _may_answer(connection, found, outcome, branch, by)
        if found.outcome is None:
            posting_id = work(connection, branch, found, instant)
            handovers.answer(connection, found, outcome, by_id=by.id, at=instant, alone=alone, posting_id=posting_id)
            detail = {"amount_cents": found.amount.cents}
            audit.record(connection, f"float.{outcome}", str(found.id), by=by, at=instant, **detail)
        return _one(connection, branch, handover_id)

    return db.run_write(answered)


def _may_answer(connection: Connection, found: Handover, outcome: HandoverOutcome, branch: Branch, by: Agent) -> bool:
    """Whether it is answered without a second person; raises `HandoverSettled` when it is not theirs to answer."""
    own = found.offered_by_id == by.id
    if outcome is HandoverOutcome.WITHDRAWN:
        theirs = own
    elif found.receiver is None:
        theirs = allowed(by, Permission.GRANT_REPLENISHMENT)
    else:
        theirs = found.receiver.id == by.id
    alone = own and outcome is not HandoverOutcome.WITHDRAWN
    if not theirs or (alone and not settings_of_branch.read(connection, branch).one_person):
        raise HandoverSettled()
    return alone


def _parties(
    connection: Connection, request: HandoverRequest, branch: Branch, by: Agent
) -> tuple[Person | None, Person | None]:
    if request.giver not in ("", by.login):
        raise NotPermitted(Permission.KEEP_TILL)  # nobody gives another's float away
    people = {person.login: person for person in handovers.till_keepers(connection, branch.id)}
    if request.giver == request.receiver or any(
        login not in people for login in (request.giver, request.receiver) if login
    ):
        raise NoSuchColleague()
    return people.get(request.giver), people.get(request.receiver)


def _check(
    connection: Connection, branch: Branch, amount: Money, giver: Person | None, receiver: Person | None
) -> None:
    for person in (giver, receiver):
        if person and counts.is_counted(connection, person.id):
            raise CountUnderWay()
    if giver:
        check_giver(amount, _holding(connection, giver), to_colleague=receiver is not None)
    if receiver:
        authorised = settings_of_branch.read(connection, branch).float_authorised
        check_receiver(amount, _holding(connection, receiver), authorised)


def _holding(connection: Connection, person: Person) -> Holding:
    sums = tills.sums_of_holder(connection, person.id)
    return Holding(sums.get(LedgerAccount.DRAWER, ZERO), -tills.debit_of(sums, FLOAT_PRESENT))


def _one(connection: Connection, branch: Branch, handover_id: int) -> Handover:
    found = handovers.one(connection, branch.id, handover_id)
    if found is None:
        raise HandoverSettled()
    return found
