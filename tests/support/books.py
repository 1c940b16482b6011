"""A ledger with one of everything, and its rows as raw values to be attacked."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Table, UniqueConstraint, func, select

from partnernet.domain.branch_settings import BranchSettings
from partnernet.domain.drops import DropRequest
from partnernet.domain.permissions import Role
from partnernet.domain.petty_cash import VoucherCategory, VoucherRequest
from partnernet.domain.pieces import pieces
from partnernet.domain.till import FloatRequest
from partnernet.services import drops, payments, petty_cash, replenishments, reversals, reviews, till, till_reports
from partnernet.storage import settings_of_branch, tables
from tests.support.counting import approve, change_settings, count, deposit, submit
from tests.support.exchanged import keep_exchanges
from tests.support.requests import a_cheque, float_received, money, new_key, paying, reversing
from tests.support.world import World

DUE = date(2026, 10, 15)
_thousands = itertools.count(1)


def keep_books(world: World) -> None:
    """Two branches; a float, cash with rounding and allocations, cheques, a reversal, copies, a till to its deposit."""
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
    reversals.reverse(world.db, reversing(cheque), by=world.supervisor, at=world.later(minutes=1), proved_at=world.now)
    payments.count_copy(world.db, cash, by=world.agent, at=world.later(minutes=1))
    payments.count_copy(world.db, cash, by=world.agent, at=world.later(minutes=1))
    _keep_the_till(world)
    keep_exchanges(world)


def _keep_the_till(world: World) -> None:
    """Settings; a voucher and its replenishment; a count with pieces and a cheque, approved and deposited."""
    customer = world.customer("100003", "Cuisine Lê", due=[("H-1", "90.00", DUE)])
    cheque = paying(world, customer, "90.00", cheque=a_cheque("000414"))
    payments.record(world.db, cheque, by=world.agent, at=world.later(minutes=1))
    voucher = VoucherRequest(
        new_key(), world.today, "Postes Canada", "timbres", VoucherCategory.POSTAGE, money("12.00"), receipt_kept=True
    )
    petty_cash.pay_voucher(world.db, voucher, by=world.agent, at=world.later(minutes=1))
    replenishments.ask(world.db, new_key(), by=world.agent, at=world.later(minutes=1))
    asked = replenishments.listed(world.db, by=world.supervisor)[0]
    replenishments.grant(world.db, asked.id, by=world.supervisor, at=world.later(minutes=1))
    submitted = submit(world, count(world, {"20": 13, "5": 1}))
    approve(world, submitted)
    deposit(world)
    till_reports.count_copy(world.db, submitted.id, by=world.agent, at=world.later(minutes=1))
    _keep_custody(world)
    with world.db.write() as connection:
        settings_of_branch.write(connection, world.branch, BranchSettings(money("200.00"), cash_limit=money("800.00")))


def _keep_custody(world: World) -> None:
    """A float handed over, a bag dropped and received, an approval without a second person that is reviewed."""
    float_received(world, "100.00", agent=world.other_agent)
    customer = world.customer("100004", due=[("K-1", "25.00", DUE)])
    payments.record(world.db, paying(world, customer, "20.00"), by=world.other_agent, at=world.later(minutes=1))
    dropped = DropRequest(new_key(), pieces({20_00: 1}), frozenset())
    made = drops.make(world.db, dropped, by=world.other_agent, at=world.later(minutes=1))
    drops.receive(world.db, made.bag.id, by=world.supervisor, at=world.later(minutes=1))
    auditor = world.person("AU9000", "Jeanne Roy", Role.AUDITOR)
    change_settings(world, one_person=True)
    payments.record(world.db, paying(world, customer, "5.00"), by=world.supervisor, at=world.later(minutes=1))
    alone = submit(world, count(world, {"5": 1}, agent=world.supervisor), agent=world.supervisor)
    reviews.review(world.db, approve(world, alone).id, "", by=auditor, at=world.later(minutes=1))


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
    """A row like the first one that collides with nothing, except in what ``changes`` says: where it must be the only
    one of its owner, it gets an owner of its own."""
    template = row_of(connection, table, **({"kind": "payment"} if table is tables.posting else {})) | changes
    template.pop("id", None)
    if table is tables.till_session and "closed_at" not in changes:
        template["closed_at"] = template["opened_at"]
    for together in _unique(table):
        free = [table.c[name] for name in together - set(changes) - {"denomination_cents", "kind"}]
        if free and all(template[name] is not None for name in together):
            column = min(free, key=lambda column: (bool(column.foreign_keys), column.name))
            template[column.name] = _fresh(connection, column, template[column.name])
    return template


def _unique(table: Table) -> list[frozenset[str]]:
    """Every rule of uniqueness that has no condition, but that of a generated id."""
    rules = [
        *(constraint.columns for constraint in table.constraints if isinstance(constraint, UniqueConstraint)),
        *(
            index.columns
            for index in table.indexes
            if index.unique and index.dialect_options["sqlite"]["where"] is None
        ),
        table.primary_key.columns,
    ]
    return [names for names in (frozenset(column.name for column in rule) for rule in rules) if names != {"id"}]


def _fresh(connection: Connection, column: Column[Any], value: Any) -> Any:
    """A value that no row has: a new owner, a new key, a later number."""
    for reference in column.foreign_keys:
        return add_copy(connection, reference.column.table)
    if isinstance(value, str):
        return new_key() if column.name == "key" else "ZZZ"
    return value + 1000 * next(_thousands)


def add_copy(connection: Connection, table: Table, **changes: Any) -> int:
    """Insert `copy_of` and return its primary key."""
    values = copy_of(connection, table, **changes)
    key = connection.execute(table.insert().values(values)).inserted_primary_key
    assert key is not None
    return int(key[0])
