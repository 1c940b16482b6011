"""A server killed at any moment: what was acknowledged is stored, once, and the numbers have no gap.

The short form runs with every other test; fifty kills during ten thousand payments are the campaign's.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from random import Random

import pytest
from sqlalchemy import select

from partnernet.clock import now
from partnernet.domain.agents import Agent, console_operator
from partnernet.domain.cheques import Cheque
from partnernet.domain.money import Money
from partnernet.domain.payments import AmountChoice, PaymentRequest
from partnernet.domain.tenders import Tender
from partnernet.services import customers, payments, verification
from partnernet.storage import schema, tables
from tests.support.world import World

ACCOUNT = "100245"
LAST_MOMENTS_SECONDS = 0.02  # a posting takes some milliseconds: a kill falls anywhere in one

Acknowledged = tuple[str, str]  # form key, receipt number


@dataclass
class Counter:
    """A process that posts one payment after another and tells when each is saved, as a server does."""

    url: str
    agent: Agent
    dated: date
    careless: bool = False  # tells before it saves: the control

    def work(self, keys: Sequence[str], told: Connection) -> None:
        """Post each key in turn."""
        db = schema.open_database(self.url)
        for key in keys:
            shown = customers.account(db, ACCOUNT, by=self.agent, at=now()).standing
            amount = Money(int(key[-5:]))  # an amount and a cheque of its own: nothing looks like an earlier payment
            request = PaymentRequest(
                key=key,
                customer_number=ACCOUNT,
                choice=AmountChoice.OTHER,
                amount=amount,
                tender=Tender.CHEQUE,
                cheque=Cheque(key[-5:], "00006", "006", "0123456", self.dated, "Jean Côté"),
                handed=None,
                seen_total_due=shown.total_due,
                seen_past_due=shown.past_due,
                confirmed=frozenset(),
            )
            if self.careless:
                told.send((key, ""))
            receipt = payments.record(db, request, by=self.agent, at=now())
            if not self.careless:
                told.send((key, receipt.number))

    def kill_after(self, keys: Sequence[str], count: int, moment_seconds: float) -> list[Acknowledged]:
        """Let it post, kill it a moment after the `count`-th word from it, and return all that it told."""
        processes = multiprocessing.get_context("spawn")
        hears, tells = processes.Pipe(duplex=False)
        process = processes.Process(target=self.work, args=(keys, tells))
        process.start()
        tells.close()  # so that the end of the process is the end of what it tells
        told = [hears.recv() for _ in range(count)]
        process.join(moment_seconds)
        process.kill()
        try:
            while True:
                told.append(hears.recv())
        except EOFError:
            process.join()
        return told


def post_all(counter: Counter, *, submissions: int, kills: int) -> dict[str, str]:
    """Submit every key until it is acknowledged, with kills on the way; return what was acknowledged."""
    moments, acknowledged = Random(kills), dict[str, str]()
    keys = [f"form-key-of-payment-{number:05}" for number in range(1, submissions + 1)]
    for _ in range(kills):
        left = [key for key in keys if key not in acknowledged]
        moment = 0 if counter.careless else moments.uniform(0, LAST_MOMENTS_SECONDS)
        acknowledged |= counter.kill_after(left, submissions // (kills + 1), moment)
    left = [key for key in keys if key not in acknowledged]
    return acknowledged | dict(counter.kill_after(left, len(left), moment_seconds=60))


def stored(world: World) -> list[Acknowledged]:
    """Every payment as (form key, receipt number), in the order of the numbers."""
    query = (
        select(tables.posting.c.key, tables.payment.c.receipt_number, tables.payment.c.amount_cents)
        .join(tables.payment, tables.payment.c.posting_id == tables.posting.c.id)
        .order_by(tables.payment.c.receipt_number)
    )
    with world.db.read() as connection:
        rows = connection.execute(query).all()
    assert all(row.amount_cents == int(row.key[-5:]) for row in rows), "each of the amount that was submitted"
    return [(row.key, f"MTL-{row.receipt_number:06}") for row in rows]


def counter_of(world: World, *, careless: bool = False) -> Counter:
    world.customer(ACCOUNT, due=[("FA-1", "20 000 000,00", world.today)])
    url = world.db.url.render_as_string(hide_password=False)
    return Counter(url, world.agent, world.branch.business_date(now()), careless)


@pytest.mark.parametrize(("submissions", "kills"), [(80, 3), pytest.param(10_000, 50, marks=pytest.mark.campaign)])
def test_a_server_killed_while_posting_loses_nothing_and_doubles_nothing(
    world: World, submissions: int, kills: int
) -> None:
    acknowledged = post_all(counter_of(world), submissions=submissions, kills=kills)

    rows = stored(world)
    assert dict(rows) == acknowledged
    assert [number for _, number in rows] == [f"MTL-{n:06}" for n in range(1, submissions + 1)]
    assert verification.verify(world.db, by=console_operator("tests")).problems == ()


def test_a_server_that_speaks_before_it_saves_is_caught_by_the_same_count(world: World) -> None:
    acknowledged = post_all(counter_of(world, careless=True), submissions=40, kills=3)

    lost = acknowledged.keys() - dict(stored(world)).keys()

    assert len(acknowledged) == 40
    assert lost
