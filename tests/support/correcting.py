"""Correcting payments as a supervisor does, and what everybody holds and owes afterwards, as people write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import func, select

from partnernet.domain.agents import Agent
from partnernet.domain.cheques import Cheque
from partnernet.domain.corrections import as_entered
from partnernet.domain.customers import Customer
from partnernet.domain.entries import LedgerAccount
from partnernet.domain.money import Money
from partnernet.domain.receipts import Receipt
from partnernet.domain.reconciliations import DifferenceReason, Reconciliation
from partnernet.domain.reversals import Reentry, Reversal, ReversalReason, ReversalRequest, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.services import payments, reversals
from partnernet.storage import tables
from tests.support.counting import approve, count, deposit, owed_by_branch, send_back, submit
from tests.support.requests import holding, money, reversing, standing_of
from tests.support.world import World

STATES = ("open", "frozen", "submitted", "returned", "approved", "deposited")


def reach(world: World, state: str, pieces: Mapping[str, int]) -> Reconciliation | None:
    """Bring the agent's till to a state, these pieces being found in it; its submission, if it got that far."""
    if state == "open":
        return None
    counted = count(world, pieces)
    if state == "frozen":
        return None
    submitted = submit(world, counted, reason=DifferenceReason.ENTRY_ERROR, note="à corriger")
    if state == "returned":
        send_back(world, submitted)
    if state in ("approved", "deposited"):
        approve(world, submitted)
    if state == "deposited":
        deposit(world)
    return submitted


def as_it_was(
    paid: Receipt, *, customer: Customer | None = None, amount: str | None = None, cheque: Cheque | None = None
) -> Reentry:
    """The payment with what is said here instead: the customer, the amount, or the cheque that the cash was."""
    entered = as_entered(paid)
    if customer:
        entered = replace(entered, customer_number=customer.number)
    if cheque:
        entered = replace(entered, tender=Tender.CHEQUE, cheque=cheque)
    return replace(entered, amount=money(amount)) if amount else entered


def as_cash(paid: Receipt, amount: str | None = None) -> Reentry:
    """The payment by cheque as the cash that it was."""
    entered = replace(as_entered(paid), tender=Tender.CASH, cheque=None)
    return replace(entered, amount=money(amount)) if amount else entered


def entering_again(
    paid: Receipt, reason: ReversalReason, reentry: Reentry, *, key: str | None = None
) -> ReversalRequest:
    """A request to correct what was only written wrong."""
    return reversing(paid.number, reason=reason, reentry=reentry, note="mal inscrit", key=key)


def reverse(world: World, request: ReversalRequest, *, by: Agent | None = None) -> Reversal:
    """The supervisor's act, a minute later, their password just proved."""
    at = world.later(minutes=1)
    return reversals.reverse(world.db, request, by=by or world.supervisor, at=at, proved_at=at)


def enter_again(world: World, paid: Receipt, reason: ReversalReason, reentry: Reentry) -> Receipt:
    """Correct it; the receipt that stands in its place."""
    made = reverse(world, entering_again(paid, reason, reentry))
    return payments.receipt(world.db, made.reentered, by=world.supervisor)


def undo(world: World, paid: Receipt, reason: ReversalReason, where: WhereIsTheMoney) -> Reversal:
    """Reverse it, with nothing in its place."""
    return reverse(world, reversing(paid.number, reason=reason, where=where))


def figures(world: World, *customers: Customer) -> tuple[str, ...]:
    """Drawer, cheques, bag, owed by the agent, owed by the branch, float present; then each customer's total due."""
    held = holding(world, world.agent)
    return tuple(
        str(figure)
        for figure in (
            held.expected_cash,
            held.cheques,
            bagged(world),
            held.due_to_principal,
            owed_by_branch(world),
            held.float_present,
            *(standing_of(world, customer).total_due for customer in customers),
        )
    )


def bagged(world: World) -> Money:
    """What all sealed bags hold that are not at the bank."""
    line = tables.ledger_line.c
    query = select(func.sum(line.debit_cents - line.credit_cents)).where(line.account == LedgerAccount.BAG)
    with world.db.read() as connection:
        return Money(int(connection.execute(query).scalar_one() or 0))
