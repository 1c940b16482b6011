"""Batches that went out: what is to go in the next one, their rows, and their files as they were written.

Whoever cuts a batch holds the lock of every branch: what is read here stands still until the batch is kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, func, insert, literal, select

from partnernet.domain.agents import Branch
from partnernet.domain.batch_files import PaymentLine
from partnernet.domain.batches import Anchor, Batch, BatchFile
from partnernet.domain.money import ZERO, Money
from partnernet.domain.reversals import ReversalReason
from partnernet.domain.tenders import Tender
from partnernet.storage import tables as t
from partnernet.storage.receipts import receipt_number

_CHUNK_ROWS = 2_000
_batch = t.export_batch.c
_PAID = t.payment.c.posting_id == func.coalesce(t.posting.c.reverses_id, t.posting.c.id)
_IS_REVERSAL = t.posting.c.reverses_id.is_not(None)


class Totals(NamedTuple):
    """How many payments and reversals, what each come to, and when the oldest was posted."""

    payment_count: int = 0
    reversal_count: int = 0
    payments: Money = ZERO
    reversals: Money = ZERO
    since: datetime | None = None

    def and_those(self, other: Totals) -> Totals:
        """Both together."""
        return Totals(
            self.payment_count + other.payment_count,
            self.reversal_count + other.reversal_count,
            self.payments + other.payments,
            self.reversals + other.reversals,
            min((moment for moment in (self.since, other.since) if moment), default=None),
        )


def _unsent(branch: Branch, *columns: Any) -> Any:
    """Payments and their reversals of a branch that are in no batch, each with the payment that it is or undoes.

    The reversal of a voucher undoes no payment, and is not for the principal.
    """
    return (
        select(*columns)
        .select_from(t.posting)
        .join(t.payment, _PAID)
        .outerjoin(t.cheque, t.cheque.c.id == t.payment.c.cheque_id)
        .outerjoin(t.export_line, t.export_line.c.posting_id == t.posting.c.id)
        .where(
            t.posting.c.branch_id == branch.id,
            t.posting.c.kind.in_(("payment", "reversal")),
            t.export_line.c.posting_id.is_(None),
        )
    )


def _may_go(today: date) -> ColumnElement[bool]:
    """From the date of the cheque on. A reversal has the cheque of its payment, and so never goes before it."""
    return t.cheque.c.id.is_(None) | (t.cheque.c.dated <= today)


def unsent(connection: Connection, branch: Branch, today: date) -> tuple[Totals, Totals]:
    """What a branch has to send on its business date, and what waits for the date of its cheque."""
    goes = _may_go(today).label("goes")
    query = _unsent(
        branch,
        goes,
        _IS_REVERSAL.label("reversal"),
        func.count().label("postings"),
        func.sum(t.payment.c.amount_cents).label("cents"),
        func.min(t.posting.c.posted_at).label("since"),
    )
    found = {True: Totals(), False: Totals()}
    for row in connection.execute(query.group_by(goes, _IS_REVERSAL)):
        amount = Money(int(row.cents))
        undone = Totals(0, row.postings, ZERO, amount, row.since)
        paid = Totals(row.postings, 0, amount, ZERO, row.since)
        found[bool(row.goes)] = found[bool(row.goes)].and_those(undone if row.reversal else paid)
    return found[True], found[False]


# --- keeping a batch ------------------------------------------------------------------------------------------------


def next_number(connection: Connection) -> int:
    """The number after the last batch's; one cuts at a time."""
    return int(connection.execute(select(func.coalesce(func.max(_batch.number), 0))).scalar_one()) + 1


def last_cut_at(connection: Connection) -> datetime | None:
    """When the last batch was cut; ``None`` before the first."""
    return connection.execute(select(_batch.cut_at).order_by(_batch.number.desc()).limit(1)).scalar_one_or_none()


def keep(connection: Connection, batch: Batch, key: str) -> None:
    """Keep a batch; the primary key keeps its number single."""
    anchors = [[anchor.branch_code, anchor.sequence, anchor.hash] for anchor in batch.anchors]
    values = {
        "number": batch.number,
        "key": key,
        "cut_at": batch.cut_at,
        "cut_by": batch.cut_by,
        "payment_count": batch.payment_count,
        "reversal_count": batch.reversal_count,
        "payments_cents": batch.payments.cents,
        "reversals_cents": batch.reversals.cents,
        "anchors": json.dumps(anchors),
    }
    connection.execute(insert(t.export_batch).values(**values))


def take(connection: Connection, number: int, branch: Branch, today: date) -> None:
    """Put what a branch has to send into a batch, by sequence, after the lines that it has.

    The database does it by itself: whoever cuts keeps the counters waiting. The primary key keeps each posting single.
    """
    line = t.export_line.c
    last = select(func.coalesce(func.max(line.position), 0)).where(line.batch_number == number).scalar_subquery()
    position = last + func.row_number().over(order_by=t.posting.c.sequence)
    chosen = _unsent(branch, t.posting.c.id, literal(number), position).where(_may_go(today))
    columns = ["posting_id", "batch_number", "position"]
    connection.execute(insert(t.export_line).from_select(columns, chosen))


