"""Receipts read back from their rows, and the day's list: what was printed, never recomputed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, insert, or_, select
from sqlalchemy.sql import func

from partnernet.domain.accounts import Allocation, DocumentKind
from partnernet.domain.agents import Branch
from partnernet.domain.cheques import Cheque
from partnernet.domain.money import Money
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import Reversal, ReversalReason, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.storage import tables as t
from partnernet.storage.customers import customer_of
from partnernet.storage.printed import as_printed

_reversing, _undoer = t.posting.alias("reversing"), t.app_user.alias("undoer")
_taker, _poster = t.app_user.alias("taker"), t.app_user.alias("poster")
# A payment entered again, and the reversed one that it corrects; the other way round, the one in its own place.
_corrected, _later, _replacement = (
    t.payment.alias("corrected"),
    t.reentry.alias("later"),
    t.payment.alias("replacement"),
)
_taken_by_id = func.coalesce(t.reentry.c.taken_by_id, t.posting.c.agent_id)

# Statements are made once: making one costs more than running it.
_RECEIPTS = (
    select(
        t.payment,
        t.posting.c.key,
        t.posting.c.posted_at,
        t.posting.c.business_date,
        _taker.c.login.label("agent_login"),
        _taker.c.name.label("agent_name"),
        _poster.c.name.label("poster_name"),
        *(column.label(f"who_{column.name}") for column in t.customer.c),
        *(column.label(f"sheet_{column.name}") for column in t.cheque.c if column.name != "id"),
        t.snapshot.c.as_of,
        _corrected.c.receipt_number.label("corrects"),
        _reversing.c.id.label("reversing_id"),
        _reversing.c.posted_at.label("reversed_at"),
        _undoer.c.login.label("undoer_login"),
        _undoer.c.name.label("undoer_name"),
        t.reversal.c.reason,
        t.reversal.c.where_is_the_money,
        t.reversal.c.note,
        _replacement.c.receipt_number.label("reentered"),
    )
    .join(t.posting, t.posting.c.id == t.payment.c.posting_id)
    .outerjoin(t.reentry, t.reentry.c.posting_id == t.payment.c.posting_id)
    .outerjoin(_corrected, _corrected.c.posting_id == t.reentry.c.corrects_id)
    .join(_taker, _taker.c.id == _taken_by_id)
    .join(_poster, _poster.c.id == t.posting.c.agent_id)
    .join(t.customer, t.customer.c.id == t.payment.c.customer_id)
    .outerjoin(t.cheque, t.cheque.c.id == t.payment.c.cheque_id)
    .outerjoin(t.snapshot, t.snapshot.c.id == t.payment.c.snapshot_id)
    .outerjoin(_reversing, _reversing.c.reverses_id == t.posting.c.id)
    .outerjoin(t.reversal, t.reversal.c.posting_id == _reversing.c.id)
    .outerjoin(_undoer, _undoer.c.id == _reversing.c.agent_id)
    .outerjoin(_later, _later.c.corrects_id == t.payment.c.posting_id)
    .outerjoin(_replacement, _replacement.c.posting_id == _later.c.posting_id)
    .where(t.payment.c.branch_id == bindparam("branch_id"))
)
_BY_POSTING = _RECEIPTS.where(t.payment.c.posting_id == bindparam("posting_id"))
_BY_NUMBER = _RECEIPTS.where(t.payment.c.receipt_number == bindparam("receipt_number"))
_ALLOCATIONS = (
    select(t.allocation).where(t.allocation.c.posting_id == bindparam("posting_id")).order_by(t.allocation.c.position)
)


def receipt_number(code: str, number: int) -> str:
    """``MTL-000001``: the branch's code and six digits or more."""
    return f"{code}-{number:06d}"


def by_posting(connection: Connection, branch: Branch, posting_id: int) -> Receipt:
    """The receipt of a posting of this branch."""
    receipt = _one(connection, branch, _BY_POSTING, {"posting_id": posting_id})
    if receipt is None:
        raise LookupError(f"posting {posting_id} has no payment in branch {branch.code}")
    return receipt


def by_number(connection: Connection, branch: Branch, number: str) -> Receipt | None:
    """The receipt of this branch with this number (``MTL-000001``); ``None`` when there is none here."""
    code, _, digits = number.rpartition("-")
    if code != branch.code or not (digits.isascii() and digits.isdigit() and len(digits) <= 15):
        return None
    return _one(connection, branch, _BY_NUMBER, {"receipt_number": int(digits)})


