"""« Soumettre la réconciliation » on the real screen: the bag, the explanation, the result, and what became of it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from partnernet.domain.reconciliations import DifferenceReason, Reconciliation
from partnernet.services import reversals, submissions
from tests.support import counting
from tests.support.requests import reversing
from tests.support.screens import Screens, words
from tests.support.till_screen import (
    FLOAT_AND_125_05,
    SCREEN,
    SHORT_OF_20,
    begin,
    buttons,
    click,
    field,
    frozen,
    key_of,
    open_count,
    own,
    type_in,
)


def _submitted(screens: Screens, app: AppTest) -> Reconciliation:
    """What the address of this screen says was submitted."""
    found = submissions.by_key(screens.world.db, key_of(app), by=screens.world.agent, at=screens.world.now)
    assert found is not None
    return found


# --- submitting -------------------------------------------------------------------------------------------------------


def _explain(app: AppTest, reason: DifferenceReason | None, note: str) -> AppTest:
    if reason:
        app = app.selectbox[0].set_value(reason).run()
    return app.text_area[0].set_value(note).run()


def test_the_bag_is_proposed_large_pieces_first(screens: Screens) -> None:
    app = frozen(screens, FLOAT_AND_125_05)

    assert field(app, "100 $ au sac") == "1"
    assert field(app, "20 $ au sac") == "1"
    assert field(app, "5 $ au sac") == "1"
    assert field(app, "5 ¢ au sac") == "1"
    assert "200,00 $" in words(app), "the float stays"
    assert "Raison de l'écart" not in [box.label for box in app.selectbox], "nothing to explain"


def test_submitting_says_what_was_sealed_and_a_reload_says_it_again(screens: Screens) -> None:
    counting.take_cheque(screens.world, "412.37")
    app = type_in(begin(screens), FLOAT_AND_125_05)
    app = app.checkbox[0].check().run()
    app = click(app, "Figer le décompte")

    app = click(app, "Soumettre la réconciliation")

    again = open_count(screens, op=key_of(app))
    for said in (words(app), words(again)):
        assert "Réconciliation no 1" in said
        assert "en attente d&#x27;approbation" in said
        assert "537,42 $" in said
        assert "125,05 $" in said
    assert "Soumettre la réconciliation" not in buttons(again)
    (submitted,) = own(screens)
    assert str(submitted.total) == "537.42"
    assert f"/print/till-report/{submitted.id}" in str(again.get("link_button")[0].proto)


@pytest.mark.parametrize(
    ("reason", "note"), [(None, "monnaie rendue deux fois"), (DifferenceReason.CHANGE_ERROR, "  "), (None, "")]
)
def test_a_difference_needs_a_reason_and_a_note_and_nothing_is_lost(
    screens: Screens, reason: DifferenceReason | None, note: str
) -> None:
    app = frozen(screens, SHORT_OF_20)
    assert app.selectbox[0].value is None, "nothing is chosen for the agent"
    app = _explain(type_in(app, {"5 $ au sac": "1"}), reason, note)

    app = click(app, "Soumettre la réconciliation")

    assert "un écart de 20,00 $ dépasse la tolérance de 0,00 $" in words(app)
    assert (app.selectbox[0].value, app.text_area[0].value) == (reason, note)
    assert own(screens) == ()


def test_a_shortage_that_is_explained_is_submitted(screens: Screens) -> None:
    app = _explain(frozen(screens, SHORT_OF_20), DifferenceReason.CHANGE_ERROR, "monnaie rendue deux fois")

    app = click(app, "Soumettre la réconciliation")

    assert "Réconciliation no 1" in words(app)
    assert "Il manque 20,00 $" in words(app)
    (submitted,) = own(screens)
    assert (str(submitted.difference), str(submitted.total)) == ("-20.00", "125.05")


def test_other_pieces_worth_the_same_may_go_into_the_bag(screens: Screens) -> None:
    app = frozen(screens, {**FLOAT_AND_125_05, "Billets de 100 $": "2", "Billets de 50 $": "2"})
    app = type_in(app, {"100 $ au sac": "", "50 $ au sac": "2"})

    app = click(app, "Soumettre la réconciliation")

    assert "Réconciliation no 1" in words(app)
    found = _submitted(screens, app)
    assert found.bag.pieces.lines() == ((5, 1), (500, 1), (2000, 1), (5000, 2))


@pytest.mark.parametrize(
    ("in_bag", "refused"),
    [
        ({"100 $ au sac": "0"}, "il doit contenir exactement 125,05 $"),
        ({"100 $ au sac": "0", "20 $ au sac": "6"}, "choisis parmi les pièces et billets comptés"),
        ({"100 $ au sac": "1,5"}, "n&#x27;est pas un nombre de pièces"),
        ({"100 $ au sac": "-1"}, "n&#x27;est pas un nombre de pièces"),
    ],
)
def test_a_bag_that_is_not_what_was_collected_is_refused_beside_its_lines(
    screens: Screens, in_bag: dict[str, str], refused: str
) -> None:
    app = type_in(frozen(screens, FLOAT_AND_125_05), in_bag)

    app = click(app, "Soumettre la réconciliation")

    assert refused in words(app)
    assert {label: field(app, label) for label in in_bag} == in_bag, "kept as typed"
    assert own(screens) == ()


def test_a_till_that_moved_after_freezing_is_counted_again(screens: Screens) -> None:
    counting.receive_float(screens.world, "200.00")
    receipt = counting.take_cash(screens.world, "125.05")
    app = click(open_count(screens), "Commencer le décompte")
    app = click(type_in(app, FLOAT_AND_125_05), "Figer le décompte")
    world = screens.world
    reversals.reverse(
        world.db, reversing(receipt.number), by=world.supervisor, at=world.later(minutes=1), proved_at=world.now
    )

    app = click(app, "Soumettre la réconciliation")

    assert "La caisse a bougé depuis que le décompte est figé" in words(app)
    assert "Recompter" in buttons(app)
    assert own(screens) == ()


def test_a_till_without_cash_or_cheques_is_submitted_empty(screens: Screens) -> None:
    counting.receive_float(screens.world, "5.00")
    app = click(open_count(screens), "Commencer le décompte")
    app = click(type_in(app, {"Billets de 5 $": "1"}), "Figer le décompte")

    app = click(app, "Soumettre la réconciliation")

    assert "Réconciliation no 1" in words(app)
    assert "0,00 $" in words(app)


def test_a_count_is_submitted_once_from_two_tabs(screens: Screens) -> None:
    first = frozen(screens, FLOAT_AND_125_05)
    second = open_count(screens)

    first = click(first, "Soumettre la réconciliation")
    second = click(second, "Soumettre la réconciliation")

    for app in (first, second):
        assert "Réconciliation no 1" in words(app)
    assert len(own(screens)) == 1


def test_the_result_gives_way_to_a_new_count(screens: Screens) -> None:
    app = click(frozen(screens, FLOAT_AND_125_05), "Soumettre la réconciliation")

    app = click(app, "Nouveau décompte")

    assert "Commencer le décompte" in buttons(app)
    assert "op" not in app.query_params


def test_another_s_key_shows_nothing_of_their_submission(screens: Screens) -> None:
    app = click(frozen(screens, FLOAT_AND_125_05), "Soumettre la réconciliation")

    other = screens.open(SCREEN, screens.world.other_agent, vue="decompte", op=key_of(app))

    assert "cette caisse n'est pas ouverte" in other.info[0].value
    assert "Réconciliation no" not in words(other)


@pytest.mark.parametrize("op", ["a-key-that-made-nothing", "x'; DROP TABLE bag", ""])
def test_an_address_with_a_key_that_made_nothing_shows_the_count(screens: Screens, op: str) -> None:
    frozen(screens, FLOAT_AND_125_05)

    app = open_count(screens, op=op)

    assert not app.exception
    assert "La caisse balance" in words(app)
    assert "Soumettre la réconciliation" in buttons(app)


# --- what became of it ------------------------------------------------------------------------------------------------


def test_one_s_last_submissions_are_listed_with_their_state(screens: Screens) -> None:
    app = click(frozen(screens, FLOAT_AND_125_05), "Soumettre la réconciliation")
    found = _submitted(screens, app)
    assert "En attente d&#x27;approbation" in words(open_count(screens))

    counting.approve(screens.world, found)

    said = words(open_count(screens))
    assert "Approuvée" in said
    assert "En attente" not in said
    assert f"/print/till-report/{found.id}" in said


def test_a_submission_sent_back_says_why_until_it_is_counted_again(screens: Screens) -> None:
    app = click(frozen(screens, FLOAT_AND_125_05), "Soumettre la réconciliation")
    found = _submitted(screens, app)
    counting.send_back(screens.world, found)

    app = open_count(screens)
    assert "Réconciliation no 1 retournée par Anne Lavoie" in words(app)
    assert "Recomptez les billets de 20 $." in words(app)

    app = click(app, "Commencer le décompte")
    assert "Recomptez les billets de 20 $." in words(app)
    assert "non à l&#x27;aveugle" in words(app), "its figures are known"

    app = click(type_in(app, FLOAT_AND_125_05), "Figer le décompte")
    assert "retournée" not in words(app)
    app = click(app, "Soumettre la réconciliation")
    assert "Réconciliation no 2" in words(app)
