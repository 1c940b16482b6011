"""A ledger with one of everything, and its rows as raw values to be attacked."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, func, select

from partnernet.domain.permissions import Role
from partnernet.domain.till import FloatRequest
from partnernet.services import payments, till
from partnernet.storage import tables
from tests.support.requests import a_cheque, money, new_key, paying, reversing
from tests.support.world import World

DUE = date(2026, 10, 15)


def keep_books(world: World) -> None:
    """Two branches; a float, cash with rounding and allocations, two cheques, a reversal, copies and a session."""
    quebec = world.person("PB0001", "Guy Roy", Role.AGENT, world.new_branch("QUE", "Québec"))
    first = world.customer("100001", due=[("F-1", "10.02", DUE), ("F-2", "30.00", DUE), ("F-3", "25.00", DUE)])
    second = world.customer("100002", "Érablière Fortin", due=[("G-1", "412.37", DUE)])

    def pays(by: Any, request: Any) -> str:
        return payments.record(world.db, request, by=by, at=world.later(minutes=1)).number

    till.receive_float(world.db, FloatRequest(new_key(), money("200.00")), by=world.agent, at=world.later(minutes=1))
    cash = pays(world.agent, paying(world, first, handed="80.00"))
    cheque = pays(world.other_agent, paying(world, second, "400.00", cheque=a_cheque("000412")))
    pays(quebec, paying(world, second, "12.30", cheque=a_cheque("000413")))
    pays(quebec, paying(world, second))
    payments.reverse(world.db, reversing(cheque), by=world.supervisor, at=world.later(minutes=1))
    payments.count_copy(world.db, cash, by=world.agent, at=world.later(minutes=1))
    payments.count_copy(world.db, cash, by=world.agent, at=world.later(minutes=1))


def rows_posted(world: World) -> int:
    """How many rows all that is posted, printed, logged or opened has left."""
    with world.db.read() as connection:
        return sum(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (*tables.APPEND_ONLY, tables.till_session)
        )


def row_of(connection: Connection, table: Table, **where: Any) -> dict[str, Any]:
    """The first row of a table, as column values; ``where`` narrows it."""
    query = select(table).where(*(table.c[name] == value for name, value in where.items()))
    row = connection.execute(query.order_by(*table.primary_key.columns)).mappings().first()
    assert row is not None, f"the books have no row in {table.name}: add one to keep_books"
    return dict(row)


def copy_of(connection: Connection, table: Table, **changes: Any) -> dict[str, Any]:
    """A row like the first one that collides with nothing, except in what ``changes`` says.

    A row that hangs on a posting gets a posting of its own.
    """
    template = row_of(connection, table, **({"kind": "payment"} if table is tables.posting else {}))
    if table is tables.posting:
        template |= {"sequence": template["sequence"] + 1000, "key": new_key()}
    if table is tables.payment:
        template["receipt_number"] += 1000
    if table is tables.till_session:
        template["closed_at"] = template["opened_at"]
    template.pop("id", None)
    template |= changes
    if "posting_id" in template and "posting_id" not in changes:
        owner = tables.payment if table in (tables.allocation, tables.receipt_copy) else tables.posting
        template["posting_id"] = add_copy(connection, owner)
    return template


def add_copy(connection: Connection, table: Table, **changes: Any) -> int:
    """Insert `copy_of` and return its primary key."""
    values = copy_of(connection, table, **changes)
    key = connection.execute(table.insert().values(values)).inserted_primary_key
    assert key is not None
    return int(key[0])
