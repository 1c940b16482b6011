"""« Dépôts »: bags checked off onto one slip, the bank's reference, and who may do what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.deposits import BranchDeposits
from partnernet.domain.permissions import Role
from partnernet.domain.reconciliations import Reconciliation
from partnernet.services import deposits, users
from tests.support.approvals import buttons, press, said
from tests.support.counting import approve, count, deposit, make_slip, submit, take_cash, take_cheque
from tests.support.requests import money, new_key
from tests.support.screens import Screens, words
from tests.support.world import World

SCREEN = "depots"
PREPARE, SETTLE = "Préparer le bordereau", "Inscrire la référence de la banque"


def bag(world: World, cash: int = 3, *, agent: Agent | None = None, cheque: str = "") -> Reconciliation:
    """So many notes of 20 (and a cheque), counted, submitted and approved."""
    take_cash(world, f"{cash * 20}.00", agent=agent)
    if cheque:
        take_cheque(world, cheque, agent=agent)
    counted = count(world, {"20": cash}, agent=agent)
    return approve(world, submit(world, counted, agent=agent))


def seen(screens: Screens) -> BranchDeposits:
    return deposits.overview(screens.world.db, by=screens.world.supervisor, at=now())


# --- the slip -------------------------------------------------------------------------------------------------------


def test_without_a_bag_there_is_nothing_to_check_off(screens: Screens) -> None:
    app = screens.open(SCREEN, screens.world.supervisor)

    assert [info.value for info in app.info] == ["Aucun sac n'attend d'être déposé."]
    assert not app.checkbox
    assert not app.button
    assert "Dû à BOC par la succursale" in said(app)


def test_what_waits_is_shown_with_what_is_in_it_and_nothing_is_checked(screens: Screens) -> None:
    bag(screens.world, cheque="412.37")

    app = screens.open(SCREEN, screens.world.supervisor)

    assert [(box.label, box.value) for box in app.checkbox] == [("Sac no 1", False)]
    for expected in ("Marie Tremblay", "espèces 60,00 $", "1 chèque 412,37 $", "472,37 $", "Aucun sac coché"):
        assert expected in said(app)
    assert "attend depuis" not in said(app)


def test_a_bag_older_than_a_day_is_pointed_out(screens: Screens) -> None:
    screens.world.now = now() - timedelta(days=3)
    bag(screens.world)

    app = screens.open(SCREEN, screens.world.supervisor)

    assert '<span class="pn-flag">attend depuis 3 jours</span>' in said(app)


def test_the_bags_checked_go_onto_one_slip_and_the_others_wait(screens: Screens) -> None:
    world = screens.world
    bag(world)
    bag(world, agent=world.other_agent, cheque="40.00")
    bag(world)
    app = screens.open(SCREEN, world.supervisor)

    app.checkbox[0].check()
    app.checkbox[1].check().run()
    assert "2 sacs cochés" in said(app)
    assert "160,00 $" in said(app)
    press(app, PREPARE)

    found = seen(screens)
    assert [[held.number for held in slip.bags] for slip in found.under_way] == [[1, 2]]
    assert [waiting.bag.number for waiting in found.waiting] == [3]
    assert "Bordereau no 1 préparé : 2 sacs, 160,00 $." in said(app)
    assert not app.checkbox, "the slip that this form has made stands in its place"
    assert app.get("link_button")[0].proto.url == f"/print/deposit-slip/{found.under_way[0].id}"


def test_a_slip_without_a_bag_is_refused_below_the_button(screens: Screens) -> None:
    bag(screens.world)

    app = press(screens.open(SCREEN, screens.world.supervisor), PREPARE)

    assert "Cochez au moins un sac à déposer." in said(app)
    assert seen(screens).under_way == ()


def test_the_key_is_in_the_address_and_brings_back_the_slip_that_it_made(screens: Screens) -> None:
    bag(screens.world)
    app = screens.open(SCREEN, screens.world.supervisor)
    key = app.query_params["op"]
    app.checkbox[0].check()
    press(app, PREPARE)

    again = screens.open(SCREEN, screens.world.supervisor, op=str(key))

    assert "Bordereau no 1 préparé" in said(again)
    assert len(seen(screens).under_way) == 1


def test_another_slip_takes_a_key_of_its_own(screens: Screens) -> None:
    bag(screens.world)
    bag(screens.world)
    app = screens.open(SCREEN, screens.world.supervisor)
    key = app.query_params["op"]
    app.checkbox[0].check()
    press(app, PREPARE)

    press(app, "Préparer un autre bordereau")
    assert app.query_params["op"] != key
    app.checkbox[0].check()
    press(app, PREPARE)

    assert [slip.number for slip in seen(screens).under_way] == [1, 2]
    assert "Préparer un autre bordereau" not in buttons(app), "nothing waits any more"


def test_a_bag_that_another_slip_took_meanwhile_is_refused(screens: Screens) -> None:
    bag(screens.world)
    app = screens.open(SCREEN, screens.world.supervisor)
    make_slip(screens.world)

    app.checkbox[0].check()
    press(app, PREPARE)

    assert "Un des sacs cochés n'attend plus" in said(app)
    assert len(seen(screens).under_way) == 1


@pytest.mark.parametrize("key", ["", "x", "<b>clé</b>", "a" * 65])
def test_a_key_that_no_form_makes_is_replaced(screens: Screens, key: str) -> None:
    bag(screens.world)

    app = screens.open(SCREEN, screens.world.supervisor, op=key)

    assert len(app.query_params["op"]) >= 16
    assert app.query_params["op"] != key
    assert app.checkbox


# --- the bank's reference -------------------------------------------------------------------------------------------


@pytest.fixture
def under_way(screens: Screens) -> Screens:
    """One slip on its way, 100.00 on it."""
    bag(screens.world, cheque="40.00")
    make_slip(screens.world)
    return screens


def settle(app: AppTest, reference: str) -> AppTest:
    next(field for field in app.text_input if field.label == "Référence de la banque").set_value(reference)
    return press(app, SETTLE)


def test_the_reference_settles_the_slip_and_less_is_owed(under_way: Screens) -> None:
    app = under_way.open(SCREEN, under_way.world.supervisor)
    assert "100,00 $" in said(app)

    settle(app, " BNC-20261124-001 ")

    assert "Bordereau no 1 remis à BOC : 100,00 $, référence BNC-20261124-001." in said(app)
    assert seen(under_way).due == money("0.00")
    assert SETTLE not in buttons(app)
    assert "Remis à BOC" in [header.value for header in app.header]


@pytest.mark.parametrize("typed", ["", "12", "réf n°1", "=1+1", "x" * 41])
def test_a_reference_that_no_bank_gives_is_refused_beside_its_field(under_way: Screens, typed: str) -> None:
    app = settle(under_way.open(SCREEN, under_way.world.supervisor), typed)

    assert "Référence de la banque : de 3 à 40 lettres" in said(app)
    assert "pn-refusal-whole" not in words(app)
    assert app.text_input[0].value == typed, "what was typed stays"
    assert seen(under_way).settled == ()


def test_a_second_tab_with_the_same_reference_changes_nothing_and_with_another_is_told(under_way: Screens) -> None:
    tabs = [under_way.open(SCREEN, under_way.world.supervisor) for _ in range(3)]

    for tab, reference in zip(tabs, ("BNC-1", "BNC-1", "BNC-2"), strict=True):
        settle(tab, reference)

    assert "pn-refusal" not in words(tabs[1])
    assert "Ce dépôt a déjà une autre référence de la banque" in said(tabs[2])
    assert [line.bank_reference for line in seen(under_way).settled] == ["BNC-1"]


def test_several_slips_have_a_field_each(screens: Screens) -> None:
    for _ in range(2):
        bag(screens.world)
        make_slip(screens.world)
    app = screens.open(SCREEN, screens.world.supervisor)

    app.text_input[1].set_value("BNC-2")
    [button for button in app.button if button.label == SETTLE][1].click().run()

    assert [(line.number, line.bank_reference) for line in seen(screens).settled] == [(2, "BNC-2")]
    assert said(app).index("Bordereau no 1") < said(app).index("Bordereau no 2 remis"), "it keeps its place"


# --- whose ----------------------------------------------------------------------------------------------------------


def test_a_supervisor_of_another_branch_gets_nothing(under_way: Screens) -> None:
    bag(under_way.world)
    deposit(under_way.world, reference="BNC-SECRET")
    other = under_way.world.person("SU2000", "Guy Roy", Role.SUPERVISOR, under_way.world.new_branch("QUE", "Québec"))

    app = under_way.open(SCREEN, other, succursale="MTL")

    assert app.info
    assert not app.checkbox
    assert not app.text_input
    for hidden in ("Marie Tremblay", "BNC-SECRET", "100,00"):
        assert hidden not in said(app)


def test_an_auditor_reads_and_acts_on_nothing(under_way: Screens) -> None:
    bag(under_way.world)
    auditor = under_way.world.person("AU1000", "Paul Roy", Role.AUDITOR, under_way.world.branch)

    app = under_way.open(SCREEN, auditor)

    assert "Bordereau no 1" in said(app)
    assert "no 2" in said(app), "the bag that waits"
    assert not app.checkbox
    assert not app.text_input
    assert not app.button


def test_an_auditor_of_every_branch_chooses_one(under_way: Screens) -> None:
    under_way.world.new_branch("QUE", "Québec")
    auditor = under_way.world.person("AU2000", "Line Roy", Role.AUDITOR)
    app = under_way.open(SCREEN, auditor)
    assert app.info[0].value.startswith("Choisissez une succursale")
    assert "Bordereau" not in said(app)

    app.selectbox[0].select("MTL").run()

    assert "Bordereau no 1" in said(app)


@pytest.mark.parametrize("role", [Role.AGENT, Role.ADMINISTRATOR])
def test_nobody_else_has_access(screens: Screens, role: Role) -> None:
    app = screens.open(SCREEN, screens.world.person("XX1000", "Ada Roy", role, screens.world.branch))

    assert app.error[0].value == "Vous n'avez pas accès à cette page"
    assert "Dû à BOC" not in said(app)


def test_a_hostile_name_is_shown_as_it_is(screens: Screens) -> None:
    hostile = "<img src=x onerror=alert(1)> **gras**"
    agent = screens.world.person("PA6666", hostile, Role.AGENT, screens.world.branch)
    bag(screens.world, agent=agent)

    app = screens.open(SCREEN, screens.world.supervisor)

    assert hostile in said(app)
    assert "<img" not in words(app)


def test_in_english_words_and_amounts_are_english(under_way: Screens) -> None:
    bag(under_way.world)
    users.set_language(under_way.world.db, "en", by=under_way.world.supervisor)

    app = under_way.open(SCREEN, under_way.world.supervisor)

    assert {"Prepare the slip", "Enter the bank's reference"} <= set(buttons(app))
    assert "$100.00" in said(app)
    assert "Bordereau" not in said(app)


def test_a_key_made_by_somebody_else_is_refused_and_makes_nothing(screens: Screens) -> None:
    bag(screens.world)
    bag(screens.world)
    key = new_key()
    first = frozenset({seen(screens).waiting[0].bag.id})
    deposits.make(screens.world.db, first, key, by=screens.world.supervisor, at=now())
    other = screens.world.person("SU1001", "Guy Roy", Role.SUPERVISOR, screens.world.branch)

    app = screens.open(SCREEN, other, op=key)
    app.checkbox[0].check()
    press(app, PREPARE)

    assert "Ce formulaire a déjà servi" in said(app)
    assert len(seen(screens).under_way) == 1
