"""Counts of a till from their rows: the draft as it was typed, and what was frozen."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from partnernet.domain.agents import Branch
from partnernet.domain.counts import ENTRY_LIMIT_CHARS, AbsentTill, CountDraft, CountEntries, FrozenCount, suspects
from partnernet.domain.entries import LedgerAccount
from partnernet.domain.money import ZERO, Money
from partnernet.domain.pieces import Pieces, pieces
from partnernet.storage import day_payments, held_cheques, tills
from partnernet.storage import tables as t

_count = t.till_count.c
_counter, _witness = t.app_user.alias("counter"), t.app_user.alias("witness")
# A count with the agent and branch of its till, and who counted it.
_QUERY = (
    select(
        t.till_count,
        t.till_session.c.agent_id,
        t.till_session.c.branch_id,
        _counter.c.name.label("counted_by"),
        _witness.c.name.label("witness"),
    )
    .join(t.till_session, t.till_session.c.id == _count.till_session_id)
    .join(_counter, _counter.c.id == _count.counted_by_id)
    .outerjoin(_witness, _witness.c.id == _count.witness_id)
)


def is_open(connection: Connection, agent_id: int) -> bool:
    """Whether a count of the agent's till is under way: it is blind, so no figure may be shown anywhere."""
    query = (
        select(_count.id)
        .join(t.till_session, t.till_session.c.id == _count.till_session_id)
        .where(t.till_session.c.agent_id == agent_id, _count.frozen_at.is_(None))
    )
    return connection.execute(query.limit(1)).first() is not None


def being_counted(connection: Connection, branch_id: int) -> frozenset[str]:
    """The logins of a branch's agents whose count is under way."""
    query = (
        select(t.app_user.c.login)
        .join(t.till_session, t.till_session.c.agent_id == t.app_user.c.id)
        .join(t.till_count, _count.till_session_id == t.till_session.c.id)
        .where(t.till_session.c.branch_id == branch_id, _count.frozen_at.is_(None))
    )
    return frozenset(connection.execute(query).scalars())


def session_to_count(connection: Connection, agent_id: int) -> int | None:
    """The agent's frozen session that waits for submission, else the open one."""
    return next(iter(unsubmitted(connection, agent_id)), None)


def waits_for_submission(connection: Connection, agent_id: int) -> bool:
    """Whether a frozen session of the agent has not been submitted yet."""
    session = t.till_session.c
    closed = select(session.id).where(session.closed_at.is_not(None), session.id.in_(unsubmitted(connection, agent_id)))
    return connection.execute(closed).first() is not None


def is_counted(connection: Connection, agent_id: int) -> bool:
    """Whether the till is being counted or its count waits for submission: nothing is taken out of it meanwhile."""
    return is_open(connection, agent_id) or waits_for_submission(connection, agent_id)


def unsubmitted(connection: Connection, agent_id: int) -> list[int]:
    """The agent's till sessions since the last submission: the frozen one that waits for it, then the open one."""
    session = t.till_session.c
    submitted = select(t.reconciliation.c.id).where(t.reconciliation.c.till_session_id == session.id)
    query = select(session.id).where(session.agent_id == agent_id, ~submitted.exists())
    return list(connection.execute(query.order_by(session.id)).scalars())


def rows_of(connection: Connection, session_id: int) -> list[Row[Any]]:
    """Every count of a session in the order they were made."""
    return list(connection.execute(_QUERY.where(_count.till_session_id == session_id).order_by(_count.number)))


def row_of(connection: Connection, count_id: int) -> Row[Any] | None:
    """One count."""
    return connection.execute(_QUERY.where(_count.id == count_id)).one_or_none()


def witness_of(connection: Connection, count_id: int) -> int | None:
    """Who stood by while an absent agent's till was counted."""
    return connection.execute(select(_count.witness_id).where(_count.id == count_id)).scalar_one_or_none()


def of_others(connection: Connection, branch: Branch, but_id: int) -> tuple[AbsentTill, ...]:
    """The tills of a branch that were not submitted, but one person's own, by name."""
    session, user = t.till_session.c, t.app_user.c
    submitted = select(t.reconciliation.c.id).where(t.reconciliation.c.till_session_id == session.id)
    query = (
        select(user.login, user.name, user.active, func.min(session.opened_at).label("opened_at"))
        .join(t.till_session, session.agent_id == user.id)
        .where(session.branch_id == branch.id, user.id != but_id, ~submitted.exists())
        .group_by(user.id, user.login, user.name, user.active)
        .order_by(user.name, user.login)
    )
    return tuple(AbsentTill(row.login, row.name, row.opened_at, row.active) for row in connection.execute(query))


def start(
    connection: Connection,
    *,
    session_id: int,
    number: int,
    blind: bool,
    by_id: int,
    at: datetime,
    after_sequence: int,
    witness_id: int | None = None,
) -> None:
    """Begin a count with nothing typed, after the branch's posting ``after_sequence``."""
    values = {
        "till_session_id": session_id,
        "number": number,
        "blind": blind,
        "counted_by_id": by_id,
        "witness_id": witness_id,
        "started_at": at,
        "draft": json.dumps({"typed": {}, "rolls": {}, "ticked": [], "after_sequence": after_sequence}),
    }
    connection.execute(insert(t.till_count).values(**values))


