"""A counter under arbitrary acts, against an independent model: payments, replays, reversals, floats, wrong clocks."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import URL

from partnernet.domain.agents import Agent, console_operator
from partnernet.domain.concerns import ConfirmationNeeded
from partnernet.domain.corrections import as_entered
from partnernet.domain.money import Money
from partnernet.domain.payments import AmountChoice, PaymentRequest
from partnernet.domain.receipts import Receipt
from partnernet.domain.refusals import OtherContentForKey, Refusal
from partnernet.domain.reversals import Reversal, ReversalReason, ReversalRequest, WhereIsTheMoney
from partnernet.domain.till import FloatRequest
from partnernet.services import customers, payments, reversals, till, verification
from tests.support import counter_worlds
from tests.support.counter_model import (
    Act,
    Books,
    Outcome,
    Paid,
    correcting,
    expected,
    expected_again,
)
from tests.support.counter_requests import reentered, requested
from tests.support.counter_worlds import CASH_ONLY, INVOICES, OpenWorld
from tests.support.requests import holding, new_key, reversing

AGENTS = ("PA1234", "PA2345", "SU1000", "PB0001")
SUPERVISORS = ("SU1000", "SU2000", "SU3000")

TYPED = st.sampled_from([1, 2, 3, 5, 10_00, 10_02, 10_03, 20_00, 75_05, 412_35, 10_000_00]) | st.integers(1, 500_00)
INDEX = st.integers(0, 10_000)
GIVEN_UP = st.sampled_from([where for where in WhereIsTheMoney if where is not WhereIsTheMoney.KEPT])
WRONG = st.sampled_from(["wrong_customer", "wrong_amount", "wrong_tender"])


class CounterMachine(RuleBasedStateMachine):
    """Each rule does one act and checks its answer; the invariants check what it left behind."""

    def __init__(self, open_world: OpenWorld, people: dict[str, Agent]) -> None:
        super().__init__()
        self.ending = ExitStack()
        self.world = self.ending.enter_context(open_world())
        self.people = people
        self.books = Books(INVOICES, CASH_ONLY)
        self.submitted: list[tuple[PaymentRequest, Agent, Receipt]] = []
        self.copies: dict[str, int] = {}
        self.steps = 0
        self.touched: tuple[Agent, str] = (people["PA1234"], "100001")

    def branch_code(self, agent: Agent) -> str:
        assert agent.branch is not None
        return agent.branch.code

    def today(self, agent: Agent) -> date:
        return self.world.branch.business_date(self.books.instant(self.branch_code(agent), self.world.now))

    @rule(
        login=st.sampled_from(AGENTS),
        number=st.sampled_from(list(INVOICES)),
        choice=st.sampled_from(AmountChoice),
        typed=TYPED,
        cheque=st.none() | st.sampled_from(["000007", "7", "000008"]),
        age_days=st.sampled_from([-5, 0, 0, 0, 150, 300]),
        handed=st.none() | st.integers(1, 20_000).map(lambda pieces: pieces * 5),
        saw_cents_less=st.sampled_from([0, 0, 0, 1]),
        confirms=st.booleans(),
    )
    def pay(
        self, login: str, number: str, choice: AmountChoice, typed: int, cheque: str | None, age_days: int,
        handed: int | None, saw_cents_less: int, confirms: bool,
    ) -> None:  # fmt: skip
        by, today = self.people[login], self.today(self.people[login])
        total_due, past_due = self.books.dues(number, today)
        dated = today - timedelta(days=age_days)
        amount = typed if choice is AmountChoice.OTHER else None
        act = Act(number, choice, amount, cheque, dated, handed, (total_due - saw_cents_less, past_due))
        request = requested(act)
        outcome = expected(self.books, act, self.books.instant(self.branch_code(by), self.world.now), today)
        self.touched = by, number
        if outcome.refusal:
            self.refused(outcome.refusal, lambda: self.record(request, by))
            return
        if outcome.asked:
            with pytest.raises(ConfirmationNeeded) as needed:
                self.record(request, by)
            assert tuple(type(concern).__name__ for concern in needed.value.concerns) == outcome.asked
            if not confirms:
                return
            request = replace(request, confirmed=frozenset(needed.value.concerns))
        receipt = self.record(request, by)
        branch = self.branch_code(by)
        assert receipt.number == self.books.next_number(branch)
        assert (receipt.amount.cents, receipt.received.cents) == (outcome.amount, outcome.received)
        assert (receipt.total_due_before.cents, receipt.total_due_after.cents) == (
            total_due,
            total_due - outcome.amount,
        )
        at = self.books.instant(branch, self.world.now)
        assert (receipt.at, receipt.business_date) == (at, today)
        paid = Paid(receipt.number, branch, login, number, at, outcome.amount, outcome.received, cheque)
        self.books.payments.append(paid)
        self.books.posted(branch, at)
        self.submitted.append((request, by, receipt))

    @precondition(lambda self: self.submitted)
    @rule(index=INDEX, login=st.sampled_from(AGENTS), changes_amount=st.booleans())
    def submit_again(self, index: int, login: str, changes_amount: bool) -> None:
        request, by, receipt = self.submitted[index % len(self.submitted)]
        person = self.people[login]
        self.touched = person, request.customer_number
        if changes_amount:
            request = replace(request, choice=AmountChoice.OTHER, amount=Money(receipt.amount.cents + 5))
        if person == by and not changes_amount:
            again = self.record(request, by)
            assert replace(again, reversal=None) == receipt
        else:
            self.refused(OtherContentForKey.__name__, lambda: self.record(request, person))

    @precondition(lambda self: self.books.payments)
    @rule(index=INDEX, login=st.sampled_from(SUPERVISORS), where=GIVEN_UP)
    def reverse(self, index: int, login: str, where: WhereIsTheMoney) -> None:
        by, paid = self.people[login], self.books.payments[index % len(self.books.payments)]
        request = reversing(paid.number, where=where)
        refusals = {
            "ReceiptNotFound": paid.branch != self.branch_code(by),
            "OwnEntry": login in (paid.agent, paid.entered_by),
            "AlreadyReversed": paid.reversed,
            "NotPaidByCheque": where is WhereIsTheMoney.RETURNED_BY_BANK and not paid.cheque,
        }
        self.touched = self.people[paid.agent], paid.customer
        refusal = next((name for name, applies in refusals.items() if applies), None)
        if refusal:
            self.refused(refusal, lambda: self.reverse_it(request, by))
            return
        reversal = self.reverse_it(request, by)
        assert reversal.amount.cents == paid.amount
        assert self.reverse_it(request, by) == reversal
        paid.reversed = True
        self.books.posted(paid.branch, self.world.now)

    @precondition(lambda self: self.books.payments)
    @rule(
        index=INDEX,
        login=st.sampled_from(SUPERVISORS),
        reason=WRONG,
        number=st.sampled_from(list(INVOICES)),
        typed=TYPED,
    )
    def enter_again(self, index: int, login: str, reason: str, number: str, typed: int) -> None:
        by, paid = self.people[login], self.books.payments[index % len(self.books.payments)]
        today, at = self.today(by), self.books.instant(paid.branch, self.world.now)
        right = correcting(paid, reason, number, typed)
        entered = as_entered(payments.receipt(self.world.db, paid.number, by=self.people[paid.agent]))
        request = reversing(paid.number, reason=ReversalReason(reason), reentry=reentered(entered, right, today))
        refusals = {
            "ReceiptNotFound": paid.branch != self.branch_code(by),
            "OwnEntry": login in (paid.agent, paid.entered_by),
            "AlreadyReversed": paid.reversed,
        }
        refusal = next((name for name, applies in refusals.items() if applies), None)
        outcome = Outcome(refusal) if refusal else expected_again(self.books, paid, right, today)
        self.touched = self.people[paid.agent], right.customer
        if outcome.refusal:
            self.refused(outcome.refusal, lambda: self.reverse_it(request, by))
            return
        made = self.reverse_it(request, by)
        assert made.reentered == self.books.next_number(paid.branch)
        assert self.reverse_it(request, by) == made
        paid.reversed = True
        again = Paid(
            made.reentered, paid.branch, paid.agent, right.customer, at, outcome.amount, outcome.received, right.cheque,
            entered_by=login,
        )  # fmt: skip
        self.books.payments.append(again)
        self.books.posted(paid.branch, at)

    @rule(login=st.sampled_from(AGENTS), pieces=st.integers(1, 10_000), twice=st.booleans())
    def receive_float(self, login: str, pieces: int, twice: bool) -> None:
        by, request = self.people[login], FloatRequest(new_key(), Money(5 * pieces))
        for _ in range(1 + twice):
            till.receive_float(self.world.db, request, by=by, at=self.world.now)
        self.books.floats[login] += 5 * pieces
        self.books.posted(self.branch_code(by), self.world.now)
        self.touched = by, "100001"

    @precondition(lambda self: self.books.payments)
    @rule(index=INDEX)
    def print_a_copy(self, index: int) -> None:
        paid = self.books.payments[index % len(self.books.payments)]
        copy_number = payments.count_copy(self.world.db, paid.number, by=self.people[paid.agent], at=self.world.now)
        self.copies[paid.number] = self.copies.get(paid.number, 0) + 1
        assert copy_number == self.copies[paid.number]

    @rule(minutes=st.sampled_from([1, 7, 60, 12 * 60, 24 * 60, 30 * 60, -1, -60, -180]))
    def let_the_clock_go(self, minutes: int) -> None:
        self.world.now += timedelta(minutes=minutes)

    @invariant()
    def the_figures_are_those_of_the_model(self) -> None:
        agent, number = self.touched
        held = holding(self.world, agent)
        figures = (held.expected_cash, held.cheques, held.due_to_principal, held.float_present)
        assert tuple(figure.cents for figure in figures) == self.books.held(agent.login)
        standing = customers.account(self.world.db, number, by=agent, at=self.world.now).standing
        today = self.world.branch.business_date(self.world.now)
        assert (standing.total_due.cents, standing.past_due.cents) == self.books.dues(number, today)

    @invariant()
    def the_ledger_verifies(self) -> None:
        self.steps += 1
        if self.steps % 8 == 0:
            assert verification.verify(self.world.db, by=console_operator("machine")).problems == ()

    def teardown(self) -> None:
        try:
            found = verification.verify(self.world.db, by=console_operator("machine"))
            assert found.problems == ()
            self.the_days_list_every_payment_once()
        finally:
            self.ending.close()

    def the_days_list_every_payment_once(self) -> None:
        for supervisor in (self.people["SU1000"], self.people["SU3000"]):
            own = [paid for paid in self.books.payments if paid.branch == self.branch_code(supervisor)]
            for day in {self.world.branch.business_date(paid.at) for paid in own}:
                taken = [paid for paid in own if self.world.branch.business_date(paid.at) == day]
                listed = payments.of_day(self.world.db, day, by=supervisor)
                assert [line.receipt_number for line in listed.payments] == [paid.number for paid in taken]
                assert listed.amount == Money(sum(paid.amount for paid in taken if not paid.reversed))

    def record(self, request: PaymentRequest, by: Agent) -> Receipt:
        return payments.record(self.world.db, request, by=by, at=self.world.now)

    def reverse_it(self, request: ReversalRequest, by: Agent) -> Reversal:
        return reversals.reverse(self.world.db, request, by=by, at=self.world.now, proved_at=self.world.now)

    def refused(self, name: str, act: Callable[[], Any]) -> None:
        with pytest.raises(Refusal) as refusal:
            act()
        assert type(refusal.value).__name__ == name


def run(open_world: OpenWorld, people: dict[str, Agent], *, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        lambda: CounterMachine(open_world, people),  # type: ignore[arg-type] # any maker of a machine will do
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


LONG = pytest.param(2_000, 50, marks=pytest.mark.campaign)


@pytest.mark.parametrize(("examples", "steps"), [(30, 40), LONG])
def test_no_sequence_of_acts_breaks_the_books_on_sqlite(
    sqlite_template: Path, tmp_path: Path, examples: int, steps: int
) -> None:
    file = tmp_path / "template.db"
    shutil.copyfile(sqlite_template, file)
    template, people = counter_worlds.prepare(f"sqlite:///{file}")

    run(lambda: counter_worlds.on_sqlite(template, file, tmp_path), people, examples=examples, steps=steps)


@pytest.mark.parametrize(("examples", "steps"), [(8, 30), LONG])
def test_no_sequence_of_acts_breaks_the_books_on_postgresql(
    postgres: URL, postgres_url: str, examples: int, steps: int
) -> None:
    template, people = counter_worlds.prepare(postgres_url)

    run(lambda: counter_worlds.on_postgresql(template, postgres), people, examples=examples, steps=steps)
