"""What a file of open items would change, asked of the database while the file stands in its temporary table."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    not_,
    or_,
    select,
    union_all,
)

from partnernet.domain.accounts import DocumentKind
from partnernet.domain.entries import LedgerAccount
from partnernet.domain.money import Money
from partnernet.domain.snapshots import EXAMPLES, BalanceChange, IncludedPayment
from partnernet.storage import balances, open_items
from partnernet.storage import tables as t
from partnernet.storage.inclusion import included_now
from partnernet.storage.receipts import receipt_number

_posting, _line, _sent = t.posting.c, t.ledger_line.c, t.export_line.c
_PAID = t.payment.c.posting_id == func.coalesce(_posting.reverses_id, _posting.id)


@dataclass(frozen=True, slots=True)
class Found:
    """How many there are, and the first of them."""

    count: int
    examples: tuple[Any, ...]


class Inclusion:
    """What the new snapshot would include: batches up to one, but for some postings."""

    def __init__(self, through_batch: int, refused: Collection[int]) -> None:
        refusing: BindParameter[Any] = bindparam("refused", list(refused), expanding=True, literal_execute=True)
        sent = exists().where(_sent.posting_id == _posting.id, _sent.batch_number <= through_batch)
        self._will_be = and_(sent, _posting.id.not_in(refusing))
        self._is = included_now(_posting.id)

    @property
    def newly(self) -> ColumnElement[bool]:
        """Postings that the snapshot in force does not include."""
        return and_(self._will_be, not_(self._is))

    @property
    def no_longer(self) -> ColumnElement[bool]:
        """Postings that it does include, and which are said to have been refused after all."""
        return and_(self._is, not_(self._will_be))

    def count_newly(self, connection: Connection) -> int:
        """How many postings are newly included."""
        return connection.execute(select(func.count()).select_from(t.posting).where(self.newly)).scalar_one()

    def changes(self) -> Select[*tuple[Any, ...]]:
        """By how many cents each account's payments not included change its total due."""
        paid = _line.credit_cents - _line.debit_cents
        return (
            select(_line.customer_id, func.sum(case((self._will_be, paid), else_=-paid)).label("cents"))
            .join(t.posting, _posting.id == _line.posting_id)
            .where(
                _line.account == LedgerAccount.OWED,
                _line.customer_id.is_not(None),
                or_(self.newly, self.no_longer),
            )
            .group_by(_line.customer_id)
        )

    def unmoved(self, connection: Connection) -> Found:
        """Payments newly included, not reversed, of which no document moves in the file: neither one that they went to
        nor, for what they had left, an unapplied payment."""
        moved, reversing = open_items.moved_documents(), t.posting.alias("reversing")
        its_parts = select(t.allocation.c.document_number).where(t.allocation.c.posting_id == _posting.id)
        moves = exists().where(
            moved.c.customer_id == t.payment.c.customer_id,
            or_(
                and_(moved.c.kind == DocumentKind.INVOICE.value, moved.c.document_number.in_(its_parts)),
                moved.c.kind == DocumentKind.UNAPPLIED_PAYMENT.value,
            ),
        )
        undone = exists().where(reversing.c.reverses_id == _posting.id)
        return _found(connection, _payments().where(_posting.kind == "payment", self.newly, ~moves, ~undone))

    def posted_after_all(self, connection: Connection) -> Found:
        """What the snapshot in force says was refused, and the new one does not."""
        in_force = balances.snapshot_in_force(connection)
        before = t.snapshot_exception.c
        named = exists().where(before.posting_id == _posting.id, before.snapshot_id == (in_force.id if in_force else 0))
        return _found(connection, _payments().where(named, self._will_be))


def changed_balances(connection: Connection, inclusion: Inclusion, today: date) -> Found:
    """Accounts whose total due would change, by the size of the change."""
    both = union_all(open_items.balance_changes(), inclusion.changes()).subquery("both_changes")
    change = func.sum(both.c.cents).label("cents")
    of_each = select(both.c.customer_id, change).group_by(both.c.customer_id).having(change != 0).subquery("of_each")
    count = connection.execute(select(func.count()).select_from(of_each)).scalar_one()
    largest = (
        select(of_each, t.customer.c.number, t.customer.c.name)
        .join(t.customer, t.customer.c.id == of_each.c.customer_id)
        .order_by(func.abs(of_each.c.cents).desc(), t.customer.c.number)
        .limit(EXAMPLES)
    )
    rows = connection.execute(largest).all()
    before = balances.standings(connection, [row.customer_id for row in rows], today) if rows else {}
    return Found(
        count,
        tuple(
            BalanceChange(row.number, row.name, due := before[row.customer_id].total_due, due + Money(int(row.cents)))
            for row in rows
        ),
    )


def _payments() -> Select[*tuple[Any, ...]]:
    """Payments and reversals as examples name them."""
    return (
        select(
            _posting.id,
            _posting.kind,
            t.branch.c.code,
            t.payment.c.receipt_number,
            t.payment.c.amount_cents,
            t.customer.c.number,
            t.customer.c.name,
        )
        .join(t.payment, _PAID)
        .join(t.branch, t.branch.c.id == _posting.branch_id)
        .join(t.customer, t.customer.c.id == t.payment.c.customer_id)
    )


def _found(connection: Connection, query: Select[*tuple[Any, ...]]) -> Found:
    count = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    rows = connection.execute(query.order_by(_posting.id).limit(EXAMPLES))
    return Found(
        count,
        tuple(
            IncludedPayment(
                receipt_number(row.code, row.receipt_number) + ("-R" if row.kind == "reversal" else ""),
                row.number,
                row.name,
                Money(row.amount_cents),
            )
            for row in rows
        ),
    )
