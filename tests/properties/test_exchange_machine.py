"""Random histories of imports, payments, reversals, deposits and batches, beside an ERP that keeps books of its own."""

from __future__ import annotations

import copy
import csv
import io
import shutil
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import URL

from partnernet.domain.agents import Agent, console_operator
from partnernet.domain.batches import BatchFile
from partnernet.domain.concerns import ConfirmationNeeded
from partnernet.domain.money import ZERO, Money
from partnernet.domain.periods import Period
from partnernet.domain.pieces import DENOMINATIONS
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.snapshots import SnapshotStamp
from partnernet.services import customers, exchanges, exports, payments, reversals, statements, verification
from partnernet.storage import schema
from tests.support import counter_worlds
from tests.support.correcting import as_it_was, entering_again
from tests.support.counter_worlds import OpenWorld
from tests.support.counting import approve, count, deposit, submit, waiting_bags
from tests.support.exchange_model import CounterSide, Seen, Taken
from tests.support.principal_books import PrincipalBooks
from tests.support.requests import a_cheque, holding, new_key, paying, reversing
from tests.support.world import World

ACCOUNTS = ("100001", "100002", "100003")
AGENTS = ("PA1234", "PA2345", "PB0001")
ACCOUNT = st.sampled_from(ACCOUNTS)
CENTS = st.sampled_from([5, 10_00, 25_00, 60_00, 412_35]) | st.integers(1, 6_000).map(lambda pieces: pieces * 5)
INDEX = st.integers(0, 10_000)
DAYS = st.sampled_from([-100, -40, -1, 0, 1, 30])
OPERATOR = console_operator("machine")


