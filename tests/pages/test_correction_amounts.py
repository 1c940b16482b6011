"""An amount that cannot be read is told while the correction is filled in, not only by its button."""

from __future__ import annotations

import pytest

from tests.support.approvals import said
from tests.support.correction_screen import KEPT, answer, correct, fill, open_receipt
from tests.support.counting import take_cash
from tests.support.screens import Screens

PROMISE = "Répondez aux questions"


@pytest.mark.parametrize(
    ("typed", "sentence"), [("1,234", "1,234"), ("0", "zéro"), ("-5", "zéro"), ("531.385", "deux décimales")]
)
def test_what_cannot_be_an_amount_is_told_before_the_button(screens: Screens, typed: str, sentence: str) -> None:
    paid = take_cash(screens.world, "60.00")
    app = answer(answer(open_receipt(screens, paid), "Raison", "Mauvais montant"), "Où est l'argent ?", KEPT)
    assert PROMISE in said(app), "what is still to be typed is no fault"

    app = fill(app, Bon_montant=typed)
    told = said(app)

    assert "Montant" in told
    assert sentence in told
    assert PROMISE not in told
    after = said(correct(app))
    assert after.count(sentence) == told.count(sentence), "then it stands beside the field, and is not said twice"
