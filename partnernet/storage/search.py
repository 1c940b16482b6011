"""The customer search: the one room of its query, so that a faster plan can replace it without anyone noticing."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from partnernet.domain.customers import Customer
from partnernet.domain.search_text import SearchPattern
from partnernet.domain.searches import SearchKeys
from partnernet.storage.customers import MARKED_CASH_ONLY, customer_of
from partnernet.storage.tables import customer

# Above every character that a key can hold, bytewise, on both databases.
_AFTER_ALL = "\U0010ffff"


def matching(conn: Connection, keys: SearchKeys, limit: int) -> list[Customer]:
    """The first ``limit`` customers by name that meet all the keys."""
    columns = customer.c
    conditions: list[ColumnElement[bool]] = []
    if keys.name:
        conditions.append(_matches(conn.dialect.name, columns.name_key, keys.name))
    if keys.postal_code:
        conditions.append(_matches(conn.dialect.name, columns.postal_key, keys.postal_code))
    if keys.city is not None:
        conditions.append(columns.city_key == keys.city)
    if keys.phone is not None:
        conditions.append(columns.phone_key == keys.phone)
    # Every index that can answer carries the name next, so that no sort stands between the limit and the rows.
    query = select(customer, MARKED_CASH_ONLY).where(*conditions).order_by(columns.name_key).limit(limit)
    rows = sorted(conn.execute(query), key=lambda row: (row.name_key, row.city_key, row.number))
    return [customer_of(row, marked_cash_only=row.marked_cash_only) for row in rows]


def _matches(dialect: str, key: ColumnElement[str], pattern: SearchPattern) -> ColumnElement[bool]:
    return or_(*(and_(*_conditions(dialect, key, parts)) for parts in pattern.alternatives))


def _conditions(dialect: str, key: ColumnElement[str], parts: tuple[str, ...]) -> Iterator[ColumnElement[bool]]:
    """One alternative: equality, a range of the index for what begins the key, and GLOB or LIKE for the rest.

    Keys and parts hold letters, digits and blanks only: nothing in them is a wildcard to the database.
    """
    beginning, *others = parts
    if not others:
        yield key == beginning
        return
    if beginning:
        yield key >= beginning
        yield key < beginning + _AFTER_ALL
    if others != [""]:
        yield key.op("GLOB")("*".join(parts)) if dialect == "sqlite" else key.like("%".join(parts))
