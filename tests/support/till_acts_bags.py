"""Acts with sealed bags, each checked against the model: dropped during the day, received, on a slip, at the bank."""

from __future__ import annotations

from partnernet.domain.agents import Agent
from partnernet.domain.deposits import Deposit
from partnernet.domain.drops import DropRequest
from partnernet.domain.money import Money
from partnernet.domain.pieces import take
from partnernet.services import deposits, drops
from tests.support.requests import new_key
from tests.support.till_acts import FIVES, SUPERVISORS, TillActs
from tests.support.till_acts_count import PLENTY
from tests.support.till_things import Bag, Session
from tests.support.world import World


class BagActs(TillActs):
    """What happens to bags."""

    def __init__(self, world: World, people: dict[str, Agent]) -> None:
        super().__init__(world, people)
        self.slips: list[tuple[Deposit, list[Bag]]] = []

    def drop_a_bag(self) -> None:
        login, today = self.somebody(), self.today()
        session = next(iter(self.branch.of(login)), Session())
        collected, there = session.collected(), max(session.drawer, 0)
        amount = self.one_of(
            [self.draw(FIVES), max(there - session.fund, 0), there, collected + 5, collected, collected]
        )
        chosen = [sheet for sheet in session.sheets if self.chance(2)]
        pieces = take(PLENTY, Money(amount))
        assert pieces is not None
        request = DropRequest(new_key(), pieces, frozenset(sheet.id for sheet in chosen))
        dropped = self.expect(
            self.branch.refuses_drop(login, amount, chosen, today),
            lambda: drops.make(self.world.db, request, by=self.people[login], at=self.world.now),
        )
        if dropped:
            bag = self.branch.drop(login, dropped.bag.id, amount, chosen)
            assert dropped.bag.total.cents == bag.total

    def receive_a_drop(self) -> None:
        bag, chief = self.one_of(self.branch.drops()), self.somebody(SUPERVISORS)
        received = self.expect(
            self.branch.refuses_receipt(bag, chief),
            lambda: drops.receive(self.world.db, bag.id, by=self.people[chief], at=self.world.now),
        )
        if received:
            self.branch.take_for_branch(bag, chief)

    def make_a_slip(self) -> None:
        expected = self.branch.waiting_bags()
        waiting = deposits.waiting(self.world.db, by=self.people["SU2000"], at=self.world.now)
        assert {each.bag.id: each.bag.total.cents for each in waiting} == {bag.id: bag.total for bag in expected}
        bags, key, chief = [self.one_of(expected)], new_key(), self.somebody(SUPERVISORS)
        if self.chance(2):
            bags = expected
        made = self.expect(
            None,
            lambda: deposits.make(
                self.world.db, frozenset(bag.id for bag in bags), key, by=self.people[chief], at=self.world.now
            ),
        )
        assert made.amount.cents == sum(bag.total for bag in bags)
        self.slips.append((made, self.branch.put_on_a_slip(bags)))

    def settle_a_slip(self) -> None:
        made, bags = self.one_of(self.slips)
        self._settle(made, bags, "BNC-13" if self.chance(4) else "BNC-12", self.somebody(SUPERVISORS))

    def deposit_a_bag(self) -> None:
        """A slip and its reference in one step: so that long histories are reached."""
        self.make_a_slip()
        self._settle(*self.slips[-1], "BNC-12", "SU2000")

    def _settle(self, made: Deposit, bags: list[Bag], reference: str, chief: str) -> None:
        done = self.expect(
            self.branch.refuses_reference(bags, reference),
            lambda: deposits.settle(self.world.db, made.id, reference, by=self.people[chief], at=self.world.now),
        )
        if done:
            assert done.bank_reference == reference
            self.branch.deposit(bags, reference)
