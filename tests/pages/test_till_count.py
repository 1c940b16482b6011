"""« Décompte » on the real screen: blind, kept as it is typed, frozen once, counted again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from partnernet.domain.counts import CountDraft, CountEntries, FrozenCount
from partnernet.services import counts, payments, submissions, till, users
from tests.support import counting
from tests.support.requests import a_cheque, paying
from tests.support.screens import Screens, words
from tests.support.till_screen import (
    FLOAT_AND_125_05,
    all_said,
    begin,
    buttons,
    click,
    current,
    field,
    frozen,
    open_count,
    type_in,
)

# --- beginning --------------------------------------------------------------------------------------------------------


def test_a_till_that_was_never_opened_has_nothing_to_count(screens: Screens) -> None:
    app = open_count(screens)

    assert "cette caisse n'est pas ouverte" in app.info[0].value
    assert "Commencer le décompte" not in buttons(app)


def test_a_count_says_what_it_does_before_it_begins(screens: Screens) -> None:
    counting.take_cash(screens.world, "20.00")

    app = open_count(screens)

    assert "restent masqués jusqu'à ce que le décompte soit figé" in all_said(app)
    assert current(screens) is None, "opening the screen must NOT begin a count"


def test_nothing_expected_or_owed_is_shown_while_the_count_is_open(screens: Screens) -> None:
    app = type_in(begin(screens), {"Billets de 20 $": "2"})

    said = all_said(app)
    assert "40,00 $" in said, "what was counted"
    for amount in ("325,05", "125,05", "285,05"):
        assert amount not in said, "what is expected, owed or missing must NOT be shown"
    assert till.position(screens.world.db, by=screens.world.agent).figures is None


# --- the draft --------------------------------------------------------------------------------------------------------


def test_each_line_and_the_whole_are_valued_as_they_are_typed(screens: Screens) -> None:
    app = type_in(begin(screens), {"Pièces de 5 ¢": "3", "Rouleaux de 5 ¢": "2", "Billets de 100 $": "7"})

    said = words(app)
    for amount in ("4,15 $", "700,00 $", "704,15 $"):
        assert amount in said


def test_what_is_typed_is_there_after_a_reload_readable_or_not(screens: Screens) -> None:
    type_in(begin(screens), {"Pièces de 2 $": " 7 ", "Billets de 5 $": "1,5", "Rouleaux de 1 $": "1"})

    app = open_count(screens)

    assert field(app, "Pièces de 2 $") == " 7 "
    assert field(app, "Billets de 5 $") == "1,5"
    assert "illisible" in words(app)
    assert "39,00 $" in words(app), "1 ligne illisible, non comptée"


@pytest.mark.parametrize("typed", ["1,5", "-2", "deux", "2 rouleaux", "<b>1</b>", "100001", "*9*"])
def test_what_is_no_whole_number_is_refused_beside_its_line_when_freezing(screens: Screens, typed: str) -> None:
    app = type_in(begin(screens), {"Billets de 20 $": typed, "Billets de 5 $": "1"})

    app = click(app, "Figer le décompte")

    said = words(app).replace("&#x27;", "'")
    assert "20 $ : « " in said, "names the line as people name the note"
    assert "n'est pas un nombre de pièces. Écrivez un nombre entier de 0 à 100 000" in said
    assert field(app, "Billets de 20 $") == typed, "kept as typed"
    assert field(app, "Billets de 5 $") == "1"
    assert isinstance(current(screens), CountDraft), "it must NOT be frozen"


def test_every_faulty_line_is_told_at_once(screens: Screens) -> None:
    app = type_in(begin(screens), {"Billets de 20 $": "x", "Rouleaux de 25 ¢": "1,5"})

    app = click(app, "Figer le décompte")

    assert words(app).replace("&#x27;", "'").count("n'est pas un nombre de pièces") == 2


def test_blanks_are_zero_and_ten_thousand_coins_are_ten_thousand(screens: Screens) -> None:
    app = frozen(screens, {"Pièces de 5 ¢": "10 000"})

    assert "500,00 $" in words(app)
    kept = current(screens)
    assert isinstance(kept, FrozenCount)
    assert kept.pieces.lines() == ((5, 10_000),)


def test_what_another_browser_writes_enters_the_fields_of_this_one(screens: Screens) -> None:
    app = type_in(begin(screens), {"Billets de 20 $": "2", "Billets de 50 $": "1"})
    draft = current(screens)
    assert isinstance(draft, CountDraft)
    elsewhere = CountEntries(typed={2000: "3", 500: "4"})
    counts.save(screens.world.db, draft.id, elsewhere, by=screens.world.agent, at=screens.world.now)

    app = app.run()

    assert (field(app, "Billets de 20 $"), field(app, "Billets de 5 $")) == ("3", "4")
    assert field(app, "Billets de 50 $") == "1", "the other lines stay"


def test_what_was_typed_is_there_after_looking_at_another_view(screens: Screens) -> None:
    app = type_in(begin(screens), {"Billets de 20 $": "2"})
    app.query_params.clear()
    app = app.run()
    assert not [field for field in app.text_input if field.label == "Billets de 20 $"]

    app.query_params["vue"] = "decompte"
    app = app.run()

    assert field(app, "Billets de 20 $") == "2"
    assert field(type_in(app, {"Billets de 20 $": "3"}), "Billets de 20 $") == "3"
    assert field(open_count(screens), "Billets de 20 $") == "3"


def test_cheques_are_ticked_one_by_one_the_post_dated_ones_apart(screens: Screens) -> None:
    counting.take_cheque(screens.world, "412.37")
    counting.take_cheque(screens.world, "300.00", dated=screens.world.today + timedelta(days=7))
    app = begin(screens)
    assert "0 sur 2 · 0,00 $" in words(app)
    assert words(app).index("Cochez chaque chèque") < words(app).index("Postdatés")

    app.checkbox[0].check().run()

    assert "1 sur 2 · 412,37 $" in words(app)
    assert [box.value for box in open_count(screens).checkbox] == [True, False], "after a reload too"


def test_a_hostile_drawer_is_shown_as_it_is_written(screens: Screens) -> None:
    customer = screens.world.customer("100001", due=[("F-1", "80.00", screens.world.today)])
    sheet = a_cheque("000777", dated=screens.world.today, drawer="<b>Gros</b> **client**")
    payments.record(
        screens.world.db, paying(screens.world, customer, cheque=sheet), by=screens.world.agent, at=screens.world.now
    )

    app = begin(screens)

    assert [box.label for box in app.checkbox] == ["Chèque 000777"]
    assert "&lt;b&gt;Gros&lt;/b&gt; **client**" in words(app)


def test_payments_taken_while_counting_are_flagged(screens: Screens) -> None:
    app = begin(screens)
    assert "Aucun paiement pris depuis" in words(app)
    counting.take_cash(screens.world, "10.00")
    counting.take_cash(screens.world, "15.00")

    app = app.run()

    assert "2 paiements pris depuis le début du décompte" in words(app)


def test_a_count_given_up_is_forgotten_and_the_figures_come_back(screens: Screens) -> None:
    app = type_in(begin(screens), {"Billets de 20 $": "2"})

    app = click(app, "Abandonner le décompte")

    assert "Commencer le décompte" in buttons(app)
    assert current(screens) is None
    assert till.position(screens.world.db, by=screens.world.agent).figures is not None
    assert field(click(app, "Commencer le décompte"), "Billets de 20 $") == ""


# --- frozen -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("twenties", "found"), [("1", "La caisse balance"), ("0", "Il manque 20,00 $"), ("2", "Excédent de 20,00 $")]
)
def test_a_frozen_count_says_over_or_short_in_words_and_figures(screens: Screens, twenties: str, found: str) -> None:
    app = frozen(screens, {**FLOAT_AND_125_05, "Billets de 20 $": twenties})

    said = words(app)
    assert found in said
    assert "325,05 $" in said, "expected is revealed"
    assert "figé à" in said
    assert "à l&#x27;aveugle" in said


def test_payments_that_equal_the_difference_are_pointed_out(screens: Screens) -> None:
    receipt = counting.take_cash(screens.world, "20.00")
    half = counting.take_cash(screens.world, "10.00")
    other = counting.take_cash(screens.world, "77.00")

    app = frozen(screens, {**FLOAT_AND_125_05, "Billets de 50 $": "1", "Billets de 5 $": "8", "Pièces de 2 $": "1"})

    said = words(app)
    assert "Il manque 20,00 $" in said
    assert receipt.number in said
    assert receipt.customer.name in said
    assert half.number in said
    assert "la moitié de l&#x27;écart" in said
    assert other.number not in said


def test_a_cheque_that_was_not_ticked_stands_in_the_way_and_is_listed(screens: Screens) -> None:
    receipt = counting.take_cheque(screens.world, "412.37")
    assert receipt.cheque is not None

    app = frozen(screens, FLOAT_AND_125_05)

    said = words(app)
    assert "1 chèque du grand livre n&#x27;est pas coché : retrouvez-le et recomptez" in said
    assert receipt.cheque.number in said
    assert "Soumettre la réconciliation" not in buttons(app)
    assert "Recompter" in buttons(app)


def test_a_drawer_that_cannot_make_the_sum_asks_for_change(screens: Screens) -> None:
    app = frozen(screens, {"Billets de 100 $": "3", "Pièces de 1 $": "25"})

    said = words(app)
    assert "faites de la monnaie, puis recomptez" in said
    assert "125,05 $" in said
    assert "Soumettre la réconciliation" not in buttons(app)


def test_a_recount_is_added_not_blind_and_the_first_is_kept(screens: Screens) -> None:
    app = frozen(screens, {**FLOAT_AND_125_05, "Billets de 20 $": "0"})

    app = click(app, "Recompter")
    assert "non à l&#x27;aveugle" in words(app)
    assert "325,05" not in all_said(app), "hidden again while it is open"
    assert field(app, "Billets de 100 $") == "", "what is counted again is typed again"

    app = click(type_in(app, FLOAT_AND_125_05), "Figer le décompte")

    said = words(app)
    assert "La caisse balance" in said
    assert "Décompte no 2" in said
    assert said.index("Décompte no 2") < said.index("Décompte no 1"), "the earlier one below"
    assert "Il manque 20,00 $" in said


def test_giving_up_a_recount_comes_back_to_the_frozen_count(screens: Screens) -> None:
    app = click(frozen(screens, FLOAT_AND_125_05), "Recompter")

    app = click(app, "Abandonner le décompte")

    assert "La caisse balance" in words(app)
    assert "Soumettre la réconciliation" in buttons(app)


def test_freezing_twice_is_one_count(screens: Screens) -> None:
    first = type_in(begin(screens), FLOAT_AND_125_05)
    second = open_count(screens)

    click(first, "Figer le décompte")
    second = click(second, "Figer le décompte")

    assert "Décompte no 1, figé" in words(second)
    assert "La caisse balance" in words(second)
    ready = submissions.prepared(screens.world.db, by=screens.world.agent, at=screens.world.now)
    assert ready is not None
    assert ready.earlier == ()


def test_what_is_typed_into_a_count_frozen_elsewhere_is_said_not_to_be_in_it(screens: Screens) -> None:
    first = type_in(begin(screens), FLOAT_AND_125_05)
    second = open_count(screens)
    click(first, "Figer le décompte")

    second = type_in(second, {"Billets de 50 $": "9"})

    said = words(second)
    assert "Ce décompte n&#x27;est plus en cours" in said
    assert "La caisse balance" in said, "the count is what it was"


def test_whoever_chose_english_counts_in_english(screens: Screens) -> None:
    counting.take_cash(screens.world, "20.00")
    users.set_language(screens.world.db, "en", by=screens.world.agent)
    app = click(open_count(screens), "Start the count")

    app = click(type_in(app, {"$20 notes": "2", "25¢ coins": "2,5"}), "Freeze the count")
    assert "unreadable" in words(app)

    app = click(type_in(app, {"25¢ coins": ""}), "Freeze the count")
    assert "$20.00 over" in words(app)
