"""Petty cash: vouchers paid from the float, their reversal, and replenishments granted by another person."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, select

from partnernet.domain.agents import Agent, Branch, branch_of
from partnernet.domain.counts import CountUnderWay
from partnernet.domain.entries import FLOAT_PRESENT, PostingKind, reverse
from partnernet.domain.keys import checked_key, is_key, part_of
from partnernet.domain.money import ZERO, Money
from partnernet.domain.permissions import Permission, Role, require
from partnernet.domain.petty_cash import (
    NothingToReplenish,
    OwnRequest,
    PettyCash,
    Replenishment,
    ReplenishmentSettled,
    Voucher,
    VoucherNotFound,
    VoucherRequest,
    checked_voucher,
    waiting,
)
from partnernet.domain.refusals import OtherContentForKey
from partnernet.domain.till_entries import float_entry, voucher_entry
from partnernet.services import audit
from partnernet.storage import counts, ledger, settings_of_branch, tills, vouchers
from partnernet.storage import tables as t
from partnernet.storage.database import Database


def pay_voucher(db: Database, request: VoucherRequest, *, by: Agent, at: datetime) -> Voucher:
    """Pay a voucher from one's own float; the same key gives the same voucher.

    Raises those of `checked_voucher`, and `CountUnderWay`.
    """
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    checked_key(request.key)

    def work(connection: Connection) -> Voucher:
        head = ledger.lock_branch(connection, branch)
        instant = head.instant(at)
        existing = ledger.replayed(connection, request.key, (branch.id, by.id, request.fingerprint()))
        posting_id = existing.posting_id if existing else None
        if posting_id is None:
            _not_counting(connection, by)
            settings = settings_of_branch.read(connection, branch)
            present = _float_present(connection, by.id)
            checked = checked_voucher(request, settings, present, branch.business_date(instant))
            session_id = tills.open_session(connection, by.id, branch.id, instant)
            new = ledger.NewPosting(
                branch=branch,
                kind=PostingKind.VOUCHER,
                key=request.key,
                fingerprint=request.fingerprint(),
                at=instant,
                agent_id=by.id,
                entry=voucher_entry(checked.amount, agent_id=by.id, session_id=session_id),
            )
            posting_id = ledger.post(connection, head, new).id
            vouchers.keep(connection, posting_id, checked)
            audit.record(connection, "voucher.paid", by.login, by=by, at=instant, amount_cents=checked.amount.cents)
        found = vouchers.by_posting(connection, posting_id)
        if found is None:
            raise OtherContentForKey(request.key)
        return found

    return db.run_write(work)


def by_key(db: Database, key: str, *, by: Agent) -> Voucher | None:
    """One's own voucher that a form's key has already paid; ``None`` while it has paid none."""
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    if not is_key(key):
        return None
    with db.read() as connection:
        posted = ledger.find_by_key(connection, key)
        if posted is None or (posted.branch_id, posted.agent_id) != (branch.id, by.id):
            return None
        return vouchers.by_posting(connection, posted.posting_id)


def of_agent(db: Database, *, by: Agent) -> PettyCash | None:
    """One's own petty cash; ``None`` while one's till is being counted, since its figures would tell of the drawer."""
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    with db.read() as connection:
        if counts.is_open(connection, by.id):
            return None
        settings, session = settings_of_branch.read(connection, branch), tills.session_of(connection, by.id)
        return PettyCash(
            authorised=settings.float_authorised,
            present=_float_present(connection, by.id),
            limit=settings.voucher_limit,
            vouchers=tuple(
                voucher
                for each in counts.unsubmitted(connection, by.id)
                for voucher in vouchers.of_session(connection, each)
            ),
            reversible=frozenset(
                voucher.posting_id
                for voucher in (vouchers.of_session(connection, session.id) if session else ())
                if not voucher.reversed
            ),
            requests=vouchers.requests(connection, branch.id, agent_id=by.id),
        )


def reverse_voucher(db: Database, posting_id: int, key: str, *, by: Agent, at: datetime) -> Voucher:
    """Take back one's own voucher while its till session is open: equal and opposite, once; the money is back in the
    drawer. Raises `VoucherNotFound` for any other voucher, and `CountUnderWay`."""
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    checked_key(key)
    fingerprint = f"reverse voucher {posting_id}"

    def work(connection: Connection) -> Voucher:
        head = ledger.lock_branch(connection, branch)
        instant = head.instant(at)
        voucher = vouchers.by_posting(connection, posting_id)
        if voucher is None:
            raise VoucherNotFound()
        if ledger.replayed(connection, key, (branch.id, by.id, fingerprint)) is None:
            session, entry = tills.session_of(connection, by.id), ledger.entry_of(connection, posting_id)
            ours = {(line.holder_id, line.till_session_id) for line in entry.lines}
            if voucher.reversed or session is None or ours != {(by.id, session.id)}:
                raise VoucherNotFound()
            _not_counting(connection, by)
            new = ledger.NewPosting(
                branch=branch,
                kind=PostingKind.REVERSAL,
                key=key,
                fingerprint=fingerprint,
                at=instant,
                agent_id=by.id,
                entry=reverse(entry),
                reverses_id=posting_id,
            )
            ledger.post(connection, head, new)
            detail = {"amount_cents": voucher.amount.cents}
            audit.record(connection, "voucher.reversed", by.login, by=by, at=instant, **detail)
        return replace(voucher, reversed=True)

    return db.run_write(work)


def ask_replenishment(db: Database, key: str, *, by: Agent, at: datetime) -> Money:
    """Ask for what is missing from one's float; returns the amount. Raises `NothingToReplenish`, `CountUnderWay`."""
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    checked_key(key)

    def work(connection: Connection) -> Money:
        instant = ledger.lock_branch(connection, branch).instant(at)
        asked = t.replenishment_request
        existing = connection.execute(select(asked).where(asked.c.key == key)).one_or_none()
        if existing:
            if existing.agent_id != by.id:
                raise OtherContentForKey(key)
            return Money(existing.amount_cents)
        _not_counting(connection, by)
        missing = settings_of_branch.read(connection, branch).float_authorised - _float_present(connection, by.id)
        if missing <= ZERO or waiting(vouchers.requests(connection, branch.id, agent_id=by.id), missing):
            raise NothingToReplenish()
        values = {
            "branch_id": branch.id,
            "agent_id": by.id,
            "key": key,
            "amount_cents": missing.cents,
            "asked_at": instant,
        }
        connection.execute(insert(asked).values(**values))
        audit.record(connection, "replenishment.asked", by.login, by=by, at=instant, amount_cents=missing.cents)
        return missing

    return db.run_write(work)


