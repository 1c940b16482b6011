"""Whatever happens to a till, its report and those of all its submissions add up, and these keep their figures."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnernet.domain.agents import Agent
from partnernet.domain.corrections import as_entered
from partnernet.domain.counts import FrozenCount
from partnernet.domain.drops import DropRequest
from partnernet.domain.handovers import HandoverRequest
from partnernet.domain.money import Money
from partnernet.domain.permissions import Role
from partnernet.domain.petty_cash import VoucherCategory, VoucherRequest
from partnernet.domain.pieces import pieces
from partnernet.domain.reconciliations import DifferenceReason, Reconciliation
from partnernet.domain.refusals import Refusal
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.till_report import TillReport
from partnernet.services import counts, drops, handovers, payments, petty_cash, reconciliations, reversals
from partnernet.storage import counts as stored_counts
from partnernet.storage import held_cheques, schema
from tests.support.correcting import as_cash, as_it_was, entering_again
from tests.support.counter_worlds import on_sqlite
from tests.support.counting import (
    approve,
    assert_verified,
    deposit,
    receive_float,
    send_back,
    submit,
    take_cash,
    take_cheque,
)
from tests.support.requests import a_cheque, new_key, reversing
from tests.support.till_reports import current, of
from tests.support.world import World

GIVEN_UP = [where for where in WhereIsTheMoney if where is not WhereIsTheMoney.KEPT]


class Till:
    """One agent's till, its receipts, vouchers and submissions so far."""

    def __init__(self, world: World, colleague: Agent) -> None:
        self.world, self.chiefs = world, (world.supervisor, colleague)
        self.receipts: list[str] = []
        self.vouchers: list[int] = []
        self.reports: dict[int, tuple[Reconciliation, TillReport]] = {}

    def cash(self, n: int) -> None:
        self.receipts.append(take_cash(self.world, str(Money(n % 40_000 + 3))).number)

    def cheque(self, n: int) -> None:
        self.receipts.append(take_cheque(self.world, str(Money(n % 90_000 + 1))).number)

    def post_dated(self, n: int) -> None:
        dated = self.world.today + timedelta(days=n % 3 + 1)
        self.receipts.append(take_cheque(self.world, str(Money(n % 90_000 + 1)), dated=dated).number)

    def undo(self, n: int) -> None:
        if self.receipts:
            where = GIVEN_UP[n % len(GIVEN_UP)]
            reason = list(ReversalReason)[n % len(ReversalReason)]
            request = reversing(self.receipts[n % len(self.receipts)], where=where, reason=reason)
            reversals.reverse(
                self.world.db,
                request,
                by=self.world.supervisor,
                at=self.world.later(minutes=1),
                proved_at=self.world.now,
            )

    def enter_again(self, n: int) -> None:
        """On another account, for another amount, or by the other tender, by one of two supervisors."""
        if not self.receipts:
            return
        by, at = self.chiefs[n % 2], self.world.later(minutes=1)
        paid = payments.receipt(self.world.db, self.receipts[n // 2 % len(self.receipts)], by=by)
        reason = (ReversalReason.WRONG_CUSTOMER, ReversalReason.WRONG_AMOUNT, ReversalReason.WRONG_TENDER)[n % 3]
        reentry = as_cash(paid, str(Money(n % 40_000 * 5 + 5))) if paid.cheque else as_it_was(paid, cheque=a_cheque())
        if reason is ReversalReason.WRONG_CUSTOMER:
            reentry = replace(as_entered(paid), customer_number=f"{500001 + n % len(self.receipts)}")
        elif reason is ReversalReason.WRONG_AMOUNT:
            reentry = as_it_was(paid, amount=str(Money(n % 40_000 * 5 + 5)))
        request = entering_again(paid, reason, reentry)
        made = reversals.reverse(self.world.db, request, by=by, at=at, proved_at=at)
        self.receipts.append(made.reentered)

    def voucher(self, n: int) -> None:
        spent = VoucherRequest(
            new_key(),
            self.world.today,
            "Postes Canada",
            "timbres",
            VoucherCategory.POSTAGE,
            Money(n % 900 * 5 + 5),
            receipt_kept=True,
        )
        at = self.world.later(minutes=1)
        self.vouchers.append(petty_cash.pay_voucher(self.world.db, spent, by=self.world.agent, at=at).posting_id)

    def take_back_voucher(self, n: int) -> None:
        if self.vouchers:
            which, at = self.vouchers[n % len(self.vouchers)], self.world.later(minutes=1)
            petty_cash.reverse_voucher(self.world.db, which, new_key(), by=self.world.agent, at=at)

    def freeze(self, n: int) -> None:
        """Count the expected cash, or a little less or more, in pieces of five cents."""
        draft = counts.start(self.world.db, by=self.world.agent, at=self.world.later(minutes=1))
        with self.world.db.read() as connection:
            expected = stored_counts.expected_cash(connection, draft.session_id, self.world.agent.id)
        coins = max(0, expected.cents // 5 + (0, 0, -7, 3)[n % 4])
        ticked = frozenset(cheque.id for cheque in draft.cheques)
        at = self.world.later(minutes=1)
        counts.freeze(self.world.db, draft.id, {5: str(coins)}, {}, ticked, by=self.world.agent, at=at)

    def submit(self, _n: int) -> None:
        frozen = counts.current(self.world.db, by=self.world.agent, at=self.world.now)
        if isinstance(frozen, FrozenCount):
            made = submit(self.world, frozen, reason=DifferenceReason.UNKNOWN, note="rien trouvé")
            self.reports[made.id] = (made, of(self.world, made))

    def drop(self, n: int) -> None:
        """Bag some of the cash, and every other cheque that is payable."""
        with self.world.db.read() as connection:
            session_id = stored_counts.unsubmitted(connection, self.world.agent.id)[-1]
            on_hand = held_cheques.in_session(connection, self.world.agent.id, session_id, self.world.today)
        chosen = frozenset(cheque.id for cheque in on_hand[::2] if not cheque.post_dated)
        request = DropRequest(new_key(), pieces({5: n % 2_000}), chosen)
        drops.make(self.world.db, request, by=self.world.agent, at=self.world.later(minutes=1))

    def receive(self, n: int) -> None:
        waiting = drops.waiting(self.world.db, by=self.world.supervisor, at=self.world.now)
        if waiting:
            bag_id = waiting[n % len(waiting)].bag.id
            drops.receive(self.world.db, bag_id, by=self.world.supervisor, at=self.world.later(minutes=1))

    def pass_float(self, n: int) -> None:
        """To the colleague, or back from them."""
        giver, receiver = (self.world.agent, self.world.other_agent)[:: 1 if n % 2 else -1]
        request = HandoverRequest(new_key(), giver.login, receiver.login, Money(n % 4_000 * 5 + 5))
        offered = handovers.offer(self.world.db, request, by=giver, at=self.world.later(minutes=1))
        handovers.accept(self.world.db, offered.id, by=receiver, at=self.world.later(minutes=1))

    def decide(self, n: int) -> None:
        waiting = reconciliations.pending(self.world.db, by=self.world.supervisor, at=self.world.now)
        if waiting:
            (send_back if n % 3 == 0 else approve)(self.world, waiting[n % len(waiting)])

    def deposit(self, _n: int) -> None:
        deposit(self.world)

    def next_day(self, n: int) -> None:
        self.world.later(days=n % 2 + 1)

    def clock_goes_back(self, _n: int) -> None:
        self.world.later(hours=-2)

    def check(self) -> None:
        """The till adds up, and so does each submission, with the figures that it had at first."""
        current(self.world)
        current(self.world, self.world.other_agent)
        for made, first in self.reports.values():
            report = of(self.world, made)
            assert (report.movements, report.closing, report.due) == (first.movements, first.closing, first.due)
            assert report.reversals == first.reversals


ACTS: list[Callable[[Till, int], None]] = [
    Till.cash, Till.cheque, Till.post_dated, Till.undo, Till.enter_again, Till.enter_again, Till.voucher,
    Till.take_back_voucher, Till.freeze,
    Till.submit, Till.submit, Till.decide, Till.decide, Till.deposit, Till.drop, Till.receive, Till.pass_float,
    Till.next_day, Till.clock_goes_back,
]  # fmt: skip


@pytest.fixture(scope="module")
def template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Agent, Path]:
    """A world whose agent has a float, its second supervisor, and its file, to be copied."""
    path = tmp_path_factory.mktemp("till") / "till.db"
    shutil.copyfile(sqlite_template, path)
    world = World(schema.open_database(f"sqlite:///{path}"))
    receive_float(world)
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)
    world.db.dispose()
    return world, colleague, path


@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 10_000_000)), min_size=20, max_size=40))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_report_adds_up_whatever_happened(
    template: tuple[World, Agent, Path],
    tmp_path_factory: pytest.TempPathFactory,
    acts: list[tuple[Callable[[Till, int], None], int]],
) -> None:
    world, colleague, path = template

    with on_sqlite(world, path, tmp_path_factory.getbasetemp()) as copied:
        till = Till(copied, colleague)
        for act, n in acts:
            with suppress(Refusal):
                act(till, n)
            till.check()
        assert_verified(copied)
