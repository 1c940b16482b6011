"""Customers from their rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from partnernet.domain.customers import Customer, Terms
from partnernet.storage import tables as t

_mark = t.cash_only_mark.c
# Whether the last mark of a customer accepts no cheques; a column for whatever selects from ``customer``.
MARKED_CASH_ONLY = (
    select(_mark.cash_only)
    .where(_mark.customer_id == t.customer.c.id)
    .order_by(_mark.id.desc())
    .limit(1)
    .correlate(t.customer)
    .scalar_subquery()
    .label("marked_cash_only")
)
_BY_NUMBER = select(t.customer, MARKED_CASH_ONLY).where(t.customer.c.number == bindparam("number"))
# FOR NO KEY UPDATE: a document that an import puts on the account does not wait for a payment, nor a payment for it.
_LOCKED = select(t.customer).where(t.customer.c.number == bindparam("number")).with_for_update(key_share=True)
_LAST_MARK = (
    select(_mark.cash_only).where(_mark.customer_id == bindparam("customer_id")).order_by(_mark.id.desc()).limit(1)
)

_COLUMNS = tuple(name for name in Customer.__dataclass_fields__ if name != "marked_cash_only")


def customer_of(row: Row[*tuple[Any, ...]], prefix: str = "", *, marked_cash_only: bool | None = False) -> Customer:
    """The customer in a row whose columns carry the table's names behind ``prefix``."""
    values = {name: getattr(row, prefix + name) for name in _COLUMNS}
    return Customer(**{**values, "terms": Terms(values["terms"]), "marked_cash_only": bool(marked_cash_only)})


def by_number(connection: Connection, number: str) -> Customer | None:
    """The customer with exactly this account number."""
    row = connection.execute(_BY_NUMBER, {"number": number}).one_or_none()
    return customer_of(row, marked_cash_only=row.marked_cash_only) if row else None


def numbers_among(connection: Connection, numbers: Sequence[str]) -> list[str]:
    """Those of the account numbers that exist, in order."""
    query = select(t.customer.c.number).where(t.customer.c.number.in_(numbers)).order_by(t.customer.c.number)
    return list(connection.execute(query).scalars())


def lock(connection: Connection, number: str) -> Customer | None:
    """The same, its row locked for the rest of the transaction.

    A customer's balance sums all branches: two branches paying one account take turns here, before the branch's lock.
    """
    if not number.isprintable():  # a NUL or half a character, which the databases cannot even be asked about
        return None
    row = connection.execute(_LOCKED, {"number": number}).one_or_none()
    if row is None:
        return None
    # Asked once the row is locked: the statement that waited for it does not see what was marked meanwhile.
    marked = connection.execute(_LAST_MARK, {"customer_id": row.id}).scalar_one_or_none()
    return customer_of(row, marked_cash_only=marked)
