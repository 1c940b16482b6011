"""Till sessions, and what an agent holds as sums over the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, select, update

from partnernet.domain.entries import FLOAT_PRESENT, LedgerAccount
from partnernet.domain.money import Money, total
from partnernet.domain.till import TillOpenElsewhere
from partnernet.storage.tables import branch, ledger_line, reconciliation, till_session


class OpenTill(NamedTuple):
    """An open till session, the branch of which it is, and since when."""

    id: int
    branch_id: int
    branch_code: str
    opened_at: datetime


_OPEN_SESSION = (
    select(till_session.c.id, till_session.c.branch_id, branch.c.code, till_session.c.opened_at)
    .join(branch, branch.c.id == till_session.c.branch_id)
    .where(till_session.c.agent_id == bindparam("agent_id"), till_session.c.closed_at.is_(None))
)


def open_session(connection: Connection, agent_id: int, branch_id: int, at: datetime) -> int:
    """The agent's open till session, which the first posting of a day opens by itself.

    The caller holds the branch's lock; a partial unique index keeps one open session per agent whatever happens.
    Raises `TillOpenElsewhere` when it is open in another branch.
    """
    found = session_of(connection, agent_id)
    if found and found.branch_id != branch_id:
        raise TillOpenElsewhere(found.branch_code)
    if found:
        return found.id
    values = {"agent_id": agent_id, "branch_id": branch_id, "opened_at": at}
    return connection.execute(insert(till_session).values(**values).returning(till_session.c.id)).scalar_one()


def require_branch(connection: Connection, session_id: int, branch_id: int) -> None:
    """Raise `TillOpenElsewhere` when a session is of another branch than the one that its agent serves now."""
    query = select(till_session.c.branch_id, branch.c.code).join(branch, branch.c.id == till_session.c.branch_id)
    row = connection.execute(query.where(till_session.c.id == session_id)).one()
    if row.branch_id != branch_id:
        raise TillOpenElsewhere(row.code)


def session_of(connection: Connection, agent_id: int) -> OpenTill | None:
    """The agent's open session, ``None`` when there is none."""
    row = connection.execute(_OPEN_SESSION, {"agent_id": agent_id}).one_or_none()
    return OpenTill(row.id, row.branch_id, row.code, row.opened_at) if row else None


def session_of_posting(connection: Connection, posting_id: int) -> int:
    """The till session into which money was posted."""
    line = ledger_line.c
    query = select(line.till_session_id).where(line.posting_id == posting_id, line.till_session_id.is_not(None))
    return int(connection.execute(query.limit(1)).scalar_one() or 0)


def is_submitted(connection: Connection, session_id: int) -> bool:
    """Whether the session was submitted: from then on nothing moves in it but its bag."""
    query = select(reconciliation.c.id).where(reconciliation.c.till_session_id == session_id)
    return connection.execute(query).first() is not None


def close(connection: Connection, session_id: int, at: datetime) -> None:
    """From here on payments go to the agent's next session."""
    open_still = till_session.c.closed_at.is_(None)
    connection.execute(update(till_session).where(till_session.c.id == session_id, open_still).values(closed_at=at))


def sums_of_session(connection: Connection, session_id: int, holder_id: int) -> dict[LedgerAccount, Money]:
    """Debit less credit of each account of an agent's till session."""
    return _sums(connection, ledger_line.c.till_session_id == session_id, ledger_line.c.holder_id == holder_id)


def sums_of_holder(connection: Connection, holder_id: int) -> dict[LedgerAccount, Money]:
    """Debit less credit of each account of a holder; accounts never touched are left out."""
    return _sums(connection, ledger_line.c.holder_id == holder_id)


def float_present(connection: Connection, holder_id: int) -> Money:
    """What a holder has of the branch's funds: the float, vouchers and shortages taken off."""
    return -debit_of(sums_of_holder(connection, holder_id), FLOAT_PRESENT)


def sums_of_custody(connection: Connection, branch_id: int) -> dict[LedgerAccount, Money]:
    """Debit less credit of each account of what a branch itself has, no agent holding it any more."""
    return _sums(connection, ledger_line.c.branch_id == branch_id, ledger_line.c.holder_id.is_(None))


def _sums(connection: Connection, *which: ColumnElement[bool]) -> dict[LedgerAccount, Money]:
    line = ledger_line.c
    rows = connection.execute(
        select(line.account, func.sum(line.debit_cents - line.credit_cents).label("cents"))
        .where(*which)
        .group_by(line.account)
        .order_by(line.account)  # the lines of an entry made of them stand in one order everywhere
    )
    return {LedgerAccount(row.account): Money(int(row.cents)) for row in rows}


def debit_of(sums: dict[LedgerAccount, Money], accounts: Iterable[LedgerAccount]) -> Money:
    """The debit balance of some accounts together (below zero: a credit balance)."""
    return total(sums[account] for account in accounts if account in sums)
