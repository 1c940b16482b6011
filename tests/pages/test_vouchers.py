"""« Bons de petite caisse »: paid once, refused beside the field, taken back by its agent, the fund made whole."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from partnernet.domain.keys import is_key
from partnernet.domain.petty_cash import VoucherCategory
from partnernet.services import counts, replenishments, users
from partnernet.storage import tables
from tests.support.requests import float_received, holding, money, new_key
from tests.support.screens import Screens, pay, words

SCREEN = "petite_caisse"
KEY = "Ab3dEf6hIj9lMn2p"
HOSTILE = '<img src=x onerror="alert(1)"> **L\'Œuvre** :red[des] Sœurs =1+1'


@pytest.fixture
def counter(screens: Screens) -> Screens:
    """An agent with a float of 200.00 in the drawer."""
    world = screens.world
    float_received(world, "200.00")
    return screens


def opened(screens: Screens, key: str = KEY) -> AppTest:
    return screens.open(SCREEN, screens.world.agent, vue="bons", op=key)


def filled(app: AppTest, *, payee: str = "Papeterie du Plateau", amount: str = "18,40", kept: bool = True) -> AppTest:
    """Everything typed and chosen, nothing submitted; a form's fields arrive with its button."""
    for label, typed in (("Bénéficiaire", payee), ("Objet", "Rouleaux de papier"), ("Montant", amount)):
        field(app, label).set_value(typed)
    next(box for box in app.selectbox if box.label == "Catégorie").set_value(VoucherCategory.OFFICE)
    next(radio for radio in app.radio if radio.label == "Pièce justificative").set_value(kept)
    return app


def field(app: AppTest, label: str) -> Any:
    return next(element for element in app.text_input if element.label == label)


def press(app: AppTest, name: str) -> AppTest:
    return next(button for button in app.button if button.label == name).click().run()


def choose_last(app: AppTest, screens: Screens) -> AppTest:
    """The voucher paid last, chosen to be cancelled."""
    with screens.world.db.read() as connection:
        last = connection.execute(select(func.max(tables.voucher.c.posting_id))).scalar_one()
    return next(box for box in app.selectbox if box.label == "Bon à annuler").set_value(last).run()


def posted_cents(screens: Screens) -> list[int]:
    with screens.world.db.read() as connection:
        return list(connection.execute(select(tables.voucher.c.amount_cents)).scalars())


def test_a_voucher_is_paid_from_the_float_and_shown(counter: Screens) -> None:
    app = press(filled(opened(counter)), "Payer le bon")

    said = words(app)
    assert not app.exception
    assert "Bon payé : 18,40 $" in said
    assert "<dt>Fonds présent</dt><dd>181,60 $</dd>" in said
    assert "<dt>À renflouer</dt><dd>18,40 $</dd>" in said
    assert "Papeterie du Plateau — Rouleaux de papier" in said
    assert not [button for button in app.button if button.label == "Payer le bon"], "the form must NOT be there again"
    assert holding(counter.world, counter.world.agent).expected_cash == money("181.60")


def test_opening_its_address_again_shows_the_voucher_and_never_the_form(counter: Screens) -> None:
    press(filled(opened(counter)), "Payer le bon")

    app = opened(counter)

    assert "Bon payé : 18,40 $" in words(app)
    assert posted_cents(counter) == [1840]


def test_a_new_voucher_has_a_key_and_fields_of_its_own(counter: Screens) -> None:
    app = press(filled(opened(counter)), "Payer le bon")

    app = press(app, "Nouveau bon")

    key = app.query_params["op"]
    assert is_key(key if isinstance(key, str) else key[0])
    assert KEY not in key
    assert field(app, "Bénéficiaire").value == ""
    press(filled(app, amount="14,10"), "Payer le bon")
    assert posted_cents(counter) == [1840, 1410]


def test_everything_that_is_missing_is_said_at_once_and_what_was_typed_is_kept(counter: Screens) -> None:
    app = opened(counter)
    field(app, "Date").set_value("2026-02-31")
    field(app, "Objet").set_value("Timbres")

    app = press(app, "Payer le bon")

    said = words(app)
    for sentence in (
        "Bénéficiaire : à remplir.",
        "Catégorie : choisissez",
        "Montant : indiquez",
        "Date : « 2026-02-31 »",
        "Pièce justificative : dites",
    ):
        assert sentence in said.replace("\u00a0", " ")
    assert field(app, "Objet").value == "Timbres"
    assert field(app, "Date").value == "2026-02-31"
    assert posted_cents(counter) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0,03", "multiple de cinq cents"),
        ("0", "au moins cinq cents"),
        ("-5,00", "au moins cinq cents"),
        ("9 999 999,99", "multiple de cinq cents"),
        ("9 999 999,95", "50,00 $ par bon"),
        ("50,05", "50,00 $ par bon"),
        ("1,234", "peut se lire"),
        ("dix", "« dix »"),
    ],
)
def test_an_amount_that_cannot_be_is_refused_in_words(counter: Screens, typed: str, said: str) -> None:
    app = press(filled(opened(counter), amount=typed), "Payer le bon")

    assert said in words(app)
    assert field(app, "Montant").value == typed
    assert posted_cents(counter) == []


def test_five_cents_is_a_voucher(counter: Screens) -> None:
    press(filled(opened(counter), amount="0,05"), "Payer le bon")

    assert posted_cents(counter) == [5]


def test_vouchers_never_exceed_what_is_left_of_the_float(counter: Screens) -> None:
    for _time in range(4):
        press(filled(opened(counter, new_key()), amount="49,00"), "Payer le bon")
    pay(counter, "500.00", counter.world.agent)

    app = press(filled(opened(counter), amount="5,00"), "Payer le bon")

    assert "il reste 4,00 $ au fonds de caisse" in words(app), "the customers' 500.00 are NOT the branch's"
    assert sum(posted_cents(counter)) == 19600


