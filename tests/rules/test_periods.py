"""The days of a statement, and the moments between which they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from partnernet.domain.periods import (
    NothingImportedYet,
    Period,
    PeriodBackwards,
    PeriodChoice,
    PeriodNotBegun,
    PeriodTooEarly,
    Span,
    choices,
    day_ended,
    span,
    this_month,
)

MONTREAL, VANCOUVER = ZoneInfo("America/Toronto"), ZoneInfo("America/Vancouver")
NOW = datetime(2026, 11, 24, 19, 5, tzinfo=UTC)  # 14:05 in Montréal
FIRST_IMPORT = datetime(2026, 10, 12, 22, 0, tzinfo=UTC)  # 18:00 in Montréal


def between(start: str, end: str, *, first: datetime | None = FIRST_IMPORT, zone: ZoneInfo = MONTREAL) -> Span:
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    return span(period, first_as_of=first, at=NOW, zone=zone)


def local(text: str, zone: ZoneInfo = MONTREAL) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_whole_days_go_from_midnight_to_midnight() -> None:
    days = between("2026-10-20", "2026-10-31")

    assert (days.opened_at, days.closed_at) == (local("2026-10-20T00:00"), local("2026-11-01T00:00"))


def test_the_days_when_the_clocks_change_are_whole() -> None:
    """In 2026 the clocks go back on the first of November: the day has twenty-five hours."""
    days = between("2026-11-01", "2026-11-01")

    assert days.closed_at - days.opened_at == timedelta(hours=24), "on the wall"
    assert days.closed_at.astimezone(UTC) - days.opened_at.astimezone(UTC) == timedelta(hours=25)


def test_the_day_of_the_first_import_opens_at_its_moment() -> None:
    assert between("2026-10-12", "2026-10-20").opened_at == FIRST_IMPORT
    assert between("2026-10-13", "2026-10-20").opened_at == local("2026-10-13T00:00")


@pytest.mark.parametrize("end", ["2026-11-24", "2026-11-30", "9999-12-31"])
def test_a_period_that_is_not_over_closes_now(end: str) -> None:
    assert between("2026-11-01", end).closed_at == NOW


def test_yesterday_is_over_at_midnight() -> None:
    assert between("2026-11-01", "2026-11-23").closed_at == local("2026-11-24T00:00")


def test_one_period_closes_when_the_next_one_opens() -> None:
    assert between("2026-10-12", "2026-10-31").closed_at == between("2026-11-01", "2026-11-24").opened_at


def test_what_happens_at_the_last_midnight_is_of_the_period_and_not_of_the_next_one() -> None:
    """The principal's books « as of midnight » are those of the day that ends."""
    midnight = local("2026-11-01T00:00")

    assert between("2026-10-20", "2026-10-31").covers(midnight)
    assert not between("2026-11-01", "2026-11-24").covers(midnight)
    assert day_ended(midnight, MONTREAL) == date(2026, 10, 31)
    assert day_ended(midnight + timedelta(microseconds=1), MONTREAL) == date(2026, 11, 1)


def test_the_days_are_those_of_whoever_reads() -> None:
    assert between("2026-11-01", "2026-11-02", zone=VANCOUVER).opened_at == local("2026-11-01T00:00", VANCOUVER)


def test_a_period_before_the_first_import_names_the_first_possible_day() -> None:
    with pytest.raises(PeriodTooEarly) as refused:
        between("2026-10-11", "2026-10-31")

    assert refused.value.first_day == date(2026, 10, 12)


@pytest.mark.parametrize(
    ("start", "end", "refusal"),
    [
        ("2026-11-02", "2026-11-01", PeriodBackwards),
        ("2026-11-25", "2026-11-30", PeriodNotBegun),
        ("9999-12-31", "9999-12-31", PeriodNotBegun),
        ("0001-01-01", "9999-12-31", PeriodTooEarly),
        ("0001-01-01", "0001-01-01", PeriodTooEarly),
    ],
)
def test_a_period_that_cannot_be_is_refused(start: str, end: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        between(start, end)


def test_nothing_can_be_told_before_the_first_import() -> None:
    with pytest.raises(NothingImportedYet):
        between("2026-11-01", "2026-11-24", first=None)


def test_this_month_begins_with_the_first_import_when_that_is_later() -> None:
    today = date(2026, 11, 24)

    assert this_month(date(2026, 10, 12), today) == Period(date(2026, 11, 1), today)
    assert this_month(date(2026, 11, 9), today) == Period(date(2026, 11, 9), today)


def test_the_periods_offered_are_those_that_have_a_day() -> None:
    today = date(2026, 11, 24)

    offered = choices(date(2026, 10, 12), date(2026, 11, 23), today)

    assert offered == {
        PeriodChoice.THIS_MONTH: Period(date(2026, 11, 1), today),
        PeriodChoice.LAST_MONTH: Period(date(2026, 10, 12), date(2026, 10, 31)),
        PeriodChoice.SINCE_LAST_IMPORT: Period(date(2026, 11, 23), today),
        PeriodChoice.SINCE_FIRST_IMPORT: Period(date(2026, 10, 12), today),
    }


def test_a_period_has_one_name_and_one_without_a_day_has_none() -> None:
    today = date(2026, 11, 24)

    assert list(choices(date(2026, 11, 9), date(2026, 11, 9), today)) == [PeriodChoice.THIS_MONTH]
    assert list(choices(date(2026, 11, 9), date(2026, 11, 23), today)) == [
        PeriodChoice.THIS_MONTH,
        PeriodChoice.SINCE_LAST_IMPORT,
    ]