def count_copy(connection: Connection, receipt: Receipt, user_id: int, at: object) -> int:
    """Keep that a copy was printed and return its number: 1 is the original, 2 and more are duplicates.

    The caller holds the branch's lock, so that two prints never share a number.
    """
    number = copies_printed(connection, receipt) + 1
    row = {"posting_id": receipt.posting_id, "copy_number": number, "printed_at": at, "user_id": user_id}
    connection.execute(insert(t.receipt_copy).values(**row))
    return number


def copies_printed(connection: Connection, receipt: Receipt) -> int:
    """How many copies have been printed so far."""
    copies = t.receipt_copy.c
    highest = connection.execute(select(func.max(copies.copy_number)).where(copies.posting_id == receipt.posting_id))
    return highest.scalar_one() or 0


def sharing(connection: Connection, posting_id: int) -> tuple[int, ...]:
    """The postings of all payments, not reversed, made with the same sheet of paper as this one, itself included.

    A cheque may pay several accounts. Cash shares nothing with anybody: the payment alone.
    """
    sheet = select(t.payment.c.cheque_id).where(t.payment.c.posting_id == posting_id).scalar_subquery()
    query = (
        select(t.payment.c.posting_id)
        .outerjoin(_reversing, _reversing.c.reverses_id == t.payment.c.posting_id)
        .where(or_(t.payment.c.posting_id == posting_id, t.payment.c.cheque_id == sheet), _reversing.c.id.is_(None))
    )
    return tuple(connection.execute(query.order_by(t.payment.c.posting_id)).scalars())


def _one(
    connection: Connection, branch: Branch, query: Select[*tuple[Any, ...]], which: dict[str, int]
) -> Receipt | None:
    row = connection.execute(query, {"branch_id": branch.id, **which}).one_or_none()
    if row is None:
        return None
    parts = connection.execute(_ALLOCATIONS, {"posting_id": row.posting_id})
    return _receipt(branch, row, tuple(_allocation(part) for part in parts))


def _receipt(branch: Branch, row: Row[*tuple[Any, ...]], allocations: tuple[Allocation, ...]) -> Receipt:
    amount, received = Money(row.amount_cents), Money(row.received_cents)
    handed = None if row.handed_cents is None else Money(row.handed_cents)
    before = Money(row.total_due_before_cents)
    return Receipt(
        number=receipt_number(branch.code, row.receipt_number),
        posting_id=row.posting_id,
        key=row.key,
        at=row.posted_at,
        business_date=row.business_date,
        branch=branch,
        agent_login=row.agent_login,
        agent_name=row.agent_name,
        customer=as_printed(customer_of(row, prefix="who_"), row.customer_printed),
        tender=Tender(row.tender),
        amount=amount,
        received=received,
        rounding=received - amount,
        handed=handed,
        change=None if handed is None else handed - received,
        cheque=_cheque(row),
        allocations=allocations,
        unallocated=Money(row.unallocated_cents),
        total_due_before=before,
        total_due_after=before - amount,
        past_due_after=Money(row.past_due_after_cents),
        post_dated=row.post_dated,
        snapshot_as_of=row.as_of,
        reversal=_reversal(branch, row),
        cheque_id=row.cheque_id,
        face_amount=None if row.cheque_id is None else Money(row.sheet_face_amount_cents),
        corrects=receipt_number(branch.code, row.corrects) if row.corrects else "",
        entered_by=row.poster_name if row.corrects else "",
    )


def _reversal(branch: Branch, row: Row[*tuple[Any, ...]]) -> Reversal | None:
    if row.reversing_id is None:
        return None
    return Reversal(
        posting_id=row.reversing_id,
        receipt_number=receipt_number(branch.code, row.receipt_number),
        at=row.reversed_at,
        amount=Money(row.amount_cents),
        reason=ReversalReason(row.reason),
        where=WhereIsTheMoney(row.where_is_the_money),
        note=row.note,
        by_login=row.undoer_login,
        by_name=row.undoer_name,
        reentered=receipt_number(branch.code, row.reentered) if row.reentered else "",
    )


def _cheque(row: Row[*tuple[Any, ...]]) -> Cheque | None:
    if row.cheque_id is None:
        return None
    return Cheque(
        row.sheet_number,
        row.sheet_transit,
        row.sheet_institution,
        row.sheet_account,
        row.sheet_dated,
        row.sheet_drawer,
    )


def _allocation(row: Row[*tuple[Any, ...]]) -> Allocation:
    return Allocation(row.document_number, DocumentKind(row.kind), row.due_date, Money(row.amount_cents))
