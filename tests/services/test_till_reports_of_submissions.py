"""The report of a submission: its figures stay, it adds up, and it tells what changed since."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from partnernet.domain.money import Money
from partnernet.domain.permissions import Role
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.till_report import (
    MovementKind,
    TillSums,
    summed,
)
from partnernet.services import (
    counts,
    credentials,
    reviews,
    till_reports,
)
from partnernet.storage import tables
from tests.support.counting import (
    approve,
    assert_verified,
    change_settings,
    count,
    submit,
    take_cash,
    take_cheque,
    typed,
)
from tests.support.requests import money
from tests.support.till_reports import (
    LOST,
    WHOLE,
    current,
    kinds,
    numbers,
    of,
    open_till,
    submitted_whole,
    undo,
)
from tests.support.world import World

PASSWORD = "sept chats gris au comptoir"


@pytest.fixture
def till(world: World) -> World:
    return open_till(world)


def test_the_report_of_a_submission_leads_from_the_payments_to_its_bag(till: World) -> None:
    submission = submit(
        till, count(till, {"100": 1, "50": 2, "20": 2, "10": 1, "5": 2, "0.05": 1}), reason=LOST[0], note=LOST[1]
    )

    report = of(till, submission)

    assert [(m.kind, str(m.sums.cash), str(m.sums.bags), str(m.sums.due)) for m in report.closing] == [
        (MovementKind.DIFFERENCE, "-6.60", "0.00", "0.00"),
        (MovementKind.SEALED, "-85.05", "497.42", "0.00"),
        (MovementKind.CARRIED_OUT, "-175.00", "0.00", "0.00"),
    ]
    assert (report.expected.cash, report.due) == (money("266.65"), money("497.42"))
    assert [str(cheque.amount) for cheque in report.cheques] == ["412.37"]
    assert (report.later, report.since, report.printed.copies) == ((), (), 0)


def test_a_submission_keeps_its_figures_and_tells_what_was_reversed_since(till: World) -> None:
    receipt = take_cash(till, "20.00")
    submission = submit(till, count(till, WHOLE | {"20": 3}))
    at_once_after = of(till, submission)
    approve(till, submission)
    undo(till, receipt.number)

    report = of(till, submission)

    assert report.payments != at_once_after.payments, "the payment is marked as reversed"
    assert (report.movements, report.closing, report.due) == (
        at_once_after.movements,
        at_once_after.closing,
        at_once_after.due,
    )
    assert kinds(report.later) == [MovementKind.CUSTODY]
    assert (numbers(report.reversals), numbers(report.since)) == ([], [receipt.number])
    assert not report.since[0].moved, "it moved the next session"
    assert report.since[0].by_name == "Anne Lavoie"
    assert_verified(till)


def test_a_cheque_taken_out_of_the_bag_leaves_the_submission_as_it_was(till: World) -> None:
    cheque = take_cheque(till, "88.00")
    submission = submitted_whole(till)
    undo(till, cheque.number, reason=ReversalReason.RETURNED_CHEQUE)

    report = of(till, submission)

    assert [str(each.amount) for each in report.cheques] == ["412.37", "88.00"]
    assert report.left.bags == money("585.42")
    assert numbers(report.since) == [cheque.number]
    assert report.since[0].moved == TillSums(bags=-money("88.00"), due=-money("88.00"))
    assert (report.left + summed(report.later)).bags == money("497.42")


def test_a_cheque_that_left_between_the_count_and_its_submission_is_not_in_the_bag(till: World) -> None:
    today, later = take_cheque(till, "88.00"), take_cheque(till, "300.00", dated=till.today + timedelta(days=2))
    counted = count(till, WHOLE)
    for receipt in (today, later):
        undo(till, receipt.number, reason=ReversalReason.WRONG_CUSTOMER)
    submission = submit(till, counted)

    report = of(till, submission)

    assert numbers(report.reversals) == [today.number, later.number]
    assert ([str(cheque.amount) for cheque in report.cheques], report.post_dated, report.since) == (["412.37"], (), ())


def test_a_cheque_of_an_earlier_session_is_missed_in_the_bag_that_took_it(till: World) -> None:
    post_dated = take_cheque(till, "300.00", dated=till.today + timedelta(days=2))
    first = submitted_whole(till)
    approve(till, first)
    till.now += timedelta(days=2)
    take_cash(till, "10.00")
    second = submit(till, count(till, {"100": 1, "50": 1, "20": 1, "10": 2, "1": 1, "0.25": 2, "0.10": 1}))
    approve(till, second)
    undo(till, post_dated.number, WhereIsTheMoney.HANDED_BACK, ReversalReason.WRONG_CUSTOMER)

    assert [str(cheque.amount) for cheque in of(till, first).post_dated] == ["300.00"]
    assert numbers(of(till, first).since) == [post_dated.number]
    later = of(till, second)
    assert [str(cheque.amount) for cheque in later.cheques] == ["300.00"]
    assert numbers(later.since) == [post_dated.number]


def test_a_reversal_made_at_the_very_instant_of_the_submission_comes_after_it(till: World) -> None:
    cheque = take_cheque(till, "88.00")
    submission = submitted_whole(till)
    till.now -= timedelta(hours=1)  # the clock went back: until it has caught up the branch's time stands still
    undo(till, cheque.number, reason=ReversalReason.RETURNED_CHEQUE)

    report = of(till, submission)

    assert report.since[0].at == submission.submitted_at == report.at
    assert (numbers(report.reversals), numbers(report.since)) == ([], [cheque.number])


def test_an_empty_till_can_be_submitted_and_reported(world: World) -> None:
    receipt = take_cash(world, "20.00")
    undo(world, receipt.number)
    submission = submit(world, count(world, {}))

    report = of(world, submission)

    assert (report.closing, report.later, report.due) == ((), (), Money(0))
    assert report.alone is None
    assert numbers(report.reversals) == [receipt.number]


def test_the_till_of_an_absent_agent_is_reported_as_theirs_and_names_who_counted_it(till: World) -> None:
    supervisors = credentials.hash_password(PASSWORD)
    with till.db.write() as connection:
        connection.execute(update(tables.app_user).values(password_hash=supervisors))
    by, witness = till.supervisor, till.other_agent.login
    draft = counts.start_for_absent(till.db, "PA1234", witness, PASSWORD, by=by, at=till.later(minutes=1))
    ticked = frozenset(cheque.id for cheque in draft.cheques)
    counted = counts.freeze(till.db, draft.id, typed(WHOLE), {}, ticked, by=by, at=till.later(minutes=1))
    submission = submit(till, counted, agent=by)

    report = of(till, submission)

    assert report.agent_login == "PA1234"
    assert (submission.count.counted_by, submission.count.witness) == ("Anne Lavoie", "Luc Gagnon")
    assert report.left.bags == money("497.42")
    own = till_reports.of_submission(till.db, submission.id, by=till.agent, at=till.now)
    assert own.submission == submission
    assert current(till).due == money("497.42")


def test_a_decision_without_a_second_person_and_its_review_are_told(world: World) -> None:
    change_settings(world, one_person=True)
    take_cash(world, "60.00", agent=world.supervisor)
    submission = submit(world, count(world, {"20": 3}, agent=world.supervisor), agent=world.supervisor)
    approve(world, submission)
    auditor = world.person("AU0001", "Jeanne Roy", Role.AUDITOR)

    before = of(world, submission).alone
    reviews.review(world.db, submission.id, "pièces vues", by=auditor, at=world.later(days=2))
    after = of(world, submission).alone

    assert before is not None
    assert after is not None
    assert (before.decided_by, before.reviewed_by, after.reviewed_by) == ("Anne Lavoie", "", "Jeanne Roy")
