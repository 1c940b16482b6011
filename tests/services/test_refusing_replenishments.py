"""A replenishment that is not granted: refused by another person, who says why, or withdrawn by who asked it."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from partnernet.domain.free_text import TextTooLong
from partnernet.domain.permissions import Role
from partnernet.domain.refusals import NotPermitted
from partnernet.domain.replenishments import (
    OwnRequest,
    Replenishment,
    ReplenishmentAnswer,
    ReplenishmentNoteMissing,
    ReplenishmentOutcome,
    ReplenishmentSettled,
)
from partnernet.services import approvals, petty_cash, replenishments
from partnernet.storage import tables
from tests.support.at_once import at_once
from tests.support.counting import acts_in_journal, assert_verified, change_settings, postings, receive_float
from tests.support.petty_cash import ask, grant, refuse, waiting, withdraw
from tests.support.requests import holding, money
from tests.support.world import World


@pytest.fixture
def asked(world: World) -> Replenishment:
    """50.00 asked by the agent."""
    receive_float(world, "150.00")
    ask(world)
    return waiting(world)[0]


def test_a_request_is_refused_with_a_reason_that_the_agent_reads(world: World, asked: Replenishment) -> None:
    before = postings(world)

    refused = refuse(world, asked, "  le coffre est vide ")

    answer = ReplenishmentAnswer(ReplenishmentOutcome.REFUSED, "Anne Lavoie", world.now, "le coffre est vide")
    assert refused.answer == answer
    assert replenishments.listed(world.db, by=world.agent)[0].answer == answer
    assert postings(world) == before, "no money moves"
    assert holding(world, world.agent).float_present == money("150.00")


def test_once_refused_it_is_not_granted_and_another_can_be_asked(world: World, asked: Replenishment) -> None:
    refuse(world, asked)

    with pytest.raises(ReplenishmentSettled):
        grant(world, asked)
    cash = petty_cash.of_agent(world.db, by=world.agent)
    assert cash is not None
    assert cash.waiting is None
    assert ask(world) == money("50.00")
    grant(world, waiting(world)[0])

    assert holding(world, world.agent).float_present == money("200.00"), "given once"
    assert_verified(world)


def test_once_granted_it_is_neither_refused_nor_withdrawn(world: World, asked: Replenishment) -> None:
    granted = grant(world, asked)

    for act in (partial(refuse, world, asked), partial(withdraw, world, asked)):
        with pytest.raises(ReplenishmentSettled):
            act()

    assert replenishments.listed(world.db, by=world.agent) == (granted,)


def test_a_second_click_changes_nothing_and_another_supervisor_reads_that_it_is_settled(
    world: World, asked: Replenishment
) -> None:
    other = world.person("SU1001", "Guy Roy", Role.SUPERVISOR, world.branch)
    first = refuse(world, asked, "non")

    assert refuse(world, asked, "encore non") == first
    with pytest.raises(ReplenishmentSettled):
        refuse(world, asked, "non plus", by=other)
    assert acts_in_journal(world).count("replenishment.refused") == 1


def test_whoever_asked_withdraws_it_and_nobody_else(world: World, asked: Replenishment) -> None:
    with pytest.raises(ReplenishmentSettled):
        withdraw(world, asked, by=world.other_agent)
    with pytest.raises(ReplenishmentSettled):
        withdraw(world, asked, by=world.supervisor)

    withdrawn = withdraw(world, asked)

    assert withdrawn.answer == ReplenishmentAnswer(ReplenishmentOutcome.WITHDRAWN, world.agent.name, world.now, "")
    assert withdraw(world, asked) == withdrawn
    with pytest.raises(ReplenishmentSettled):
        grant(world, asked)
    assert acts_in_journal(world).count("replenishment.withdrawn") == 1


@pytest.mark.parametrize("one_person", [False, True])
def test_one_s_own_request_is_withdrawn_and_never_refused(world: World, one_person: bool) -> None:
    change_settings(world, one_person=one_person)
    ask(world, by=world.supervisor)
    (own,) = waiting(world)

    with pytest.raises(OwnRequest):
        refuse(world, own)

    assert withdraw(world, own, by=world.supervisor).answer is not None


@pytest.mark.parametrize(
    ("note", "refusal"), [("", ReplenishmentNoteMissing), (" \n ", ReplenishmentNoteMissing), ("n" * 501, TextTooLong)]
)
def test_a_refusal_says_why_in_words_that_can_be_kept(
    world: World, asked: Replenishment, note: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        refuse(world, asked, note)

    assert waiting(world) == [asked]


def test_agents_auditors_and_other_branches_refuse_nothing(world: World, asked: Replenishment) -> None:
    auditor = world.person("AU1000", "Léa Roy", Role.AUDITOR, world.branch)
    stranger = world.person("SU3000", "Guy Roy", Role.SUPERVISOR, world.new_branch("QUE", "Québec"))

    for person in (world.agent, world.other_agent, auditor):
        with pytest.raises(NotPermitted):
            refuse(world, asked, by=person)
    with pytest.raises(ReplenishmentSettled):
        refuse(world, asked, by=stranger)

    assert waiting(world) == [asked]


def test_granted_refused_and_withdrawn_at_once_it_has_one_answer(world: World, asked: Replenishment) -> None:
    other = world.person("SU1001", "Guy Roy", Role.SUPERVISOR, world.branch)

    answers = at_once(
        partial(replenishments.grant, world.db, asked.id, by=world.supervisor, at=world.now),
        partial(replenishments.refuse, world.db, asked.id, "non", by=other, at=world.now),
        partial(replenishments.withdraw, world.db, asked.id, by=world.agent, at=world.now),
    )

    (given,) = [answer for answer in answers if isinstance(answer, Replenishment)]
    assert replenishments.listed(world.db, by=world.agent) == (given,)
    assert [type(answer) for answer in answers if answer is not given] == [ReplenishmentSettled] * 2
    granted = given.answer is not None and given.answer.outcome is ReplenishmentOutcome.GRANTED
    assert holding(world, world.agent).float_present == money("200.00" if granted else "150.00")
    assert_verified(world)


def test_a_refused_request_stays_in_sight_for_a_day(world: World, asked: Replenishment) -> None:
    refuse(world, asked)

    world.later(hours=23)
    assert len(approvals.listed(world.db, by=world.supervisor, at=world.now).replenishments) == 1
    world.later(hours=2)
    assert approvals.listed(world.db, by=world.supervisor, at=world.now).replenishments == ()


@pytest.mark.parametrize(
    ("outcome", "note", "by_themselves", "posting_id"),
    [
        ("refused", "", False, None),
        ("refused", "non", True, None),
        ("refused", "non", False, 1),
        ("withdrawn", "", False, None),
        ("withdrawn", "non", True, None),
        ("granted", "", False, None),
        ("granted", "", True, 1),
        ("lost", "", False, None),
    ],
)
def test_the_database_too_keeps_only_answers_that_can_be(
    world: World, asked: Replenishment, outcome: str, note: str, by_themselves: bool, posting_id: int | None
) -> None:
    row = {
        "request_id": asked.id,
        "outcome": outcome,
        "asked_by_id": world.agent.id,
        "answered_by_id": world.agent.id if by_themselves else world.supervisor.id,
        "answered_at": world.now,
        "note": note,
        "alone": False,
        "posting_id": posting_id,
    }

    with pytest.raises(IntegrityError, match="ck_replenishment_answer"), world.db.write() as connection:
        connection.execute(insert(tables.replenishment_answer).values(**row))

    assert waiting(world) == [asked]
