"""Whatever happens to an account, here and in the principal's books, its statements add up and follow one another."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import URL

from partnernet.domain.accounts import OpenItem
from partnernet.domain.agents import Agent
from partnernet.domain.customers import Customer
from partnernet.domain.money import Money, total
from partnernet.domain.periods import Period
from partnernet.domain.permissions import Role
from partnernet.domain.statements import Posted, Statement
from partnernet.services import customers, statements
from partnernet.storage import schema
from tests.support.account_story import Act, Story
from tests.support.counter_worlds import OpenWorld, on_postgresql, on_sqlite
from tests.support.world import World

ACTS = st.lists(st.tuples(st.sampled_from(Story.ACTS), st.integers(0, 1_000_000)), min_size=20, max_size=50)
CUTS = st.lists(st.integers(0, 40), max_size=4)


def prepare(url: str) -> World:
    """A branch to copy, its database closed."""
    world = World(schema.open_database(url))
    world.db.dispose()
    return world


def readers_of(story: Story) -> list[Agent]:
    """Somebody at the counter, an auditor of no branch, and somebody three hours west."""
    vancouver = story.world.new_branch("VAN", "Vancouver", "America/Vancouver")
    auditor = story.world.person("AU1000", "Jeanne Roy", Role.AUDITOR)
    return [story.world.agent, auditor, story.world.person("PV0001", "Ann Lee", Role.AGENT, vancouver)]


def periods(story: Story, zone: ZoneInfo, cuts: list[int]) -> list[Period]:
    """The days since the first import, cut into periods that follow one another until today."""
    first = story.readings[0].as_of.astimezone(zone).date()
    today = story.world.now.astimezone(zone).date()
    starts = sorted({first, *(first + timedelta(days=cut) for cut in cuts if cut <= (today - first).days)})
    ends = [start - timedelta(days=1) for start in starts[1:]] + [today]
    return [Period(start, end) for start, end in zip(starts, ends, strict=True)]


def check(story: Story, reader: Agent, cuts: list[int]) -> None:
    zone = ZoneInfo(reader.branch.timezone if reader.branch else "America/Toronto")
    for customer in story.customers:
        made = [
            statements.statement(story.world.db, customer.number, period, by=reader, at=story.world.now)
            for period in periods(story, zone, cuts)
        ]
        for statement in made:
            adds_up(story, customer, statement)
        for earlier, later in pairwise(made):
            assert earlier.closing.total_due == later.opening
        tell_everything_once(story, customer, made)
        closes_on_the_account(story, customer, made[-1], reader)


def adds_up(story: Story, customer: Customer, statement: Statement) -> None:
    closing = statement.closing.total_due
    assert statement.opening + total(line.change for line in statement.lines) == closing
    assert statement.opening == Money(story.balance(customer, statement.span.opened_at))
    assert closing == Money(story.balance(customer, statement.span.closed_at))
    documents = total(document.open_amount for document in statement.closing.documents)
    assert statement.aging.amount == documents
    assert statement.aging.amount + statement.aging.undocumented == max(Money(0), closing)
    assert all(line.change for line in statement.lines)
    days = [line.day for line in statement.lines]
    assert days == sorted(days)
    assert all(statement.period.start <= day <= statement.period.end for day in days)


def tell_everything_once(story: Story, customer: Customer, made: list[Statement]) -> None:
    """Statements that follow one another list each posting and each new document once, and nothing else but what the
    books did by other ways."""
    lines = [line for statement in made for line in statement.lines]

    posted = [(line.about.receipt_number, line.change.cents) for line in lines if isinstance(line.about, Posted)]
    documents = [(line.about.document_number, line.change.cents) for line in lines if isinstance(line.about, OpenItem)]

    assert Counter(posted) == Counter(story.posted_since_the_first_reading(customer))
    assert documents == story.documents_that_appeared(customer)


def closes_on_the_account(story: Story, customer: Customer, statement: Statement, reader: Agent) -> None:
    account = customers.account(story.world.db, customer.number, by=reader, at=story.world.now)
    today = statements.account_today(story.world.db, customer.number, by=reader, at=story.world.now)

    assert statement.closing == account.standing
    assert today.account == account
    assert today.aging == statement.aging
    kept = [posted for posted in today.since if posted.reason is None and posted.reversed_at is None]
    assert len(kept) == account.payments_since


def run(open_world: OpenWorld, folder: Path, examples: int) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(acts=ACTS, cuts=CUTS, reader=st.integers(0, 2))
    def adds_up_whatever_happens(acts: list[Act], cuts: list[int], reader: int) -> None:
        with open_world() as world:
            story = Story(world, folder)
            story.tell(acts)
            check(story, readers_of(story)[reader], cuts)

    adds_up_whatever_happens()


MANY = pytest.param(2_000, marks=pytest.mark.campaign)


@pytest.mark.parametrize("examples", [25, MANY])
def test_statements_add_up_whatever_happens_on_sqlite(sqlite_template: Path, tmp_path: Path, examples: int) -> None:
    file = tmp_path / "template.db"
    shutil.copyfile(sqlite_template, file)
    template = prepare(f"sqlite:///{file}")

    run(lambda: on_sqlite(template, file, tmp_path), tmp_path, examples)


@pytest.mark.parametrize("examples", [6, MANY])
def test_statements_add_up_whatever_happens_on_postgresql(
    postgres: URL, postgres_url: str, tmp_path: Path, examples: int
) -> None:
    template = prepare(postgres_url)

    run(lambda: on_postgresql(template, postgres), tmp_path, examples)
