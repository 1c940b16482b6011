"""A cheque of 500.00 shared by two accounts, as services see it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from partnernet.domain.agents import Agent, console_operator
from partnernet.domain.customers import Customer
from partnernet.domain.money import Money
from partnernet.domain.payments import PaymentRequest
from partnernet.domain.receipts import Receipt
from partnernet.domain.refusals import Refusal
from partnernet.services import payments, verification
from partnernet.storage import tables
from tests.support.requests import a_cheque, paying
from tests.support.world import World

DUE = date(2026, 10, 15)


def richard(world: World) -> Customer:
    """An account that owes 350.00."""
    return world.customer("100001", due=[("F-1", "350.00", DUE)])


def fortin(world: World) -> Customer:
    """An account that owes 150.00."""
    return world.customer("100002", "Érablière Fortin", due=[("G-1", "150.00", DUE)])


def first_share(world: World, payer: Customer) -> Receipt:
    """350.00 paid with a cheque of 500.00: 150.00 of it is left."""
    return pays(world, paying(world, payer, "350.00", cheque=a_cheque(dated=world.today), face="500.00"))


def pays(world: World, request: PaymentRequest, *, by: Agent | None = None) -> Receipt:
    """The payment, a minute later."""
    return payments.record(world.db, request, by=by or world.agent, at=world.later(minutes=1))


def rests(world: World, *, by: Agent | None = None) -> list[tuple[str, Money]]:
    """Number and rest of each cheque that is not applied whole."""
    sheets = payments.unfinished_cheques(world.db, by=by or world.agent)
    return [(sheet.cheque.number, sheet.rest) for sheet in sheets]


def rows(world: World, table: str) -> int:
    """How many rows a table has."""
    with world.db.read() as connection:
        return connection.execute(select(func.count()).select_from(tables.metadata.tables[table])).scalar_one()


def assert_clean(world: World) -> None:
    """The ledger verifies."""
    assert verification.verify(world.db, by=console_operator("test")).problems == ()


def assert_refused(world: World, request: PaymentRequest, refusal: type[Refusal], *, by: Agent | None = None) -> None:
    """The payment is refused and leaves nothing behind."""
    before = {table: rows(world, table) for table in ("posting", "cheque", "till_session")}

    with pytest.raises(refusal):
        pays(world, request, by=by)

    assert {table: rows(world, table) for table in before} == before, "nothing is saved"
