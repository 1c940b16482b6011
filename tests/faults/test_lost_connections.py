"""PostgreSQL connections that break at any moment: one payment, known to whoever submitted it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import func, make_url, select

from partnernet.domain.agents import console_operator
from partnernet.domain.customers import Customer
from partnernet.domain.refusals import DatabaseUnavailable, Refusal
from partnernet.services import payments, verification
from partnernet.storage import ledger, schema, tables
from partnernet.storage.database import Database
from tests.support import counter_process
from tests.support.crashes import terminated_before
from tests.support.lossy_proxy import Loss, LossyProxy, lossy_proxy
from tests.support.requests import new_key, paying
from tests.support.world import World

DUE = date(2026, 10, 15)


@pytest.fixture
def world(postgres_db: Database) -> World:
    return World(postgres_db)


@pytest.fixture
def customer(world: World) -> Customer:
    return world.customer("100001", due=[("F-1", "100 000.00", DUE)])


@pytest.fixture
def proxy(world: World) -> Iterator[LossyProxy]:
    with lossy_proxy(world.db.url) as lossy:
        yield lossy


@pytest.fixture
def behind_proxy(proxy: LossyProxy) -> Iterator[Database]:
    """The same database, through a network that loses things."""
    database = schema.open_database(proxy.url.render_as_string(hide_password=False))
    yield database
    database.dispose()


def posted(world: World) -> int:
    with world.db.read() as connection:
        return connection.execute(select(func.count()).select_from(tables.posting)).scalar_one()


def assert_clean(world: World) -> None:
    assert verification.verify(world.db, by=console_operator("test")).problems == ()


@pytest.mark.parametrize("rounds", [5, pytest.param(500, marks=pytest.mark.campaign)])
@pytest.mark.parametrize("loss", [Loss.THE_COMMIT, Loss.ITS_ANSWER])
def test_a_commit_or_its_answer_that_is_lost_ends_with_one_payment(
    world: World, customer: Customer, proxy: LossyProxy, behind_proxy: Database, loss: Loss, rounds: int
) -> None:
    for number in range(1, rounds + 1):
        proxy.next_loss = loss
        request = counter_process.submission(new_key(), customer.number, 5 * number)

        receipt = counter_process.insist(behind_proxy, request, by=world.agent)

        assert receipt.number == f"MTL-{number:06d}"
        assert (proxy.losses, posted(world)) == (number, number)
    assert_clean(world)


def test_without_looking_again_a_lost_answer_would_pass_for_a_failure(
    world: World, proxy: LossyProxy, behind_proxy: Database
) -> None:
    """The control: the fault is real, and only looking the key up again tells the two losses apart."""

    def write() -> None:
        with behind_proxy.write() as connection:
            connection.execute(tables.database_mark.insert().values(name=str(proxy.losses), value="x"))

    for loss in (Loss.ITS_ANSWER, Loss.THE_COMMIT):
        proxy.next_loss = loss
        with pytest.raises(DatabaseUnavailable):
            write()

    with world.db.read() as connection:
        assert connection.execute(select(tables.database_mark.c.name)).scalars().all() == ["0"]


def test_a_connection_that_is_ended_before_any_statement_ends_with_one_payment(
    world: World, customer: Customer
) -> None:
    payments.record(world.db, paying(world, customer, "0.05"), by=world.agent, at=world.now)  # opens the till
    undisturbed = paying(world, customer, "0.10")
    with terminated_before(world.db, 0) as statements:
        payments.record(world.db, undisturbed, by=world.agent, at=world.now)
    for number in range(1, len(statements) + 1):
        request = paying(world, customer, f"{number}.00")
        with terminated_before(world.db, number) as interrupted:
            receipt = payments.record(world.db, request, by=world.agent, at=world.now)

        assert receipt.number == f"MTL-{number + 2:06d}"
        assert len(interrupted) == len(statements) + number, "it was tried again from the start"
    assert posted(world) == len(statements) + 2
    assert_clean(world)


def test_a_server_that_stays_away_is_unavailable_and_the_same_key_works_later(
    world: World, customer: Customer, proxy: LossyProxy
) -> None:
    away = Database(proxy.url.set(port=1))
    request = paying(world, customer, "20.00")

    with pytest.raises(DatabaseUnavailable):
        payments.record(away, request, by=world.agent, at=world.now)

    assert posted(world) == 0
    assert payments.record(world.db, request, by=world.agent, at=world.now).number == "MTL-000001"


def test_a_client_that_hangs_while_holding_a_branch_holds_it_less_than_ten_seconds(
    world: World, customer: Customer
) -> None:
    hung = schema.open_database(make_url(world.db.url))
    holds, may_end, outcome = threading.Event(), threading.Event(), list[Exception]()

    def hang() -> None:
        try:
            with hung.write() as connection:
                ledger.lock_branch(connection, world.branch)
                holds.set()
                may_end.wait(30)
                connection.execute(select(tables.branch))
        except Refusal as refusal:
            outcome.append(refusal)

    thread = threading.Thread(target=hang)
    thread.start()
    assert holds.wait(10)
    start = time.monotonic()

    receipt = payments.record(world.db, paying(world, customer, "20.00"), by=world.agent, at=world.now)

    assert time.monotonic() - start < 10
    assert receipt.number == "MTL-000001"
    may_end.set()
    thread.join()
    assert len(outcome) == 1, "whoever hung is told, with a sentence, that nothing was saved"
    hung.dispose()
