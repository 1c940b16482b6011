"""Replenishments of the float: asked by who keeps it, granted or refused by another person, or withdrawn."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Agent, Branch, branch_of
from partnernet.domain.counts import CountUnderWay
from partnernet.domain.entries import PostingKind
from partnernet.domain.keys import checked_key, part_of
from partnernet.domain.money import ZERO, Money
from partnernet.domain.permissions import Permission, Role, require
from partnernet.domain.refusals import OtherContentForKey
from partnernet.domain.replenishments import (
    NothingToReplenish,
    OwnRequest,
    Replenishment,
    ReplenishmentOutcome,
    ReplenishmentSettled,
    checked_refusal,
    waiting,
)
from partnernet.domain.till_entries import float_entry
from partnernet.services import audit
from partnernet.storage import counts, ledger, settings_of_branch, tills
from partnernet.storage import replenishments as kept
from partnernet.storage.database import Database


def ask(db: Database, key: str, *, by: Agent, at: datetime) -> Money:
    """Ask for what is missing from one's float; returns the amount. Raises `NothingToReplenish`, `CountUnderWay`."""
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    checked_key(key)

    def work(connection: Connection) -> Money:
        instant = ledger.lock_branch(connection, branch).instant(at)
        existing = kept.by_key(connection, key)
        if existing:
            asked_by_id, amount = existing
            if asked_by_id != by.id:
                raise OtherContentForKey(key)
            return amount
        if counts.is_open(connection, by.id):
            raise CountUnderWay()
        missing = settings_of_branch.read(connection, branch).float_authorised - tills.float_present(connection, by.id)
        if missing <= ZERO or waiting(kept.requests(connection, branch.id, agent_id=by.id), missing):
            raise NothingToReplenish()
        kept.ask(connection, key, missing, branch_id=branch.id, agent_id=by.id, at=instant)
        audit.record(connection, "replenishment.asked", by.login, by=by, at=instant, amount_cents=missing.cents)
        return missing

    return db.run_write(work)


def listed(db: Database, *, by: Agent) -> tuple[Replenishment, ...]:
    """What was asked, newest first: an agent's own, or the branch's for those who grant."""
    require(by, Permission.KEEP_TILL)
    with db.read() as connection:
        only = by.id if by.role is Role.AGENT else None
        return kept.requests(connection, branch_of(by).id, agent_id=only)


def grant(db: Database, request_id: int, *, by: Agent, at: datetime) -> Replenishment:
    """Give what was asked, from the branch's funds, never one's own request. A second click gives nothing more.

    Raises `ReplenishmentSettled` when it was answered, or when the float no longer lacks that much, `OwnRequest` unless
    the branch is declared to be of one person, and `CountUnderWay`: cash that comes in meanwhile is in no count.
    """
    require(by, Permission.GRANT_REPLENISHMENT)
    branch = branch_of(by)

    def work(connection: Connection) -> Replenishment:
        head = ledger.lock_branch(connection, branch)
        instant = head.instant(at)
        asked, asked_by_id, key = _open_request(connection, branch, request_id, ReplenishmentOutcome.GRANTED, by)
        if asked.answer:
            return asked
        settings = settings_of_branch.read(connection, branch)
        own = asked_by_id == by.id
        if own and not settings.one_person:
            raise OwnRequest()
        if counts.is_counted(connection, asked_by_id):
            raise CountUnderWay()
        if settings.float_authorised - tills.float_present(connection, asked_by_id) < asked.amount:
            raise ReplenishmentSettled()
        session_id = tills.open_session(connection, asked_by_id, branch.id, instant)
        new = ledger.NewPosting(
            branch=branch,
            kind=PostingKind.REPLENISHMENT,
            key=part_of(key, "grant"),
            fingerprint=f"replenishment {request_id}",
            at=instant,
            agent_id=by.id,
            entry=float_entry(asked.amount, agent_id=asked_by_id, session_id=session_id),
        )
        posted = ledger.post(connection, head, new)
        granted = ReplenishmentOutcome.GRANTED
        kept.answer(
            connection, request_id, granted,
            asked_by_id=asked_by_id, by_id=by.id, at=instant, alone=own, posting_id=posted.id,
        )  # fmt: skip
        detail = {"amount_cents": asked.amount.cents}
        audit.record(connection, "replenishment.granted", str(request_id), by=by, at=instant, **detail)
        return _request(connection, branch, request_id)

    return db.run_write(work)


def refuse(db: Database, request_id: int, note: str, *, by: Agent, at: datetime) -> Replenishment:
    """Say no to what another person asked, and why; the same person's second click changes nothing.

    Raises `ReplenishmentSettled` when it was answered, `OwnRequest`, and those of `checked_refusal`.
    """
    require(by, Permission.GRANT_REPLENISHMENT)
    branch, reason = branch_of(by), checked_refusal(note)
    return _end_without_money(db, branch, request_id, ReplenishmentOutcome.REFUSED, reason, by, at)


def withdraw(db: Database, request_id: int, *, by: Agent, at: datetime) -> Replenishment:
    """Take one's own request back; a second click changes nothing. Raises `ReplenishmentSettled` for any other."""
    require(by, Permission.KEEP_TILL)
    return _end_without_money(db, branch_of(by), request_id, ReplenishmentOutcome.WITHDRAWN, "", by, at)


def _end_without_money(
    db: Database, branch: Branch, request_id: int, outcome: ReplenishmentOutcome, note: str, by: Agent, at: datetime
) -> Replenishment:
    """Refuse what another person asked, or withdraw what one asked oneself; nothing moves."""

    def work(connection: Connection) -> Replenishment:
        instant = ledger.lock_branch(connection, branch).instant(at)
        asked, asked_by_id, _key = _open_request(connection, branch, request_id, outcome, by)
        if asked.answer:
            return asked
        own, withdrawn = asked_by_id == by.id, outcome is ReplenishmentOutcome.WITHDRAWN
        if own != withdrawn:
            raise OwnRequest() if own else ReplenishmentSettled()
        kept.answer(connection, request_id, outcome, asked_by_id=asked_by_id, by_id=by.id, at=instant, note=note)
        audit.record(connection, f"replenishment.{outcome}", str(request_id), by=by, at=instant)
        return _request(connection, branch, request_id)

    return db.run_write(work)


def _open_request(
    connection: Connection, branch: Branch, request_id: int, outcome: ReplenishmentOutcome, by: Agent
) -> tuple[Replenishment, int, str]:
    """A request with who asked it and their key, open, or given this very answer by this very person already.

    Raises `ReplenishmentSettled` for any other.
    """
    asker = kept.asker(connection, request_id, branch_id=branch.id)
    if asker is None or kept.answered_by(connection, request_id) not in (None, (outcome, by.id)):
        raise ReplenishmentSettled()
    return _request(connection, branch, request_id), *asker


def _request(connection: Connection, branch: Branch, request_id: int) -> Replenishment:
    (found,) = kept.requests(connection, branch.id, request_id=request_id)
    return found
