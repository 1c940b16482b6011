"""How old a balance is, what has been paid since, and on whose date it is read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from partnernet.domain.accounts import Account
from partnernet.domain.agents import Agent
from partnernet.domain.customers import Customer
from partnernet.domain.money import ZERO
from partnernet.domain.permissions import Role
from partnernet.services import customers, payments, reversals
from partnernet.storage import tables
from tests.support.requests import money, paying, reversing
from tests.support.world import World

DUE = date(2026, 10, 15)


def account(world: World, who: Customer, *, by: Agent | None = None, at: datetime | None = None) -> Account:
    return customers.account(world.db, who.number, by=by or world.agent, at=at or world.now)


def test_payments_since_the_import_are_counted_without_those_reversed_or_of_others(world: World) -> None:
    richard = world.customer("100001", due=[("F-1", "60.00", DUE)])
    fortin = world.customer("100002", due=[("G-1", "60.00", DUE)])
    first = payments.record(world.db, paying(world, richard, "5.00"), by=world.agent, at=world.later(minutes=1))
    payments.record(world.db, paying(world, richard, "6.00"), by=world.agent, at=world.later(minutes=1))
    payments.record(world.db, paying(world, fortin, "7.00"), by=world.agent, at=world.later(minutes=1))

    before = account(world, richard).payments_since
    reversals.reverse(
        world.db, reversing(first.number), by=world.supervisor, at=world.later(minutes=1), proved_at=world.now
    )

    assert (before, account(world, richard).payments_since, account(world, fortin).payments_since) == (2, 1, 1)


def test_the_balance_is_as_old_as_the_newest_snapshot(world: World) -> None:
    richard = world.customer("100001", due=[("F-1", "60.00", DUE)])
    newest = world.now - timedelta(hours=2)
    with world.db.write() as connection:
        connection.execute(
            tables.snapshot.insert().values(
                as_of=newest, through_batch=0, imported_at=world.now, imported_by="x", file_hash="x", item_count=0
            )
        )

    assert account(world, richard).snapshot_as_of == newest


def test_without_an_import_the_balance_has_no_age(world: World) -> None:
    assert account(world, world.customer("100001")).snapshot_as_of is None


def test_a_document_is_past_due_on_the_date_of_the_readers_branch(world: World) -> None:
    vancouver = world.new_branch("VAN", "Vancouver", "America/Vancouver")
    there = world.person("PV0001", "Guy Roy", Role.AGENT, vancouver)
    due_on_the_24th = world.customer("100001", due=[("F-1", "60.00", date(2026, 11, 24))])
    night = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)  # the 25th in Montréal, still the 24th in Vancouver

    here, west = (account(world, due_on_the_24th, by=person, at=night).standing for person in (world.agent, there))

    assert (here.past_due, west.past_due) == (money("60.00"), ZERO)


def test_whoever_serves_no_branch_reads_on_the_date_of_the_first(world: World) -> None:
    world.new_branch("VAN", "Vancouver", "America/Vancouver")
    auditor = world.person("AU1", "Jeanne Roy", Role.AUDITOR)
    due_on_the_24th = world.customer("100001", due=[("F-1", "60.00", date(2026, 11, 24))])

    night = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)  # half past eleven in Montréal, on the 24th
    past_midnight = night + timedelta(hours=1)

    assert account(world, due_on_the_24th, by=auditor, at=night).standing.past_due == ZERO
    assert account(world, due_on_the_24th, by=auditor, at=past_midnight).standing.past_due == money("60.00")
