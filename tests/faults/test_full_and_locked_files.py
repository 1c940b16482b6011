"""SQLite files that are full or held by another program: a sentence, nothing half-saved, and the key works later."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from partnernet.domain.agents import console_operator
from partnernet.domain.customers import Customer
from partnernet.domain.receipts import Receipt
from partnernet.domain.refusals import DatabaseBusy, DatabaseUnavailable
from partnernet.services import payments, verification
from partnernet.storage import schema
from partnernet.storage.database import Database
from tests.support import counter_process
from tests.support.requests import new_key, paying
from tests.support.world import World

DUE = date(2026, 10, 15)


@pytest.fixture
def world(sqlite_db: Database) -> World:
    return World(sqlite_db)


@pytest.fixture
def customer(world: World) -> Customer:
    return world.customer("100001", due=[("F-1", "100 000.00", DUE)])


def allow_pages(db: Database, more: int) -> None:
    """Let the file of the pool's one connection grow by some pages and no further."""
    with db.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + more}")


def test_a_full_disk_loses_nothing_and_the_same_key_works_once_there_is_room(world: World, customer: Customer) -> None:
    allow_pages(world.db, more=12)
    acknowledged: list[Receipt] = []
    refused = None

    while refused is None and len(acknowledged) < 500:
        request = counter_process.submission(new_key(), customer.number, 5 * len(acknowledged) + 5)
        try:
            acknowledged.append(counter_process.insist(world.db, request, by=world.agent))
        except DatabaseUnavailable:
            refused = request

    assert refused is not None, "the disk was never full"
    assert acknowledged, "it was full from the start"
    assert payments.by_key(world.db, refused.key, by=world.agent) is None
    assert verification.verify(world.db, by=console_operator("test")).problems == ()
    allow_pages(world.db, more=1000)
    assert counter_process.insist(world.db, refused, by=world.agent).number == f"MTL-{len(acknowledged) + 1:06d}"
    for receipt in acknowledged:
        assert payments.receipt(world.db, receipt.number, by=world.agent) == receipt
    assert verification.verify(world.db, by=console_operator("test")).problems == ()


@contextmanager
def held(file: Path, *statements: str) -> Iterator[None]:
    """Another program in the middle of a transaction."""
    other = sqlite3.connect(file, isolation_level=None)
    for statement in statements:
        other.execute(statement).fetchone()
    yield
    other.close()


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param(("BEGIN", "SELECT count(*) FROM posting"), id="a reader, at the commit"),
        pytest.param(("BEGIN IMMEDIATE",), id="a writer, at the beginning"),
        pytest.param(("BEGIN EXCLUSIVE",), id="somebody alone, at the first look"),
    ],
)
def test_a_file_that_another_program_holds_is_busy_and_the_same_key_works_later(
    world: World, customer: Customer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statements: tuple[str, ...]
) -> None:
    request = paying(world, customer, "20.00")
    monkeypatch.setattr("partnernet.storage.pragmas.LOCK_TIMEOUT_SECONDS", 0.2)
    impatient = schema.open_database(world.db.url)

    with held(tmp_path / "partnernet.db", *statements), pytest.raises(DatabaseBusy):
        payments.record(impatient, request, by=world.agent, at=world.now)

    assert payments.by_key(impatient, request.key, by=world.agent) is None
    assert payments.record(impatient, request, by=world.agent, at=world.now).number == "MTL-000001"
    impatient.dispose()