class ExchangeMachine(RuleBasedStateMachine):
    """Each rule does one act on one side or carries a file across; the invariants compare the two sides."""

    def __init__(self, open_world: OpenWorld, people: dict[str, Agent], folder: Path) -> None:
        super().__init__()
        self.ending = ExitStack()
        self.world: World = self.ending.enter_context(open_world())
        self.people, self.folder = people, folder
        self.who = {number: self.world.customer(number, f"Client {number}") for number in ACCOUNTS}
        self.erp = PrincipalBooks(ACCOUNTS)
        for account, cents in zip(ACCOUNTS, (60_00, 412_37, 25_00), strict=True):
            self.erp.issue(account, "invoice", cents, self.today - timedelta(days=60), self.today - timedelta(days=30))
        self.counter = CounterSide(Seen(self.world.now))
        self.batches: list[list[dict[str, str]]] = []
        self.banked: list[str] = []
        self.received = 0  # batches that the ERP has posted
        self.began = self.today
        self.carry_a_snapshot()
        self.steps = 0

    @property
    def today(self) -> date:
        return self.world.today

    # --- the principal ----------------------------------------------------------------------------------------------

    @rule(account=ACCOUNT, cents=CENTS, kind=st.sampled_from(["invoice", "invoice", "credit_note"]), due=DAYS)
    def issue(self, account: str, cents: int, kind: str, due: int) -> None:
        self.erp.issue(account, kind, cents, self.today, self.today + timedelta(days=due))

    @rule(account=ACCOUNT, cents=CENTS)
    def pay_the_principal_directly(self, account: str, cents: int) -> None:
        self.erp.pay_directly(account, cents)

    @rule(account=ACCOUNT)
    def use_credits(self, account: str) -> None:
        self.erp.use_credits(account)

    @precondition(lambda self: self.received < len(self.batches))
    @rule(refuse=st.none() | INDEX)
    def post_a_batch(self, refuse: int | None) -> None:
        lines = self.batches[self.received]
        refusing = [] if refuse is None else [lines[refuse % len(lines)]["reference"]]
        self.erp.receive(lines, refusing, self.today)
        self.received += 1

    @precondition(lambda self: self.erp.refused)
    @rule(index=INDEX)
    def post_late(self, index: int) -> None:
        refused = sorted(each for each in self.erp.refused if not each.endswith("-R"))
        if refused:
            paid = self._taken(refused[index % len(refused)])
            self.erp.post_late(paid.number, paid.account, paid.amount, self.today)

    # --- the counter ------------------------------------------------------------------------------------------------

    @rule(login=st.sampled_from(AGENTS), account=ACCOUNT, cents=CENTS, dated=st.sampled_from([None, 0, 3]))
    def pay(self, login: str, account: str, cents: int, dated: int | None) -> None:
        by, day = self.people[login], self.today + timedelta(days=dated or 0)
        cheque = None if dated is None else a_cheque(f"{len(self.counter.taken) + 1:06d}", dated=day)
        request = paying(self.world, self.who[account], str(Money(cents)), cheque=cheque)
        try:
            receipt = payments.record(self.world.db, request, by=by, at=self.world.later(minutes=1))
        except ConfirmationNeeded as needed:
            request = replace(request, confirmed=frozenset(needed.concerns))
            receipt = payments.record(self.world.db, request, by=by, at=self.world.now)
        self.counter.taken.append(_taken(receipt, login, None if dated is None else day))

    @precondition(lambda self: any(each.reversed_at is None for each in self.counter.taken))
    @rule(index=INDEX)
    def reverse(self, index: int) -> None:
        kept = [each for each in self.counter.taken if each.reversed_at is None]
        paid = kept[index % len(kept)]
        by = self.people["SU1000" if paid.branch == "MTL" else "SU3000"]
        if paid.corrected_by == by.login:
            return  # never one's own
        reason, where = ReversalReason.WRONG_AMOUNT, WhereIsTheMoney.HANDED_BACK
        if paid.at_bank:  # nobody but the bank can give that cheque back
            reason, where = ReversalReason.RETURNED_CHEQUE, WhereIsTheMoney.RETURNED_BY_BANK
        request, at = reversing(paid.number, reason=reason, where=where), self.world.later(minutes=1)
        undone = reversals.reverse(self.world.db, request, by=by, at=at, proved_at=at)
        paid.reversed_at = undone.at

    @precondition(lambda self: any(each.reversed_at is None for each in self.counter.taken))
    @rule(index=INDEX, to=ACCOUNT)
    def move_to_another_account(self, index: int, to: str) -> None:
        kept = [each for each in self.counter.taken if each.reversed_at is None and each.account != to]
        if not kept:
            return
        paid = kept[index % len(kept)]
        by = self.people["SU2000" if paid.branch == "MTL" else "SU3000"]
        if paid.corrected_by == by.login:
            return  # never one's own
        receipt = payments.receipt(self.world.db, paid.number, by=by)
        request = entering_again(receipt, ReversalReason.WRONG_CUSTOMER, as_it_was(receipt, customer=self.who[to]))
        at = self.world.later(minutes=1)
        undone = reversals.reverse(self.world.db, request, by=by, at=at, proved_at=at)
        paid.reversed_at = undone.at
        again = payments.receipt(self.world.db, undone.reentered, by=by)
        moved = _taken(again, paid.agent, paid.dated, corrected_by=by.login)
        self.counter.taken.append(replace(moved, at_bank=paid.at_bank))

    @rule()
    def bank_what_is_held(self) -> None:
        """PA1234 counts, submits and is approved; every waiting bag goes to the bank."""
        by = self.people["PA1234"]
        held = holding(self.world, by)
        if held.expected_cash < ZERO or not (held.expected_cash or held.cheques):
            return
        counted_on = self.world.branch.business_date(self.world.now + timedelta(minutes=1))
        submitted = submit(self.world, count(self.world, _pieces(held.expected_cash), agent=by), agent=by)
        approve(self.world, submitted)
        if waiting_bags(self.world):
            deposit(self.world)
        for each in self.counter.taken:
            due = each.dated is not None and each.dated <= counted_on
            each.at_bank |= due and each.agent == by.login and each.reversed_at is None

    @rule(days=st.sampled_from([0, 1, 2, 5]), minutes=st.integers(1, 600))
    def let_time_pass(self, days: int, minutes: int) -> None:
        self.world.later(days=days, minutes=minutes)

    # --- files ------------------------------------------------------------------------------------------------------

    @rule()
    def cut_a_batch(self) -> None:
        at = self.world.later(minutes=1)
        batch = exports.cut(self.world.db, new_key(), by=self.people["SU1000"], at=at)
        due = self._to_send()
        if batch is None:
            assert due == [], "something was to be sent"
            return
        assert batch.number == len(self.batches) + 1
        file = exports.file(self.world.db, batch.number, BatchFile.PAYMENTS, by=self.people["SU1000"])
        lines = list(csv.DictReader(io.StringIO(file.content.decode(), newline="")))
        assert sorted(line["reference"] for line in lines) == sorted(due)
        self.batches.append(lines)
        if BatchFile.DEPOSITS in batch.files:
            deposits = exports.file(self.world.db, batch.number, BatchFile.DEPOSITS, by=self.people["SU1000"])
            self.banked += [line["receipt_number"] for line in csv.DictReader(io.StringIO(deposits.content.decode()))]
            assert len(set(self.banked)) == len(self.banked), "a receipt must NOT be deposited twice"
        for line in lines:
            paid = self._taken(line["receipt_number"])
            assert (line["account_number"], line["amount"]) == (paid.account, f"{paid.amount / 100:.2f}")
            if line["kind"] == "payment":
                paid.batch = batch.number
            else:
                assert paid.batch, "a reversal must NOT go before its payment"
                paid.reversal_batch = batch.number

    @rule()
    def carry_a_snapshot(self) -> None:
        self.world.later(minutes=1)
        stamp = SnapshotStamp(self.world.now, self.received)
        gone = {line["reference"] for lines in self.batches[: self.received] for line in lines}
        not_posted = frozenset(self.erp.refused & gone)
        text = self.erp.open_items()
        if text.count("\n") < 2:
            return  # nothing is open anywhere: no file says so
        self._import(stamp, text, not_posted)
        self.counter.seen = Seen(
            stamp.as_of, self.received, copy.deepcopy(self.erp.accounts), not_posted, dict(self.erp.own_balance)
        )

    @rule(account=ACCOUNT, cents=CENTS, refuse=st.none() | INDEX, undo=st.booleans())
    def exchange(self, account: str, cents: int, refuse: int | None, undo: bool) -> None:
        """A payment goes out, is posted there or refused, and comes back in a snapshot; it may be undone afterwards."""
        self.pay("PA1234", account, cents, None)
        self.cut_a_batch()
        while self.received < len(self.batches):
            self.post_a_batch(refuse)
        self.carry_a_snapshot()
        if undo:
            self.reverse(len(self.counter.taken) - 1)

    def _import(self, stamp: SnapshotStamp, text: str, not_posted: frozenset[str]) -> None:
        file, refused = self.folder / "open_items.csv", self.folder / "not_posted.csv"
        file.write_text(text)
        refused.write_text("\n".join(["reference", *sorted(not_posted)]) + "\n")
        exchanges.import_open_items(
            self.world.db, file, stamp, not_posted=refused if not_posted else None, key=new_key(), by=OPERATOR,
            at=self.world.now,
        )  # fmt: skip

    def _to_send(self) -> list[str]:
        """References that must be in the next batch, and no other."""
        ready = [each for each in self.counter.taken if each.batch or each.dated is None or each.dated <= self.today]
        return [each.number for each in ready if not each.batch] + [
            each.reversal for each in ready if each.reversed_at and not each.reversal_batch
        ]

    def _taken(self, number: str) -> Taken:
        return next(each for each in self.counter.taken if each.number == number)

    # --- what must hold ---------------------------------------------------------------------------------------------

    @invariant()
    def every_account_says_what_both_sides_know(self) -> None:
        reader = self.people["SU1000"]
        for account in ACCOUNTS:
            found = customers.account(self.world.db, account, by=reader, at=self.world.now)
            figures = (found.standing.total_due.cents, found.standing.past_due.cents)
            assert figures == (self.counter.total_due(account), self.counter.past_due(account, self.today))
            since = [each for each in self.counter.of(account) if each.reversed_at is None]
            outside = [each for each in since if not self.counter.seen.includes(each.batch, each.number)]
            assert found.payments_since == len(outside)
            assert found.snapshot_as_of == self.counter.seen.as_of

    @invariant()
    def every_statement_adds_up(self) -> None:
        for account in ACCOUNTS:
            period = Period(self.began, self.today)
            found = statements.statement(self.world.db, account, period, by=self.people["SU1000"], at=self.world.now)
            moved = sum(line.change.cents for line in found.lines)
            closing = found.closing.total_due.cents
            assert found.opening.cents + moved == closing == self.counter.total_due(account)

    def teardown(self) -> None:
        try:
            assert verification.verify(self.world.db, by=OPERATOR).problems == ()
        finally:
            self.ending.close()


