"""« Réconciliations à approuver »: what waits, what is read before deciding, and who reads it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from partnernet.domain.permissions import Role
from partnernet.domain.petty_cash import VoucherCategory, VoucherRequest
from partnernet.domain.reconciliations import DifferenceReason, Reconciliation, ReconciliationState
from partnernet.services import petty_cash, users
from tests.support.approvals import buttons, press, said, short_of_20, state_of
from tests.support.counting import approve, change_settings, count, receive_float, send_back, submit
from tests.support.requests import money, new_key
from tests.support.screens import Screens, pay, words

SCREEN = "reconciliations"
HOSTILE = "**gras** :red[x] <img src=x onerror=alert(1)>"


@pytest.fixture
def submitted(screens: Screens) -> Reconciliation:
    return short_of_20(screens.world)


def table(app: AppTest, which: int = 0) -> Any:
    return app.dataframe[which].value


# --- the list -------------------------------------------------------------------------------------------------------


def test_nothing_to_approve_says_so_and_shows_no_empty_table(screens: Screens) -> None:
    app = screens.open(SCREEN, screens.world.supervisor)

    assert [info.value for info in app.info] == ["Aucune réconciliation n'attend d'approbation."]
    assert not app.dataframe
    assert "Réconciliation" not in [box.label for box in app.selectbox], "there is nothing to open"
    assert [header.value for header in app.header] == ["Fonds de caisse"]


def test_what_waits_is_listed_with_its_difference_in_words(screens: Screens, submitted: Reconciliation) -> None:
    app = screens.open(SCREEN, screens.world.supervisor)

    assert list(table(app)["Agent"]) == ["Marie Tremblay"]
    assert [text.replace("\u00a0", " ") for text in table(app)["Écart"]] == ["Il manque 20,00 $"]
    assert list(table(app)["Total du sac"]) == [Decimal("40.00")], "dollars, and NOT cents, are read aloud"
    assert submitted.number == 1


def test_the_keyboard_opens_one_by_the_select_box_and_the_address_keeps_it(
    screens: Screens, submitted: Reconciliation
) -> None:
    app = screens.open(SCREEN, screens.world.supervisor)
    assert app.selectbox[0].value is None, "nothing is chosen by itself"

    app.selectbox[0].select(submitted.number).run()
    press(app, "Ouvrir")

    assert app.query_params["no"] == "1"
    assert app.title[0].value == "Réconciliation no 1"


def test_opening_without_a_choice_says_what_to_do(screens: Screens, submitted: Reconciliation) -> None:
    app = press(screens.open(SCREEN, screens.world.supervisor), "Ouvrir")

    assert "Réconciliation : choisissez celle à ouvrir dans la liste." in said(app)
    assert "no" not in app.query_params
    assert submitted.number == 1


def test_a_row_opens_by_the_mouse(screens: Screens) -> None:
    short_of_20(screens.world)
    second = short_of_20(screens.world, agent=screens.world.other_agent)
    app = screens.open(SCREEN, screens.world.supervisor)

    assert app.session_state["reconciliations_shown_pending"] == [1, second.number]


def test_what_was_decided_stands_below_with_its_state(screens: Screens, submitted: Reconciliation) -> None:
    approve(screens.world, submitted)
    send_back(screens.world, short_of_20(screens.world, agent=screens.world.other_agent))
    change_settings(screens.world, one_person=True)
    approve(screens.world, short_of_20(screens.world, agent=screens.world.supervisor), by=screens.world.supervisor)

    app = screens.open(SCREEN, screens.world.supervisor)

    assert app.header[-1].value == "Dernières décisions"
    assert list(table(app)["État"]) == ["Approuvée, sans deuxième personne", "Retournée", "Approuvée"]
    assert list(table(app)["Décidée par"]) == ["Anne Lavoie"] * 3
    assert len(app.selectbox[0].options) == 3, "the keyboard opens those too"


# --- one submission -------------------------------------------------------------------------------------------------


def test_everything_that_the_decision_rests_on_is_there(screens: Screens) -> None:
    world = screens.world
    approve(world, short_of_20(world))
    receive_float(world)
    receipt = pay(screens, "20.00", world.agent, name=HOSTILE)
    pay(screens, "412.37", world.agent, cheque="000123")
    for payee, kept in (("Postes Canada", False), ("Papeterie du Plateau", True)):
        voucher = VoucherRequest(
            new_key(), world.today, payee, HOSTILE, VoucherCategory.POSTAGE, money("10.00"), receipt_kept=kept
        )
        petty_cash.pay_voucher(world.db, voucher, by=world.agent, at=world.later(seconds=1))
    count(world, {"20": 1})
    submit(world, count(world, {"20": 9}), reason=DifferenceReason.UNKNOWN, note=HOSTILE)

    app = screens.open(SCREEN, world.supervisor, no="2")

    text = said(app)
    for expected in (
        "Il manque 20,00 $",
        "Raison : Inconnue",
        HOSTILE,
        f"{receipt.number}",
        "égal à l'écart",
        "no 1, figé le",
        ", à l'aveugle",
        "no 2, figé le",
        ", non à l'aveugle",
        "Décompte 1",
        "Décompte 2",
        "Au sac",
        "Postes Canada",
        '<strong class="pn-flag">manquante</strong>',
        "gardée",
        "1 réconciliation avant celle-ci",
        "1 déficit : 20,00 $",
        "412,37 $",
    ):
        assert expected in text, expected
    assert app.get("vega_lite_chart"), "the history is drawn"
    assert "<img" not in words(app), "a name must NOT become markup"
    assert not any("gras" in element.value for element in [*app.markdown, *app.caption, *app.title])


def test_a_first_submission_draws_no_empty_chart(screens: Screens, submitted: Reconciliation) -> None:
    app = screens.open(SCREEN, screens.world.supervisor, no=str(submitted.number))

    assert "C'est la première réconciliation de cette personne." in said(app)
    assert not app.get("vega_lite_chart")


def test_a_submission_with_nothing_in_its_bag_is_shown_and_approved(screens: Screens) -> None:
    receive_float(screens.world)
    submit(screens.world, count(screens.world, {"20": 10}))

    app = press(screens.open(SCREEN, screens.world.supervisor, no="1"), "Approuver")

    assert not app.exception
    assert "La caisse balance" in said(app)
    assert state_of(screens) is ReconciliationState.APPROVED


@pytest.mark.parametrize("number", ["2", "0", "abc", "<b>1</b>", "99999999999999999999"])
def test_a_number_that_is_not_there_says_so_and_leads_back(
    screens: Screens, submitted: Reconciliation, number: str
) -> None:
    app = screens.open(SCREEN, screens.world.supervisor, no=number)

    assert app.error[0].value.startswith("Aucune réconciliation no")
    assert buttons(app) == ["Retour à la liste"]
    press(app, "Retour à la liste")
    assert app.title[0].value == "Réconciliations à approuver"
    assert submitted.number == 1


def test_the_next_one_to_decide_is_one_click_away(screens: Screens, submitted: Reconciliation) -> None:
    short_of_20(screens.world, agent=screens.world.other_agent)
    app = press(screens.open(SCREEN, screens.world.supervisor, no=str(submitted.number)), "Approuver")

    press(app, "Suivante : no 2")

    assert app.title[0].value == "Réconciliation no 2"
    assert "Approuver" in buttons(app)
    assert not [label for label in buttons(app) if label.startswith("Suivante")]


# --- whose ----------------------------------------------------------------------------------------------------------


def test_a_supervisor_of_another_branch_gets_nothing(screens: Screens, submitted: Reconciliation) -> None:
    elsewhere = screens.world.new_branch("QUE", "Québec")
    other = screens.world.person("SU2000", "Guy Roy", Role.SUPERVISOR, elsewhere)

    assert screens.open(SCREEN, other).info
    for query in ({"no": "1"}, {"no": "1", "succursale": "MTL"}):
        app = screens.open(SCREEN, other, **query)
        assert app.error[0].value.startswith("Aucune réconciliation no")
        assert "Marie Tremblay" not in said(app)
    assert submitted.number == 1


def test_an_auditor_reads_and_decides_nothing(screens: Screens, submitted: Reconciliation) -> None:
    auditor = screens.world.person("AU1000", "Paul Roy", Role.AUDITOR, screens.world.branch)

    app = screens.open(SCREEN, auditor, no=str(submitted.number))

    assert "Il manque 20,00 $" in said(app)
    assert buttons(app) == ["Retour à la liste"]
    assert not app.text_area
    assert "pn-proof" not in words(app)


def test_an_auditor_of_every_branch_chooses_one(screens: Screens, submitted: Reconciliation) -> None:
    screens.world.new_branch("QUE", "Québec")
    auditor = screens.world.person("AU2000", "Line Roy", Role.AUDITOR)
    app = screens.open(SCREEN, auditor)
    assert app.info[0].value.startswith("Choisissez une succursale")
    assert not app.dataframe

    app.selectbox[0].select("MTL").run()
    assert list(table(app)["Agent"]) == ["Marie Tremblay"]
    app = screens.open(SCREEN, auditor, succursale="MTL", no=str(submitted.number))

    assert app.title[0].value == "Réconciliation no 1"
    press(app, "Retour à la liste")
    assert app.query_params["succursale"] == "MTL", "the branch stays chosen"


@pytest.mark.parametrize("role", [Role.AGENT, Role.ADMINISTRATOR])
def test_nobody_else_has_access(screens: Screens, submitted: Reconciliation, role: Role) -> None:
    person = screens.world.person("XX1000", "Ada Roy", role, screens.world.branch)

    app = screens.open(SCREEN, person, no=str(submitted.number))

    assert app.error[0].value == "Vous n'avez pas accès à cette page"
    assert "Il manque" not in said(app)


# --- English --------------------------------------------------------------------------------------------------------


def test_in_english_words_and_amounts_are_english(screens: Screens, submitted: Reconciliation) -> None:
    users.set_language(screens.world.db, "en", by=screens.world.supervisor)

    app = screens.open(SCREEN, screens.world.supervisor, no=str(submitted.number))

    assert {"Back to the list", "Approve", "Send back"} <= set(buttons(app))
    assert "$20.00" in said(app)
    assert "manque" not in said(app)
