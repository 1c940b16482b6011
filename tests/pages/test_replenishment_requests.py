"""What else whoever approves is asked for: « Renflouements demandés »."""

from __future__ import annotations

from partnernet.domain.agents import Agent
from partnernet.domain.permissions import Role
from partnernet.services import replenishments
from tests.support.approvals import buttons, press, said
from tests.support.counting import receive_float
from tests.support.requests import new_key
from tests.support.screens import Screens, words
from tests.support.world import World

SCREEN = "reconciliations"


def ask(world: World, agent: Agent) -> None:
    receive_float(world, "150.00", agent=agent)
    replenishments.ask(world.db, new_key(), by=agent, at=world.later(seconds=1))


def test_a_replenishment_is_granted_and_keeps_its_place(screens: Screens) -> None:
    for agent in (screens.world.agent, screens.world.other_agent):
        ask(screens.world, agent)
    app = screens.open(SCREEN, screens.world.supervisor)
    assert buttons(app).count("Accorder") == 2

    press(app, "Accorder")

    assert buttons(app).count("Accorder") == 1
    text = said(app)
    assert text.index("Accordé par Anne Lavoie") < text.index("Luc Gagnon"), "nothing moves up under the pointer"


def test_nobody_is_offered_to_grant_their_own_request_and_an_auditor_none(screens: Screens) -> None:
    ask(screens.world, screens.world.supervisor)
    auditor = screens.world.person("AU1000", "Paul Roy", Role.AUDITOR, screens.world.branch)

    own = screens.open(SCREEN, screens.world.supervisor)

    assert "Accorder" not in buttons(own)
    assert "Personne ne décide de ce qu'il a demandé lui-même" in said(own)
    assert not screens.open(SCREEN, auditor).button


def test_a_request_settled_in_another_tab_says_so(screens: Screens) -> None:
    ask(screens.world, screens.world.agent)
    other = screens.world.person("SU1001", "Guy Roy", Role.SUPERVISOR, screens.world.branch)
    here, there = screens.open(SCREEN, screens.world.supervisor), screens.open(SCREEN, other)
    press(here, "Accorder")

    press(there, "Accorder")

    assert "Cette demande est réglée" in said(there)
    assert "Accordé par Anne Lavoie" in said(there)


def test_a_refusal_begun_by_mistake_is_given_up(screens: Screens) -> None:
    ask(screens.world, screens.world.agent)
    app = press(screens.open(SCREEN, screens.world.supervisor), "Refuser")
    assert app.text_area[0].label == "Note à Marie Tremblay : pourquoi vous refusez 50,00\u00a0$"

    app = press(app, "Annuler")

    assert not app.text_area
    assert replenishments.listed(screens.world.db, by=screens.world.agent)[0].answer is None


def test_refusing_takes_a_note_and_keeps_its_place(screens: Screens) -> None:
    for agent in (screens.world.agent, screens.world.other_agent):
        ask(screens.world, agent)
    app = screens.open(SCREEN, screens.world.supervisor)

    press(app, "Refuser")
    press(app, "Refuser la demande")
    assert "Note : dites pourquoi vous refusez" in said(app)
    assert replenishments.listed(screens.world.db, by=screens.world.agent)[0].answer is None
    app.text_area[0].set_value("le coffre est <b>vide</b>")
    press(app, "Refuser la demande")

    assert not app.text_area
    assert buttons(app).count("Refuser") == 1
    text = said(app)
    assert "Refusé par Anne Lavoie" in text
    assert "&lt;b&gt;vide" in words(app), "a note is never markup"
    assert text.index("Refusé par Anne Lavoie") < text.index("Luc Gagnon"), "nothing moves up under the pointer"
