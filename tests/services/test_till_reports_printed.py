"""Who may read and print a till report, and how often it was printed."""

from __future__ import annotations

import pytest

from partnernet.domain.agents import NoBranch
from partnernet.domain.permissions import Role
from partnernet.domain.refusals import NotPermitted
from partnernet.domain.till_report import (
    TillReportNotFound,
)
from partnernet.services import (
    till_reports,
)
from tests.support.at_once import at_once
from tests.support.counting import (
    acts_in_journal,
)
from tests.support.till_reports import (
    current,
    of,
    open_till,
    submitted_whole,
)
from tests.support.world import World


@pytest.fixture
def till(world: World) -> World:
    return open_till(world)


def test_an_agent_reads_their_own_submissions_only(till: World) -> None:
    submission = submitted_whole(till)

    own = till_reports.of_submission(till.db, submission.id, by=till.agent, at=till.now)

    assert own.submission == submission
    for read in (till_reports.of_submission, till_reports.count_copy):
        with pytest.raises(TillReportNotFound):
            read(till.db, submission.id, by=till.other_agent, at=till.now)
    assert own.printed.copies == 0


def test_whoever_watches_the_branch_reads_each_and_nobody_of_another(till: World) -> None:
    submission = submitted_whole(till)
    quebec = till.new_branch("QUE", "Québec")
    auditor = till.person("AU1000", "Jeanne Roy", Role.AUDITOR, till.branch)

    assert till_reports.of_submission(till.db, submission.id, by=auditor, at=till.now).submission == submission
    for login, role, branch, refusal in (
        ("SU2000", Role.SUPERVISOR, quebec, TillReportNotFound),
        ("AU2000", Role.AUDITOR, None, NoBranch),
        ("AD2000", Role.ADMINISTRATOR, till.branch, NotPermitted),
    ):
        stranger = till.person(login, "Guy Roy", role, branch)
        with pytest.raises(refusal):
            till_reports.count_copy(till.db, submission.id, by=stranger, at=till.now)
    with pytest.raises(TillReportNotFound):
        till_reports.of_submission(till.db, submission.id + 1, by=till.supervisor, at=till.now)


def test_each_print_of_a_submission_is_counted_and_logged_and_looking_at_it_is_not(till: World) -> None:
    submission = submitted_whole(till)
    since = till.later(minutes=1)

    of(till, submission)
    first = till_reports.count_copy(till.db, submission.id, by=till.agent, at=till.now)
    second = till_reports.count_copy(till.db, submission.id, by=till.supervisor, at=till.later(minutes=1))

    assert (first, second) == (1, 2)
    report = of(till, submission)
    assert (report.printed.copies, report.printed.copy_number, report.printed.first_at) == (2, 2, since)
    assert acts_in_journal(till, since) == ["till_report.printed"] * 2


def test_two_prints_at_once_have_each_their_number(till: World) -> None:
    submission = submitted_whole(till)

    def print_it() -> int:
        return till_reports.count_copy(till.db, submission.id, by=till.agent, at=till.now)

    assert sorted(map(str, at_once(print_it, print_it))) == ["1", "2"]


def test_printing_the_till_as_it_stands_is_logged_and_makes_no_duplicate(till: World) -> None:
    since = till.later(minutes=1)

    till_reports.current_printed(till.db, by=till.agent, at=till.now)
    till_reports.current_printed(till.db, by=till.agent, at=till.now)

    assert current(till).printed.copies == 0
    assert acts_in_journal(till, since) == ["till_report.printed"] * 2
