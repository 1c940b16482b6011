"""What else whoever approves is asked for: bags dropped during the day, floats given and taken back, reviews."""

from __future__ import annotations

import pytest

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.approvals import Approvals
from partnernet.domain.drops import DropRequest
from partnernet.domain.handovers import Handover, HandoverRequest
from partnernet.domain.permissions import Role
from partnernet.domain.pieces import pieces
from partnernet.domain.reconciliations import Reconciliation
from partnernet.services import approvals, deposits, drops, handovers, users
from tests.support.approvals import buttons, press, said, short_of_20
from tests.support.counting import approve, change_settings, receive_float, take_cash
from tests.support.requests import holding, money, new_key
from tests.support.screens import Screens, words
from tests.support.world import World

SCREEN = "reconciliations"


@pytest.fixture
def other(screens: Screens) -> Agent:
    return screens.world.person("SU1001", "Guy Roy", Role.SUPERVISOR, screens.world.branch)


@pytest.fixture
def auditor(screens: Screens) -> Agent:
    return screens.world.person("AU1000", "Paul Roy", Role.AUDITOR, screens.world.branch)


def listed(screens: Screens) -> Approvals:
    return approvals.listed(screens.world.db, by=screens.world.supervisor, at=now())


# --- drops ----------------------------------------------------------------------------------------------------------


def drop(world: World, agent: Agent, twenties: int = 2) -> int:
    take_cash(world, f"{twenties * 20}.00", agent=agent)
    request = DropRequest(new_key(), pieces({2000: twenties}), frozenset())
    return drops.make(world.db, request, by=agent, at=world.later(seconds=1)).bag.number


def test_a_dropped_bag_is_received_and_keeps_its_place(screens: Screens) -> None:
    for agent in (screens.world.agent, screens.world.other_agent):
        drop(screens.world, agent)
    app = screens.open(SCREEN, screens.world.supervisor)
    assert buttons(app)[:2] == ["Recevoir", "Recevoir"]
    assert "Sac no 1 · Marie Tremblay" in said(app)

    press(app, "Recevoir")

    assert [each.bag.number for each in listed(screens).drops] == [2]
    text = said(app)
    assert text.index("Sac no 1 reçu : 40,00 $, à déposer.") < text.index("Sac no 2"), "the next one does NOT move up"
    (waiting,) = deposits.overview(screens.world.db, by=screens.world.supervisor, at=now()).waiting
    assert waiting.bag.number == 1


def test_nobody_is_offered_to_receive_their_own_bag_and_an_auditor_none(screens: Screens, auditor: Agent) -> None:
    drop(screens.world, screens.world.supervisor)

    own = screens.open(SCREEN, screens.world.supervisor)

    assert "Recevoir" not in buttons(own)
    assert "Personne n'approuve ni ne retourne son propre travail" in said(own)
    seen = screens.open(SCREEN, auditor)
    assert "Sac no 1" in said(seen)
    assert not seen.button


def test_a_bag_received_in_another_tab_says_so(screens: Screens, other: Agent) -> None:
    drop(screens.world, screens.world.agent)
    drop(screens.world, screens.world.other_agent)
    here, there = screens.open(SCREEN, screens.world.supervisor), screens.open(SCREEN, other)
    press(here, "Recevoir")

    press(there, "Recevoir")

    assert [each.bag.number for each in listed(screens).drops] == [2], "the second click takes NO other bag"
    assert "Ce sac n'attend plus" in said(there)


# --- floats ---------------------------------------------------------------------------------------------------------


def waiting(screens: Screens) -> tuple[Handover, ...]:
    return handovers.waiting(screens.world.db, by=screens.world.supervisor)


def test_a_float_of_the_branch_is_offered_where_what_agents_ask_for_is_granted(screens: Screens) -> None:
    app = screens.open(SCREEN, screens.world.supervisor)

    next(box for box in app.selectbox if box.label == "Remis à").select("PA1234")
    next(field for field in app.text_input if field.label == "Somme remise").set_value("200,00")
    press(app, "Remettre le fonds")

    (offer,) = waiting(screens)
    assert (offer.giver, offer.receiver and offer.receiver.login, offer.amount) == (None, "PA1234", money("200.00"))
    assert holding(screens.world, screens.world.agent).float_present == money("0.00"), "nothing moves unconfirmed"


def test_a_float_given_back_is_confirmed_there(screens: Screens) -> None:
    receive_float(screens.world)
    request = HandoverRequest(new_key(), screens.world.agent.login, "", money("50.00"))
    handovers.offer(screens.world.db, request, by=screens.world.agent, at=screens.world.later(seconds=1))

    press(screens.open(SCREEN, screens.world.supervisor), "Confirmer la réception")

    assert waiting(screens) == ()
    assert holding(screens.world, screens.world.agent).float_present == money("150.00")


def test_an_auditor_is_offered_no_float_to_give(screens: Screens, auditor: Agent) -> None:
    app = screens.open(SCREEN, auditor)

    assert not app.button
    assert not app.text_input
    assert not app.header


# --- reviews --------------------------------------------------------------------------------------------------------


@pytest.fixture
def alone(screens: Screens) -> Reconciliation:
    """Approved by the one who counted, in a branch of one person."""
    change_settings(screens.world, one_person=True)
    return approve(screens.world, short_of_20(screens.world, agent=screens.world.supervisor))


def test_an_auditor_opens_what_was_decided_alone_and_reviews_it(
    screens: Screens, alone: Reconciliation, auditor: Agent
) -> None:
    app = screens.open(SCREEN, auditor)
    assert "À réviser (sans deuxième personne)" in [header.value for header in app.header]
    press(app, f"Ouvrir no {alone.number}")

    app.text_area[0].set_value("Pièces vues.")
    press(app, "Marquer comme révisée")

    assert "Révisée par Paul Roy le" in said(app)
    assert listed(screens).to_review == ()
    assert "Marquer comme révisée" not in buttons(app)


def test_a_supervisor_is_told_that_it_waits_and_cannot_review(screens: Screens, alone: Reconciliation) -> None:
    app = screens.open(SCREEN, screens.world.supervisor, no=str(alone.number))

    assert "À réviser par un auditeur." in said(app)
    assert "Marquer comme révisée" not in buttons(app)


def test_two_auditors_review_it_once(screens: Screens, alone: Reconciliation, auditor: Agent) -> None:
    second = screens.world.person("AU1001", "Line Roy", Role.AUDITOR, screens.world.branch)
    here, there = (screens.open(SCREEN, who, no=str(alone.number)) for who in (auditor, second))
    press(here, "Marquer comme révisée")

    press(there, "Marquer comme révisée")

    assert "Révisée par Paul Roy le" in said(there)
    assert "pn-refusal" in words(there)


def test_in_english_it_is_english(screens: Screens) -> None:
    drop(screens.world, screens.world.agent)
    users.set_language(screens.world.db, "en", by=screens.world.supervisor)

    app = screens.open(SCREEN, screens.world.supervisor)

    assert "Receive" in buttons(app)
    assert "Sac no" not in said(app)
