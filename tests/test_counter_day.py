"""A worked day at the counter: read this first.

Yesterday Z paid 60.00 in cash, which the branch has since deposited. Today the agent receives a float, takes five
payments, and hands Z's money back. After each act: the agent's drawer and cheques, and what is owed to the principal.

    act                                   debit                    credit               drawer  cheques   owed
    0  float issued                       drawer 200.00            branch funds         200.00     0.00    0.00
    1  cash, total due 10.02              drawer 10.00, round 0.02 owed 10.02           210.00     0.00   10.00
    2  cash, total due 75.04              drawer 75.05             owed 75.04, round .01 285.05    0.00   85.05
    3  cash 100.00 on 60.00 due           drawer                   owed                 385.05     0.00  185.05
    4  cheque 412.37                      cheques                  owed                 385.05   412.37  597.42
    5  post-dated cheque 300.00           cheques                  owed                 385.05   712.37  897.42
    8  Z's payment reversed, handed back  owed                     drawer               325.05   712.37  837.42
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from partnernet.domain.agents import console_operator
from partnernet.domain.concerns import ConfirmationNeeded, Overpayment, PostDatedCheque
from partnernet.domain.entries import Entry, LedgerAccount, PostingKind, credit, debit
from partnernet.domain.money import Money
from partnernet.domain.payments import PaymentRequest
from partnernet.domain.receipts import Receipt
from partnernet.domain.till import FloatRequest
from partnernet.services import payments, till, verification
from partnernet.storage import ledger, tables
from tests.support.requests import a_cheque, money, new_key, paying, reversing, standing_of
from tests.support.world import World

EARLIER = date(2026, 10, 15)


class Day:
    """The day so far, with the figures that each act must leave."""

    def __init__(self, world: World) -> None:
        self.world = world

    def pays(self, request: PaymentRequest) -> Receipt:
        return payments.record(self.world.db, request, by=self.world.agent, at=self.world.later(minutes=7))

    def holds(self, *, drawer: str, cheques: str, owed: str) -> None:
        held = till.position(self.world.db, by=self.world.agent)
        assert (held.expected_cash, held.cheques, held.due_to_principal) == (money(drawer), money(cheques), money(owed))


@pytest.fixture
def yesterday(world: World) -> Receipt:
    """Z's payment, bagged, approved and deposited: nothing of it is left in the drawer or owed."""
    world.now -= timedelta(days=1)
    z = world.customer("100900", "Zéphir Ouellet", due=[("F-900", "60.00", EARLIER)])
    receipt = payments.record(world.db, paying(world, z), by=world.agent, at=world.now)
    _deposit(world, money("60.00"))
    world.now += timedelta(days=1)
    return receipt