def replenishments(db: Database, *, by: Agent) -> tuple[Replenishment, ...]:
    """What was asked: an agent's own, or the branch's for those who grant."""
    require(by, Permission.KEEP_TILL)
    with db.read() as connection:
        only = by.id if by.role is Role.AGENT else None
        return vouchers.requests(connection, branch_of(by).id, agent_id=only)


def grant_replenishment(db: Database, request_id: int, *, by: Agent, at: datetime) -> Replenishment:
    """Give what was asked, from the branch's funds, never one's own request. A second click gives nothing more.

    Raises `ReplenishmentSettled` when it was granted, or when the float no longer lacks that much, and `OwnRequest`
    unless the branch is declared to be of one person.
    """
    require(by, Permission.GRANT_REPLENISHMENT)
    branch = branch_of(by)

    def work(connection: Connection) -> Replenishment:
        head = ledger.lock_branch(connection, branch)
        instant = head.instant(at)
        query = select(t.replenishment_request).where(
            t.replenishment_request.c.id == request_id, t.replenishment_request.c.branch_id == branch.id
        )
        asked = connection.execute(query).one_or_none()
        granted_by = _granted_by(connection, request_id)
        if asked is None or granted_by not in (None, by.id):
            raise ReplenishmentSettled()
        if granted_by is not None:
            return _request(connection, branch, request_id)
        settings = settings_of_branch.read(connection, branch)
        own = asked.agent_id == by.id
        if own and not settings.one_person:
            raise OwnRequest()
        amount = Money(asked.amount_cents)
        if settings.float_authorised - _float_present(connection, asked.agent_id) < amount:
            raise ReplenishmentSettled()
        session_id = tills.open_session(connection, asked.agent_id, branch.id, instant)
        new = ledger.NewPosting(
            branch=branch,
            kind=PostingKind.REPLENISHMENT,
            key=part_of(asked.key, "grant"),
            fingerprint=f"replenishment {request_id}",
            at=instant,
            agent_id=by.id,
            entry=float_entry(amount, agent_id=asked.agent_id, session_id=session_id),
        )
        posted = ledger.post(connection, head, new)
        grant = {
            "request_id": request_id,
            "posting_id": posted.id,
            "asked_by_id": asked.agent_id,
            "granted_by_id": by.id,
            "alone": own,
        }
        connection.execute(insert(t.replenishment_grant).values(**grant))
        audit.record(connection, "replenishment.granted", str(request_id), by=by, at=instant, amount_cents=amount.cents)
        return _request(connection, branch, request_id)

    return db.run_write(work)


def _request(connection: Connection, branch: Branch, request_id: int) -> Replenishment:
    (found,) = vouchers.requests(connection, branch.id, request_id=request_id)
    return found


def _granted_by(connection: Connection, request_id: int) -> int | None:
    query = select(t.replenishment_grant.c.granted_by_id).where(t.replenishment_grant.c.request_id == request_id)
    return connection.execute(query).scalar_one_or_none()


def _not_counting(connection: Connection, agent: Agent) -> None:
    if counts.is_open(connection, agent.id):
        raise CountUnderWay()


def _float_present(connection: Connection, agent_id: int) -> Money:
    return -tills.debit_of(tills.sums_of_holder(connection, agent_id), FLOAT_PRESENT)