def keep_file(connection: Connection, number: int, kind: BatchFile, content: str) -> None:
    """Keep a file of a batch, which is given out from here ever after."""
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    values = {"batch_number": number, "kind": kind.value, "content": content, "sha256": sha256}
    connection.execute(insert(t.export_file).values(**values))


def keep_deposits(connection: Connection, number: int, deposit_ids: Sequence[int]) -> None:
    """That these deposits went out with a batch; the primary key keeps it single."""
    rows = [{"deposit_id": deposit_id, "batch_number": number} for deposit_id in deposit_ids]
    connection.execute(insert(t.export_deposit), rows)


# --- reading batches ------------------------------------------------------------------------------------------------

_deposit_count = (
    select(func.count())
    .where(t.export_deposit.c.batch_number == _batch.number)
    .correlate(t.export_batch)
    .scalar_subquery()
)
_BATCHES = select(t.export_batch, _deposit_count.label("deposit_count"))


def every(connection: Connection) -> tuple[Batch, ...]:
    """Every batch, newest first."""
    return tuple(_of_row(row) for row in connection.execute(_BATCHES.order_by(_batch.number.desc())))


def last(connection: Connection) -> Batch | None:
    """The newest batch."""
    row = connection.execute(_BATCHES.order_by(_batch.number.desc()).limit(1)).one_or_none()
    return _of_row(row) if row else None


def one(connection: Connection, number: int) -> Batch | None:
    """The batch of this number."""
    row = connection.execute(_BATCHES.where(_batch.number == number)).one_or_none()
    return _of_row(row) if row else None


def by_key(connection: Connection, key: str) -> Batch | None:
    """The batch that an idempotency key already made."""
    row = connection.execute(_BATCHES.where(_batch.key == key)).one_or_none()
    return _of_row(row) if row else None


def content(connection: Connection, number: int, kind: BatchFile) -> str | None:
    """A file of a batch; ``None`` when it has none of this kind."""
    file = t.export_file.c
    query = select(file.content).where(file.batch_number == number, file.kind == kind.value)
    return connection.execute(query).scalar_one_or_none()


def lines(connection: Connection, number: int) -> Iterator[PaymentLine]:
    """The lines of a batch in their order, from the ledger."""
    query = _LINES.where(t.export_line.c.batch_number == number).order_by(t.export_line.c.position)
    for row in connection.execute(query.execution_options(yield_per=_CHUNK_ROWS)):
        yield PaymentLine(
            receipt_number=receipt_number(row.branch_code, row.receipt_number),
            branch_code=row.branch_code,
            account_number=row.account_number,
            business_date=row.business_date,
            posted_at=row.posted_at,
            tender=Tender(row.tender),
            amount=Money(row.amount_cents),
            received=Money(row.received_cents),
            cheque_number=row.cheque_number or "",
            cheque_institution=row.cheque_institution or "",
            cheque_date=row.cheque_date,
            agent_login=row.agent_login,
            reason=ReversalReason(row.reason) if row.reason else None,
        )


# The agent of a payment that was entered again is whoever took the money.
_LINES = (
    select(
        t.branch.c.code.label("branch_code"),
        t.posting.c.business_date,
        t.posting.c.posted_at,
        t.payment.c.receipt_number,
        t.payment.c.tender,
        t.payment.c.amount_cents,
        t.payment.c.received_cents,
        t.customer.c.number.label("account_number"),
        t.cheque.c.number.label("cheque_number"),
        t.cheque.c.institution.label("cheque_institution"),
        t.cheque.c.dated.label("cheque_date"),
        t.app_user.c.login.label("agent_login"),
        t.reversal.c.reason,
    )
    .select_from(t.export_line)
    .join(t.posting, t.posting.c.id == t.export_line.c.posting_id)
    .join(t.branch, t.branch.c.id == t.posting.c.branch_id)
    .join(t.payment, _PAID)
    .join(t.customer, t.customer.c.id == t.payment.c.customer_id)
    .outerjoin(t.cheque, t.cheque.c.id == t.payment.c.cheque_id)
    .outerjoin(t.reversal, t.reversal.c.posting_id == t.posting.c.id)
    .outerjoin(t.reentry, t.reentry.c.posting_id == t.posting.c.id)
    .join(t.app_user, t.app_user.c.id == func.coalesce(t.reentry.c.taken_by_id, t.posting.c.agent_id))
)


def _of_row(row: Row[Any]) -> Batch:
    return Batch(
        number=row.number,
        cut_at=row.cut_at,
        cut_by=row.cut_by,
        payment_count=row.payment_count,
        reversal_count=row.reversal_count,
        payments=Money(row.payments_cents),
        reversals=Money(row.reversals_cents),
        deposit_count=row.deposit_count,
        anchors=tuple(Anchor(*each) for each in json.loads(row.anchors)),
    )
