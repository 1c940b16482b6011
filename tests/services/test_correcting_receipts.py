"""What is entered again is a payment like any other, listed under who took the money; it is corrected only once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from partnernet.domain.corrections import (
    NotReversed,
    Whereabouts,
    as_entered,
)
from partnernet.domain.customers import Customer
from partnernet.domain.payments import CashNotMultipleOfFive
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt
from partnernet.domain.reconciliations import PasswordProofTooOld
from partnernet.domain.refusals import OtherContentForKey
from partnernet.domain.reversals import (
    AlreadyReversed,
    OwnEntry,
    ReversalReason,
    WhereIsTheMoney,
)
from partnernet.domain.tenders import Tender
from partnernet.services import corrections, customers, payments, reversals
from tests.support.correcting import as_it_was, enter_again, entering_again, figures, reach, reverse
from tests.support.counting import acts_in_journal, assert_verified, postings, receive_float
from tests.support.requests import a_cheque, money, paying, reversing, standing_of
from tests.support.world import World

DUE = date(2026, 10, 15)
CUSTOMER, AMOUNT, TENDER = (
    ReversalReason.WRONG_CUSTOMER,
    ReversalReason.WRONG_AMOUNT,
    ReversalReason.WRONG_TENDER,
)


@pytest.fixture
def a(world: World) -> Customer:
    receive_float(world)
    return world.customer("100001", due=[("F-1", "45.00", DUE), ("F-2", "455.00", DUE)])


@pytest.fixture
def b(world: World) -> Customer:
    return world.customer("100002", "L'Œuvre des Sœurs", due=[("G-1", "40.00", DUE), ("G-2", "260.00", DUE)])


@pytest.fixture
def paid(world: World, a: Customer) -> Receipt:
    return payments.record(world.db, paying(world, a, "60.00"), by=world.agent, at=world.later(minutes=1))


# --- the receipt ----------------------------------------------------------------------------------------------------


def test_it_has_a_number_of_its_own_and_pays_the_oldest_documents_of_the_right_account(
    world: World, a: Customer, b: Customer, paid: Receipt
) -> None:
    again = enter_again(world, paid, CUSTOMER, as_it_was(paid, customer=b))

    assert (paid.number, again.number) == ("MTL-000001", "MTL-000002")
    assert [(part.document_number, str(part.amount)) for part in again.allocations] == [
        ("G-1", "40.00"),
        ("G-2", "20.00"),
    ]
    assert (again.total_due_before, again.total_due_after) == (money("300.00"), money("240.00"))
    assert (again.customer.name, again.tender, again.received) == ("L'Œuvre des Sœurs", Tender.CASH, money("60.00"))
    assert [item.document_number for item in standing_of(world, a).documents] == ["F-1", "F-2"], "both are open again"


def test_the_two_receipts_say_of_one_another(world: World, b: Customer, paid: Receipt) -> None:
    again = enter_again(world, paid, CUSTOMER, as_it_was(paid, customer=b))

    undone = payments.receipt(world.db, paid.number, by=world.agent)
    assert undone.reversal is not None
    assert (undone.reversal.at, undone.reversal.reason, undone.reversal.where) == (
        world.now,
        CUSTOMER,
        WhereIsTheMoney.KEPT,
    )
    assert (undone.reversal.by_name, undone.reversal.note, undone.reversal.reentered) == (
        "Anne Lavoie",
        "mal inscrit",
        again.number,
    )
    assert replace(undone, reversal=None) == paid, "what it printed stays"
    assert (again.corrects, again.entered_by, again.agent_name) == (paid.number, "Anne Lavoie", "Marie Tremblay")
    assert again.reversal is None


def test_it_is_listed_under_who_took_the_money_on_the_day_when_it_was_entered_again(
    world: World, b: Customer, paid: Receipt
) -> None:
    world.later(days=1)
    again = enter_again(world, paid, CUSTOMER, as_it_was(paid, customer=b))

    before = payments.of_day(world.db, paid.business_date, by=world.supervisor)
    after = payments.of_day(world.db, world.today, by=world.supervisor)

    assert [(line.receipt_number, line.reversed, line.reentered) for line in before.payments] == [
        (paid.number, True, again.number)
    ]
    assert (before.by_agent, before.count) == ((), 0)
    assert [(line.receipt_number, line.corrects, line.agent_login) for line in after.payments] == [
        (again.number, paid.number, "PA1234")
    ]
    assert after.by_agent == (("PA1234", "Marie Tremblay", 1, money("60.00")),)
    assert payments.of_day(world.db, world.today, by=world.agent).count == 1, "an agent reads what they took"
    assert payments.of_day(world.db, world.today, by=world.other_agent).count == 0


def test_it_can_be_found_again_for_its_slip_and_by_whoever_looks_at_it(
    world: World, b: Customer, paid: Receipt
) -> None:
    with pytest.raises(NotReversed):
        corrections.of_receipt(world.db, paid.number, by=world.supervisor)
    before = corrections.examined(world.db, paid.number, by=world.supervisor)

    again = enter_again(world, paid, CUSTOMER, as_it_was(paid, customer=b))

    made = corrections.of_receipt(world.db, paid.number, by=world.supervisor)
    assert ([each.number for each in made.receipts], made.reentered) == ([paid.number], again)
    assert (before.where, before.correction) == (Whereabouts.DRAWER, None)
    after = corrections.examined(world.db, paid.number, by=world.supervisor)
    assert (after.where, after.correction) == (None, made)
    assert corrections.examined(world.db, again.number, by=world.supervisor).is_own(world.supervisor)
    assert [each.number for each in corrections.listed(world.db, by=world.supervisor).last] == [paid.number]


def test_the_audit_log_keeps_both_acts(world: World, b: Customer, paid: Receipt) -> None:
    since = world.later(minutes=1)

    enter_again(world, paid, CUSTOMER, as_it_was(paid, customer=b))

    assert acts_in_journal(world, since) == ["payment.reversed", "payment.reentered"]


# --- before it is done ----------------------------------------------------------------------------------------------


def test_what_would_be_is_shown_and_nothing_of_it_is_kept(
    world: World, a: Customer, b: Customer, paid: Receipt
) -> None:
    request = entering_again(paid, CUSTOMER, as_it_was(paid, customer=b))
    before, count = figures(world, a, b), postings(world)

    seen = reversals.preview(world.db, request, by=world.supervisor, at=world.later(minutes=1))

    assert [(each.number, str(each.total_due_before), str(each.total_due_after)) for each in seen.accounts] == [
        ("100001", "440.00", "500.00"),
        ("100002", "300.00", "240.00"),
    ]
    assert seen.reentered is not None
    assert [part.document_number for part in seen.reentered.allocations] == ["G-1", "G-2"]
    assert (figures(world, a, b), postings(world)) == (before, count)
    assert reversals.by_key(world.db, request.key, by=world.supervisor) is None
    made = reverse(world, request)
    assert made.reentered == seen.reentered.number == "MTL-000002", "the number was not used up"


def test_what_would_be_refused_is_refused_before(world: World, paid: Receipt) -> None:
    request = entering_again(paid, AMOUNT, as_it_was(paid, amount="12.34"))

    with pytest.raises(CashNotMultipleOfFive):
        reversals.preview(world.db, request, by=world.supervisor, at=world.now)


# --- once, by another person ----------------------------------------------------------------------------------------


def test_the_same_request_again_gives_the_same_correction(world: World, b: Customer, paid: Receipt) -> None:
    request = entering_again(paid, CUSTOMER, as_it_was(paid, customer=b))
    first, count = reverse(world, request), postings(world)

    assert reverse(world, request) == first
    assert reversals.by_key(world.db, request.key, by=world.supervisor) == first
    assert postings(world) == count
    with pytest.raises(OtherContentForKey):
        reverse(world, replace(request, reentry=replace(as_entered(paid), customer_number="100009")))


def test_a_payment_that_was_corrected_is_not_corrected_again_but_what_stands_in_its_place_is(
    world: World, a: Customer, b: Customer, paid: Receipt
) -> None:
    again = enter_again(world, paid, CUSTOMER, as_it_was(paid, customer=b))

    with pytest.raises(AlreadyReversed):
        enter_again(world, paid, CUSTOMER, as_it_was(paid, customer=b))

    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)
    back = reverse(world, entering_again(again, CUSTOMER, as_it_was(again, customer=a)), by=colleague)
    third = payments.receipt(world.db, back.reentered, by=world.agent)
    assert (third.corrects, third.agent_name, third.entered_by) == (again.number, "Marie Tremblay", "Guy Roy")
    assert figures(world, a, b) == ("260.00", "0.00", "0.00", "60.00", "0.00", "200.00", "440.00", "300.00")
    assert_verified(world)


def test_neither_who_took_the_money_nor_who_entered_it_again_corrects_it(
    world: World, a: Customer, b: Customer
) -> None:
    taken = payments.record(world.db, paying(world, a, "60.00"), by=world.supervisor, at=world.later(minutes=1))
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)
    request = entering_again(taken, CUSTOMER, as_it_was(taken, customer=b))
    with pytest.raises(OwnEntry):
        reverse(world, request)
    again = payments.receipt(world.db, reverse(world, request, by=colleague).reentered, by=colleague)
    count = postings(world)

    for by in (world.supervisor, colleague):
        with pytest.raises(OwnEntry):
            reverse(world, reversing(again.number), by=by)
        with pytest.raises(OwnEntry):
            reverse(world, entering_again(again, CUSTOMER, as_it_was(again, customer=a)), by=by)

    assert postings(world) == count


def in_part_ones_own(world: World, a: Customer, b: Customer) -> Receipt:
    """A payment by a sheet of which the supervisor has entered the other one again."""
    first = payments.record(
        world.db, paying(world, a, "60.00", cheque=a_cheque(), face="100.00"), by=world.agent, at=world.now
    )
    second = payments.record(
        world.db, paying(world, a, "40.00", sheet=first.cheque_id), by=world.agent, at=world.later(minutes=1)
    )
    enter_again(world, second, CUSTOMER, as_it_was(second, customer=b))
    return first


def test_a_sheet_is_not_reversed_by_who_entered_one_of_its_payments_again(
    world: World, a: Customer, b: Customer
) -> None:
    first = in_part_ones_own(world, a, b)

    with pytest.raises(OwnEntry):
        reverse(world, reversing(first.number))

    assert payments.receipt(world.db, first.number, by=world.agent).reversal is None


def test_an_attempt_on_a_sheet_that_is_in_part_ones_own_is_kept_whichever_payment_is_named_and_wherever_it_is(
    world: World, a: Customer, b: Customer
) -> None:
    first = in_part_ones_own(world, a, b)
    reach(world, "deposited", {"20": 10})

    with pytest.raises(OwnEntry):
        reverse(world, reversing(first.number))

    assert acts_in_journal(world)[-1] == "payment.reversed"
    assert payments.receipt(world.db, first.number, by=world.agent).reversal is None


def test_the_password_is_asked_again_after_five_minutes(world: World, paid: Receipt) -> None:
    at = world.later(minutes=30)

    with pytest.raises(PasswordProofTooOld):
        reversals.reverse(
            world.db, reversing(paid.number), by=world.supervisor, at=at, proved_at=at - timedelta(minutes=6)
        )

    assert payments.receipt(world.db, paid.number, by=world.agent).reversal is None
    fresh = at - timedelta(minutes=5)
    made = reversals.reverse(world.db, reversing(paid.number), by=world.supervisor, at=at, proved_at=fresh)
    assert made.at == at


def test_the_account_page_counts_what_stands(world: World, a: Customer, b: Customer, paid: Receipt) -> None:
    enter_again(world, paid, CUSTOMER, as_it_was(paid, customer=b))

    counted = [customers.account(world.db, who.number, by=world.agent, at=world.now).payments_since for who in (a, b)]

    assert counted == [0, 1]
