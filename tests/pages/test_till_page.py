"""« Réconciliation de petite caisse »: the view of the address, and the report of the till in progress."""

from __future__ import annotations

import pytest

from tests.support.screens import Screens, words

SCREEN = "petite_caisse"


def test_the_report_is_what_the_plain_address_shows(screens: Screens) -> None:
    app = screens.open(SCREEN, screens.world.agent)

    assert app.title[0].value == "Réconciliation de petite caisse"
    assert app.button_group[0].value == "rapport"
    assert "caisse pas encore ouverte · fonds autorisé : 200,00 $" in words(app)


@pytest.mark.parametrize("view", ["decompte", "bons"])
def test_the_view_of_the_address_is_the_view_shown(screens: Screens, view: str) -> None:
    app = screens.open(SCREEN, screens.world.agent, vue=view)

    assert app.button_group[0].value == view
    assert not app.exception
