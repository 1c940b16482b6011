"""While an agent counts, every list hides their cash, whoever reads it; a receipt stays a receipt."""

from __future__ import annotations

import pytest

from partnernet.domain.receipts import DayPayment
from partnernet.services import counts, payments, till
from tests.support.requests import a_cheque, money, paying
from tests.support.world import World


@pytest.fixture
def counting(world: World) -> World:
    """60.00 in cash and a cheque of 412.37 taken by the agent, 75.00 by the other; the agent has begun to count."""
    for number, amount, by, cheque in (
        ("100001", "60.00", world.agent, None),
        ("100002", "412.37", world.agent, a_cheque("000123")),
        ("100003", "75.00", world.other_agent, None),
    ):
        customer = world.customer(number, due=[(f"F-{number}", amount, world.today)])
        payments.record(world.db, paying(world, customer, cheque=cheque), by=by, at=world.later(minutes=1))
    counts.start(world.db, by=world.agent, at=world.later(minutes=1))
    return world


def test_a_supervisor_does_not_read_the_cash_of_whoever_is_counting(counting: World) -> None:
    day = payments.of_day(counting.db, counting.today, by=counting.supervisor)

    assert [line.shown_amount for line in day.payments] == [None, money("412.37"), money("75.00")]
    assert day.amount is None, "the branch's total less the others' would be theirs"
    assert [(login, amount) for login, _name, _count, amount in day.by_agent] == [
        ("PA1234", None),
        ("PA2345", money("75.00")),
    ]
    assert day.counting == ("Marie Tremblay",)


def test_whoever_counts_reads_neither_their_figures_nor_their_cash_on_the_home_screen(counting: World) -> None:
    glance = till.day_of(counting.db, by=counting.agent, at=counting.now)

    assert glance.position.figures is None
    assert [line.shown_amount for line in glance.day.payments] == [None, money("412.37")]
    assert glance.day.rounding is None


def test_another_agent_goes_on_reading_their_own(counting: World) -> None:
    glance = till.day_of(counting.db, by=counting.other_agent, at=counting.now)

    assert glance.position.figures is not None
    assert glance.day.amount == money("75.00")


def test_the_receipt_itself_is_still_shown_since_the_customer_needs_it(counting: World) -> None:
    number = payments.of_day(counting.db, counting.today, by=counting.agent).payments[0].receipt_number

    assert payments.receipt(counting.db, number, by=counting.agent).amount == money("60.00")


def test_a_count_in_another_branch_hides_nothing_here(counting: World) -> None:
    quebec = counting.new_branch("QUE", "Québec")
    supervisor = counting.person("SU2000", "Guy Roy", counting.supervisor.role, quebec)
    customer = counting.customer("100004", due=[("F-4", "10.00", counting.today)])
    payments.record(counting.db, paying(counting, customer), by=supervisor, at=counting.later(minutes=1))

    day = payments.of_day(counting.db, counting.today, by=supervisor)

    assert day.amount == money("10.00")


def test_once_frozen_or_given_up_the_amounts_are_back(counting: World) -> None:
    draft = counts.current(counting.db, by=counting.agent, at=counting.now)
    assert draft is not None

    counts.drop(counting.db, draft.id, by=counting.agent, at=counting.later(minutes=1))

    day = payments.of_day(counting.db, counting.today, by=counting.supervisor)
    assert day.amount == money("547.37")
    assert all(isinstance(line, DayPayment) for line in day.payments)
