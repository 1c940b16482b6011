"""Posting a payment through the service, ledger, chain and audit included, against the raw driver.

A rehearsal records every statement with its parameters. The raw driver then executes exactly these, from the same
state, with the same pragmas; the service posts the same payments on a copy of its own. Both take turns.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

from benchmarks.measure import Figure, seconds_of
from benchmarks.replay import Execute, Statement, driver, recorded
from partnernet.domain.accounts import Standing
from partnernet.domain.customers import Customer
from partnernet.domain.money import Money
from partnernet.domain.payments import PaymentRequest
from partnernet.services import payments
from partnernet.storage import schema
from partnernet.storage.database import Database
from tests.support.postgres import new_database, postgres_server
from tests.support.requests import a_cheque, paying
from tests.support.world import World

MOST = 3.0
PAYMENTS = 300
CUSTOMERS = 60


Recorded = list[list[Statement]]  # of each payment


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
    recordings: Recorded = []
    for request in requests:
        with recorded(db) as statements:
            payments.record(db, request, by=world.agent, at=world.now)
        recordings.append(statements)
    return recordings


def _compare(name: str, world: World, requests: list[PaymentRequest], db: Database, rehearsed: Recorded,
             execute: Execute) -> Figure:  # fmt: skip
    service, raw = [], []
    for request, statements in zip(requests, rehearsed, strict=True):
        raw.append(seconds_of(lambda s=statements: execute(s)))  # type: ignore[misc]
        service.append(seconds_of(lambda r=request: payments.record(db, r, by=world.agent, at=world.now)))  # type: ignore[misc]
    db.dispose()
    trips = max(len(statements) for statements in rehearsed[1:]) + 2
    warm = PAYMENTS // 6  # the first ones compile statements and fill caches
    return Figure(
        f"posting on {name}", service[warm:], "raw driver", raw[warm:], MOST,
        f"{trips} round trips with BEGIN and COMMIT",
    )  # fmt: skip


def _on_sqlite(folder: Path) -> Figure:
    file = folder / "prepared.db"
    world, requests = _prepared(f"sqlite:///{file}")
    copies = [f"sqlite:///{shutil.copyfile(file, folder / f'{name}.db')}" for name in ("rehearsal", "raw", "service")]
    return _on("SQLite", world, requests, copies)


def _on_postgresql(folder: Path) -> Figure:
    with ExitStack() as ending:
        server = ending.enter_context(postgres_server(lock_folder=folder))
        prepared = ending.enter_context(new_database(server))
        world, requests = _prepared(prepared.render_as_string(hide_password=False))
        copies = [ending.enter_context(new_database(server, template=str(prepared.database))) for _ in range(3)]
        urls = [url.render_as_string(hide_password=False) for url in copies]
        return _on("PostgreSQL", world, requests, urls)


def _on(name: str, world: World, requests: list[PaymentRequest], copies: list[str]) -> Figure:
    rehearsal, raw, service = copies
    db = schema.open_database(rehearsal)
    rehearsed = _record(db, world, requests)
    db.dispose()
    with driver(raw, begin="BEGIN IMMEDIATE") as execute:
        return _compare(name, world, requests, schema.open_database(service), rehearsed, execute)
