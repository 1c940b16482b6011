"""« Sac »: collections sealed during the day, once, from what is on hand; every refusal beside the bag."""

from __future__ import annotations

from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from partnernet.domain.receipts import Receipt
from partnernet.services import counts, drops, payments
from tests.support.counting import take_cash
from tests.support.requests import a_cheque, float_received, holding, money, paying
from tests.support.screens import Screens
from tests.support.till_screen import SCREEN, all_said, buttons, click, field

KEY = "Ab3dEf6hIj9lMn2p"


@pytest.fixture
def counter(screens: Screens) -> Screens:
    """A float of 200.00 and 100.00 collected."""
    float_received(screens.world, "200.00")
    take_cash(screens.world, "100.00")
    return screens


def cheque(screens: Screens, drawer: str = "L'Œuvre des Sœurs") -> Receipt:
    world = screens.world
    customer = world.customer("200001", due=[("G-1", "412.37", world.today)])
    request = paying(world, customer, cheque=a_cheque("000412", world.today, drawer))
    return payments.record(world.db, request, by=world.agent, at=world.later(minutes=1))


def opened(screens: Screens) -> AppTest:
    return screens.open(SCREEN, screens.world.agent, vue="sac", op=KEY)


def seal(app: AppTest, lines: dict[str, str]) -> AppTest:
    """A form's fields arrive with its button."""
    for label, typed in lines.items():
        next(each for each in app.text_input if each.label == label).set_value(typed)
    return click(app, "Sceller le sac")


def test_a_bag_is_sealed_with_pieces_and_the_cheques_ticked(counter: Screens) -> None:
    cheque(counter)
    app = opened(counter)
    next(box for box in app.checkbox if "000412" in box.label).set_value(True)

    app = seal(app, {"Billets de 20 $": "3"})

    assert not app.exception
    assert "Sac no 1 scellé" in all_said(app)
    (waiting,) = drops.waiting(counter.world.db, by=counter.world.supervisor, at=counter.world.now)
    assert waiting.bag.total == money("472.37")
    assert "Sceller le sac" not in buttons(app), "the form must NOT be there again"
    assert holding(counter.world, counter.world.agent).expected_cash == money("240.00")


def test_opening_its_address_again_shows_the_bag_and_seals_no_second_one(counter: Screens) -> None:
    seal(opened(counter), {"Billets de 20 $": "3"})

    app = opened(counter)

    assert "Sac no 1 scellé" in all_said(app)
    assert len(drops.waiting(counter.world.db, by=counter.world.supervisor, at=counter.world.now)) == 1


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({}, "Sac : il est vide"),
        ({"Billets de 50 $": "3"}, "Sac : c'est plus que ce que vous avez encaissé"),
        ({"Billets de 20 $": "1,5"}, "n'est pas un nombre de pièces"),
        ({"Pièces de 2 $": "-2"}, "n'est pas un nombre de pièces"),
    ],
)
def test_what_cannot_be_bagged_is_said_and_what_was_typed_stays(
    counter: Screens, lines: dict[str, str], said: str
) -> None:
    app = seal(opened(counter), lines)

    assert said in unescape(all_said(app))
    assert [field(app, label) for label in lines] == list(lines.values())
    assert holding(counter.world, counter.world.agent).expected_cash == money("300.00")


def test_while_the_till_is_counted_nothing_is_dropped_and_no_amount_shows(counter: Screens) -> None:
    counts.start(counter.world.db, by=counter.world.agent, at=counter.world.later(minutes=1))

    app = opened(counter)

    assert "Sceller le sac" not in buttons(app)
    assert "300,00" not in all_said(app)
    assert "100,00" not in all_said(app)


def test_a_bag_that_nobody_has_received_stays_in_sight(counter: Screens) -> None:
    seal(opened(counter), {"Billets de 20 $": "3"})

    app = screens_with_new_key(counter)

    assert "Sacs remis, pas encore reçus" in all_said(app)
    assert "Sac no 1 : 60,00 $" in all_said(app)


def screens_with_new_key(counter: Screens) -> AppTest:
    return counter.open(SCREEN, counter.world.agent, vue="sac", op="Zz3dEf6hIj9lMn2p")