@pytest.mark.parametrize("payee", ["L" * 101, "Marie\u202eTremblay"])
def test_a_payee_too_long_or_with_hidden_marks_is_refused_beside_its_field(counter: Screens, payee: str) -> None:
    app = press(filled(opened(counter), payee=payee), "Payer le bon")

    assert "Bénéficiaire" in words(app)
    assert field(app, "Bénéficiaire").value == payee
    assert posted_cents(counter) == []


def test_a_hostile_payee_is_shown_as_it_is_everywhere(counter: Screens) -> None:
    app = press(filled(opened(counter), payee=HOSTILE), "Payer le bon")
    app = press(choose_last(app, counter), "Annuler ce bon")

    assert "<img" not in words(app)
    assert "&lt;img src=x" in words(app)
    assert not any("**L" in element.value for element in app.markdown), "a name must NOT be read as markdown"


def test_a_missing_receipt_is_said_to_the_agent_and_marked(counter: Screens) -> None:
    app = press(filled(opened(counter), kept=False), "Payer le bon")

    assert "manquante" in words(app)
    assert "Sans pièce justificative" in app.warning[0].value


def test_a_voucher_is_cancelled_only_after_it_was_confirmed_and_the_money_is_back(counter: Screens) -> None:
    app = press(filled(opened(counter)), "Payer le bon")
    app = choose_last(app, counter)

    app = press(app, "Annuler ce bon")
    assert holding(counter.world, counter.world.agent).float_present == money("181.60"), "NOT before it is confirmed"
    app = press(app, "Confirmer l'annulation")

    assert holding(counter.world, counter.world.agent).float_present == money("200.00")
    said = words(app)
    assert "annulé</td>" in said, "both entries stay to be read"
    assert not [box for box in app.selectbox if box.label == "Bon à annuler"]
    assert "Ce bon a été annulé" in app.warning[0].value


def test_a_replenishment_is_asked_once_and_its_state_is_followed(counter: Screens) -> None:
    world = counter.world
    press(filled(opened(counter)), "Payer le bon")

    app = press(opened(counter), "Demander un renflouement")

    asked = replenishments.listed(world.db, by=world.supervisor)
    assert [request.amount for request in asked] == [money("18.40")]
    assert "En attente" in words(app)
    assert next(button for button in app.button if button.label == "Demander un renflouement").disabled
    replenishments.grant(world.db, asked[0].id, by=world.supervisor, at=world.later(seconds=5))
    said = words(opened(counter))
    assert "Accordé par Anne Lavoie" in said
    assert "<dt>Fonds présent</dt><dd>200,00 $</dd>" in said


def test_a_request_that_no_longer_fits_does_not_bar_the_next_one(counter: Screens) -> None:
    press(filled(opened(counter)), "Payer le bon")
    app = press(filled(opened(counter, new_key()), amount="14,10"), "Payer le bon")
    app = press(app, "Demander un renflouement")
    app = press(press(choose_last(app, counter), "Annuler ce bon"), "Confirmer l'annulation")
    assert "Ne tient plus" in words(app)

    app = press(app, "Demander un renflouement")

    waiting = [request.amount for request in replenishments.listed(counter.world.db, by=counter.world.agent)]
    assert waiting == [money("18.40"), money("32.50")]
    assert "En attente" in words(app)


def test_a_request_is_withdrawn_and_another_can_be_asked(counter: Screens) -> None:
    press(filled(opened(counter)), "Payer le bon")
    app = press(opened(counter), "Demander un renflouement")

    app = press(app, "Retirer la demande")

    assert "Retiré par Marie Tremblay" in words(app)
    assert "Retirer la demande" not in [button.label for button in app.button]
    app = press(app, "Demander un renflouement")
    assert "En attente" in words(app)
    assert len(replenishments.listed(counter.world.db, by=counter.world.agent)) == 2


def test_a_refusal_is_read_by_who_asked(counter: Screens) -> None:
    world = counter.world
    press(filled(opened(counter)), "Payer le bon")
    press(opened(counter), "Demander un renflouement")
    (asked,) = replenishments.listed(world.db, by=world.agent)
    replenishments.refuse(world.db, asked.id, "le <i>coffre</i>", by=world.supervisor, at=world.later(seconds=5))

    app = opened(counter)

    assert "Refusé par Anne Lavoie" in words(app)
    assert "« le &lt;i&gt;coffre&lt;/i&gt; »" in words(app)
    assert not next(button for button in app.button if button.label == "Demander un renflouement").disabled


def test_a_whole_fund_offers_nothing_to_ask(counter: Screens) -> None:
    app = opened(counter)

    assert next(button for button in app.button if button.label == "Demander un renflouement").disabled
    assert not [box for box in app.selectbox if box.label == "Bon à annuler"]


def test_while_the_till_is_counted_nothing_of_the_fund_is_told_and_nothing_is_paid(counter: Screens) -> None:
    app = filled(opened(counter))
    press(filled(opened(counter, new_key()), amount="14,10"), "Payer le bon")
    counts.start(counter.world.db, by=counter.world.agent, at=counter.world.later(seconds=5))

    app = press(app, "Payer le bon")

    assert posted_cents(counter) == [1410]
    assert "185,90" not in words(app)
    assert "14,10" not in words(app)
    assert "Décompte en cours" in app.info[0].value


def test_in_english_words_and_amounts_are_english(counter: Screens) -> None:
    users.set_language(counter.world.db, "en", by=counter.world.agent)
    app = opened(counter)

    assert "$200.00" in words(app)
    assert [element.label for element in app.text_input][:4] == ["Payee", "Purpose", "Amount", "Date"]