def save_draft(connection: Connection, row: Row[Any], entries: CountEntries) -> None:
    """Keep what was typed and ticked beside what the draft holds already. The caller holds the branch's lock."""
    kept = json.loads(row.draft)
    for lines, changed in ((kept["typed"], entries.typed), (kept["rolls"], entries.rolls)):
        lines |= {str(denomination_cents): text[:ENTRY_LIMIT_CHARS] for denomination_cents, text in changed.items()}
    ticked = {cheque_id for cheque_id in kept["ticked"] if entries.ticks.get(cheque_id, True)}
    kept["ticked"] = sorted(ticked | {cheque_id for cheque_id, ticks in entries.ticks.items() if ticks})
    draft = json.dumps(kept, ensure_ascii=False)
    connection.execute(update(t.till_count).where(_count.id == row.id, _count.frozen_at.is_(None)).values(draft=draft))


def drop_draft(connection: Connection, count_id: int) -> None:
    """Give up a count that was not frozen."""
    connection.execute(delete(t.till_count).where(_count.id == count_id, _count.frozen_at.is_(None)))


def freeze(
    connection: Connection, count_id: int, *, counted: Pieces, ticked: frozenset[int], expected: Money, at: datetime
) -> None:
    """Fix what was counted beside what the ledger expects."""
    values = {"frozen_at": at, "counted_cents": counted.total().cents, "expected_cents": expected.cents}
    connection.execute(update(t.till_count).where(_count.id == count_id).values(**values))
    for denomination_cents, quantity in counted.lines():
        row = {"count_id": count_id, "denomination_cents": denomination_cents, "quantity": quantity}
        connection.execute(insert(t.till_count_piece).values(**row))
    for cheque_id in sorted(ticked):
        connection.execute(insert(t.till_count_cheque).values(count_id=count_id, cheque_id=cheque_id))


def expected_cash(connection: Connection, session_id: int, agent_id: int) -> Money:
    """The drawer of a till session by the ledger."""
    return tills.sums_of_session(connection, session_id, agent_id).get(LedgerAccount.DRAWER, ZERO)


def draft_of(connection: Connection, row: Row[Any], agent_id: int, today: date) -> CountDraft:
    """A count under way, with the cheques to tick."""
    kept = json.loads(row.draft)
    return CountDraft(
        id=row.id,
        session_id=row.till_session_id,
        number=row.number,
        blind=row.blind,
        started_at=row.started_at,
        typed={int(denomination_cents): text for denomination_cents, text in kept["typed"].items()},
        rolls={int(denomination_cents): text for denomination_cents, text in kept["rolls"].items()},
        ticked=frozenset(kept["ticked"]),
        cheques=held_cheques.in_session(connection, agent_id, row.till_session_id, today),
        payments_since=_payments_since(connection, row.till_session_id, kept["after_sequence"]),
    )


def frozen_of(connection: Connection, branch: Branch, row: Row[Any], agent_id: int, today: date) -> FrozenCount:
    """A frozen count with what could explain its difference."""
    ticked = held_cheques.of_count(connection, row.id, today)
    held = held_cheques.in_session(connection, agent_id, row.till_session_id, today)
    difference = Money(row.counted_cents - row.expected_cents)
    return FrozenCount(
        id=row.id,
        session_id=row.till_session_id,
        number=row.number,
        blind=row.blind,
        frozen_at=row.frozen_at,
        pieces=pieces_of(connection, t.till_count_piece, t.till_count_piece.c.count_id, row.id),
        counted=Money(row.counted_cents),
        expected=Money(row.expected_cents),
        cheques=ticked,
        missing=tuple(cheque for cheque in held if cheque not in ticked),
        counted_by=row.counted_by,
        witness=row.witness or "",
        suspects=suspects(day_payments.of_session(connection, branch, row.till_session_id, agent_id), difference),
    )


def pieces_of(connection: Connection, table: Any, owner: Any, owner_id: int) -> Pieces:
    """Pieces kept as rows of ``denomination_cents`` and ``quantity``."""
    rows = connection.execute(select(table.c.denomination_cents, table.c.quantity).where(owner == owner_id))
    return pieces({row.denomination_cents: row.quantity for row in rows})


def _payments_since(connection: Connection, session_id: int, after_sequence: int) -> int:
    line = t.ledger_line.c
    query = (
        select(func.count(func.distinct(t.payment.c.posting_id)))
        .join(t.posting, t.posting.c.id == t.payment.c.posting_id)
        .join(t.ledger_line, line.posting_id == t.posting.c.id)
        .outerjoin(t.reentry, t.reentry.c.posting_id == t.posting.c.id)
        .where(
            line.till_session_id == session_id,
            t.posting.c.sequence > after_sequence,
            t.reentry.c.posting_id.is_(None),  # what is entered again was there when the count began
        )
    )
    return connection.execute(query).scalar_one()
