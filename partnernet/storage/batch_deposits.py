"""Deposits that the bank has and that went out in no batch, with the receipts that are in their bags.

A cheque is in the bag in which its sheet was sealed. Cash has no name on it: a receipt is in the first bag that was
sealed after it in its till session, and follows that bag into another session when it was sent back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, func, select

from partnernet.domain.agents import Branch
from partnernet.domain.batch_files import DepositLine
from partnernet.domain.entries import LedgerAccount
from partnernet.domain.money import Money, total
from partnernet.domain.tenders import Tender
from partnernet.storage import reconciliations
from partnernet.storage import tables as t
from partnernet.storage.receipts import receipt_number


class UnsentDeposit(NamedTuple):
    """A deposit and its lines: by bag, by receipt, the rest of a bag's cash last."""

    id: int
    lines: tuple[DepositLine, ...]


class _Paid(NamedTuple):
    """A receipt whose money is in a bag."""

    number: int
    account_number: str
    tender: Tender
    received: Money


class _Span(NamedTuple):
    """From one bag of a till session to the next: what came in is in the second."""

    session_id: int
    after: datetime | None
    until: datetime


_reversing, _corrected = t.posting.alias("reversing"), t.posting.alias("corrected")
_line, _own, _bag = t.ledger_line.c, t.ledger_line.alias("own").c, t.bag.c


def unsent(connection: Connection, branch: Branch) -> list[UnsentDeposit]:
    """A branch's deposits that are to go out, by number."""
    deposit, reference = t.deposit.c, t.deposit_reference.c
    query = (
        select(deposit.id, deposit.number, reference.bank_reference, reference.settled_at)
        .join(t.deposit_reference, reference.deposit_id == deposit.id)
        .outerjoin(t.export_deposit, t.export_deposit.c.deposit_id == deposit.id)
        .where(deposit.branch_id == branch.id, t.export_deposit.c.deposit_id.is_(None))
        .order_by(deposit.number)
    )
    rows = connection.execute(query).all()
    if not rows:
        return []
    bags = _bags(connection, [row.id for row in rows])
    paid = _paid(connection, branch, [bag for of_deposit in bags.values() for bag in of_deposit])
    return [
        UnsentDeposit(row.id, tuple(line for bag in bags[row.id] for line in _lines(branch, row, bag, paid[bag.id])))
        for row in rows
    ]


