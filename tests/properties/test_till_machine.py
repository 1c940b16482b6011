"""The tills of a branch under arbitrary acts, against an independent model of who holds and owes what after each."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import URL, func, select

from partnernet.domain.agents import Agent, console_operator
from partnernet.domain.entries import DUE_TO_PRINCIPAL, FLOAT_PRESENT, LedgerAccount
from partnernet.services import till, verification
from partnernet.storage import tables
from tests.support import till_worlds
from tests.support.till_acts import AGENTS
from tests.support.till_acts_bags import BagActs
from tests.support.till_acts_corrections import CorrectionActs
from tests.support.till_acts_count import CountActs
from tests.support.till_acts_float import FloatActs
from tests.support.till_worlds import OpenWorld
from tests.support.world import World


class Counter(FloatActs, CountActs, BagActs, CorrectionActs):
    """Everything that can happen at the counters of the branch."""

    def let_the_clock_go(self) -> None:
        minutes = self.one_of([-180, -60, -1, 48 * 60, 24 * 60, 12 * 60, 60, 7, 1])
        self.world.now += timedelta(minutes=minutes)


Condition = Callable[[Counter], object]


def always(_here: Counter) -> bool:
    return True


# Each act with its weight and when it can be tried.
ACTS: tuple[tuple[str, int, Condition], ...] = (
    ("pay_in_cash", 8, always),
    ("pay_by_cheque", 7, always),
    ("pay_an_odd_due_in_cash", 3, always),
    ("pay_with_the_rest_of_a_cheque", 4, lambda here: any(here.branch.unfinished(login) for login in AGENTS)),
    ("reverse_a_payment", 5, lambda here: any(not paid.reversed for paid in here.branch.payments)),
    ("reverse_a_payment_again", 1, lambda here: any(paid.reversed for paid in here.branch.payments)),
    ("move_a_payment", 4, lambda here: here.branch.payments),
    ("correct_an_amount", 4, lambda here: here.branch.payments),
    ("correct_a_tender", 4, lambda here: here.branch.payments),
    ("pay_a_voucher", 3, always),
    ("take_a_voucher_back", 3, lambda here: here.floats.vouchers),
    ("ask_for_a_replenishment", 3, always),
    ("grant_a_replenishment", 2, lambda here: here.floats.asked),
    ("offer_a_float", 2, always),
    ("answer_an_offer", 3, lambda here: here.floats.offers),
    ("start_a_count", 3, always),
    ("count_for_an_absent_agent", 1, always),
    ("give_a_count_up", 1, lambda here: here.counting()),
    ("freeze_a_count", 5, lambda here: here.counting()),
    ("submit_a_count", 5, lambda here: here.counted()),
    ("submit_again", 1, lambda here: here.submitted),
    ("approve_a_till", 4, lambda here: here.branch.submissions()),
    ("send_a_till_back", 3, lambda here: here.branch.submissions()),
    ("close_the_day", 4, lambda here: any(here.branch.can_close(login) for login in AGENTS)),
    ("drop_a_bag", 3, always),
    ("receive_a_drop", 4, lambda here: here.branch.drops()),
    ("make_a_slip", 3, lambda here: here.branch.waiting_bags()),
    ("settle_a_slip", 3, lambda here: here.slips),
    ("deposit_a_bag", 8, lambda here: here.branch.waiting_bags()),
    ("let_the_clock_go", 3, always),
)


class TillMachine(RuleBasedStateMachine):
    """Each step does one act and checks its answer; the invariants check what it left behind."""

    def __init__(self, open_world: Callable[[], World], people: dict[str, Agent]) -> None:
        super().__init__()
        self.here = Counter(open_world(), people)
        self.steps = 0

    @initialize(data=st.data(), floats=st.lists(st.sampled_from([200_00, 150_00, 0]), min_size=3, max_size=3))
    def hand_out_floats(self, data: st.DataObject, floats: list[int]) -> None:
        self.here.draw = data.draw
        for login, amount in zip(AGENTS, floats, strict=True):
            if amount:
                self.here.offer("", login, amount, "SU2000")
                self.here.answer(login, "accepted", offer_id=self.here.floats.offers[-1].id)

    @rule(data=st.data())
    def act(self, data: st.DataObject) -> None:
        possible = [name for name, weight, can_be in ACTS if can_be(self.here) for _ in range(weight)]
        turn = 29 * self.steps % len(possible)  # the simplest draw is half of all draws: not always the same act
        self.here.draw = data.draw
        getattr(self.here, data.draw(st.sampled_from(possible[turn:] + possible[:turn]), label="act"))()

    # --- what must always hold ----------------------------------------------------------------------------------------

    @invariant()
    def the_books_agree(self) -> None:
        self.everybody_holds_what_the_model_says()
        self.a_till_says_what_it_holds_unless_it_is_counted()
        self.steps += 1
        if self.steps % 12 == 0:
            self.verify()

    def everybody_holds_what_the_model_says(self) -> None:
        line = tables.ledger_line.c
        with self.here.world.db.read() as connection:
            rows = connection.execute(
                select(line.holder_id, line.account, func.sum(line.debit_cents - line.credit_cents).label("cents"))
                .group_by(line.holder_id, line.account)
            ).all()  # fmt: skip
        sums = {(row.holder_id, row.account): int(row.cents) for row in rows}

        def held(holder_id: int | None) -> tuple[int, int, int, int, int]:
            def debit(*accounts: LedgerAccount) -> int:
                return sum(sums.get((holder_id, account), 0) for account in accounts)

            in_hand = debit(LedgerAccount.DRAWER), debit(LedgerAccount.CHEQUES), debit(LedgerAccount.BAG)
            return *in_hand, -debit(*DUE_TO_PRINCIPAL), -debit(*FLOAT_PRESENT)

        people = {person.id: login for login, person in self.here.people.items()}
        assert {people[holder] for holder, _ in sums if holder} <= set(AGENTS), "who keeps no till holds nothing"
        by_ledger = {login: held(self.here.people[login].id) for login in AGENTS}
        assert by_ledger == {login: self.here.branch.held(login) for login in AGENTS}
        assert held(None) == self.here.branch.held_by_branch()

    def a_till_says_what_it_holds_unless_it_is_counted(self) -> None:
        login = AGENTS[self.steps % len(AGENTS)]
        figures = till.position(self.here.world.db, by=self.here.people[login]).figures
        if self.here.branch.counting(login):
            assert figures is None, "the count is blind"
            return
        assert figures is not None
        drawer, cheques, _bags, owed, fund = self.here.branch.held(login)
        told = figures.expected_cash, figures.cheques, figures.due_to_principal, figures.float_present
        assert tuple(figure.cents for figure in told) == (drawer, cheques, owed, fund)

    def verify(self) -> None:
        assert verification.verify(self.here.world.db, by=console_operator("machine")).problems == ()
        self.a_submitted_session_holds_nothing_but_its_bag_and_the_debt_for_it()

    def a_submitted_session_holds_nothing_but_its_bag_and_the_debt_for_it(self) -> None:
        line, bag = tables.ledger_line.c, LedgerAccount.BAG
        query = (
            select(line.till_session_id, line.account, func.sum(line.debit_cents - line.credit_cents).label("cents"))
            .join(tables.reconciliation, tables.reconciliation.c.till_session_id == line.till_session_id)
            .group_by(line.till_session_id, line.account)
        )
        left: dict[int, dict[str, int]] = defaultdict(dict)
        with self.here.world.db.read() as connection:
            for row in connection.execute(query):
                left[row.till_session_id][row.account] = int(row.cents)
        for sums in left.values():
            sealed = sums.pop(bag, 0)
            # Cash that was moved to another account since may settle other odd cents there.
            assert sums.pop(LedgerAccount.OWED, 0) + sums.pop(LedgerAccount.ROUNDING, 0) == -sealed
            assert not any(sums.values()), sums

    def teardown(self) -> None:
        self.verify()


def run(open_world: OpenWorld, people: dict[str, Agent], *, examples: int, steps: int) -> None:
    with ExitStack() as worlds:

        def machine() -> TillMachine:
            worlds.close()  # that of the run before
            return TillMachine(lambda: worlds.enter_context(open_world()), people)

        run_state_machine_as_test(
            machine,  # type: ignore[arg-type] # any maker of a machine will do
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            ),
        )


LONG = [pytest.param(examples, 50, marks=pytest.mark.campaign) for examples in (300, 2_000)]


@pytest.mark.parametrize(("examples", "steps"), [(75, 50), *LONG])
def test_no_sequence_of_acts_breaks_the_tills_on_sqlite(
    sqlite_template: Path, tmp_path: Path, examples: int, steps: int
) -> None:
    file = tmp_path / "template.db"
    shutil.copyfile(sqlite_template, file)
    template, people = till_worlds.prepare(f"sqlite:///{file}")

    run(lambda: till_worlds.on_sqlite(template, file, tmp_path), people, examples=examples, steps=steps)


@pytest.mark.parametrize(("examples", "steps"), [(13, 40), *LONG])
def test_no_sequence_of_acts_breaks_the_tills_on_postgresql(
    postgres: URL, postgres_url: str, examples: int, steps: int
) -> None:
    template, people = till_worlds.prepare(postgres_url)

    run(lambda: till_worlds.on_postgresql(template, postgres), people, examples=examples, steps=steps)
