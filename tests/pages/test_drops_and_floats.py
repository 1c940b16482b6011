"""What else whoever approves is asked for: bags dropped during the day, floats given and taken back, reviews."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

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


def give(app: AppTest, login: str | None, amount: str) -> AppTest:
    next(box for box in app.selectbox if box.label == "Personne").select(login)
    next(field for field in app.text_input if field.label == "Montant").set_value(amount)
    return press(app, "Remettre le fonds")


def test_a_float_is_offered_once_and_moves_nothing_before_it_is_confirmed(screens: Screens) -> None:
    app = give(screens.open(SCREEN, screens.world.supervisor), "PA1234", "200,00")

    assert "200,00 $ offerts à Marie Tremblay, qui confirme à l'écran de sa caisse." in said(app)
    assert "Remettre le fonds" not in buttons(app), "the form has served: another one takes another key"
    (offer,) = listed(screens).handovers
    assert holding(screens.world, screens.world.agent).float_present == money("0.00")
    handovers.accept(screens.world.db, offer.id, by=screens.world.agent, at=now())
    assert "200,00 $ reçus par Marie Tremblay." in said(app.run())
    press(app, "Remettre un autre fonds")
    assert "Remettre le fonds" in buttons(app)


@pytest.mark.parametrize(
    ("login", "typed", "sentence"),
    [
        (None, "50,00", "Choisissez une autre personne de votre succursale"),
        ("PA1234", "", "Montant : indiquez le montant"),
        ("PA1234", "12,34", "Montant : un fonds de caisse est un multiple de cinq cents"),
        ("PA1234", "200,05", "Montant : le fonds de la personne dépasserait les 200,00 $ autorisés."),
        ("PA1234", "-5", "n'est pas au-dessus de zéro"),
    ],
)
def test_a_float_that_cannot_be_given_is_refused_under_its_row(
    screens: Screens, login: str | None, typed: str, sentence: str
) -> None:
    app = give(screens.open(SCREEN, screens.world.supervisor), login, typed)

    assert sentence in said(app)
    assert "pn-refusal-whole" not in words(app)
    assert listed(screens).handovers == ()
    assert next(field for field in app.text_input if field.label == "Montant").value == typed, "what was typed stays"


def test_an_offer_is_withdrawn_by_whoever_made_it_only(screens: Screens, other: Agent) -> None:
    give(screens.open(SCREEN, screens.world.supervisor), "PA1234", "200")
    assert "Retirer l'offre" not in buttons(screens.open(SCREEN, other))

    app = press(screens.open(SCREEN, screens.world.supervisor), "Retirer l'offre")

    assert "Offre de 200,00 $ à Marie Tremblay retirée : rien n'a bougé." in said(app)
    assert listed(screens).handovers == ()


def give_back(world: World, by: Agent, amount: str = "50.00") -> Handover:
    receive_float(world, agent=by)
    request = HandoverRequest(new_key(), by.login, "", money(amount))
    return handovers.offer(world.db, request, by=by, at=world.later(seconds=1))


def test_a_float_given_back_is_confirmed_or_declined_by_whoever_grants(screens: Screens) -> None:
    give_back(screens.world, screens.world.agent)
    give_back(screens.world, screens.world.other_agent)
    app = screens.open(SCREEN, screens.world.supervisor)
    assert "50,00 $ de Marie Tremblay à la succursale" in said(app).replace("</strong>", "")

    press(press(app, "Confirmer la réception"), "Refuser")

    assert "50,00 $ reçus par la succursale." in said(app)
    assert "50,00 $ refusés par la succursale : rien n'a bougé." in said(app)
    assert holding(screens.world, screens.world.agent).float_present == money("150.00")
    assert holding(screens.world, screens.world.other_agent).float_present == money("200.00")


def test_nobody_confirms_what_they_give_back_themselves(screens: Screens) -> None:
    give_back(screens.world, screens.world.supervisor)

    app = screens.open(SCREEN, screens.world.supervisor)

    assert "Confirmer la réception" not in buttons(app)
    assert "Retirer l'offre" in buttons(app)


def test_an_auditor_sees_offers_and_gives_none(screens: Screens, auditor: Agent) -> None:
    give_back(screens.world, screens.world.agent)

    app = screens.open(SCREEN, auditor)

    assert "50,00 $" in said(app)
    assert not app.button
    assert not app.text_input
    assert "op" not in app.query_params


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
    give_back(screens.world, screens.world.other_agent)
    users.set_language(screens.world.db, "en", by=screens.world.supervisor)

    app = screens.open(SCREEN, screens.world.supervisor)

    assert {"Receive", "Confirm receipt", "Decline", "Hand over the float"} <= set(buttons(app))
    assert "Sac no" not in said(app)
