"""The period of a statement: whole days of the reader's time zone, no earlier than the first import of open items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from partnernet.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Period:
    """From ``start`` to ``end``, both days included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Span:
    """The moments that a period is bounded by: what happens after ``opened_at``, until ``closed_at`` included."""

    opened_at: datetime
    closed_at: datetime

    def covers(self, at: datetime) -> bool:
        """Whether something that happened then is between the two balances."""
        return self.opened_at < at <= self.closed_at


class PeriodChoice(StrEnum):
    """The periods that are offered by name."""

    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    SINCE_LAST_IMPORT = "since_last_import"
    SINCE_FIRST_IMPORT = "since_first_import"


class PeriodRefusal(Refusal):
    """Base of what can be wrong with a period."""


@dataclass(eq=False)
class NothingImportedYet(PeriodRefusal):
    """Without a first import of open items, no balance is known to start from."""


@dataclass(eq=False)
class PeriodBackwards(PeriodRefusal):
    """It ends before it starts."""

    start: date
    end: date


@dataclass(eq=False)
class PeriodTooEarly(PeriodRefusal):
    """It starts before the first import of open items; ``first_day`` is the first one possible."""

    first_day: date


@dataclass(eq=False)
class PeriodNotBegun(PeriodRefusal):
    """It starts after today."""

    today: date


def span(period: Period, *, first_as_of: datetime | None, at: datetime, zone: tzinfo) -> Span:
    """The moments between which the period's lines happen.

    It opens at the first midnight, or at the first import's moment when that is later in the same day; it closes at the
    last midnight, or now when that has not come. So one period closes on the balance that the next one opens with.
    Raises a `PeriodRefusal`.
    """
    if first_as_of is None:
        raise NothingImportedYet()
    if period.end < period.start:
        raise PeriodBackwards(period.start, period.end)
    today, first_day = at.astimezone(zone).date(), first_as_of.astimezone(zone).date()
    if period.start > today:
        raise PeriodNotBegun(today)
    if period.start < first_day:
        raise PeriodTooEarly(first_day)
    opened_at = max(midnight(period.start, zone), first_as_of)
    closed_at = at if period.end >= today else midnight(period.end + timedelta(days=1), zone)
    return Span(opened_at, max(opened_at, closed_at))


def midnight(day: date, zone: tzinfo) -> datetime:
    """The moment at which a day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def day_ended(at: datetime, zone: tzinfo) -> date:
    """The local day of a moment; midnight is the end of a day, not the start of the next one."""
    return (at - timedelta(microseconds=1)).astimezone(zone).date()


def this_month(first_day: date, today: date) -> Period:
    """From the first of the month, or from the first import's day when that is later, until today."""
    return Period(max(today.replace(day=1), min(first_day, today)), today)


def choices(first_day: date, last_import_day: date, today: date) -> dict[PeriodChoice, Period]:
    """The periods offered by name: those that have a day since the first import, each once, under its first name."""
    last_month_end = today.replace(day=1) - timedelta(days=1)
    named = {
        PeriodChoice.THIS_MONTH: this_month(first_day, today),
        PeriodChoice.LAST_MONTH: Period(max(last_month_end.replace(day=1), first_day), last_month_end),
        PeriodChoice.SINCE_LAST_IMPORT: Period(last_import_day, today),
        PeriodChoice.SINCE_FIRST_IMPORT: Period(first_day, today),
    }
    offered: dict[PeriodChoice, Period] = {}
    for choice, period in named.items():
        if period.start <= period.end and period not in offered.values():
            offered[choice] = period
    return offered
