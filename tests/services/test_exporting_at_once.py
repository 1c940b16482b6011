"""Batches cut while others cut, while counters post, and while the database goes away: each posting goes out once."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import count

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.batches import Batch, BatchFile
from partnernet.domain.permissions import Role
from partnernet.services import exports, reversals
from partnernet.storage.database import Database
from tests.support import counter_process
from tests.support.at_once import at_once
from tests.support.batches import OPERATOR, cut, file, references
from tests.support.counting import (
    approve,
    assert_verified,
    deposit,
    receive_float,
    submit,
    take_cash,
    take_cheque,
)
from tests.support.counting import count as count_till
from tests.support.crashes import Crash, crashing_at, everything_in, terminated_before
from tests.support.requests import new_key, reversing
from tests.support.world import World

ROUNDS = range(5)  # two acts do not always meet


def every_reference(world: World) -> list[str]:
    """What went out in every batch together; the batches follow one another without a gap."""
    numbers = [batch.number for batch in reversed(exports.batches(world.db, by=OPERATOR))]
    assert numbers == list(range(1, len(numbers) + 1))
    return [reference for number in numbers for reference in references(world, number)]


def test_two_cuts_at_once_make_one_batch_and_one_finds_nothing(world: World) -> None:
    for number in ROUNDS:
        take_cash(world, "20.00")

        answers = at_once(
            partial(exports.cut, world.db, new_key(), by=OPERATOR, at=world.now),
            partial(exports.cut, world.db, new_key(), by=world.supervisor, at=world.now),
        )

        assert {type(answer) for answer in answers} == {Batch, type(None)}
        assert every_reference(world) == [f"MTL-{receipt:06d}" for receipt in range(1, number + 2)]
    assert_verified(world)


def test_one_key_sent_twice_at_once_is_one_batch_and_both_see_it(world: World) -> None:
    for _ in ROUNDS:
        take_cash(world, "20.00")
        key = new_key()

        first, second = at_once(*[partial(exports.cut, world.db, key, by=OPERATOR, at=world.now)] * 2)

        assert isinstance(first, Batch)
        assert first == second
    assert len(exports.batches(world.db, by=OPERATOR)) == len(ROUNDS)


def test_what_is_posted_during_a_cut_is_in_it_or_in_a_later_one(world: World) -> None:
    """Three counters of two branches post and reverse while two others cut, as fast as they can."""
    quebec = world.new_branch("QUE", "Québec")
    guy = world.person("PB0001", "Guy Roy", Role.AGENT, quebec)
    eva = world.person("SU3000", "Eva Roy", Role.SUPERVISOR, quebec)
    accounts = [world.customer(f"10000{n}", due=[(f"F-{n}", "9 000.00", date(2026, 10, 15))]) for n in range(3)]
    posted: list[str] = []

    def counter(by: Agent, account: str, supervisor: Agent | None) -> None:
        for cents in range(5_00, 45_00, 5_00):
            request = counter_process.submission(new_key(), account, cents)
            number = counter_process.insist(world.db, request, by=by).number
            posted.append(number)
            if supervisor:
                reversals.reverse(world.db, reversing(number), by=supervisor, at=now(), proved_at=now())
                posted.append(f"{number}-R")

    def exporter(by: Agent) -> None:
        for _ in range(12):
            exports.cut(world.db, new_key(), by=by, at=now())

    answers = at_once(
        partial(counter, world.agent, accounts[0].number, world.supervisor),
        partial(counter, world.other_agent, accounts[1].number, None),
        partial(counter, guy, accounts[2].number, eva),
        partial(exporter, OPERATOR),
        partial(exporter, world.supervisor),
    )
    assert answers == [None] * 5
    exports.cut(world.db, new_key(), by=OPERATOR, at=now())

    assert sorted(every_reference(world)) == sorted(posted)
    assert_verified(world)


def test_a_crash_at_any_statement_of_a_cut_leaves_nothing_and_the_same_key_cuts_it_once(world: World) -> None:
    receive_float(world)
    take_cash(world, "60.00")
    take_cheque(world, "412.37")
    approve(world, submit(world, count_till(world, {"20": 13})))
    deposit(world)
    key = new_key()
    before = everything_in(world.db)

    for number in count(1):
        try:
            with crashing_at(world.db, number):
                batch = exports.cut(world.db, key, by=OPERATOR, at=world.now)
        except Crash:
            assert everything_in(world.db) == before
        else:
            break

    assert isinstance(batch, Batch)
    assert number > 10, "a cut has many statements"
    assert exports.cut(world.db, key, by=OPERATOR, at=world.now) == batch
    assert every_reference(world) == ["MTL-000001", "MTL-000002"]
    assert_verified(world)


def test_a_connection_lost_at_any_statement_of_a_cut_makes_one_batch(postgres_db: Database) -> None:
    world = World(postgres_db)
    for number in count(1):
        take_cash(world, "20.00")
        with terminated_before(world.db, number) as statements:
            assert isinstance(cut(world), Batch)
        if len(statements) < number:
            break

    assert number > 10, "a cut has many statements"
    assert len(every_reference(world)) == number
    assert file(world, number, BatchFile.PAYMENTS).count(b"\n") == 2
    assert_verified(world)
