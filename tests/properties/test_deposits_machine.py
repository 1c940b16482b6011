"""Arbitrary days of one till, dropped, counted, sent back, reversed: a batch tells which receipts are in which bag."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import URL, func, select

from partnernet.domain.drops import DropRequest
from partnernet.domain.entries import LedgerAccount
from partnernet.domain.pieces import pieces
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.services import drops, reversals
from partnernet.storage import schema, tables
from tests.support.batches import cut, deposit_lines
from tests.support.counter_worlds import OpenWorld, on_postgresql, on_sqlite
from tests.support.counting import (
    approve,
    assert_verified,
    count,
    deposit,
    receive_float,
    send_back,
    submit,
    take_cash,
    take_cheque,
    waiting_bags,
)
from tests.support.requests import holding, new_key, reversing
from tests.support.world import World

INDEX = st.integers(0, 10_000)


@dataclass
class Bag:
    """A sealed bag and the receipts in it, by number."""

    number: int
    inside: dict[str, Receipt]
    settled: bool = False


@dataclass
class Till:
    """Where the money of each receipt is: in the till, or in a bag; and what was reversed."""

    on_hand: dict[str, Receipt] = field(default_factory=dict)
    bags: list[Bag] = field(default_factory=list)
    reversed: set[str] = field(default_factory=set)

    def seal(self, number: int) -> None:
        """Whatever came in is in the bag: there is no name on the cash that stays."""
        self.bags.append(Bag(number, self.on_hand))
        self.on_hand = {}


class DepositsMachine(RuleBasedStateMachine):
    def __init__(self, open_world: OpenWorld) -> None:
        super().__init__()
        self.ending = ExitStack()
        self.world = self.ending.enter_context(open_world())
        self.till = Till()
        self.told: set[int] = set()
        self.lines: list[tuple[str, str, str, str]] = []

    @rule(fives=st.integers(1, 2_000))
    def pay_in_cash(self, fives: int) -> None:
        paid = take_cash(self.world, f"{fives // 20}.{fives % 20 * 5:02d}")
        self.till.on_hand[paid.number] = paid

    @rule(dollars=st.integers(1, 900))
    def pay_by_cheque(self, dollars: int) -> None:
        paid = take_cheque(self.world, f"{dollars}.01")
        self.till.on_hand[paid.number] = paid

    @precondition(lambda self: self.collected_cents() >= 5)
    @rule(part=st.integers(1, 4))
    def drop(self, part: int) -> None:
        cash = pieces({5: max(1, self.collected_cents() // part // 5)})
        sheets = frozenset(paid.cheque_id for paid in self.till.on_hand.values() if paid.cheque_id)
        asked = DropRequest(new_key(), cash, sheets)
        made = drops.make(self.world.db, asked, by=self.world.agent, at=self.world.later(minutes=1))
        drops.receive(self.world.db, made.bag.id, by=self.world.supervisor, at=self.world.later(minutes=1))
        self.till.seal(made.bag.number)

    @rule(sent_back=st.booleans())
    def submit(self, sent_back: bool) -> None:
        cents = holding(self.world, self.world.agent).expected_cash.cents
        submitted = submit(self.world, count(self.world, {"100": cents // 100_00, "0.05": cents % 100_00 // 5}))
        if sent_back:
            send_back(self.world, submitted)
        else:
            approve(self.world, submitted)
            self.till.seal(submitted.bag.number)

    @precondition(lambda self: self.till.on_hand)
    @rule(index=INDEX, never=st.booleans())
    def reverse_what_is_on_hand(self, index: int, never: bool) -> None:
        paid = self.till.on_hand.pop(sorted(self.till.on_hand)[index % len(self.till.on_hand)])
        self._reverse(paid, WhereIsTheMoney.NEVER_RECEIVED if never else WhereIsTheMoney.HANDED_BACK)

    @precondition(lambda self: any(bag.inside.keys() - self.till.reversed for bag in self.till.bags))
    @rule(index=INDEX, never=st.booleans())
    def reverse_what_is_in_a_bag(self, index: int, never: bool) -> None:
        """Cash is handed back by the drawer, or was never there; a sheet leaves the bag, or returns from the bank."""
        bag = [bag for bag in self.till.bags if bag.inside.keys() - self.till.reversed][-1]
        standing = sorted(bag.inside.keys() - self.till.reversed)
        paid = bag.inside[standing[index % len(standing)]]
        if paid.tender is Tender.CHEQUE and bag.settled:
            self._reverse(paid, WhereIsTheMoney.RETURNED_BY_BANK)
            return
        self._reverse(paid, WhereIsTheMoney.NEVER_RECEIVED if never else WhereIsTheMoney.HANDED_BACK)
        if never or paid.tender is Tender.CHEQUE:
            del bag.inside[paid.number]

    @precondition(lambda self: bool(waiting_bags(self.world)))
    @rule()
    def deposit(self) -> None:
        on_slip = waiting_bags(self.world)
        deposit(self.world)
        with self.world.db.read() as connection:
            numbers = connection.execute(select(tables.bag.c.number).where(tables.bag.c.id.in_(on_slip))).scalars()
            settled = set(numbers)
        for bag in self.till.bags:
            bag.settled = bag.settled or bag.number in settled

    @rule()
    def cut(self) -> None:
        """There is always something to send."""
        self.pay_in_cash(1)
        batch = cut(self.world)
        assert batch is not None
        expected = {
            (str(bag.number), number, str(paid.tender), str(paid.received))
            for bag in self.till.bags
            if bag.settled and bag.number not in self.told
            for number, paid in bag.inside.items()
        }
        self.told |= {bag.number for bag in self.till.bags if bag.settled}
        lines = deposit_lines(self.world, batch.number) if batch.deposit_count else []
        assert {line for line in lines if line[1]} == expected
        self.lines += lines

    def teardown(self) -> None:
        try:
            self.submit(sent_back=False)
            if waiting_bags(self.world):
                self.deposit()
            self.cut()
            receipts = [number for _bag, number, *_ in self.lines if number]
            assert len(receipts) == len(set(receipts)), "a receipt is in one bag"
            assert sum(int(amount.replace(".", "")) for *_, amount in self.lines) == self.remitted_cents()
            assert_verified(self.world)
        finally:
            self.ending.close()

    def collected_cents(self) -> int:
        """What is in the drawer beyond the float."""
        held = holding(self.world, self.world.agent)
        return (held.expected_cash - held.float_present).cents

    def remitted_cents(self) -> int:
        """What the deposits brought to the bank, whatever it sent back."""
        line = tables.ledger_line.c
        remitted = select(func.sum(line.debit_cents)).where(line.account == LedgerAccount.REMITTED)
        with self.world.db.read() as connection:
            return int(connection.execute(remitted).scalar_one() or 0)

    def _reverse(self, paid: Receipt, where: WhereIsTheMoney) -> None:
        bank = where is WhereIsTheMoney.RETURNED_BY_BANK
        reason = ReversalReason.RETURNED_CHEQUE if bank else ReversalReason.WRONG_AMOUNT
        request, at = reversing(paid.number, reason=reason, where=where), self.world.later(minutes=1)
        reversals.reverse(self.world.db, request, by=self.world.supervisor, at=at, proved_at=at)
        self.till.reversed.add(paid.number)


def prepare(url: str) -> World:
    """A till with a float, its database closed, to be copied for each run."""
    world = World(schema.open_database(url))
    receive_float(world, "2000.00")
    world.db.dispose()
    return world


def run(open_world: OpenWorld, *, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        lambda: DepositsMachine(open_world),  # type: ignore[arg-type] # any maker of a machine will do
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


LONG = pytest.param(1_000, 60, marks=pytest.mark.campaign)


@pytest.mark.parametrize(("examples", "steps"), [(12, 25), LONG])
def test_every_deposit_is_told_as_its_bags_were_filled_on_sqlite(
    sqlite_template: Path, tmp_path: Path, examples: int, steps: int
) -> None:
    file = tmp_path / "template.db"
    shutil.copyfile(sqlite_template, file)
    template = prepare(f"sqlite:///{file}")

    run(lambda: on_sqlite(template, file, tmp_path), examples=examples, steps=steps)


@pytest.mark.parametrize(("examples", "steps"), [(5, 20), LONG])
def test_every_deposit_is_told_as_its_bags_were_filled_on_postgresql(
    postgres: URL, postgres_url: str, examples: int, steps: int
) -> None:
    template = prepare(postgres_url)

    run(lambda: on_postgresql(template, postgres), examples=examples, steps=steps)