def test_a_day_of_payments_leaves_the_figures_of_the_worked_example(world: World, yesterday: Receipt) -> None:
    day = Day(world)
    due_of = {
        "A": world.customer("100001", "Atelier Roy", due=[("F-1", "10.02", EARLIER)]),
        "B": world.customer("100002", "Béton Côté", due=[("F-2", "75.04", EARLIER)]),
        "C": world.customer("100003", "Cuisine Lê", due=[("F-3", "60.00", EARLIER)]),
        "D": world.customer("100004", "Dépanneur du Coin", due=[("F-4", "412.37", EARLIER)]),
        "E": world.customer("100005", "Érablière Fortin", due=[("F-5", "300.00", EARLIER)]),
    }
    day.holds(drawer="0.00", cheques="0.00", owed="0.00")

    float_of_200 = FloatRequest(new_key(), money("200.00"))
    till.receive_float(world.db, float_of_200, by=world.agent, at=world.later(minutes=1))
    day.holds(drawer="200.00", cheques="0.00", owed="0.00")

    first = day.pays(paying(world, due_of["A"]))
    assert (first.amount, first.received, first.rounding) == (money("10.02"), money("10.00"), Money(-2))
    day.holds(drawer="210.00", cheques="0.00", owed="10.00")

    second = day.pays(paying(world, due_of["B"]))
    assert (second.amount, second.received, second.rounding) == (money("75.04"), money("75.05"), Money(1))
    day.holds(drawer="285.05", cheques="0.00", owed="85.05")

    credit_of_40 = Overpayment(money("100.00"), money("60.00"), money("40.00"))
    third = day.pays(paying(world, due_of["C"], "100.00", confirmed=[credit_of_40]))
    assert (third.total_due_before, third.total_due_after) == (money("60.00"), money("-40.00"))
    day.holds(drawer="385.05", cheques="0.00", owed="185.05")

    day.pays(paying(world, due_of["D"], cheque=a_cheque("000412")))
    day.holds(drawer="385.05", cheques="412.37", owed="597.42")

    next_week = world.today + timedelta(days=7)
    post_dated = a_cheque("000413", dated=next_week)
    fifth = day.pays(paying(world, due_of["E"], cheque=post_dated, confirmed=[PostDatedCheque(next_week)]))
    assert fifth.post_dated
    day.holds(drawer="385.05", cheques="712.37", owed="897.42")

    payments.reverse(world.db, reversing(yesterday.number), by=world.supervisor, at=world.later(minutes=7))
    day.holds(drawer="325.05", cheques="712.37", owed="837.42")

    assert _customer_due(world, yesterday) == money("60.00")
    held = till.position(world.db, by=world.agent)
    assert held.float_present == money("200.00"), "money collected must NOT have touched the float"
    assert verification.verify(world.db, by=console_operator("test")).problems == ()


@pytest.mark.usefixtures("yesterday")
def test_a_payment_that_is_refused_on_the_way_leaves_the_day_untouched(world: World) -> None:
    day = Day(world)
    customer = world.customer("100003", "Cuisine Lê", due=[("F-3", "60.00", EARLIER)])

    with pytest.raises(ConfirmationNeeded):
        day.pays(paying(world, customer, "100.00"))

    day.holds(drawer="0.00", cheques="0.00", owed="0.00")
    assert standing_of(world, customer).total_due == money("60.00")
    kept = day.pays(paying(world, customer))
    assert kept.number == "MTL-000002", "the refused attempt must NOT have used a receipt number"


def _customer_due(world: World, receipt: Receipt) -> Money:
    return standing_of(world, receipt.customer).total_due


def _deposit(world: World, amount: Money) -> None:
    """What sealing, approval and deposit will do to the ledger: here only its sums matter."""
    agent, branch = world.agent, world.branch
    with world.db.write() as connection:
        head = ledger.lock_branch(connection, branch)
        session_id = connection.execute(tables.till_session.select()).scalars().first()
        sealed = Entry(
            (
                debit(LedgerAccount.BAG, amount, agent.id, till_session_id=session_id),
                credit(LedgerAccount.DRAWER, amount, agent.id, till_session_id=session_id),
            )
        )
        new = ledger.NewPosting(branch, PostingKind.SEAL, new_key(), "-", world.later(minutes=1), agent.id, sealed)
        ledger.post(connection, head, new)
        approved = Entry(
            (
                debit(LedgerAccount.OWED, amount, agent.id),
                credit(LedgerAccount.OWED, amount, None),
            )
        )
        new = ledger.NewPosting(branch, PostingKind.CUSTODY, new_key(), "-", world.later(minutes=1), agent.id, approved)
        ledger.post(connection, ledger.lock_branch(connection, branch), new)
        banked = Entry((debit(LedgerAccount.REMITTED, amount, None), credit(LedgerAccount.BAG, amount, None)))
        new = ledger.NewPosting(branch, PostingKind.DEPOSIT, new_key(), "-", world.later(minutes=1), agent.id, banked)
        ledger.post(connection, ledger.lock_branch(connection, branch), new)
