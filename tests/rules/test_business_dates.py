"""The business date is the branch's local date, on days of 23 and of 25 hours too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from partnernet.domain.agents import Branch
from partnernet.domain.money import ZERO

MONTREAL = Branch(1, "MTL", "Montréal", "America/Toronto", ZERO)
ST_JOHNS = Branch(2, "SJN", "St. John's", "America/St_Johns", ZERO)


@pytest.mark.parametrize(
    ("branch", "first_instant", "hours"),
    [
        (MONTREAL, "2026-11-24T05:00", 24),
        (MONTREAL, "2026-03-08T05:00", 23),
        (MONTREAL, "2026-11-01T04:00", 25),
        (ST_JOHNS, "2026-03-08T03:30", 23),
        (ST_JOHNS, "2026-11-01T02:30", 25),
    ],
)
def test_a_day_begins_and_ends_at_local_midnight(branch: Branch, first_instant: str, hours: int) -> None:
    first = datetime.fromisoformat(first_instant).replace(tzinfo=UTC)
    instant = timedelta(microseconds=1)
    day = branch.business_date(first)

    assert day.isoformat() == first_instant[:10]
    assert branch.business_date(first - instant) == day - timedelta(days=1)
    assert branch.business_date(first + timedelta(hours=hours) - instant) == day
    assert branch.business_date(first + timedelta(hours=hours)) == day + timedelta(days=1)


def test_the_hour_that_comes_twice_belongs_to_one_day() -> None:
    twice = [datetime(2026, 11, 1, hour, 30, tzinfo=UTC) for hour in (5, 6)]

    assert {MONTREAL.business_date(at).isoformat() for at in twice} == {"2026-11-01"}
