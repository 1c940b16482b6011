"""A correction is two postings that belong together: verify sees one without the other, or one that says more."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from partnernet.domain.agents import Branch, console_operator
from partnernet.domain.customers import Customer
from partnernet.domain.entries import Entry, LedgerAccount, PostingKind, credit, debit
from partnernet.domain.receipts import Receipt
from partnernet.domain.verification import Problem, ProblemKind
from partnernet.services import payments, verification
from partnernet.storage import ledger
from tests.support.requests import money, new_key, paying
from tests.support.world import World

DUE = date(2026, 10, 15)
ALONE = ProblemKind.REENTRY_ALONE


@pytest.fixture
def a(world: World) -> Customer:
    return world.customer("100001", due=[("F-1", "60.00", DUE)])


@pytest.fixture
def b(world: World) -> Customer:
    return world.customer("100002", due=[("G-1", "60.00", DUE)])


@pytest.fixture
def paid(world: World, a: Customer) -> Receipt:
    return payments.record(world.db, paying(world, a, "20.00"), by=world.agent, at=world.now)


def post(world: World, kind: PostingKind, entry: Entry, *, branch: Branch | None = None, **more: Any) -> None:
    """Post whatever it is, well chained."""
    at = branch or world.branch
    new = ledger.NewPosting(at, kind, new_key(), "-", world.later(minutes=1), world.supervisor.id, entry, **more)
    with world.db.write() as connection:
        ledger.post(connection, ledger.lock_branch(connection, at), new)


def undo(world: World, paid: Receipt, reason: str = "wrong_customer", where: str = "kept") -> None:
    """The exact reversal, in whatever words."""
    owed, amount = LedgerAccount.OWED, money("20.00")
    entry = Entry(
        (
            credit(owed, amount, world.agent.id),
            debit(owed, amount, world.agent.id, customer_id=paid.customer.id),
        )
    )
    words = {"reason": reason, "where_is_the_money": where, "note": "x"}
    post(world, PostingKind.REVERSAL, entry, reverses_id=paid.posting_id, reversal=words)


def enter(
    world: World,
    paid: Receipt,
    who: Customer,
    amount: str = "20.00",
    *,
    taken_by_id: int | None = None,
    branch: Branch | None = None,
) -> None:
    """A payment in place of another, whatever it says."""
    owed, cents = LedgerAccount.OWED, money(amount)
    entry = Entry((debit(owed, cents, world.agent.id), credit(owed, cents, world.agent.id, customer_id=who.id)))
    columns = {
        "customer_id": who.id,
        "tender": "cash",
        "choice": "other",
        "amount_cents": cents.cents,
        "received_cents": cents.cents,
        "handed_cents": None,
        "unallocated_cents": cents.cents,
        "total_due_before_cents": 60_00,
        "past_due_after_cents": 0,
        "post_dated": False,
        "snapshot_id": None,
        "customer_printed": "{}",
        "confirmed": "[]",
    }
    stands_for = {"corrects_id": paid.posting_id, "taken_by_id": taken_by_id or world.agent.id}
    row = ledger.PaymentRow(columns, None, (), reentry=stands_for)
    post(world, PostingKind.PAYMENT, entry, branch=branch, payment=row)


def problems(world: World) -> tuple[Problem, ...]:
    return verification.verify(world.db, by=console_operator("test")).problems


def test_a_reversal_and_what_stands_in_its_place_are_clean(world: World, paid: Receipt, b: Customer) -> None:
    undo(world, paid)
    enter(world, paid, b)

    assert problems(world) == ()


def test_money_kept_and_entered_nowhere_is_seen(world: World, paid: Receipt) -> None:
    undo(world, paid)

    assert problems(world) == (Problem(ALONE, "MTL", 2),)


def test_a_payment_in_place_of_one_that_stands_is_seen(world: World, paid: Receipt, b: Customer) -> None:
    enter(world, paid, b)

    assert problems(world) == (Problem(ALONE, "MTL", 2),)


def test_a_payment_in_place_of_one_that_was_handed_back_is_seen(world: World, paid: Receipt, b: Customer) -> None:
    undo(world, paid, "duplicate", "handed_back")
    enter(world, paid, b)

    assert problems(world) == (Problem(ALONE, "MTL", 3),)


def test_a_payment_that_was_entered_before_the_other_was_undone_is_seen(
    world: World, paid: Receipt, b: Customer
) -> None:
    enter(world, paid, b)
    undo(world, paid)

    assert problems(world) == (Problem(ALONE, "MTL", 2),)


def test_a_payment_said_to_be_taken_by_somebody_else_is_seen(world: World, paid: Receipt, b: Customer) -> None:
    undo(world, paid)
    enter(world, paid, b, taken_by_id=world.other_agent.id)

    assert problems(world) == (Problem(ALONE, "MTL", 3),)


def test_a_payment_entered_in_another_branch_is_seen(world: World, paid: Receipt, b: Customer) -> None:
    undo(world, paid)
    enter(world, paid, b, branch=world.new_branch("QUE", "Québec"))

    assert problems(world) == (Problem(ALONE, "QUE", 1),)


def test_another_amount_for_another_customer_is_seen(world: World, paid: Receipt, b: Customer) -> None:
    undo(world, paid)
    enter(world, paid, b, "19.95")

    assert problems(world) == (Problem(ALONE, "MTL", 3),)


def test_another_customer_with_another_amount_is_seen(world: World, paid: Receipt, a: Customer, b: Customer) -> None:
    undo(world, paid, "wrong_amount")
    enter(world, paid, b, "20.00")

    assert problems(world) == (Problem(ALONE, "MTL", 3),)
    assert a.id == paid.customer.id
