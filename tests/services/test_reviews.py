"""A branch of one person decides alone, and says so until somebody from outside has looked."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from partnernet.domain.agents import Agent
from partnernet.domain.free_text import TextTooLong
from partnernet.domain.permissions import Role
from partnernet.domain.reconciliations import Reconciliation
from partnernet.domain.refusals import NotPermitted
from partnernet.domain.reviews import NothingToReview
from partnernet.services import payments, reviews
from tests.support.at_once import at_once
from tests.support.counting import approve, change_settings, count, submit
from tests.support.requests import paying
from tests.support.world import World


@pytest.fixture
def alone(world: World) -> Reconciliation:
    change_settings(world, one_person=True)
    customer = world.customer("100001", due=[("F-1", "60.00", date(2026, 10, 15))])
    payments.record(world.db, paying(world, customer), by=world.supervisor, at=world.now)
    submitted = submit(world, count(world, {"20": 3}, agent=world.supervisor), agent=world.supervisor)
    return approve(world, submitted)


@pytest.fixture
def auditor(world: World) -> Agent:
    return world.person("AU0001", "Jeanne Roy", Role.AUDITOR)


def test_an_approval_without_a_second_person_waits_for_a_review(
    world: World, alone: Reconciliation, auditor: Agent
) -> None:
    assert alone.alone
    assert [each.reconciliation_id for each in reviews.to_review(world.db, by=auditor)] == [alone.id]

    reviewed = reviews.review(world.db, alone.id, "pièces vues", by=auditor, at=world.later(days=2))

    assert (reviewed.reviewed_by, reviewed.reviewed_at) == ("Jeanne Roy", world.now)
    assert reviews.to_review(world.db, by=auditor) == ()


def test_a_second_click_changes_nothing_and_a_second_auditor_finds_nothing(
    world: World, alone: Reconciliation, auditor: Agent
) -> None:
    first = reviews.review(world.db, alone.id, "", by=auditor, at=world.now)
    other = world.person("AU0002", "Jeanne Roy", Role.AUDITOR)  # the same name, another person

    assert reviews.review(world.db, alone.id, "", by=auditor, at=world.later(hours=1)) == first
    with pytest.raises(NothingToReview):
        reviews.review(world.db, alone.id, "", by=other, at=world.now)


def test_two_auditors_at_once_leave_one_review_and_the_other_is_told_so(
    world: World, alone: Reconciliation, auditor: Agent
) -> None:
    other = world.person("AU0002", "Guy Roy", Role.AUDITOR)

    answers = at_once(
        *(partial(reviews.review, world.db, alone.id, "", by=each, at=world.now) for each in (auditor, other) * 2)
    )

    told = [isinstance(answer, NothingToReview) for answer in answers]
    assert sorted(told) == [False, False, True, True], answers
    assert told[0] != told[1], "each auditor's own second click must NOT be refused"


def test_what_two_people_decided_needs_no_review(world: World, auditor: Agent) -> None:
    customer = world.customer("100001", due=[("F-1", "60.00", date(2026, 10, 15))])
    payments.record(world.db, paying(world, customer), by=world.agent, at=world.now)
    approved = approve(world, submit(world, count(world, {"20": 3})))

    assert reviews.to_review(world.db, by=auditor) == ()
    with pytest.raises(NothingToReview):
        reviews.review(world.db, approved.id, "", by=auditor, at=world.now)


def test_only_an_auditor_of_that_branch_or_of_all_reviews(world: World, alone: Reconciliation, auditor: Agent) -> None:
    elsewhere = world.person("AU0003", "Line Roy", Role.AUDITOR, world.new_branch("QUE", "Québec"))

    with pytest.raises(NotPermitted):
        reviews.review(world.db, alone.id, "", by=world.supervisor, at=world.now)
    with pytest.raises(NothingToReview):
        reviews.review(world.db, alone.id, "", by=elsewhere, at=world.now)
    with pytest.raises(TextTooLong):
        reviews.review(world.db, alone.id, "x" * 501, by=auditor, at=world.now)
    assert reviews.to_review(world.db, by=elsewhere) == ()
