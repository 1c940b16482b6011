"""« Approuver » and « Retourner »: never one's own, once, with the password again, and what the other tab is told."""

from __future__ import annotations

import pytest

from partnernet.domain.permissions import Role
from partnernet.domain.reconciliations import Reconciliation, ReconciliationState
from tests.support.approvals import buttons, let_proofs_grow_old, press, said, short_of_20, state_of
from tests.support.counting import change_settings
from tests.support.screens import Screens, open_as, open_session, words

SCREEN = "reconciliations"


@pytest.fixture
def submitted(screens: Screens) -> Reconciliation:
    return short_of_20(screens.world)


# --- deciding -------------------------------------------------------------------------------------------------------


def test_approving_says_who_and_when_and_offers_nothing_more(screens: Screens, submitted: Reconciliation) -> None:
    app = press(screens.open(SCREEN, screens.world.supervisor, no=str(submitted.number)), "Approuver")

    assert "Approuvée par Anne Lavoie, le" in said(app).replace("</strong>", "")
    assert state_of(screens) is ReconciliationState.APPROVED
    assert not {"Approuver", "Retourner"} & set(buttons(app))
    assert "pn-refusal" not in words(app)


def test_sending_back_takes_a_reason(screens: Screens, submitted: Reconciliation) -> None:
    app = press(screens.open(SCREEN, screens.world.supervisor, no=str(submitted.number)), "Retourner")
    assert "Raison : dites à l'agent pourquoi" in said(app)
    assert "pn-refusal-whole" not in words(app), "the sentence stands beside its field"
    assert state_of(screens) is ReconciliationState.SUBMITTED

    app.text_area[0].set_value("Recomptez les billets de 20 $.")
    press(app, "Retourner")

    assert "Retournée par Anne Lavoie" in said(app).replace("</strong>", "")
    assert "Recomptez les billets de 20 $." in said(app)
    assert state_of(screens) is ReconciliationState.RETURNED


def test_the_other_tab_is_told_that_it_was_decided_already(screens: Screens, submitted: Reconciliation) -> None:
    other = screens.world.person("SU1001", "Guy Roy", Role.SUPERVISOR, screens.world.branch)
    here = screens.open(SCREEN, screens.world.supervisor, no=str(submitted.number))
    there = screens.open(SCREEN, other, no=str(submitted.number))
    press(here, "Approuver")

    press(there, "Approuver")

    assert "Cette réconciliation n'attend plus de décision" in said(there)
    assert "Approuvée par Anne Lavoie" in said(there).replace("</strong>", "")
    assert not {"Approuver", "Retourner"} & set(buttons(there))


def test_the_same_person_s_second_tab_is_told_nothing_wrong(screens: Screens, submitted: Reconciliation) -> None:
    here, there = (screens.open(SCREEN, screens.world.supervisor, no=str(submitted.number)) for _ in range(2))
    press(here, "Approuver")

    press(there, "Approuver")

    assert "pn-refusal" not in words(there)
    assert "Approuvée" in said(there)


def test_one_s_own_has_no_button_and_says_why(screens: Screens) -> None:
    own = short_of_20(screens.world, agent=screens.world.supervisor)

    app = screens.open(SCREEN, screens.world.supervisor, no=str(own.number))

    assert "Personne n'approuve ni ne retourne son propre travail" in said(app)
    assert not {"Approuver", "Retourner"} & set(buttons(app))
    assert not app.text_area
    listed = screens.open(SCREEN, screens.world.supervisor).dataframe[0].value
    assert list(listed["Agent"]) == ["Anne Lavoie (vous)"]


def test_in_a_branch_of_one_person_one_s_own_is_approved_and_marked(screens: Screens) -> None:
    change_settings(screens.world, one_person=True)
    own = short_of_20(screens.world, agent=screens.world.supervisor)
    app = screens.open(SCREEN, screens.world.supervisor, no=str(own.number))
    assert "votre décision sera marquée « sans deuxième personne »" in said(app)

    press(app, "Approuver")

    assert "Sans deuxième personne." in said(app)
    assert "À réviser par un auditeur." in said(app)


# --- the password again ---------------------------------------------------------------------------------------------


def test_an_old_proof_asks_the_password_in_the_place_of_the_buttons(
    screens: Screens, submitted: Reconciliation
) -> None:
    token = open_session(screens.world, screens.world.supervisor)
    let_proofs_grow_old(screens.world, token)

    app = open_as(token, SCREEN, no=str(submitted.number))

    text = words(app)
    assert '<form class="pn-proof" method="post" action="/prove">' in text
    assert 'name="next" value="/?no=1"' in text, "back to this submission (the harness knows no path)"
    assert not {"Approuver", "Retourner"} & set(buttons(app))
    assert not app.text_input, "no widget ever holds a password"


def test_a_proof_that_grew_old_while_reading_keeps_the_reason_that_was_typed(
    screens: Screens, submitted: Reconciliation
) -> None:
    token = open_session(screens.world, screens.world.supervisor)
    app = open_as(token, SCREEN, no=str(submitted.number))
    let_proofs_grow_old(screens.world)

    app.text_area[0].set_value('Recomptez "les 20 $" & <b>tout</b>')
    press(app, "Retourner")

    assert "Votre mot de passe a été donné il y a plus de cinq minutes" in said(app)
    assert 'name="kept" value="Recomptez &quot;les 20 $&quot; &amp; &lt;b&gt;tout&lt;/b&gt;"' in words(app)
    assert state_of(screens) is ReconciliationState.SUBMITTED
