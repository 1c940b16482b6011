"""Floats on the till's page: confirmed by whoever receives, handed over by whoever holds, told on the home screen."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from partnernet.domain.agents import Agent
from partnernet.domain.handovers import Handover, HandoverRequest
from partnernet.services import counts, handovers, users
from tests.support.requests import float_received, holding, money, new_key
from tests.support.screens import Screens, pay, words

SCREEN = "petite_caisse"
KEY = "Ab3dEf6hIj9lMn2p"


def offered(screens: Screens, amount: str = "200.00", *, giver: Agent | None = None, to: Agent) -> Handover:
    """By the branch's supervisor unless somebody gives their own."""
    world = screens.world
    request = HandoverRequest(new_key(), giver.login if giver else "", to.login, money(amount))
    return handovers.offer(world.db, request, by=giver or world.supervisor, at=world.now)


def vouchers_view(screens: Screens, by: Agent) -> AppTest:
    return screens.open(SCREEN, by, vue="bons", op=KEY)


def press(app: AppTest, name: str) -> AppTest:
    return next(button for button in app.button if button.label == name).click().run()


def choice(app: AppTest, label: str) -> Any:
    return next(box for box in app.selectbox if box.label == label)


def amount_field(app: AppTest) -> Any:
    return next(field for field in app.text_input if field.label == "Somme remise")


def float_of(screens: Screens, agent: Agent) -> str:
    return str(holding(screens.world, agent).float_present)


def test_an_offered_float_is_told_at_home_and_confirmed_on_the_report(screens: Screens) -> None:
    agent = screens.world.agent
    offered(screens, to=agent)
    home = screens.open("accueil", agent)
    assert next(link.proto.label for link in home.get("page_link")).startswith("Fonds offert")

    app = screens.open(SCREEN, agent)
    assert float_of(screens, agent) == "0.00", "what is offered is NOT yet received"
    app = press(app, "Confirmer la réception")

    assert float_of(screens, agent) == "200.00"
    assert "<dt>Fonds de caisse</dt><dd>200,00 $</dd>" in words(app)
    assert not [button for button in app.button if button.label == "Confirmer la réception"]
    assert not screens.open("accueil", agent).get("page_link")


def test_an_offer_that_was_not_received_moves_nothing(screens: Screens) -> None:
    agent = screens.world.agent
    offered(screens, to=agent)

    app = press(screens.open(SCREEN, agent), "Pas reçu")

    assert float_of(screens, agent) == "0.00"
    assert not [button for button in app.button if button.label == "Pas reçu"]


def test_an_offer_withdrawn_meanwhile_is_told_and_not_received(screens: Screens) -> None:
    agent = screens.world.agent
    offer = offered(screens, to=agent)
    app = screens.open(SCREEN, agent)
    handovers.withdraw(screens.world.db, offer.id, by=screens.world.supervisor, at=screens.world.now)

    app = press(app, "Confirmer la réception")

    assert "n'attend plus votre réponse" in words(app).replace("&#x27;", "'")
    assert float_of(screens, agent) == "0.00"


def test_at_a_shift_change_the_whole_float_passes_once_the_colleague_has_confirmed(screens: Screens) -> None:
    mine, theirs = screens.world.agent, screens.world.other_agent
    float_received(screens.world, "200.00")
    app = vouchers_view(screens, mine)
    assert amount_field(app).value == "200,00", "a whole float is what usually passes"
    choice(app, "Remis à").set_value(theirs.login)

    app = press(app, "Remettre le fonds")
    assert "En attente de confirmation" in " ".join(element.value for element in app.markdown).replace("\\", "")
    assert float_of(screens, mine) == "200.00", "NOT before it is confirmed"
    press(screens.open(SCREEN, theirs), "Confirmer la réception")

    assert (float_of(screens, mine), float_of(screens, theirs)) == ("0.00", "200.00")


def test_an_offer_of_one_s_own_can_be_taken_back(screens: Screens) -> None:
    float_received(screens.world, "200.00")
    app = vouchers_view(screens, screens.world.agent)
    choice(app, "Remis à").set_value("")
    app = press(app, "Remettre le fonds")

    app = press(app, "Retirer l'offre")

    assert handovers.waiting(screens.world.db, by=screens.world.agent) == ()
    assert not [button for button in app.button if button.label == "Retirer l'offre"]


