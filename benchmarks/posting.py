"""Posting a payment through the service, ledger, chain and audit included, against the raw driver.

A rehearsal records every statement with its parameters. The raw driver then executes exactly these, from the same
state, with the same pragmas; the service posts the same payments on a copy of its own. Both take turns.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import event

from benchmarks.measure import Figure, seconds_of
from partnernet.domain.accounts import Standing
from partnernet.domain.customers import Customer
from partnernet.domain.money import Money
from partnernet.domain.payments import PaymentRequest
from partnernet.services import payments
from partnernet.storage import pragmas, schema
from partnernet.storage.database import Database
from tests.support.postgres import new_database, postgres_server
from tests.support.requests import a_cheque, paying
from tests.support.world import World

MOST = 3.0
PAYMENTS = 300
CUSTOMERS = 60


@dataclass(frozen=True)
class Statement:
    """What the driver was asked, as it was asked."""

    sql: str
    parameters: Any
    many: bool


Recorded = list[list[Statement]]


def figures() -> Iterator[Figure]:
    """One figure for each kind of database."""
    with tempfile.TemporaryDirectory() as folder:
        yield _on_sqlite(Path(folder))
        yield _on_postgresql(Path(folder))


def _prepared(url: str) -> tuple[World, list[PaymentRequest]]:
    """Customers who owe three documents each, and payments half in cash, half by cheque, that ask nothing."""
    schema.upgrade(url)
    world = World(schema.open_database(url))
    customers = [
        world.customer(f"{number:06d}", due=[(f"F-{number}-{n}", "500.00", date(2026, 10, n)) for n in (1, 2, 3)])
        for number in range(1, CUSTOMERS + 1)
    ]
    requests = [_request(world, customers[n % CUSTOMERS], n) for n in range(PAYMENTS)]
    world.db.dispose()
    return world, requests


def _request(world: World, customer: Customer, number: int) -> PaymentRequest:
    """The n-th payment: each round over the customers takes a larger amount than all before it together."""
    turn = number // CUSTOMERS
    paid_before = Money(sum(20_00 * 2**earlier + 5 for earlier in range(turn)))
    seen = Standing(Money(1_500_00) - paid_before, Money(1_500_00) - paid_before, ())
    cheque = replace(a_cheque(f"{number:06d}"), account="7654321") if number % 2 else None
    return paying(world, customer, str(Money(20_00 * 2**turn + 5)), cheque=cheque, seen=seen)


def _record(db: Database, world: World, requests: list[PaymentRequest]) -> Recorded:
    """The statements of each payment."""
    recorded: Recorded = []

    def note(_connection: Any, _cursor: Any, sql: str, parameters: Any, _context: Any, many: bool) -> None:
        if sql != "BEGIN IMMEDIATE":
            recorded[-1].append(Statement(sql, parameters, many))

    event.listen(db._engine, "before_cursor_execute", note)
    for request in requests:
        recorded.append([])
        payments.record(db, request, by=world.agent, at=world.now)
    return recorded


def _compare(name: str, world: World, requests: list[PaymentRequest], db: Database, recorded: Recorded,
             execute: Callable[[list[Statement]], None]) -> Figure:  # fmt: skip
    service, raw = [], []
    for request, statements in zip(requests, recorded, strict=True):
        raw.append(seconds_of(lambda s=statements: execute(s)))  # type: ignore[misc]
        service.append(seconds_of(lambda r=request: payments.record(db, r, by=world.agent, at=world.now)))  # type: ignore[misc]
    db.dispose()
    trips = max(len(statements) for statements in recorded[1:]) + 2
    warm = PAYMENTS // 6  # the first ones compile statements and fill caches
    return Figure(
        f"posting on {name}", service[warm:], "raw driver", raw[warm:], MOST,
        f"{trips} round trips with BEGIN and COMMIT",
    )  # fmt: skip


def _on_sqlite(folder: Path) -> Figure:
    file = folder / "prepared.db"
    world, requests = _prepared(f"sqlite:///{file}")
    copies = [shutil.copyfile(file, folder / f"{name}.db") for name in ("rehearsal", "raw", "service")]
    rehearsal = schema.open_database(f"sqlite:///{copies[0]}")
    recorded = _record(rehearsal, world, requests)
    rehearsal.dispose()
    raw = sqlite3.connect(copies[1])
    pragmas.prepare_sqlite(raw)

    def execute(statements: list[Statement]) -> None:
        raw.execute("BEGIN IMMEDIATE")
        for statement in statements:
            if statement.many:
                raw.executemany(statement.sql, statement.parameters)
            else:
                raw.execute(statement.sql, statement.parameters).fetchall()
        raw.execute("COMMIT")

    try:
        service = schema.open_database(f"sqlite:///{copies[2]}")
        return _compare("SQLite", world, requests, service, recorded, execute)
    finally:
        raw.close()


def _on_postgresql(folder: Path) -> Figure:
    with ExitStack() as ending:
        server = ending.enter_context(postgres_server(lock_folder=folder))
        prepared = ending.enter_context(new_database(server))
        world, requests = _prepared(prepared.render_as_string(hide_password=False))
        copies = [ending.enter_context(new_database(server, template=str(prepared.database))) for _ in range(3)]
        urls = [url.render_as_string(hide_password=False) for url in copies]
        rehearsal = schema.open_database(urls[0])
        recorded = _record(rehearsal, world, requests)
        rehearsal.dispose()
        address = copies[1].set(drivername="postgresql").render_as_string(hide_password=False)
        raw = ending.enter_context(psycopg.connect(address))
        raw.execute("SELECT 1")
        raw.commit()

        def execute(statements: list[Statement]) -> None:
            with raw.cursor() as cursor:
                for statement in statements:
                    if statement.many:
                        cursor.executemany(statement.sql, statement.parameters)
                    else:
                        cursor.execute(statement.sql, statement.parameters)
                        _ = cursor.fetchall() if cursor.description else None
            raw.commit()

        return _compare("PostgreSQL", world, requests, schema.open_database(urls[2]), recorded, execute)
