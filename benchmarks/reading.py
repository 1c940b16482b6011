"""Reading what a busy branch has done, against the driver that fetches the rows of the same statements.

A day of 2,000 payments in one till, one in five of them on an account of 500 documents: the day's list with its
totals, the till report, the account's statement, and the verification of the whole ledger.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

from benchmarks.measure import Figure, seconds_of
from benchmarks.replay import driver, recorded
from partnernet.domain.agents import console_operator
from partnernet.domain.cheques import Cheque
from partnernet.domain.concerns import ConfirmationNeeded
from partnernet.domain.customers import Customer
from partnernet.services import payments, statements, till_reports, verification
from partnernet.storage import schema
from tests.support.postgres import new_database, postgres_server
from tests.support.requests import a_cheque, paying
from tests.support.world import World

PAYMENTS, DOCUMENTS = 2_000, 500
ROUNDS = 15
MOST = 3.0  # the day's list
# Each line of these is added up, or hashed, by rules that the driver does not know.
MOST_REPORT, MOST_STATEMENT, MOST_VERIFIED = 6.0, 8.0, 8.0
ACCOUNT = "400400"
OPERATOR = console_operator("bench")


def figures() -> Iterator[Figure]:
    """Four figures for each kind of database."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as ending:
        folder = Path(name)
        server = ending.enter_context(postgres_server(lock_folder=folder))
        postgres = ending.enter_context(new_database(server)).render_as_string(hide_password=False)
        for kind, url in (("SQLite", f"sqlite:///{folder / 'reading.db'}"), ("PostgreSQL", postgres)):
            schema.upgrade(url)
            world = _busy(World(schema.open_database(url)))
            yield from _figures(kind, world, url)
            world.db.dispose()


def _busy(world: World) -> World:
    """The day, half in cash, half by cheque, with what everybody was asked confirmed."""
    due = [(f"F-{n}", "90.00", date(2026, 10, 1 + n % 28)) for n in range(DOCUMENTS)]
    account = world.customer(ACCOUNT, due=due)
    for number in range(PAYMENTS):
        cheque = a_cheque(f"{number:06d}") if number % 2 else None
        if number % 5:
            amount = f"{10 + number % 90}.00"
            _pay(world, world.customer(f"{number:06d}", due=[("F-1", amount, date(2026, 10, 15))]), amount, cheque)
        else:
            _pay(world, account, "20.00", cheque)
    if len(payments.of_day(world.db, world.today, by=world.agent).payments) != PAYMENTS:
        raise RuntimeError("the payments are not all of one day")
    return world


def _pay(world: World, customer: Customer, amount: str, cheque: Cheque | None) -> None:
    request, at = paying(world, customer, amount, cheque=cheque), world.later(seconds=5)
    try:
        payments.record(world.db, request, by=world.agent, at=at)
    except ConfirmationNeeded as needed:
        payments.record(world.db, replace(request, confirmed=frozenset(needed.concerns)), by=world.agent, at=at)


def _figures(kind: str, world: World, url: str) -> Iterator[Figure]:
    db, by, at = world.db, world.agent, world.now
    reads: tuple[tuple[str, float, Callable[[], object]], ...] = (
        (f"the list of a day of {PAYMENTS:,} payments", MOST, lambda: payments.of_day(db, world.today, by=by)),
        ("the report of its till", MOST_REPORT, lambda: till_reports.current(db, by=by, at=at)),
        (
            f"the statement of {DOCUMENTS} documents and {PAYMENTS // 5} payments",
            MOST_STATEMENT,
            lambda: statements.statement(db, ACCOUNT, None, by=by, at=at),
        ),
        ("verifying the ledger", MOST_VERIFIED, lambda: verification.verify(db, by=OPERATOR)),
    )
    with driver(url, begin="BEGIN") as execute:
        for name, most, read in reads:
            read()
            with recorded(db) as asked:
                read()
            service, raw = [], []
            for _ in range(ROUNDS):
                raw.append(seconds_of(lambda asked=asked: execute(asked)))  # type: ignore[misc]
                service.append(seconds_of(read))
            yield Figure(f"{name} on {kind}", service, "raw driver", raw, most, f"{len(asked)} statements")
