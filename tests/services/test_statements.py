"""An account and its statement: a fortnight by hand, whoever reads it, and what cannot be asked."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, select

from partnernet.domain.aging import AgeBand
from partnernet.domain.money import Money
from partnernet.domain.periods import NothingImportedYet, Period, PeriodBackwards, PeriodNotBegun, PeriodTooEarly
from partnernet.domain.permissions import Role
from partnernet.domain.reversals import ReversalReason
from partnernet.domain.searches import CustomerNotFound
from partnernet.domain.statements import Statement
from partnernet.services import statements
from partnernet.storage import tables
from tests.support.account_days import AccountDays, a_fortnight, line_of
from tests.support.requests import money
from tests.support.world import World

NOV_1, TODAY = date(2026, 11, 1), date(2026, 11, 24)


def told(statement: Statement) -> list[tuple[str, str, str]]:
    return [(str(line.day), line_of(line), str(line.change)) for line in statement.lines]


def test_a_fortnight_is_told_line_by_line(days: AccountDays) -> None:
    """60.00 - 40.00 - 100.00 + 250.00 - 50.00 + 100.00 - 20.00 = 200.00."""
    a_fortnight(days)

    statement = days.statement(NOV_1, TODAY)

    assert told(statement) == [
        ("2026-11-03", "MTL-000001", "-40.00"),
        ("2026-11-03", "MTL-000002", "-100.00"),
        ("2026-11-08", "F-2", "250.00"),
        ("2026-11-08", "other ways", "-50.00"),
        ("2026-11-12", "MTL-000002", "100.00"),
        ("2026-11-12", "QUE-000001", "-20.00"),
    ]
    assert (statement.opening, statement.closing.total_due) == (money("60.00"), money("200.00"))
    assert statement.closing == days.account().standing
    assert [snapshot.through_batch for snapshot in statement.snapshots] == [0, 1]


def test_each_week_closes_on_what_the_next_one_opens_with(days: AccountDays) -> None:
    a_fortnight(days)
    weeks = [Period(date(2026, 11, day), date(2026, 11, day + 6)) for day in (1, 8, 15, 22)]

    told_weeks = [days.statement(week.start, week.end) for week in weeks]

    balances = [(str(week.opening), str(week.closing.total_due)) for week in told_weeks]
    assert balances == [("60.00", "-80.00"), ("-80.00", "200.00"), ("200.00", "200.00"), ("200.00", "200.00")]
    assert [len(week.lines) for week in told_weeks] == [2, 4, 0, 0]


def test_a_day_gone_by_is_aged_as_of_then(days: AccountDays) -> None:
    days.books("F-1,invoice,2026-09-15,2026-10-15,60.00,60.00")
    days.go_to(24)

    then = days.statement(NOV_1, date(2026, 11, 10))
    now = days.statement(NOV_1, TODAY)

    assert [aged.band for aged in then.aging.bands if aged.amount] == [AgeBand.TO_30_DAYS]
    assert [aged.band for aged in now.aging.bands if aged.amount] == [AgeBand.TO_60_DAYS]
    assert (then.to_date, now.to_date) == (False, True)


def test_an_import_that_changes_nothing_in_the_account_is_counted_and_not_named(days: AccountDays) -> None:
    days.books("F-1,invoice,2026-09-15,2026-10-15,60.00,60.00")
    for day in (5, 6, 7):
        days.go_to(day)
        days.books("F-1,invoice,2026-09-15,2026-10-15,60.00,60.00")
    days.go_to(24)

    statement = days.statement(NOV_1, TODAY)

    assert statement.lines == ()
    assert [snapshot.id for snapshot in statement.snapshots] == [1, 4], "the first balance and the last rest on them"
    assert statement.unchanged == 2


def test_a_cheque_not_payable_yet_is_deducted_and_said_apart_until_its_date(days: AccountDays) -> None:
    days.books("F-1,invoice,2026-09-15,2026-10-15,60.00,60.00")
    days.go_to(3)
    days.pay("25.00", cheque="000456", dated=date(2026, 11, 20))
    days.go_to(24)

    before, after = days.statement(NOV_1, date(2026, 11, 19)), days.statement(NOV_1, date(2026, 11, 20))

    assert (before.awaited, after.awaited) == (money("25.00"), Money(0))
    assert before.closing.total_due == after.closing.total_due == money("35.00")


def test_a_post_dated_cheque_that_was_reversed_is_awaited_no_more(days: AccountDays) -> None:
    days.books("F-1,invoice,2026-09-15,2026-10-15,60.00,60.00")
    days.go_to(3)
    paid = days.pay("25.00", cheque="000456", dated=date(2026, 12, 20))
    days.go_to(10)
    days.reverse(paid, ReversalReason.WRONG_AMOUNT)
    days.go_to(24)

    assert days.statement(NOV_1, date(2026, 11, 9)).awaited == money("25.00")
    assert days.statement(NOV_1, TODAY).awaited == Money(0)


def test_the_days_are_those_of_whoever_reads(days: AccountDays) -> None:
    """Paid at 1:00 on the fourth in Montréal, which is 22:00 on the third in Vancouver."""
    days.books("F-1,invoice,2026-09-15,2026-10-15,60.00,60.00")
    days.world.now = datetime(2026, 11, 4, 6, 0, tzinfo=UTC)
    days.pay("10.00")
    days.go_to(24)
    vancouver = days.world.new_branch("VAN", "Vancouver", "America/Vancouver")
    west = days.world.person("PV0001", "Ann Lee", Role.AGENT, vancouver)

    third, fourth = date(2026, 11, 3), date(2026, 11, 4)

    assert [told(days.statement(day, day)) != [] for day in (third, fourth)] == [False, True]
    assert [told(days.statement(day, day, by=west)) != [] for day in (third, fourth)] == [True, False]


def test_books_as_of_midnight_are_those_of_the_day_that_ends(days: AccountDays) -> None:
    days.books("F-1,invoice,2026-09-15,2026-10-15,60.00,60.00")
    days.world.now = datetime(2026, 11, 11, 5, 0, tzinfo=UTC)  # midnight in Montréal
    days.books("F-1,invoice,2026-09-15,2026-10-15,60.00,60.00", "F-2,invoice,2026-11-10,2026-12-10,5.00,5.00")
    days.go_to(24)

    tenth, eleventh = date(2026, 11, 10), date(2026, 11, 11)

    assert told(days.statement(tenth, tenth)) == [("2026-11-10", "F-2", "5.00")]
    assert told(days.statement(eleventh, eleventh)) == []


def test_an_end_to_come_closes_now(days: AccountDays) -> None:
    days.books("F-1,invoice,2026-09-15,2026-10-15,60.00,60.00")
    days.go_to(24)

    statement = days.statement(NOV_1, date(2026, 11, 30))

    assert (statement.period, statement.span.closed_at) == (Period(NOV_1, TODAY), days.world.now)


def test_without_dates_it_is_this_month(days: AccountDays) -> None:
    days.books("F-1,invoice,2026-09-15,2026-10-15,60.00,60.00")
    days.go_to(24)

    made = statements.statement(days.world.db, "100001", None, by=days.world.agent, at=days.world.now)

    assert made.period == Period(NOV_1, TODAY)


@pytest.mark.parametrize(
    ("start", "end", "refusal"),
    [
        (date(2026, 10, 31), TODAY, PeriodTooEarly),
        (TODAY, NOV_1, PeriodBackwards),
        (date(2026, 11, 25), date(2026, 11, 30), PeriodNotBegun),
    ],
)
def test_a_period_that_cannot_be_is_refused(
    days: AccountDays, start: date, end: date, refusal: type[Exception]
) -> None:
    days.books("F-1,invoice,2026-09-15,2026-10-15,60.00,60.00")
    days.go_to(24)

    with pytest.raises(refusal):
        days.statement(start, end)


def test_before_the_first_import_there_is_an_account_and_no_statement(days: AccountDays) -> None:
    days.pay("12.00")

    today = days.today()

    assert (today.first_day, today.account.snapshot_as_of) == (None, None)
    assert today.account.standing.total_due == money("-12.00")
    assert [posted.receipt_number for posted in today.since] == ["MTL-000001"]
    with pytest.raises(NothingImportedYet):
        days.statement(NOV_1, TODAY)


@pytest.mark.parametrize("number", ["", "404", "100001 ", "\x00", "\ud800", "' OR 1=1 --", "x" * 10_000])
def test_an_unknown_account_is_said_whatever_a_link_says(world: World, number: str) -> None:
    world.customer("100001", due=[("F-1", "10.00", world.today)])

    with pytest.raises(CustomerNotFound):
        statements.account_today(world.db, number, by=world.agent, at=world.now)
    with pytest.raises(CustomerNotFound):
        statements.statement(world.db, number, None, by=world.agent, at=world.now)


# --- its paper ------------------------------------------------------------------------------------------------------


def journal(world: World) -> list[tuple[str, str, str, str]]:
    event = tables.audit_event.c
    query = select(event.actor, event.action, event.subject, event.detail).where(event.action.startswith("statement"))
    with world.db.read() as connection:
        return [tuple(row) for row in connection.execute(query)]  # type: ignore[misc]


def test_a_print_is_kept_in_the_audit_log_and_nothing_is_counted(days: AccountDays) -> None:
    days.books("F-1,invoice,2026-09-15,2026-10-15,60.00,60.00")
    days.go_to(24)
    period = Period(NOV_1, date(2026, 11, 30))

    for _ in range(2):
        statements.printed(days.world.db, "100001", period, by=days.world.agent, at=days.world.now)

    line = ("PA1234", "statement.printed", "100001", '{"end": "2026-11-24", "start": "2026-11-01"}')
    assert journal(days.world) == [line, line]
    with days.world.db.read() as connection:
        assert connection.execute(select(tables.paper_copy)).all() == []


def test_what_cannot_be_printed_leaves_no_trace(days: AccountDays) -> None:
    days.books("F-1,invoice,2026-09-15,2026-10-15,60.00,60.00")

    with pytest.raises(PeriodTooEarly):
        statements.printed(
            days.world.db, "100001", Period(date(2020, 1, 1), TODAY), by=days.world.agent, at=days.world.now
        )

    assert journal(days.world) == []


def test_a_long_statement_asks_the_database_no_more_than_a_short_one(days: AccountDays) -> None:
    days.books("F-1,invoice,2026-09-15,2026-10-15,900.00,900.00")
    days.go_to(3)
    days.pay("1.00")
    short = asked(days)
    for _ in range(12):
        days.pay("1.00")
    documents = [f"G-{n},invoice,2026-11-04,2026-12-04,5.00,5.00" for n in range(12)]
    days.books("F-1,invoice,2026-09-15,2026-10-15,900.00,900.00", *documents)

    assert (short, asked(days)) == (short, short)
    assert len(days.statement(NOV_1, TODAY).lines) == 25


def asked(days: AccountDays) -> int:
    """How many questions a statement of November takes."""
    count = 0

    def one_more(*_arguments: object) -> None:
        nonlocal count
        count += 1

    engine = days.world.db._engine
    event.listen(engine, "before_cursor_execute", one_more)
    days.statement(NOV_1, TODAY)
    event.remove(engine, "before_cursor_execute", one_more)
    return count
