"""« Réglages »: an administrator changes them, each refusal beside its field; everyone else reads or stays out."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from partnernet.domain.agents import Agent
from partnernet.domain.branch_settings import BranchSettings
from partnernet.domain.permissions import Role
from partnernet.services import branch_settings, users
from tests.support.requests import money
from tests.support.screens import Screens, words

SCREEN = "reglages"


@pytest.fixture
def administrator(screens: Screens) -> Agent:
    return screens.world.person("AD1000", "Ada Roy", Role.ADMINISTRATOR)


def in_force(screens: Screens) -> BranchSettings:
    ((_branch, settings),) = branch_settings.visible(screens.world.db, by=screens.world.supervisor)
    return settings


def fields(app: AppTest) -> dict[str, str]:
    return {field.label: (field.value or "").replace("\u00a0", " ") for field in app.text_input}


def save(app: AppTest, **typed: str) -> AppTest:
    """Type into the fields named and press the button."""
    labels = {
        "float": "Fonds de caisse",
        "fund": "Limite du fonds",
        "voucher": "Limite par bon",
        "tolerance": "Tolérance",
        "cash": "Limite d'espèces en caisse",
        "account": "Compte de dépôt",
    }
    for name, text in typed.items():
        next(field for field in app.text_input if field.label == labels[name]).set_value(text)
    return app.button[0].click().run()


def test_an_administrator_sees_what_is_in_force_as_it_is_written(screens: Screens, administrator: Agent) -> None:
    app = screens.open(SCREEN, administrator)

    assert fields(app) == {
        "Fonds de caisse": "200,00",
        "Limite du fonds": "500,00",
        "Limite par bon": "50,00",
        "Tolérance": "0,00",
        "Limite d'espèces en caisse": "",
        "Compte de dépôt": "",
    }
    assert [box.label for box in app.checkbox] == ["Succursale d'une seule personne"]
    assert [button.label for button in app.button] == ["Enregistrer les réglages"]
    assert not app.success


def test_what_is_saved_is_in_force_and_said(screens: Screens, administrator: Agent) -> None:
    app = screens.open(SCREEN, administrator)

    app.checkbox[0].set_value(True)
    save(app, tolerance="2", cash="1500", account="815-30001-1234567")

    assert [said.value for said in app.success] == ["Réglages enregistrés."]
    assert fields(app)["Limite d'espèces en caisse"] == "1 500,00"
    assert in_force(screens) == BranchSettings(
        money("200.00"),
        tolerance=money("2.00"),
        cash_limit=money("1500.00"),
        deposit_account="815-30001-1234567",
        one_person=True,
    )


def test_each_refusal_stands_beside_its_field_and_nothing_is_saved(screens: Screens, administrator: Agent) -> None:
    app = save(screens.open(SCREEN, administrator), float="600", tolerance="0,03", cash="0", account="7")

    said = unescape(words(app))
    assert "Fonds de caisse : de zéro ou plus, en multiples de cinq cents, et jamais plus que la limite" in said
    assert "Tolérance : de zéro ou plus, en multiples de cinq cents." in said
    assert "Limite d'espèces en caisse : un montant au-dessus de zéro, ou rien." in said
    assert said.count("pn-refusal") == 3
    assert "pn-refusal-whole" not in said
    assert fields(app)["Tolérance"] == "0,03", "what was typed stays"
    assert in_force(screens) == BranchSettings(money("200.00"))
    assert not app.success


@pytest.mark.parametrize("typed", ["1,234", "-5", "deux", ""])
def test_what_is_no_amount_is_told_with_the_name_of_its_field(
    screens: Screens, administrator: Agent, typed: str
) -> None:
    app = save(screens.open(SCREEN, administrator), voucher=typed)

    assert "Limite par bon : " in words(app)
    assert in_force(screens).voucher_limit == money("50.00")


def test_a_refusal_is_gone_once_it_is_put_right(screens: Screens, administrator: Agent) -> None:
    app = save(screens.open(SCREEN, administrator), tolerance="x")

    save(app, tolerance="1")

    assert "pn-refusal" not in words(app)
    assert app.success


def test_saving_without_a_change_says_so(screens: Screens, administrator: Agent) -> None:
    app = save(screens.open(SCREEN, administrator))

    assert [said.value for said in app.success] == ["Rien n'a changé."]


def test_what_another_administrator_changed_meanwhile_is_left_alone_and_shown(
    screens: Screens, administrator: Agent
) -> None:
    app = screens.open(SCREEN, administrator)
    other = replace(in_force(screens), tolerance=money("2.00"))
    branch_settings.change(screens.world.db, screens.world.branch, other, by=administrator, at=screens.world.now)

    save(app, cash="800")

    assert in_force(screens) == replace(other, cash_limit=money("800.00"))
    assert fields(app)["Tolérance"] == "2,00"


def test_an_administrator_of_several_branches_chooses_one_and_the_address_keeps_it(
    screens: Screens, administrator: Agent
) -> None:
    quebec = screens.world.new_branch("QUE", "Québec")
    app = screens.open(SCREEN, administrator)
    assert not app.text_input, "no branch is chosen by itself"

    app.selectbox[0].select("QUE").run()
    save(app, tolerance="3")

    assert app.query_params["succursale"] == "QUE"
    by_code = {branch.code: kept for branch, kept in branch_settings.visible(screens.world.db, by=administrator)}
    assert by_code["QUE"].tolerance == money("3.00")
    assert by_code["MTL"] == BranchSettings(money("200.00")), "the other branch must NOT change"
    assert screens.open(SCREEN, administrator, succursale=quebec.code).selectbox[0].value == "QUE"


def test_an_address_with_a_branch_that_is_not_there_chooses_none(screens: Screens, administrator: Agent) -> None:
    screens.world.new_branch("QUE", "Québec")

    app = screens.open(SCREEN, administrator, succursale="<b>XXX</b>")

    assert app.info[0].value.startswith("Choisissez une succursale")
    assert not app.text_input


def test_a_supervisor_reads_their_own_branch_whatever_the_address_says(screens: Screens) -> None:
    screens.world.new_branch("QUE", "Québec")

    app = screens.open(SCREEN, screens.world.supervisor, succursale="QUE")

    assert "Fonds de caisse" in words(app)
    assert "200,00 $" in words(app)
    assert "Succursale Montréal" in words(app)
    assert not app.text_input
    assert not app.button
    assert not app.selectbox


def test_an_auditor_of_every_branch_reads_the_one_they_choose(screens: Screens) -> None:
    screens.world.new_branch("QUE", "Québec")
    auditor = screens.world.person("AU2000", "Line Roy", Role.AUDITOR)

    app = screens.open(SCREEN, auditor, succursale="QUE")

    assert app.selectbox[0].value == "QUE"
    assert "500,00 $" in words(app)
    assert not app.text_input


def test_an_agent_has_no_access(screens: Screens) -> None:
    app = screens.open(SCREEN, screens.world.agent)

    assert app.error[0].value == "Vous n'avez pas accès à cette page"
    assert not app.text_input


def test_in_english_everything_is_english(screens: Screens, administrator: Agent) -> None:
    users.set_language(screens.world.db, "en", by=administrator)

    app = screens.open(SCREEN, administrator)

    next(field for field in app.text_input if field.label == "Tolerance").set_value("x")
    app.button[0].click().run()

    assert [button.label for button in app.button] == ["Save the settings"]
    assert "Tolerance: “x” is not an amount of zero or more." in words(app)
    assert "Tolérance" not in words(app)
