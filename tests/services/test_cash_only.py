"""A returned cheque can keep its account to cash, whatever the principal's terms say, until a supervisor lifts it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from partnernet.domain.cash_only import CashOnlyMark, LiftingNoteMissing, NotMarkedCashOnly
from partnernet.domain.customers import Customer, SearchCriteria, Terms
from partnernet.domain.payments import ChequeNotAccepted
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt
from partnernet.domain.refusals import NotPermitted
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.searches import CustomerNotFound
from partnernet.services import cash_only, customers, payments
from tests.support.at_once import at_once
from tests.support.correcting import as_it_was, enter_again, reverse
from tests.support.counting import acts_in_journal
from tests.support.requests import a_cheque, paying, reversing
from tests.support.world import World

DUE = date(2026, 10, 15)


@pytest.fixture
def customer(world: World) -> Customer:
    return world.customer("100001", "Locations Richard", due=[("F-1", "500.00", DUE)])


def by_cheque(world: World, who: Customer, amount: str = "60.00", number: str = "000123") -> Receipt:
    request = paying(world, who, amount, cheque=a_cheque(number))
    return payments.record(world.db, request, by=world.agent, at=world.later(minutes=1))


def returned(world: World, paid: Receipt, *, cash_only: bool = True) -> None:
    """The bank sends the cheque back."""
    bank, reason = WhereIsTheMoney.RETURNED_BY_BANK, ReversalReason.RETURNED_CHEQUE
    reverse(world, reversing(paid.number, reason=reason, where=bank, note="NSF", cash_only=cash_only))


def lift(world: World, number: str, note: str = "virement reçu") -> CashOnlyMark:
    return cash_only.lift(world.db, number, note, by=world.supervisor, at=world.later(minutes=1))


def account(world: World, number: str) -> Customer:
    return customers.account(world.db, number, by=world.agent, at=world.now).customer


def test_an_account_whose_cheque_came_back_takes_cash_only_and_says_so_everywhere(
    world: World, customer: Customer
) -> None:
    bad = by_cheque(world, customer)
    since = world.later(minutes=1)

    returned(world, bad)

    found = account(world, customer.number)
    assert (found.terms, found.restrictions, found.cash_only) == (Terms.OPEN, (Terms.CASH_ONLY,), True)
    criteria = SearchCriteria(name="*richard*")
    (row,) = customers.search(world.db, criteria, by=world.agent, at=world.now).rows
    assert row.restrictions == (Terms.CASH_ONLY,)
    with pytest.raises(ChequeNotAccepted):
        by_cheque(world, customer, number="000124")
    cash = payments.record(world.db, paying(world, customer, "60.00"), by=world.agent, at=world.later(minutes=1))
    assert cash.number == "MTL-000002"
    assert acts_in_journal(world, since)[:2] == ["payment.reversed", "cash_only.marked"]


def test_a_cheque_can_come_back_without_consequence(world: World, customer: Customer) -> None:
    returned(world, by_cheque(world, customer), cash_only=False)

    assert account(world, customer.number).restrictions == ()
    assert cash_only.last_mark(world.db, customer.number, by=world.agent) is None
    assert by_cheque(world, customer, number="000124").number == "MTL-000002"


def test_the_mark_says_when_why_and_by_which_receipt(world: World, customer: Customer) -> None:
    bad = by_cheque(world, customer)
    returned(world, bad)

    mark = cash_only.last_mark(world.db, customer.number, by=world.agent)

    assert mark == CashOnlyMark(
        customer.number,
        cash_only=True,
        at=world.now,
        by_login="SU1000",
        by_name="Anne Lavoie",
        note="NSF",
        receipt_number=bad.number,
    )


def test_a_supervisor_lifts_it_with_a_note_and_cheques_are_taken_again(world: World, customer: Customer) -> None:
    returned(world, by_cheque(world, customer))
    with pytest.raises(LiftingNoteMissing):
        lift(world, customer.number, "  ")

    lifted = lift(world, customer.number)

    assert lift(world, customer.number) == lifted, "the same person's second click changes nothing"
    assert (lifted.cash_only, lifted.note, lifted.receipt_number) == (False, "virement reçu", "")
    assert account(world, customer.number).restrictions == ()
    second = by_cheque(world, customer, number="000124")
    returned(world, second)
    assert account(world, customer.number).cash_only, "the last mark is in force"
    assert acts_in_journal(world).count("cash_only.lifted") == 1


def test_only_a_supervisor_lifts_it_and_only_where_there_is_one(world: World, customer: Customer) -> None:
    principals = world.customer("100002", terms=Terms.CASH_ONLY)
    with pytest.raises(NotMarkedCashOnly):
        lift(world, customer.number)
    with pytest.raises(NotMarkedCashOnly):
        lift(world, principals.number)
    for number in ("999999", "a\x00"):
        with pytest.raises(CustomerNotFound):
            lift(world, number)
        with pytest.raises(CustomerNotFound):
            cash_only.last_mark(world.db, number, by=world.supervisor)
    with pytest.raises(NotPermitted):
        cash_only.lift(world.db, customer.number, "non", by=world.agent, at=world.now)

    assert account(world, principals.number).cash_only, "the principal's terms are the principal's"


def test_a_blocked_account_that_is_kept_to_cash_is_both(world: World) -> None:
    blocked = world.customer("100003", due=[("H-1", "90.00", DUE)], terms=Terms.BLOCKED)
    returned(world, by_cheque(world, blocked))

    assert account(world, blocked.number).restrictions == (Terms.CASH_ONLY, Terms.BLOCKED)
    with pytest.raises(ChequeNotAccepted):
        by_cheque(world, blocked, number="000124")


def test_a_sheet_for_several_accounts_keeps_each_of_them_to_cash(world: World, customer: Customer) -> None:
    other = world.customer("100002", due=[("G-1", "90.00", DUE)])
    shared = paying(world, customer, "60.00", cheque=a_cheque(), face="100.00")
    first = payments.record(world.db, shared, by=world.agent, at=world.later(minutes=1))
    rest = paying(world, other, "40.00", sheet=first.cheque_id)
    payments.record(world.db, rest, by=world.agent, at=world.later(minutes=1))

    returned(world, first)

    assert all(account(world, who.number).cash_only for who in (customer, other))


def test_the_amount_of_a_cheque_taken_before_is_still_corrected(world: World, customer: Customer) -> None:
    misread, bad = by_cheque(world, customer), by_cheque(world, customer, "70.00", "000124")
    returned(world, bad)

    again = enter_again(world, misread, ReversalReason.WRONG_AMOUNT, as_it_was(misread, amount="66.00"))

    assert str(again.amount) == "66.00"


def test_every_branch_knows_it_and_any_supervisor_lifts_it(world: World, customer: Customer) -> None:
    returned(world, by_cheque(world, customer))
    quebec = world.new_branch("QUE", "Québec")
    agent = world.person("PB0001", "Léo Roy", Role.AGENT, quebec)
    supervisor = world.person("SU3000", "Eva Roy", Role.SUPERVISOR, quebec)
    request = paying(world, customer, "60.00", cheque=a_cheque("000124"))

    with pytest.raises(ChequeNotAccepted):
        payments.record(world.db, request, by=agent, at=world.later(minutes=1))
    cash_only.lift(world.db, customer.number, "payé", by=supervisor, at=world.later(minutes=1))

    assert payments.record(world.db, request, by=agent, at=world.later(minutes=1)).number == "QUE-000001"


def test_two_supervisors_who_lift_it_at_once_lift_it_once(world: World, customer: Customer) -> None:
    returned(world, by_cheque(world, customer))
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)

    answers = at_once(
        *[
            partial(cash_only.lift, world.db, customer.number, "payé", by=by, at=world.now)
            for by in (world.supervisor, colleague)
        ]
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["CashOnlyMark", "NotMarkedCashOnly"]


def test_a_cheque_that_comes_in_while_its_account_is_marked_is_refused_or_was_first(
    world: World, customer: Customer
) -> None:
    bad = by_cheque(world, customer)
    request = paying(world, customer, "70.00", cheque=a_cheque("000124"))
    acts: tuple[Callable[[], object], ...] = (
        partial(returned, world, bad),
        partial(payments.record, world.db, request, by=world.other_agent, at=world.now),
    )

    _, paid = at_once(*acts)

    assert isinstance(paid, Receipt | ChequeNotAccepted)
    assert account(world, customer.number).cash_only
