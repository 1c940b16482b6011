"""Petty cash: vouchers paid from the float, and their reversal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Agent, branch_of
from partnernet.domain.counts import CountUnderWay
from partnernet.domain.entries import PostingKind, reverse
from partnernet.domain.keys import checked_key, is_key
from partnernet.domain.permissions import Permission, require
from partnernet.domain.petty_cash import (
    PettyCash,
    Voucher,
    VoucherNotFound,
    VoucherRequest,
    checked_voucher,
)
from partnernet.domain.refusals import OtherContentForKey
from partnernet.domain.till_entries import voucher_entry
from partnernet.services import audit
from partnernet.storage import counts, ledger, replenishments, settings_of_branch, tills, vouchers
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
            present = tills.float_present(connection, by.id)
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
            present=tills.float_present(connection, by.id),
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
            requests=replenishments.requests(connection, branch.id, agent_id=by.id),
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


def _not_counting(connection: Connection, agent: Agent) -> None:
    if counts.is_open(connection, agent.id):
        raise CountUnderWay()