def _bags(connection: Connection, deposit_ids: list[int]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    query = (
        select(t.bag, t.deposit_bag.c.deposit_id)
        .join(t.deposit_bag, t.deposit_bag.c.bag_id == _bag.id)
        .where(t.deposit_bag.c.deposit_id.in_(deposit_ids))
        .order_by(_bag.number)
    )
    for row in connection.execute(query):
        found[row.deposit_id].append(row)
    return found


def _lines(branch: Branch, deposit: Row[*tuple[Any, ...]], bag: Row[Any], paid: list[_Paid]) -> Iterable[DepositLine]:
    cash = total(each.received for each in paid if each.tender is Tender.CASH)
    rest = Money(bag.cash_cents) - cash
    for each in [*sorted(paid), *([_Paid(0, "", Tender.CASH, rest)] if rest else [])]:
        yield DepositLine(
            branch_code=branch.code,
            deposit_number=deposit.number,
            bank_reference=deposit.bank_reference,
            settled_at=deposit.settled_at,
            bag_number=bag.number,
            receipt_number=receipt_number(branch.code, each.number) if each.number else "",
            account_number=each.account_number,
            tender=each.tender,
            amount=each.received,
        )


def _paid(connection: Connection, branch: Branch, bags: list[Row[Any]]) -> dict[int, list[_Paid]]:
    """The receipts whose money is in each bag."""
    found: dict[int, list[_Paid]] = defaultdict(list)
    sealed_here = (
        _PAID.add_columns(t.bag_cheque.c.bag_id)
        .join(t.bag_cheque, t.bag_cheque.c.cheque_id == t.payment.c.cheque_id)
        .where(t.bag_cheque.c.bag_id.in_([bag.id for bag in bags]), _reversing.c.id.is_(None) | _RETURNED_BY_THE_BANK)
    )
    for row in connection.execute(sealed_here):
        found[row.bag_id].append(_paid_of(row))
    spans = [(bag, span) for bag in bags for span in _spans(connection, bag)]
    by_session = defaultdict(list)
    for row, session_id, came_at in _cash(connection, branch, {span.session_id for _, span in spans}):
        by_session[session_id].append((came_at, row))
    for bag, span in spans:
        for came_at, row in by_session[span.session_id]:
            in_span = (span.after is None or came_at > span.after) and came_at <= span.until
            if in_span and (row.reversed_at is None or row.reversed_at > bag.sealed_at):
                found[bag.id].append(_paid_of(row))
    return found


def _paid_of(row: Row[Any]) -> _Paid:
    return _Paid(row.receipt_number, row.account_number, Tender(row.tender), Money(row.received_cents))


# --- which receipts -------------------------------------------------------------------------------------------------


def _query() -> Any:
    return (
        select(
            t.posting.c.id,
            t.posting.c.posted_at,
            t.payment.c.receipt_number,
            t.payment.c.tender,
            t.payment.c.received_cents,
            t.customer.c.number.label("account_number"),
            _reversing.c.posted_at.label("reversed_at"),
            t.reversal.c.where_is_the_money,
        )
        .select_from(t.payment)
        .join(t.posting, t.posting.c.id == t.payment.c.posting_id)
        .join(t.customer, t.customer.c.id == t.payment.c.customer_id)
        .outerjoin(_reversing, _reversing.c.reverses_id == t.posting.c.id)
        .outerjoin(t.reversal, t.reversal.c.posting_id == _reversing.c.id)
    )


_PAID = _query()
# The bank had the sheet: taken out of the bag before, it was not deposited.
_RETURNED_BY_THE_BANK = (t.reversal.c.where_is_the_money == "returned_by_bank") & (
    select(_own.posting_id).where(_own.posting_id == _reversing.c.id, _own.account == LedgerAccount.REMITTED).exists()
)
_IN_HAND = (LedgerAccount.DRAWER, LedgerAccount.CHEQUES)
# An entry made again when nothing moved: no line of its own says where the money is.
_MOVED_NOTHING = ~(
    select(_own.posting_id)
    .where(_own.posting_id == t.posting.c.id, _own.account.in_(_IN_HAND), _own.debit_cents > 0)
    .exists()
)


def _came_in(posting_id: ColumnElement[Any]) -> ColumnElement[bool]:
    return (_line.posting_id == posting_id) & _line.account.in_(_IN_HAND) & (_line.debit_cents > 0)


def _cash(connection: Connection, branch: Branch, session_ids: set[int]) -> Iterator[tuple[Row[Any], int, datetime]]:
    """Receipts in cash that stand, or were handed back some time: in which session their money came in, and when.

    One that was entered again in place of another, when nothing moved, has the money of the other.
    """
    of_sessions = _line.till_session_id.in_(session_ids)
    in_cash = (t.payment.c.tender == Tender.CASH, t.posting.c.branch_id == branch.id)
    came_here = _PAID.add_columns(_line.till_session_id).join(t.ledger_line, _came_in(t.posting.c.id))
    for row in connection.execute(came_here.where(of_sessions, _line.account == LedgerAccount.DRAWER, *in_cash)):
        if _counts(row):
            yield row, row.till_session_id, row.posted_at
    again = _PAID.join(t.reentry, t.reentry.c.posting_id == t.posting.c.id).where(_MOVED_NOTHING, *in_cash)
    corrects = t.reentry.c.corrects_id
    first = again.add_columns(_line.till_session_id, _corrected.c.posted_at.label("came_at"))
    first = first.join(_corrected, _corrected.c.id == corrects).join(t.ledger_line, _came_in(corrects))
    origins = {row: (row.till_session_id, row.came_at) for row in connection.execute(first.where(of_sessions))}
    while origins:
        yield from ((row, *origin) for row, origin in origins.items() if _counts(row))
        by_id = {row.id: origin for row, origin in origins.items()}
        next_ones = again.add_columns(corrects).where(corrects.in_(list(by_id)))
        origins = {row: by_id[row.corrects_id] for row in connection.execute(next_ones)}


def _counts(row: Row[Any]) -> bool:
    """Whether a receipt in cash stands, or its cash was handed back: whether that was later is for the bag to say."""
    return row.reversed_at is None or row.where_is_the_money == "handed_back"


# --- which bag ------------------------------------------------------------------------------------------------------


def _spans(connection: Connection, bag: Row[Any]) -> list[_Span]:
    """Where the cash of a bag came in: its session since the bag before, and what was opened into that meanwhile."""
    before = select(func.max(_bag.sealed_at)).where(_bag.till_session_id == bag.till_session_id, _bag.id < bag.id)
    after = connection.execute(before).scalar_one()
    decided = t.reconciliation_decision.c
    opened = (
        select(t.bag)
        .join(t.reconciliation, t.reconciliation.c.bag_id == _bag.id)
        .join(t.reconciliation_decision, decided.reconciliation_id == t.reconciliation.c.id)
        .where(decided.agent_id == bag.agent_id, decided.outcome == "returned", decided.decided_at <= bag.sealed_at)
    )
    if after is not None:
        opened = opened.where(decided.decided_at > after)
    spans = [_Span(bag.till_session_id, after, bag.sealed_at)]
    for returned in connection.execute(opened).all():
        if reconciliations.reopened_into(connection, returned.till_session_id) == bag.till_session_id:
            spans += _spans(connection, returned)
    return spans
