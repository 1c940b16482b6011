"""Where the money of a payment is, in words, and what its correction would move from there."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from partnernet.domain.receipts import Receipt
from tests.support.approvals import said
from tests.support.correcting import reach
from tests.support.correction_screen import KEPT, answer, correct, fill, now_reads, open_receipt, options
from tests.support.counting import make_slip, take_cash, take_cheque
from tests.support.requests import paying
from tests.support.screens import Screens
from tests.support.sharing import first_share, fortin, pays, richard

WHERE = "Où est l'argent ?"


def asked(screens: Screens, paid: Receipt, *answers: str) -> AppTest:
    """The form after its first answers."""
    app = open_receipt(screens, paid)
    for question, words in zip(("Raison", WHERE), answers, strict=False):
        app = answer(app, question, words)
    return app


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("open", "chèque en main, dans la caisse de Marie Tremblay"),
        ("submitted", "dans le sac scellé no 1"),
        ("approved", "dans le sac scellé no 1"),
        ("deposited", "déposé à la banque (sac no 1)"),
    ],
)
def test_a_cheque_is_on_hand_in_its_bag_or_at_the_bank(screens: Screens, state: str, words: str) -> None:
    paid = take_cheque(screens.world, "412.37")
    reach(screens.world, state, {})

    assert f"<dd>{words}</dd>" in said(open_receipt(screens, paid))


def test_a_cheque_at_the_bank_is_handed_back_by_nobody(screens: Screens) -> None:
    paid = take_cheque(screens.world, "412.37")
    reach(screens.world, "deposited", {})

    assert options(asked(screens, paid, "Mauvais client"), WHERE) == [KEPT, "Retourné par la banque"]
    app = asked(screens, paid, "Paiement pris deux fois")
    assert "Le chèque est à la banque : il ne revient que d'elle." in said(app)
    assert "n'est plus compté comme remis à BOC" in said(app)


def test_a_cheque_in_a_bag_leaves_it_by_its_number(screens: Screens) -> None:
    paid = take_cheque(screens.world, "412.37")
    reach(screens.world, "submitted", {})

    text = said(asked(screens, paid, "Mauvais montant", "Remis au client"))

    assert "sort du sac no 1. Remettez-le au client." in text


def test_a_cheque_on_its_way_to_the_bank_names_the_slip_that_must_be_printed_again(screens: Screens) -> None:
    paid = take_cheque(screens.world, "412.37")
    reach(screens.world, "approved", {})
    make_slip(screens.world)

    text = said(asked(screens, paid, "Paiement pris deux fois", "Remis au client"))

    assert "<dd>dans le sac scellé no 1, sur le bordereau no 1 en route vers la banque</dd>" in text
    assert "sort du sac no 1 : imprimez de nouveau le bordereau no 1. Remettez-le au client." in text


def test_cash_that_a_count_has_missed_already_moves_the_difference_and_no_drawer(screens: Screens) -> None:
    paid = take_cash(screens.world, "60.00")
    reach(screens.world, "submitted", {"20": 2})
    app = asked(screens, paid, "Mauvais montant", "Jamais reçu")
    assert "<dd>compté avec la caisse de Marie Tremblay, puis mis en sac</dd>" in said(app)
    assert "Le décompte a déjà trouvé qu'il manquait 60,00 $" in said(app)

    text = said(fill(answer(app, WHERE, KEPT), Bon_montant="40,00"))

    assert "l'écart de Marie Tremblay change, son tiroir ne bouge pas" in text


def test_a_shared_cheque_names_what_else_it_pays_and_goes_whole(screens: Screens) -> None:
    world = screens.world
    first = first_share(world, richard(world))
    second = pays(world, paying(world, fortin(world), "150.00", sheet=first.cheque_id))
    app = asked(screens, first, "Paiement pris deux fois", "Remis au client")
    text = said(app)
    assert f"Le même chèque paie aussi le reçu no {second.number} (Érablière Fortin)." in text
    assert "Les 2 reçus payés par ce chèque sont contre-passés ensemble" in text
    assert "Érablière Fortin</strong> 100002" in text, "both accounts are shown before and after"

    app = correct(app)

    assert f"Contre-passés avec lui : {second.number} (Érablière Fortin)" in said(app)
    assert now_reads(screens, second.number).reversal is not None


def test_a_shared_cheque_s_amount_is_refused_before_the_button(screens: Screens) -> None:
    world = screens.world
    first = first_share(world, richard(world))
    pays(world, paying(world, fortin(world), "150.00", sheet=first.cheque_id))

    text = said(fill(asked(screens, first, "Mauvais montant", KEPT), Bon_montant="300,00"))

    assert "règle plusieurs comptes" in text
