"""« Échanges », payments to send: what waits, the batch that is made once, its files, and who may do what."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from partnernet.clock import now
from partnernet.domain.batches import Batch
from partnernet.domain.permissions import Role
from partnernet.services import exports, reversals, users
from tests.support.approvals import buttons, press, said
from tests.support.counting import acts_in_journal
from tests.support.requests import new_key, reversing
from tests.support.screens import Screens, pay

SCREEN = "echanges"
CUT = "Préparer le lot"


def batches(screens: Screens) -> tuple[Batch, ...]:
    return exports.batches(screens.world.db, by=screens.world.supervisor)


def cut(screens: Screens, amount: str = "10.00") -> Batch:
    """A payment, and the batch that takes it."""
    pay(screens, amount, screens.world.agent)
    made = exports.cut(screens.world.db, new_key(), by=screens.world.supervisor, at=screens.world.later(seconds=1))
    assert made is not None
    return made


def downloads(app: AppTest) -> list[str]:
    return [button.label for button in app.download_button]


def test_nothing_to_send_is_said_and_nothing_can_be_made(screens: Screens) -> None:
    app = screens.open(SCREEN, screens.world.supervisor)

    assert [info.value for info in app.info] == ["Aucun paiement à envoyer."]
    assert "À envoyer" in said(app)
    assert "En attente depuis" not in said(app)
    assert not app.button
    assert [text.value for text in app.text] == ["Aucun lot pour l'instant."]


def test_what_waits_is_told_reversals_and_post_dated_cheques_apart(screens: Screens) -> None:
    world = screens.world
    pay(screens, "60.00", world.agent)
    wrong = pay(screens, "25.00", world.other_agent)
    reversals.reverse(
        world.db, reversing(wrong.number), by=world.supervisor, at=world.later(seconds=1), proved_at=world.now
    )

    app = screens.open(SCREEN, world.supervisor)

    for expected in ("60,00 $", "2 paiements, 1 contre-passation", "En attente depuis"):
        assert expected in said(app)
    assert "Chèques postdatés" not in said(app), "none waits for its date"
    assert buttons(app) == [CUT]


def test_the_batch_is_made_and_its_files_can_be_downloaded(screens: Screens) -> None:
    pay(screens, "60.00", screens.world.agent)
    app = screens.open(SCREEN, screens.world.supervisor)

    press(app, CUT)

    (made,) = batches(screens)
    assert "Lot no 1 préparé : 1 paiement, 60,00 $." in said(app)
    assert downloads(app) == ["payments-000001.csv"], "no deposit has reached the bank"
    assert made.anchors[0].hash in said(app)
    assert not app.button, "nothing waits any more"
    assert "pn-refusal" not in said(app)


def test_the_key_in_the_address_brings_back_the_batch_that_it_made(screens: Screens) -> None:
    pay(screens, "60.00", screens.world.agent)
    app = screens.open(SCREEN, screens.world.supervisor)
    key = str(app.query_params["op"])
    press(app, CUT)
    pay(screens, "25.00", screens.world.agent)

    again = screens.open(SCREEN, screens.world.supervisor, op=key)

    assert "Lot no 1 préparé" in said(again)
    assert buttons(again) == ["Préparer un autre lot"]
    assert len(batches(screens)) == 1


def test_a_second_tab_on_the_same_form_makes_no_second_batch(screens: Screens) -> None:
    pay(screens, "60.00", screens.world.agent)
    first = screens.open(SCREEN, screens.world.supervisor)
    second = screens.open(SCREEN, screens.world.supervisor, op=str(first.query_params["op"]))

    press(first, CUT)
    pay(screens, "25.00", screens.world.agent)
    press(second, CUT)

    assert "Lot no 1 préparé" in said(second)
    assert len(batches(screens)) == 1


def test_another_batch_takes_a_key_of_its_own(screens: Screens) -> None:
    pay(screens, "60.00", screens.world.agent)
    app = press(screens.open(SCREEN, screens.world.supervisor), CUT)
    key = str(app.query_params["op"])
    pay(screens, "25.00", screens.world.agent)

    press(press(app.run(), "Préparer un autre lot"), CUT)

    assert str(app.query_params["op"]) != key
    assert [batch.number for batch in batches(screens)] == [2, 1]
    assert "Lot no 2 préparé : 1 paiement, 25,00 $." in said(app)


def test_when_two_supervisors_click_at_once_the_second_is_told_that_nothing_waits(screens: Screens) -> None:
    pay(screens, "60.00", screens.world.agent)
    other = screens.world.person("SU2000", "Guy Roy", Role.SUPERVISOR, screens.world.new_branch("QUE", "Québec"))
    tabs = [screens.open(SCREEN, person) for person in (screens.world.supervisor, other)]

    for tab in tabs:
        press(tab, CUT)

    assert "Aucun lot préparé : plus aucun paiement n'attend" in said(tabs[1])
    assert [batch.cut_by for batch in batches(screens)] == ["SU1000"]


def test_a_form_that_somebody_else_has_used_shows_the_batch_that_it_made(screens: Screens) -> None:
    key = new_key()
    pay(screens, "60.00", screens.world.agent)
    exports.cut(screens.world.db, key, by=screens.world.supervisor, at=now())
    pay(screens, "25.00", screens.world.agent)
    other = screens.world.person("SU2000", "Guy Roy", Role.SUPERVISOR, screens.world.branch)

    app = screens.open(SCREEN, other, op=key)

    assert "par SU1000" in said(app)
    assert buttons(app) == ["Préparer un autre lot"]
    assert len(batches(screens)) == 1


def test_every_batch_is_listed_and_one_is_opened_by_its_address(screens: Screens) -> None:
    cut(screens, "10.00")
    cut(screens, "20.00")

    app = screens.open(SCREEN, screens.world.supervisor)
    assert list(app.dataframe[0].value["No"]) == [2, 1]
    assert not downloads(app)
    app.selectbox[0].select(1).run()

    assert app.query_params["lot"] == "1"
    assert downloads(app) == ["payments-000001.csv"]
    assert "Lot no 1" in said(screens.open(SCREEN, screens.world.supervisor, lot="1"))


@pytest.mark.parametrize("number", ["", "0", "7", "1' OR 1=1", "<b>1</b>"])
def test_a_number_that_no_batch_has_opens_nothing(screens: Screens, number: str) -> None:
    cut(screens)

    app = screens.open(SCREEN, screens.world.supervisor, lot=number)

    assert not app.error
    assert not downloads(app)


def test_a_batch_downloaded_again_is_kept_in_the_log_and_is_the_same_to_the_byte(screens: Screens) -> None:
    made = cut(screens)
    app = screens.open(SCREEN, screens.world.supervisor, lot=str(made.number))

    app.download_button[0].click().run()

    assert [act for act in acts_in_journal(screens.world) if act.startswith("batch")] == [
        "batch.cut",
        "batch.produced_again",
    ]


def test_an_auditor_reads_the_batches_and_has_no_button(screens: Screens) -> None:
    made = cut(screens)
    pay(screens, "25.00", screens.world.agent)
    auditor = screens.world.person("AU1000", "Paul Roy", Role.AUDITOR)

    app = screens.open(SCREEN, auditor, lot=str(made.number))

    assert "1 paiement" in said(app)
    assert made.anchors[0].hash in said(app)
    assert not app.button
    assert not downloads(app)
    assert app.button_group[0].options == ["Paiements à envoyer", "Historique"]


@pytest.mark.parametrize("role", [Role.AGENT, Role.ADMINISTRATOR])
def test_nobody_else_has_access(screens: Screens, role: Role) -> None:
    app = screens.open(SCREEN, screens.world.person("XX1000", "Ada Roy", role, screens.world.branch))

    assert app.error[0].value == "Vous n'avez pas accès à cette page"
    assert "À envoyer" not in said(app)


def test_in_english_words_and_amounts_are_english(screens: Screens) -> None:
    cut(screens)
    pay(screens, "1234.55", screens.world.agent)
    users.set_language(screens.world.db, "en", by=screens.world.supervisor)

    app = screens.open(SCREEN, screens.world.supervisor, lot="1")

    assert buttons(app) == ["Prepare the batch"]
    for expected in ("$1,234.55", "1 payment", "Batch No. 1"):
        assert expected in said(app)
    assert "paiement" not in said(app)