def test_what_is_missing_or_impossible_is_said_beside_its_field_and_kept(screens: Screens) -> None:
    float_received(screens.world, "200.00")
    app = vouchers_view(screens, screens.world.agent)
    amount_field(app).set_value("0")

    app = press(app, "Remettre le fonds")

    said = words(app)
    assert "Choisissez une autre personne" in said
    assert "un fonds remis est d&#x27;au moins cinq cents" in said
    assert amount_field(app).value == "0"
    choice(app, "Remis à").set_value(screens.world.other_agent.login)
    amount_field(app).set_value("9 999 999,95")
    assert "le fonds n&#x27;a que 200,00 $" in words(press(app, "Remettre le fonds"))
    assert handovers.waiting(screens.world.db, by=screens.world.agent) == ()


def test_a_drawer_with_customers_money_is_reconciled_before_its_float_passes_on(screens: Screens) -> None:
    float_received(screens.world, "200.00")
    pay(screens, "60.00", screens.world.agent)
    app = vouchers_view(screens, screens.world.agent)
    choice(app, "Remis à").set_value(screens.world.other_agent.login)

    app = press(app, "Remettre le fonds")

    assert "soumettez d&#x27;abord votre réconciliation" in words(app)


def test_an_agent_without_a_float_has_nothing_to_hand_over(screens: Screens) -> None:
    app = vouchers_view(screens, screens.world.agent)

    assert not [button for button in app.button if button.label == "Remettre le fonds"]


def test_a_supervisor_issues_a_float_of_the_branch(screens: Screens) -> None:
    app = vouchers_view(screens, screens.world.supervisor)
    assert choice(app, "Remis par").value == "", "the branch, unless they say that it is their own"
    choice(app, "Remis à").set_value(screens.world.agent.login)
    amount_field(app).set_value("200,00")

    press(app, "Remettre le fonds")

    (waiting,) = handovers.waiting(screens.world.db, by=screens.world.agent)
    assert (waiting.giver, waiting.amount) == (None, money("200.00"))


def test_a_supervisor_confirms_what_the_branch_gets_back(screens: Screens) -> None:
    float_received(screens.world, "200.00")
    app = vouchers_view(screens, screens.world.agent)
    choice(app, "Remis à").set_value("")
    press(app, "Remettre le fonds")

    press(screens.open(SCREEN, screens.world.supervisor), "Confirmer la réception")

    assert float_of(screens, screens.world.agent) == "0.00"


def test_a_hostile_name_is_shown_as_it_is(screens: Screens) -> None:
    world = screens.world
    hostile = world.person("PA6666", "**gras** <b>=1+1", world.agent.role, world.branch)
    float_received(world, "200.00", agent=hostile)
    offered(screens, giver=hostile, to=world.agent)

    app = screens.open(SCREEN, world.agent)

    assert any("\\*\\*gras\\*\\* \\<b\\>" in element.value for element in app.markdown)
    assert not any("**gras" in element.value.replace("\\*", "") for element in app.markdown)


def test_while_the_till_is_counted_no_float_changes_hands_here(screens: Screens) -> None:
    float_received(screens.world, "200.00")
    app = vouchers_view(screens, screens.world.agent)
    choice(app, "Remis à").set_value(screens.world.other_agent.login)
    counts.start(screens.world.db, by=screens.world.agent, at=screens.world.later(seconds=5))

    app = press(app, "Remettre le fonds")

    assert handovers.waiting(screens.world.db, by=screens.world.agent) == ()
    assert "200,00" not in words(app).replace("autorisé : 200,00", "")


def test_in_english_words_are_english(screens: Screens) -> None:
    offered(screens, to=screens.world.agent)
    users.set_language(screens.world.db, "en", by=screens.world.agent)

    app = screens.open(SCREEN, screens.world.agent)

    assert {"Confirm receipt", "Not received"} <= {button.label for button in app.button}
    assert any("Float offered" in element.value for element in app.markdown)
