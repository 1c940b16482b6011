"""Counting a till: begin, keep what is typed, freeze. While a count is open nobody sees the agent's figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from partnernet.domain.agents import Agent, branch_of
from partnernet.domain.counts import CountDraft, CountEntries, FrozenCount, NoCount, NoTill
from partnernet.domain.permissions import Permission, require
from partnernet.domain.pieces import read_pieces
from partnernet.domain.shared_cheques import refuse_unfinished
from partnernet.services import audit
from partnernet.storage import counts, held_cheques, ledger, reconciliations, tills
from partnernet.storage.database import Database


def current(db: Database, *, by: Agent, at: datetime) -> CountDraft | FrozenCount | None:
    """The agent's own count: under way, or frozen and waiting for its submission; ``None`` when there is neither."""
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    with db.read() as connection:
        session_id = counts.session_to_count(connection, by.id)
        rows = counts.rows_of(connection, session_id) if session_id else []
        if not rows:
            return None
        last, today = rows[-1], branch.business_date(at)
        if last.frozen_at is None:
            return counts.draft_of(connection, last, by.id, today)
        return counts.frozen_of(connection, branch, last, by.id, today)


def start(db: Database, *, by: Agent, at: datetime) -> CountDraft:
    """Begin a count of one's own till, or come back to the one under way; a recount is not blind, and says so.

    Raises `NoTill` when nothing was ever received or posted into it, and `TillOpenElsewhere`.
    """
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)

    def work(connection: Connection) -> CountDraft:
        head = ledger.lock_branch(connection, branch)
        instant = head.instant(at)
        session_id = counts.session_to_count(connection, by.id)
        if session_id is None:
            raise NoTill()
        tills.require_branch(connection, session_id, branch.id)
        rows = counts.rows_of(connection, session_id)
        if not rows or rows[-1].frozen_at is not None:
            blind = not rows and not reconciliations.returned_into(connection, by.id, session_id)
            counts.start(
                connection,
                session_id=session_id,
                number=len(rows) + 1,
                blind=blind,
                by_id=by.id,
                at=instant,
                after_sequence=head.last_sequence,
            )
            audit.record(connection, "count.started", by.login, by=by, at=instant, blind=blind)
            rows = counts.rows_of(connection, session_id)
        return counts.draft_of(connection, rows[-1], by.id, branch.business_date(instant))

    return db.run_write(work)


def save(db: Database, count_id: int, entries: CountEntries, *, by: Agent, at: datetime) -> CountDraft:
    """Keep what was just typed and ticked, exactly as it was, in the draft, whose other lines stay as they are.

    The last writer of a line wins. Raises `NoCount` when the count was frozen or given up meanwhile.
    """
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)

    def work(connection: Connection) -> CountDraft:
        instant = ledger.lock_branch(connection, branch).instant(at)
        row = _own_draft(connection, count_id, by)
        counts.save_draft(connection, row, entries)
        return counts.draft_of(connection, _own(connection, count_id, by), by.id, branch.business_date(instant))

    return db.run_write(work)


def drop(db: Database, count_id: int, *, by: Agent, at: datetime) -> None:
    """Give up a count under way; what was typed is forgotten, that it was begun stays in the audit log."""
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)

    def work(connection: Connection) -> None:
        instant = ledger.lock_branch(connection, branch).instant(at)
        _own_draft(connection, count_id, by)
        counts.drop_draft(connection, count_id)
        audit.record(connection, "count.dropped", by.login, by=by, at=instant)

    db.run_write(work)


def freeze(
    db: Database,
    count_id: int,
    typed: Mapping[int, str],
    rolls: Mapping[int, str],
    ticked: frozenset[int],
    *,
    by: Agent,
    at: datetime,
) -> FrozenCount:
    """« Figer le décompte »: fix what was counted, reveal what was expected, close the session to further payments.

    Frozen again by a double click or a second browser, it is the same count. Raises `CountRefused` with every line that
    cannot be read, `NoCount`, and `ChequeNotFullyApplied` while something is left of a cheque for several accounts.
    """
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    counted = read_pieces(typed, rolls)

    def work(connection: Connection) -> FrozenCount:
        instant = ledger.lock_branch(connection, branch).instant(at)
        row = _own(connection, count_id, by)
        today = branch.business_date(instant)
        if row.frozen_at is None:
            session_id = row.till_session_id
            refuse_unfinished(held_cheques.unfinished(connection, branch.id, by.id, up_to_session=session_id))
            expected = counts.expected_cash(connection, row.till_session_id, by.id)
            held = {cheque.id for cheque in counts.draft_of(connection, row, by.id, today).cheques}
            counts.freeze(connection, count_id, counted=counted, ticked=ticked & held, expected=expected, at=instant)
            tills.close(connection, row.till_session_id, instant)
            detail = {"counted_cents": counted.total().cents, "expected_cents": expected.cents, "blind": row.blind}
            audit.record(connection, "count.frozen", by.login, by=by, at=instant, **detail)
            row = _own(connection, count_id, by)
        return counts.frozen_of(connection, branch, row, by.id, today)

    return db.run_write(work)


def _own(connection: Connection, count_id: int, by: Agent) -> Row[Any]:
    row = counts.row_of(connection, count_id)
    if row is None or row.agent_id != by.id:
        raise NoCount()
    tills.require_branch(connection, row.till_session_id, branch_of(by).id)
    return row


def _own_draft(connection: Connection, count_id: int, by: Agent) -> Row[Any]:
    row = _own(connection, count_id, by)
    if row.frozen_at is not None:
        raise NoCount()
    return row
