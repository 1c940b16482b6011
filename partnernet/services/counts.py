"""Counting a till: begin, keep what is typed, freeze. While a count is open nobody sees the agent's figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from partnernet.domain.agents import Agent, Branch, branch_of
from partnernet.domain.counts import (
    AbsentTill,
    CountDraft,
    CountedByAnother,
    CountEntries,
    FrozenCount,
    NoCount,
    NoTill,
    WitnessUnfit,
)
from partnernet.domain.permissions import Permission, require
from partnernet.domain.pieces import read_pieces
from partnernet.domain.shared_cheques import refuse_unfinished
from partnernet.domain.sign_in import SignInRefused
from partnernet.services import audit, credentials
from partnernet.storage import counts, held_cheques, ledger, people, reconciliations, tills
from partnernet.storage.database import Database


def current(db: Database, *, by: Agent, at: datetime, till_of: str = "") -> CountDraft | FrozenCount | None:
    """The count that the person makes: under way, or frozen and waiting for its submission; ``None`` for neither.

    Of their own till, or of that of the absent agent whose login is ``till_of``.
    """
    require(by, Permission.COUNT_FOR_ABSENT if till_of else Permission.KEEP_TILL)
    branch = branch_of(by)
    with db.read() as connection:
        agent_id = people.id_in_branch(connection, branch.id, till_of) if till_of else by.id
        session_id = counts.session_to_count(connection, agent_id) if agent_id else None
        rows = counts.rows_of(connection, session_id) if session_id else []
        if not rows or rows[-1].counted_by_id != by.id:
            return None
        last, today = rows[-1], branch.business_date(at)
        if last.frozen_at is None:
            return counts.draft_of(connection, last, last.agent_id, today)
        return counts.frozen_of(connection, branch, last, last.agent_id, today)


def start(db: Database, *, by: Agent, at: datetime) -> CountDraft:
    """Begin a count of one's own till, or come back to the one under way; a recount is not blind, and says so.

    Raises `NoTill` when nothing was ever received or posted into it, `CountedByAnother`, and `TillOpenElsewhere`.
    """
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    return db.run_write(lambda connection: _start(connection, branch, by.id, by.login, by, at))


def others(db: Database, *, by: Agent) -> tuple[AbsentTill, ...]:
    """The tills of the branch that an absent agent may have left, to be counted by somebody else."""
    require(by, Permission.COUNT_FOR_ABSENT)
    with db.read() as connection:
        return counts.of_others(connection, branch_of(by), by.id)


def start_for_absent(
    db: Database, till_of: str, witness: str, witness_password: str, *, by: Agent, at: datetime
) -> CountDraft:
    """Begin to count the till of an absent agent, beside a witness who signs with their own password.

    What the agent had begun to count is given up. Raises `NoTill`, `WitnessUnfit`, `CountedByAnother`, and the refusals
    of a sign-in for the witness's password, which is throttled like one.
    """
    require(by, Permission.COUNT_FOR_ABSENT)
    branch = branch_of(by)
    with db.read() as connection:
        agent_id = people.id_in_branch(connection, branch.id, till_of)
        witness_id = people.id_in_branch(connection, branch.id, witness)
    if agent_id is None:
        raise NoTill()
    if witness_id is None or len({agent_id, witness_id, by.id}) < 3:
        raise WitnessUnfit()
    proved = credentials.prove(db, witness, witness_password, at=at)
    if proved.by_code:
        raise SignInRefused()  # whoever gave out a one-time code knows it too
    return db.run_write(
        lambda connection: _start(connection, branch, agent_id, till_of, by, at, witness_id=proved.user_id)
    )


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
        return counts.draft_of(connection, _own(connection, count_id, by), row.agent_id, branch.business_date(instant))

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
            refuse_unfinished(held_cheques.unfinished(connection, branch.id, row.agent_id, up_to_session=session_id))
            expected = counts.expected_cash(connection, row.till_session_id, row.agent_id)
            held = {cheque.id for cheque in counts.draft_of(connection, row, row.agent_id, today).cheques}
            counts.freeze(connection, count_id, counted=counted, ticked=ticked & held, expected=expected, at=instant)
            tills.close(connection, row.till_session_id, instant)
            detail = {"counted_cents": counted.total().cents, "expected_cents": expected.cents, "blind": row.blind}
            audit.record(connection, "count.frozen", by.login, by=by, at=instant, **detail)
            row = _own(connection, count_id, by)
        return counts.frozen_of(connection, branch, row, row.agent_id, today)

    return db.run_write(work)


def _start(
    connection: Connection,
    branch: Branch,
    agent_id: int,
    login: str,
    by: Agent,
    at: datetime,
    witness_id: int | None = None,
) -> CountDraft:
    head = ledger.lock_branch(connection, branch)
    instant = head.instant(at)
    session_id = counts.session_to_count(connection, agent_id)
    if session_id is None:
        raise NoTill()
    tills.require_branch(connection, session_id, branch.id)
    rows = counts.rows_of(connection, session_id)
    if rows and rows[-1].frozen_at is None and rows[-1].counted_by_id != by.id:
        if witness_id is None or rows[-1].counted_by_id != agent_id:
            raise CountedByAnother(rows[-1].counted_by)
        counts.drop_draft(connection, rows[-1].id)  # the absent agent left it behind
        audit.record(connection, "count.dropped", login, by=by, at=instant)
        rows = counts.rows_of(connection, session_id)
    if not rows or rows[-1].frozen_at is not None:
        blind = not rows and not reconciliations.returned_into(connection, agent_id, session_id)
        counts.start(
            connection,
            session_id=session_id,
            number=len(rows) + 1,
            blind=blind,
            by_id=by.id,
            at=instant,
            after_sequence=head.last_sequence,
            witness_id=witness_id,
        )
        audit.record(connection, "count.started", login, by=by, at=instant, blind=blind)
        rows = counts.rows_of(connection, session_id)
    return counts.draft_of(connection, rows[-1], agent_id, branch.business_date(instant))


def _own(connection: Connection, count_id: int, by: Agent) -> Row[Any]:
    """A count that the person makes, of their own till or of an absent agent's."""
    row = counts.row_of(connection, count_id)
    if row is None or row.counted_by_id != by.id:
        raise NoCount()
    tills.require_branch(connection, row.till_session_id, branch_of(by).id)
    return row


def _own_draft(connection: Connection, count_id: int, by: Agent) -> Row[Any]:
    row = _own(connection, count_id, by)
    if row.frozen_at is not None:
        raise NoCount()
    return row