def run(open_world: OpenWorld, people: dict[str, Agent], folder: Path, *, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        lambda: ExchangeMachine(open_world, people, folder),  # type: ignore[arg-type] # any maker of a machine will do
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


def prepare(url: str) -> tuple[World, dict[str, Agent]]:
    """Two branches and their people, no customer yet; the database closed, to be copied."""
    world = World(schema.open_database(url))
    people = counter_worlds.people_of(world)
    world.db.dispose()
    return world, people


def _taken(receipt: Receipt, login: str, dated: date | None, *, corrected_by: str = "") -> Taken:
    parts = [(part.document_number, part.due_date, part.amount.cents) for part in receipt.allocations]
    return Taken(
        receipt.number, receipt.branch.code, login, receipt.customer.number, receipt.amount.cents, receipt.at, parts,
        receipt.unallocated.cents, dated, corrected_by=corrected_by,
    )  # fmt: skip


def _pieces(amount: Money) -> dict[str, int]:
    """The fewest pieces that come to an amount, as `count` takes them."""
    left, pieces = amount.cents, {}
    for denomination in sorted(DENOMINATIONS, reverse=True):
        quantity, left = divmod(left, denomination)
        if quantity:
            pieces[f"{denomination / 100:g}"] = quantity
    return pieces


LONG = pytest.param(1_000, 50, marks=pytest.mark.campaign)


@pytest.mark.parametrize(("examples", "steps"), [(12, 40), LONG])
def test_no_history_parts_the_two_books_on_sqlite(
    sqlite_template: Path, tmp_path: Path, examples: int, steps: int
) -> None:
    file = tmp_path / "template.db"
    shutil.copyfile(sqlite_template, file)
    template, people = prepare(f"sqlite:///{file}")

    run(lambda: counter_worlds.on_sqlite(template, file, tmp_path), people, tmp_path, examples=examples, steps=steps)


@pytest.mark.parametrize(("examples", "steps"), [(4, 30), LONG])
def test_no_history_parts_the_two_books_on_postgresql(
    postgres: URL, postgres_url: str, tmp_path: Path, examples: int, steps: int
) -> None:
    template, people = prepare(postgres_url)

    run(lambda: counter_worlds.on_postgresql(template, postgres), people, tmp_path, examples=examples, steps=steps)
