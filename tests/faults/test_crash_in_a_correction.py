"""A crash at any statement of a correction: never a reversal without what stands in its place, nor the reverse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from partnernet.domain.corrections import as_entered
from partnernet.domain.error_reports import ErrorReason, ErrorReportRequest
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason, ReversalRequest, WhereIsTheMoney
from partnernet.services import cash_only, error_reports, reversals
from partnernet.storage.database import Database
from tests.support.correcting import as_cash, as_it_was, entering_again, figures, reach, reverse
from tests.support.counting import assert_verified, receive_float, take_cash, take_cheque
from tests.support.crashes import crash_at_each_statement, everything_in, terminated_before
from tests.support.requests import a_cheque, new_key, reversing
from tests.support.till_reports import current
from tests.support.world import World

Act = Callable[[], Any]


def reported(world: World, paid: Receipt) -> Act:
    """The agent reports an error, which a correction settles too."""
    request = ErrorReportRequest(new_key(), paid.number, ErrorReason.OTHER, "à corriger")
    return partial(error_reports.report, world.db, request, by=world.agent, at=world.later(minutes=1))


def correcting(world: World, request: ReversalRequest) -> Act:
    at = world.later(minutes=1)
    return partial(reversals.reverse, world.db, request, by=world.supervisor, at=at, proved_at=at)


# --- the acts, each ready to be tried again and again ---------------------------------------------------------------


def for_another_customer(world: World) -> Act:
    receive_float(world)
    paid, other = take_cash(world, "60.00"), take_cash(world, "40.00")
    reported(world, paid)()
    right = replace(as_entered(paid), customer_number=other.customer.number)
    return correcting(world, entering_again(paid, ReversalReason.WRONG_CUSTOMER, right))


def for_another_amount_after_the_count(world: World) -> Act:
    receive_float(world)
    paid = take_cash(world, "60.00")
    reach(world, "approved", {"20": 10, "50": 1})
    return correcting(world, entering_again(paid, ReversalReason.WRONG_AMOUNT, as_it_was(paid, amount="50.00")))


def for_another_amount_in_the_bag(world: World) -> Act:
    paid = take_cheque(world, "60.00")
    reach(world, "approved", {})
    return correcting(world, entering_again(paid, ReversalReason.WRONG_AMOUNT, as_it_was(paid, amount="50.00")))


def cash_that_was_a_cheque(world: World) -> Act:
    paid = take_cash(world, "60.00")
    return correcting(world, entering_again(paid, ReversalReason.WRONG_TENDER, as_it_was(paid, cheque=a_cheque())))


def a_cheque_that_was_cash(world: World) -> Act:
    paid = take_cheque(world, "60.00")
    return correcting(world, entering_again(paid, ReversalReason.WRONG_TENDER, as_cash(paid)))


def what_was_corrected_before(world: World) -> Act:
    done = for_another_customer(world)()
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)
    request = reversing(done.reentered, reason=ReversalReason.DUPLICATE, where=WhereIsTheMoney.NEVER_RECEIVED)
    at = world.later(minutes=1)
    return partial(reversals.reverse, world.db, request, by=colleague, at=at, proved_at=at)


def a_returned_cheque_that_keeps_to_cash(world: World) -> Act:
    paid = take_cheque(world, "60.00")
    bank, reason = WhereIsTheMoney.RETURNED_BY_BANK, ReversalReason.RETURNED_CHEQUE
    return correcting(world, reversing(paid.number, reason=reason, where=bank, note="NSF", cash_only=True))


def lifting(world: World) -> Act:
    paid = take_cheque(world, "60.00")
    bank, reason = WhereIsTheMoney.RETURNED_BY_BANK, ReversalReason.RETURNED_CHEQUE
    reverse(world, reversing(paid.number, reason=reason, where=bank, note="NSF", cash_only=True))
    at = world.later(minutes=1)
    return partial(cash_only.lift, world.db, paid.customer.number, "payé", by=world.supervisor, at=at)


def reporting(world: World) -> Act:
    return reported(world, take_cash(world, "60.00"))


def dismissing(world: World) -> Act:
    made = reporting(world)()
    at = world.later(minutes=1)
    return partial(error_reports.dismiss, world.db, made.id, "le montant est bon", by=world.supervisor, at=at)


ACTS = (
    for_another_customer, for_another_amount_after_the_count, for_another_amount_in_the_bag, cash_that_was_a_cheque,
    a_cheque_that_was_cash, what_was_corrected_before, a_returned_cheque_that_keeps_to_cash, lifting, reporting,
    dismissing,
)  # fmt: skip


# --- every statement ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ready", ACTS, ids=lambda ready: ready.__name__)
def test_a_crash_at_any_statement_leaves_nothing_behind(world: World, ready: Callable[[World], Act]) -> None:
    act = ready(world)

    crashes, done = crash_at_each_statement(world.db, act)

    assert crashes > 3, "a crash that never came would prove nothing"
    after = everything_in(world.db)
    assert act() == done
    assert everything_in(world.db) == after, "an act whose answer was lost is done once"
    assert_verified(world)
    current(world)


@pytest.mark.parametrize("ready", ACTS, ids=lambda ready: ready.__name__)
def test_a_connection_that_is_ended_under_an_act_ends_with_the_act_done_once(
    postgres_db: Database, ready: Callable[[World], Act]
) -> None:
    world = World(postgres_db)
    act = ready(world)
    with terminated_before(world.db, 3) as statements:
        first = act()
    after = everything_in(world.db)

    assert len(statements) > 3, "it was tried again from the start"
    assert act() == first
    assert everything_in(world.db) == after
    assert_verified(world)


def test_what_would_be_leaves_nothing_behind_either(world: World) -> None:
    receive_float(world)
    paid, other = take_cash(world, "60.00"), take_cash(world, "40.00")
    right = replace(as_entered(paid), customer_number=other.customer.number)
    request = entering_again(paid, ReversalReason.WRONG_CUSTOMER, right)
    before = everything_in(world.db)

    reversals.preview(world.db, request, by=world.supervisor, at=world.later(minutes=1))

    assert everything_in(world.db) == before
    assert figures(world)[0] == "300.00"


def test_a_correction_in_two_steps_is_caught_by_the_same_crashes(world: World) -> None:
    """The control: reversed as handed back, then taken again, one after the other."""
    paid = take_cash(world, "60.00")
    undoes = correcting(world, reversing(paid.number))

    with pytest.raises(AssertionError, match="half done"):
        crash_at_each_statement(world.db, lambda: (undoes(), take_cash(world, "50.00")))
