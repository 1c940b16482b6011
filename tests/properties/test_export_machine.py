"""Batches cut between arbitrary payments and reversals of three branches, against an independent model of what goes."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import URL, func, select

from partnernet.domain.agents import Agent
from partnernet.domain.concerns import ConfirmationNeeded
from partnernet.domain.payments import PaymentRequest
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt
from partnernet.domain.tenders import Tender
from partnernet.services import exports, payments, reversals, verification
from partnernet.storage import schema, tables
from partnernet.storage.database import Database
from tests.support import counter_process
from tests.support.batches import OPERATOR, file, rows
from tests.support.export_model import ZONES, Outbox, Posted, net
from tests.support.postgres import new_database
from tests.support.requests import a_cheque, new_key, reversing
from tests.support.world import World

OpenWorld = Callable[[], AbstractContextManager[World]]
BRANCHES = st.sampled_from(sorted(ZONES))
INDEX = st.integers(0, 10_000)


class ExportMachine(RuleBasedStateMachine):
    def __init__(self, open_world: OpenWorld, people: dict[str, Agent]) -> None:
        super().__init__()
        self.ending = ExitStack()
        self.world = self.ending.enter_context(open_world())
        self.people = people
        self.outbox = Outbox()
        self.keys: list[str] = []
        self.files: list[bytes] = []
        self.cheques = 0

    @rule(branch=BRANCHES, pieces=st.integers(1, 90_000_00))
    def pay_in_cash(self, branch: str, pieces: int) -> None:
        cents = 5 * pieces
        paid = self._record(branch, counter_process.submission(new_key(), "100001", cents))
        self.outbox.post(Posted(paid.number, branch, cents, None), self.world.now)

    @rule(branch=BRANCHES, cents=st.integers(1, 90_000_00), ahead=st.integers(-2, 3))
    def pay_by_cheque(self, branch: str, cents: int, ahead: int) -> None:
        self.cheques += 1
        dated = self.outbox.today(branch, self.world.now) + timedelta(days=ahead)
        asked = counter_process.submission(new_key(), "100001", cents)
        sheet = a_cheque(f"{self.cheques:06d}", dated=dated)
        paid = self._record(branch, replace(asked, tender=Tender.CHEQUE, cheque=sheet))
        self.outbox.post(Posted(paid.number, branch, cents, dated), self.world.now)

    @precondition(lambda self: any(not each.reversed and not each.undoes for each in self.outbox.posted))
    @rule(index=INDEX)
    def reverse(self, index: int) -> None:
        standing = [each for each in self.outbox.posted if not each.reversed and not each.undoes]
        paid = standing[index % len(standing)]
        supervisor, at = self.people[f"SU{paid.branch}"], self.world.now
        reversals.reverse(self.world.db, reversing(paid.reference), by=supervisor, at=at, proved_at=at)
        paid.reversed = True
        self.outbox.post(Posted(f"{paid.reference}-R", paid.branch, paid.cents, paid.dated, paid), at)

    @rule(minutes=st.sampled_from([1, 60, 3 * 60, 9 * 60, 24 * 60, 30 * 60, -1, -90, -26 * 60]))
    def let_the_clock_go(self, minutes: int) -> None:
        self.world.now += timedelta(minutes=minutes)

    @rule(minutes_back=st.sampled_from([0, 0, 90, 26 * 60]))
    def cut(self, minutes_back: int) -> None:
        key, at = new_key(), self.world.now - timedelta(minutes=minutes_back)
        waiting = exports.waiting(self.world.db, by=OPERATOR, at=at)
        assert waiting.net.cents == net(self.outbox.going(at))
        assert waiting.post_dated.cents == net(self.outbox.held(at))
        batch = exports.cut(self.world.db, key, by=OPERATOR, at=at)
        expected = self.outbox.cut(at)
        if batch is None:
            assert expected == []
            return
        assert batch.number == len(self.outbox.batches)
        assert batch.net.cents == net(expected)
        assert batch.reversal_count == sum(each.undoes is not None for each in expected)
        self.keys.append(key)
        self.files.append(file(self.world, batch.number))
        lines = [(line["reference"], line["amount"].replace(".", "")) for line in rows(self.files[-1])]
        assert lines == [(each.reference, f"{each.cents:03d}") for each in expected]

    @precondition(lambda self: self.keys)
    @rule(index=INDEX)
    def cut_again_under_the_same_key(self, index: int) -> None:
        number = index % len(self.keys) + 1
        again = exports.cut(self.world.db, self.keys[number - 1], by=OPERATOR, at=self.world.now)
        assert again is not None
        assert again.number == number

    @invariant()
    def no_reversal_went_out_before_its_payment(self) -> None:
        for each in self.outbox.posted:
            if each.undoes and each.batch:
                assert 0 < each.undoes.batch <= each.batch

    def teardown(self) -> None:
        try:
            self.what_went_out_and_what_waits_is_the_whole_ledger()
            assert [file(self.world, number) for number in range(1, len(self.files) + 1)] == self.files
            assert verification.verify(self.world.db, by=OPERATOR).problems == ()
        finally:
            self.ending.close()

    def what_went_out_and_what_waits_is_the_whole_ledger(self) -> None:
        line = tables.ledger_line.c
        owed = select(func.sum(line.credit_cents - line.debit_cents)).where(line.account == "owed")
        with self.world.db.read() as connection:
            cents = connection.execute(owed).scalar_one() or 0
        waiting = exports.waiting(self.world.db, by=OPERATOR, at=self.world.now)
        gone = sum(batch.net.cents for batch in exports.batches(self.world.db, by=OPERATOR))
        assert gone + waiting.net.cents + waiting.post_dated.cents == cents

    def _record(self, branch: str, request: PaymentRequest) -> Receipt:
        by, at = self.people[f"PA{branch}"], self.world.now
        try:
            return payments.record(self.world.db, request, by=by, at=at)
        except ConfirmationNeeded as needed:
            confirmed = replace(request, confirmed=frozenset(needed.concerns))
            return payments.record(self.world.db, confirmed, by=by, at=at)


# --- the world, prepared once and copied for each run ---------------------------------------------------------------


def prepare(url: str) -> tuple[World, dict[str, Agent]]:
    """An agent and a supervisor in each branch, and one account; the database is closed."""
    world = World(schema.open_database(url))
    world.customer("100001")
    people = {}
    for code, zone in ZONES.items():
        branch = world.branch if code == "MTL" else world.new_branch(code, code, zone)
        people[f"PA{code}"] = world.person(f"PA{code}", "Marie Roy", Role.AGENT, branch)
        people[f"SU{code}"] = world.person(f"SU{code}", "Anne Roy", Role.SUPERVISOR, branch)
    world.db.dispose()
    return world, people


@contextmanager
def opened(template: World, url: str) -> Iterator[World]:
    world = copy.copy(template)
    world.db = Database(url)
    yield world
    world.db.dispose()


def run(open_world: OpenWorld, people: dict[str, Agent], *, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        lambda: ExportMachine(open_world, people),  # type: ignore[arg-type] # any maker of a machine will do
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


LONG = pytest.param(1_000, 60, marks=pytest.mark.campaign)


@pytest.mark.parametrize(("examples", "steps"), [(25, 40), LONG])
def test_each_posting_goes_out_once_and_never_early_on_sqlite(
    sqlite_template: Path, tmp_path: Path, examples: int, steps: int
) -> None:
    prepared = tmp_path / "template.db"
    shutil.copyfile(sqlite_template, prepared)
    template, people = prepare(f"sqlite:///{prepared}")

    @contextmanager
    def open_world() -> Iterator[World]:
        path = tmp_path / f"{new_key()}.db"
        shutil.copyfile(prepared, path)
        with opened(template, f"sqlite:///{path}") as world:
            yield world
        path.unlink()

    run(open_world, people, examples=examples, steps=steps)


@pytest.mark.parametrize(("examples", "steps"), [(8, 30), LONG])
def test_each_posting_goes_out_once_and_never_early_on_postgresql(
    postgres: URL, postgres_url: str, examples: int, steps: int
) -> None:
    template, people = prepare(postgres_url)

    @contextmanager
    def open_world() -> Iterator[World]:
        with (
            new_database(postgres, template=str(template.db.url.database)) as url,
            opened(template, url.render_as_string(hide_password=False)) as world,
        ):
            yield world

    run(open_world, people, examples=examples, steps=steps)
