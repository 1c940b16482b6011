"""A program's mistake can be chained properly: verify checks what the books mean, not only that nobody touched them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from partnernet.domain.accounts import Allocation, DocumentKind
from partnernet.domain.agents import Branch, console_operator
from partnernet.domain.entries import Entry, LedgerAccount, PostingKind, credit, debit
from partnernet.domain.money import Money
from partnernet.domain.receipts import Receipt
from partnernet.domain.verification import Problem, ProblemKind
from partnernet.services import payments, verification
from partnernet.storage import ledger, tables
from tests.support.attacker import Attacker
from tests.support.requests import money, new_key, paying
from tests.support.world import World

DUE = date(2026, 10, 15)
REVERSAL = {"reason": "duplicate", "where_is_the_money": "handed_back", "note": "x"}


@pytest.fixture
def paid(world: World) -> Receipt:
    customer = world.customer("100001", due=[("F-1", "60.00", DUE)])
    return payments.record(world.db, paying(world, customer, "20.00"), by=world.agent, at=world.now)


def post(world: World, kind: PostingKind, entry: Entry, *, branch: Branch | None = None, **more: Any) -> None:
    """Post whatever it is, well chained."""
    at = branch or world.branch
    new = ledger.NewPosting(at, kind, new_key(), "-", world.later(minutes=1), world.agent.id, entry, **more)
    with world.db.write() as connection:
        ledger.post(connection, ledger.lock_branch(connection, at), new)


def moved(world: World, amount: str, customer_id: int | None, *, owed: str = "debit") -> Entry:
    """Cash out against what a customer had paid, or in for it."""
    with world.db.read() as connection:
        session_id = connection.execute(select(tables.till_session.c.id)).scalar_one()
    cash, account = (credit, debit) if owed == "debit" else (debit, credit)
    return Entry(
        (
            cash(LedgerAccount.DRAWER, money(amount), world.agent.id, till_session_id=session_id),
            account(
                LedgerAccount.OWED, money(amount), world.agent.id, till_session_id=session_id, customer_id=customer_id
            ),
        )
    )


def problems(world: World) -> tuple[Problem, ...]:
    return verification.verify(world.db, by=console_operator("test")).problems


def test_the_exact_reversal_is_clean(world: World, paid: Receipt) -> None:
    entry = moved(world, "20.00", paid.customer.id)

    post(world, PostingKind.REVERSAL, entry, reverses_id=paid.posting_id, reversal=REVERSAL)

    assert problems(world) == ()


@pytest.mark.parametrize("amount", ["19.95", "20.05", "40.00"])
def test_a_reversal_of_another_amount_is_seen(world: World, paid: Receipt, amount: str) -> None:
    entry = moved(world, amount, paid.customer.id)

    post(world, PostingKind.REVERSAL, entry, reverses_id=paid.posting_id, reversal=REVERSAL)

    assert problems(world) == (Problem(ProblemKind.REVERSAL_DIFFERS, "MTL", 2),)


def test_a_reversal_that_takes_again_is_seen(world: World, paid: Receipt) -> None:
    entry = moved(world, "20.00", paid.customer.id, owed="credit")

    post(world, PostingKind.REVERSAL, entry, reverses_id=paid.posting_id, reversal=REVERSAL)

    assert problems(world) == (Problem(ProblemKind.REVERSAL_DIFFERS, "MTL", 2),)


def test_a_reversal_on_another_account_is_seen(world: World, paid: Receipt) -> None:
    entry = moved(world, "20.00", world.customer("100002").id)

    post(world, PostingKind.REVERSAL, entry, reverses_id=paid.posting_id, reversal=REVERSAL)

    assert problems(world) == (Problem(ProblemKind.REVERSAL_DIFFERS, "MTL", 2),)


def test_a_reversal_in_another_branch_is_seen(world: World, paid: Receipt) -> None:
    quebec, entry = world.new_branch("QUE", "Québec"), moved(world, "20.00", paid.customer.id)

    post(world, PostingKind.REVERSAL, entry, branch=quebec, reverses_id=paid.posting_id, reversal=REVERSAL)

    assert problems(world) == (
        Problem(ProblemKind.REVERSAL_DIFFERS, "QUE", 1),
        Problem(ProblemKind.OTHER_SESSION, "QUE", 1),
    )


def payment_row(paid: Receipt, **changes: Any) -> ledger.PaymentRow:
    columns = {
        "customer_id": paid.customer.id,
        "tender": "cash",
        "choice": "other",
        "amount_cents": 500,
        "received_cents": 500,
        "handed_cents": None,
        "unallocated_cents": 0,
        "total_due_before_cents": 4000,
        "past_due_after_cents": 3500,
        "post_dated": False,
        "snapshot_id": None,
        "customer_printed": "{}",
        "confirmed": "[]",
    }
    allocations = (Allocation("F-1", DocumentKind.INVOICE, DUE, Money(500)),)
    return ledger.PaymentRow({**columns, **changes}, None, allocations)


def test_a_payment_that_agrees_with_its_lines_is_clean(world: World, paid: Receipt) -> None:
    entry = moved(world, "5.00", paid.customer.id, owed="credit")

    post(world, PostingKind.PAYMENT, entry, payment=payment_row(paid))

    assert problems(world) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_cents": 505, "received_cents": 505},
        {"amount_cents": 499},
        {"received_cents": 505, "amount_cents": 504},
        {"unallocated_cents": 5},
    ],
)
def test_a_payment_that_disagrees_with_its_lines_or_allocations_is_seen(
    world: World, paid: Receipt, changes: dict[str, Any]
) -> None:
    entry = moved(world, "5.00", paid.customer.id, owed="credit")

    post(world, PostingKind.PAYMENT, entry, payment=payment_row(paid, **changes))

    assert problems(world) == (Problem(ProblemKind.PARTS_DISAGREE, "MTL", 2),)


def test_allocations_that_do_not_add_up_are_seen(world: World, paid: Receipt) -> None:
    entry = moved(world, "5.00", paid.customer.id, owed="credit")
    short = replace(payment_row(paid), allocations=(Allocation("F-1", DocumentKind.INVOICE, DUE, Money(499)),))

    post(world, PostingKind.PAYMENT, entry, payment=short)

    assert problems(world) == (Problem(ProblemKind.PARTS_DISAGREE, "MTL", 2),)


@pytest.mark.parametrize("kind", [PostingKind.PAYMENT, PostingKind.REVERSAL])
def test_a_posting_without_what_its_kind_says_is_seen(world: World, paid: Receipt, kind: PostingKind) -> None:
    reverses_id = paid.posting_id if kind is PostingKind.REVERSAL else None

    post(world, kind, moved(world, "20.00", paid.customer.id), reverses_id=reverses_id)

    assert problems(world) == (Problem(ProblemKind.PARTS_DISAGREE, "MTL", 2),)


def test_a_posting_with_what_its_kind_does_not_say_is_seen(world: World, paid: Receipt) -> None:
    entry = moved(world, "5.00", paid.customer.id, owed="credit")

    post(world, PostingKind.FLOAT, entry, payment=payment_row(paid))

    assert problems(world) == (Problem(ProblemKind.PARTS_DISAGREE, "MTL", 2),)


def test_a_line_that_no_longer_balances_is_named_in_the_posting_and_in_the_branch(
    sqlite_books_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "books.db"
    path.write_bytes(sqlite_books_file.read_bytes())
    attacker = Attacker(path)
    attacker.write(tables.ledger_line, "debit_cents", "first", 20_005)

    found = attacker.verify().problems

    assert found == (
        Problem(ProblemKind.CONTENT_CHANGED, "MTL", 1),
        Problem(ProblemKind.UNBALANCED, "MTL", 1),
        Problem(ProblemKind.HOLDINGS_DIFFER, "MTL", 0),
    )
