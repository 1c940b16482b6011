"""The password again before a correction: asked before anything is typed, or in the place of the form with all of it
kept; and one account kept to cash, until a supervisor says why not."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason
from partnernet.services import customers
from partnernet.web import correction_fields
from tests.support.approvals import buttons, let_proofs_grow_old, press, said
from tests.support.correcting import reverse
from tests.support.correction_screen import KEPT, SCREEN, answer, correct, fill, now_reads, open_receipt
from tests.support.requests import new_key, reversing
from tests.support.screens import Screens, open_as, open_session, pay, words

WHERE = "Où est l'argent ?"


@pytest.fixture
def cash(screens: Screens) -> Receipt:
    return pay(screens, "60.00", screens.world.agent)


def kept(text: str) -> list[str]:
    """What the password form carries: the answers, and the note after them."""
    found = re.search(r'name="kept" value="([^"]*)"', text)
    assert found is not None
    return unescape(found[1]).split("\n", 1)


def test_an_old_proof_asks_the_password_before_anything_is_typed(screens: Screens, cash: Receipt) -> None:
    token = open_session(screens.world, screens.world.supervisor)
    let_proofs_grow_old(screens.world, token)

    app = open_as(token, SCREEN, recu=cash.number, op=new_key())

    assert '<form class="pn-proof" method="post" action="/prove">' in words(app)
    assert not app.radio
    assert not app.text_input, "no widget ever holds a password"


def test_a_proof_that_grows_old_meanwhile_interrupts_nobody_who_is_typing(screens: Screens, cash: Receipt) -> None:
    app = answer(open_receipt(screens, cash), "Raison", "Mauvais montant")
    let_proofs_grow_old(screens.world)

    app = answer(app, WHERE, KEPT)

    assert "pn-proof" not in words(app)
    assert [field.label for field in app.text_input] == ["Bon montant"]


def test_the_button_then_asks_the_password_and_keeps_everything_that_was_filled_in(
    screens: Screens, cash: Receipt
) -> None:
    app = answer(answer(open_receipt(screens, cash), "Raison", "Mauvais montant"), WHERE, KEPT)
    app = fill(app, Bon_montant="50,00")
    let_proofs_grow_old(screens.world)

    app = correct(app, "il a donné « 50 » & rien d'autre")

    answers, note = kept(words(app))
    assert json.loads(answers)[0] == ["wrong_amount", "kept", ""]
    assert json.loads(answers)[1][1] == "50,00"
    assert note == "il a donné « 50 » & rien d'autre"
    assert now_reads(screens, cash.number).reversal is None, "nothing is done before the password is given"
    assert "Contre-passer et réinscrire" not in buttons(app)


@pytest.mark.parametrize("text", ["", "x", "[]", "{}\nnote", '[["no_such"], [], true]', "[[], [], []]", '[1, 2, 3]\n"'])
def test_a_note_that_no_form_has_written_fills_nothing(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, object] = {}
    monkeypatch.setattr("streamlit.session_state", state)

    correction_fields.restore("k" * 16, text)

    assert state == {}


# --- kept to cash ---------------------------------------------------------------------------------------------------


def marked(screens: Screens) -> Receipt:
    """A cheque that the bank has returned, its account kept to cash since."""
    paid = pay(screens, "412.37", screens.world.agent, cheque="000123")
    reverse(
        screens.world,
        reversing(paid.number, reason=ReversalReason.RETURNED_CHEQUE, note="Sans provision", cash_only=True),
    )
    return paid


def test_the_account_says_since_which_cheque_it_takes_cash_only(screens: Screens) -> None:
    paid = marked(screens)

    app = screens.open("releve", screens.world.agent, client=paid.customer.number)

    assert f"Comptant seulement depuis le chèque retourné du reçu no {paid.number} : par Anne Lavoie" in said(app)
    assert "« Sans provision »" in said(app)
    assert "Lever la restriction" not in buttons(app), "an agent lifts nothing"


def test_a_supervisor_lifts_the_restriction_and_says_why(screens: Screens) -> None:
    paid = marked(screens)
    app = screens.open("releve", screens.world.supervisor, client=paid.customer.number)
    app = press(app, "Lever la restriction")
    assert "Note : dites pourquoi les chèques sont acceptés à nouveau" in said(app)

    app.text_area[0].set_value("Chèque visé reçu en remplacement.")
    app = press(app, "Lever la restriction")

    assert "Comptant seulement" not in said(app)
    account = customers.account(screens.world.db, paid.customer.number, by=screens.world.agent, at=screens.world.now)
    assert not account.customer.cash_only
