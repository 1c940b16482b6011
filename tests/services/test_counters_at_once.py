"""Several counters at the same moment: one payment a key, receipts without a gap, balances that add up."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select

from partnernet.domain.agents import console_operator
from partnernet.domain.concerns import BalanceChanged, ConfirmationNeeded, LooksLikeEarlierPayment
from partnernet.domain.customers import Customer
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt
from partnernet.domain.refusals import DatabaseBusy, OtherContentForKey
from partnernet.domain.reversals import AlreadyReversed
from partnernet.services import payments, reversals, verification
from partnernet.storage import schema, tables
from partnernet.storage.database import Database
from tests.support import counter_process
from tests.support.at_once import at_once
from tests.support.requests import money, new_key, paying, reversing, standing_of
from tests.support.world import World

DUE = date(2026, 10, 15)


@pytest.fixture
def customer(world: World) -> Customer:
    return world.customer("100001", due=[("F-1", "1 000.00", DUE)])


def posted(world: World) -> int:
    with world.db.read() as connection:
        return connection.execute(select(func.count()).select_from(tables.posting)).scalar_one()


def assert_clean(world: World) -> None:
    assert verification.verify(world.db, by=console_operator("test")).problems == ()


def test_one_key_submitted_twice_at_once_is_one_payment_and_both_see_its_receipt(
    world: World, customer: Customer
) -> None:
    for round_number in range(1, 11):
        request = paying(world, customer, f"{round_number}.00")

        receipts = at_once(*[lambda r=request: payments.record(world.db, r, by=world.agent, at=world.now)] * 2)

        assert receipts[0] == receipts[1]
        assert isinstance(receipts[0], Receipt)
        assert posted(world) == round_number


def test_one_key_with_two_contents_at_once_is_one_payment_and_one_conflict(world: World, customer: Customer) -> None:
    key = new_key()
    requests = [paying(world, customer, amount, key=key) for amount in ("1.00", "2.00")]

    answers = at_once(*[lambda r=r: payments.record(world.db, r, by=world.agent, at=world.now) for r in requests])

    assert {type(answer) for answer in answers} == {Receipt, OtherContentForKey}
    assert posted(world) == 1


def test_one_key_in_two_branches_at_once_is_one_payment_and_one_conflict(world: World) -> None:
    customers = [world.customer(number, due=[(f"F-{number}", "60.00", DUE)]) for number in ("100002", "100003")]
    quebec = world.person("PB0001", "Guy Roy", Role.AGENT, world.new_branch("QUE", "Québec"))
    key = new_key()
    first, second = (paying(world, customer, "5.00", key=key) for customer in customers)

    answers = at_once(
        lambda: payments.record(world.db, first, by=world.agent, at=world.now),
        lambda: payments.record(world.db, second, by=quebec, at=world.now),
    )

    assert {type(answer) for answer in answers} == {Receipt, OtherContentForKey}
    assert posted(world) == 1
    assert_clean(world)


def test_eight_counters_of_a_branch_number_their_receipts_without_a_gap(world: World, customer: Customer) -> None:
    agents = [world.person(f"PX{n}", f"Agent {n}", Role.AGENT, world.branch) for n in range(8)]

    def counter(by: Any) -> list[str]:
        requests = [counter_process.submission(new_key(), customer.number, 100) for _ in range(5)]
        return [counter_process.insist(world.db, request, by=by).number for request in requests]

    numbers = at_once(*[lambda by=by: counter(by) for by in agents])

    given = sorted(number for of_agent in numbers if isinstance(of_agent, list) for number in of_agent)
    assert given == [f"MTL-{n:06d}" for n in range(1, 41)]
    assert standing_of(world, customer).total_due == money("960.00")
    assert_clean(world)


def test_two_branches_that_take_the_same_payment_at_once_save_one_and_ask_about_the_other(
    world: World, customer: Customer
) -> None:
    quebec = world.person("PB0001", "Guy Roy", Role.AGENT, world.new_branch("QUE", "Québec"))
    requests = [paying(world, customer, "20.00") for _ in range(2)]

    answers = at_once(
        lambda: payments.record(world.db, requests[0], by=world.agent, at=world.now),
        lambda: payments.record(world.db, requests[1], by=quebec, at=world.now),
    )

    (asked,) = [answer for answer in answers if isinstance(answer, ConfirmationNeeded)]
    assert [type(concern) for concern in asked.concerns] == [BalanceChanged, LooksLikeEarlierPayment]
    assert standing_of(world, customer).total_due == money("980.00")
    assert posted(world) == 1


def test_two_branches_that_pay_one_account_at_once_leave_the_sum_of_both(world: World, customer: Customer) -> None:
    quebec = world.person("PB0001", "Guy Roy", Role.AGENT, world.new_branch("QUE", "Québec"))

    def counter(by: Any) -> None:
        for _ in range(10):
            counter_process.insist(world.db, counter_process.submission(new_key(), customer.number, 500), by=by)

    assert at_once(lambda: counter(world.agent), lambda: counter(quebec)) == [None, None]

    assert standing_of(world, customer).total_due == money("900.00")
    with world.db.read() as connection:
        before = tables.payment.c.total_due_before_cents
        befores = connection.execute(select(before).order_by(before.desc())).scalars().all()
    assert befores == [money("1 000.00").cents - 500 * n for n in range(20)], "each saw what the one before left"
    assert_clean(world)


def test_two_supervisors_who_reverse_at_once_reverse_once(world: World, customer: Customer) -> None:
    paid = payments.record(world.db, paying(world, customer, "20.00"), by=world.agent, at=world.now)
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)

    answers = at_once(
        lambda: reversals.reverse(
            world.db, reversing(paid.number), by=world.supervisor, at=world.now, proved_at=world.now
        ),
        lambda: reversals.reverse(world.db, reversing(paid.number), by=colleague, at=world.now, proved_at=world.now),
    )

    assert sum(isinstance(answer, AlreadyReversed) for answer in answers) == 1
    assert posted(world) == 2


def test_copies_printed_at_once_have_numbers_of_their_own(world: World, customer: Customer) -> None:
    paid = payments.record(world.db, paying(world, customer, "20.00"), by=world.agent, at=world.now)

    copies = at_once(*[lambda: payments.count_copy(world.db, paid.number, by=world.agent, at=world.now)] * 4)

    assert sorted(copies, key=str) == [1, 2, 3, 4]


def test_a_crowded_database_says_that_it_is_busy(
    world: World, customer: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partnernet.storage.database.LOCK_TIMEOUT_SECONDS", 0.2)
    crowded = schema.open_database(world.db.url)
    request = paying(world, customer, "20.00")

    with ExitStack() as readers:
        for _ in range(15):
            readers.enter_context(crowded.read())
        with pytest.raises(DatabaseBusy):
            payments.record(crowded, request, by=world.agent, at=world.now)

    assert payments.record(crowded, request, by=world.agent, at=world.now).number == "MTL-000001"
    crowded.dispose()


def _shared_submissions(keys: Sequence[str], rounds: int, random: Random) -> str:
    lines = [f"{key} 100001 {100 + 5 * n}" for n, key in enumerate(keys) for _ in range(rounds)]
    random.shuffle(lines)
    return "".join(f"{line}\n" for line in lines)


def test_four_processes_over_shared_keys_make_one_payment_a_key(sqlite_db: Database) -> None:
    world = World(sqlite_db)
    world.customer("100001", due=[("F-1", "1 000.00", DUE)])
    url = world.db.url.render_as_string(hide_password=False)
    keys = [new_key() for _ in range(50)]
    counters = [counter_process.start(url, "PA1234") for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(
            lambda n: counters[n].communicate(_shared_submissions(keys, 4, Random(n)), timeout=120)[0], range(4)
        ))  # fmt: skip

    acknowledged = {tuple(line.split()) for answer in answers for line in answer.splitlines()}
    assert sum(len(answer.splitlines()) for answer in answers) == 4 * 200
    assert {key for key, _, _ in acknowledged} == set(keys)
    assert len(acknowledged) == len(keys) == posted(world), "every process was told the same receipt for a key"
    assert_clean(world)
