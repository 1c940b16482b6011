"""Customers from their rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from partnernet.domain.customers import Customer, Terms
from partnernet.storage import tables as t

_BY_NUMBER = select(t.customer).where(t.customer.c.number == bindparam("number"))
_LOCKED = _BY_NUMBER.with_for_update()


def customer_of(row: Row[*tuple[Any, ...]], prefix: str = "") -> Customer:
    """The customer in a row whose columns carry the table's names behind ``prefix``."""
    values = {name: getattr(row, prefix + name) for name in Customer.__dataclass_fields__}
    return Customer(**{**values, "terms": Terms(values["terms"])})


def by_number(connection: Connection, number: str) -> Customer | None:
    """The customer with exactly this account number."""
    row = connection.execute(_BY_NUMBER, {"number": number}).one_or_none()
    return customer_of(row) if row else None


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
    return customer_of(row) if row else None
