"""« Relevé de compte »: the account as it stands, and its statement for the days that the address names."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest

from partnernet.domain.customers import Terms
from partnernet.domain.permissions import Role
from partnernet.domain.reversals import ReversalReason
from partnernet.services import reversals
from tests.support.requests import reversing
from tests.support.screens import Screens, words
from tests.support.statement_screen import LONG_NAME, PAGE, buttons, headings, links, owing, pay, query, said

# --- the account ----------------------------------------------------------------------------------------------------


def test_an_account_shows_what_is_open_and_how_late(screens: Screens) -> None:
    owing(screens, terms=Terms.BLOCKED)

    app = screens.open(PAGE, screens.world.agent, client="123456")

    text = said(app)
    assert "<dt>Total dû</dt><dd>500,48 $</dd>" in text
    assert "<dt>En souffrance</dt><dd>412,37 $</dd>" in text
    assert "12 jours" in text
    assert ">0 jour" not in text, "a document due today is NOT late"
    assert "Compte bloqué" in text
    assert headings(app) == ["Documents ouverts", "Paiements depuis l'import", "Relevé pour une période"]


def test_the_age_of_the_balance_is_in_words_and_figures(screens: Screens) -> None:
    owing(screens)

    text = said(screens.open(PAGE, screens.world.agent, client="123456"))

    assert "Âge du solde" in text
    for band, amount in (("current", "88,11 $"), ("to_30_days", "412,37 $"), ("over_90_days", "0,00 $")):
        after = text.split(f'<dt class="pn-band-{band}">')[1]
        assert after.split("<dd>")[1].startswith(amount)
    assert 'aria-hidden="true"' in text, "the bar is NOT read aloud: the figures say the same"


def test_payments_since_the_import_say_what_became_of_them(screens: Screens) -> None:
    customer = owing(screens)
    undone = pay(screens, customer, "20.00")
    pay(screens, customer, "30.00", cheque="000777")
    reversals.reverse(
        screens.world.db, reversing(undone.number, reason=ReversalReason.DUPLICATE), by=screens.world.supervisor,
        at=screens.world.later(seconds=1), proved_at=screens.world.now,
    )  # fmt: skip

    text = said(screens.open(PAGE, screens.world.agent, client="123456"))

    assert "<dt>Paiements depuis l'import</dt><dd>30,00 $</dd>" in text
    assert "1 paiement, 1 contre-passation" in text
    assert f"contre-passé le {screens.world.today}" in text
    assert "Paiement pris deux fois" in text
    assert "-20,00 $" in text
    assert "Chèque 000777" in text


def test_payments_alone_are_said_to_be_taken_off_already(screens: Screens) -> None:
    pay(screens, owing(screens), "20.00")

    text = said(screens.open(PAGE, screens.world.agent, client="123456"))

    assert "1 paiement, déjà déduit" in text
    assert "contre-passation" not in text.lower().split("documents ouverts")[0]


def test_a_receipt_is_printed_again_where_it_was_taken_only(screens: Screens) -> None:
    customer = owing(screens)
    quebec = screens.world.person("PB0001", "Léo Roy", Role.AGENT, screens.world.new_branch("QUE", "Québec"))
    here, there = pay(screens, customer, "20.00"), pay(screens, customer, "30.00", by=quebec)
    auditor = screens.world.person("AU1000", "Jeanne Roy", Role.AUDITOR)

    text = said(screens.open(PAGE, screens.world.agent, client="123456"))

    assert f"/print/receipt/{here.number}?" in text
    assert there.number in text
    assert f"/print/receipt/{there.number}" not in text
    assert "/print/receipt" not in said(screens.open(PAGE, auditor, client="123456"))


def test_a_supervisor_is_led_to_the_correction_of_a_payment_in_force(screens: Screens) -> None:
    customer = owing(screens)
    taken = pay(screens, customer, "20.00")
    leads = f'href="/contre-passations?recu={taken.number}"'

    assert leads in said(screens.open(PAGE, screens.world.supervisor, client="123456"))
    assert leads not in said(screens.open(PAGE, screens.world.agent, client="123456"))
    reversals.reverse(
        screens.world.db, reversing(taken.number), by=screens.world.supervisor, at=screens.world.later(seconds=1),
        proved_at=screens.world.now,
    )  # fmt: skip
    assert leads not in said(screens.open(PAGE, screens.world.supervisor, client="123456"))


def test_an_account_in_credit_says_so_and_has_no_age(screens: Screens) -> None:
    screens.world.customer("123456", credit_notes=[("NC-1", "40.00", screens.world.today)])

    app = screens.open(PAGE, screens.world.agent, client="123456")

    assert "<dt>Total dû</dt><dd>40,00 CR</dd>" in said(app)
    assert "crédit au compte" in said(app)
    assert "Âge du solde" not in said(app)
    assert "Note de crédit" in said(app)
    assert "Crédits" in headings(app)
    assert app.info[0].value == "Aucun document ouvert."


def test_before_the_first_import_the_account_has_no_statement(screens: Screens) -> None:
    screens.world.customer("123456")

    app = screens.open(PAGE, screens.world.agent, client="123456")

    assert "Aucun solde importé" in said(app)
    assert "Aucun relevé n'est possible avant le premier import des soldes." in [info.value for info in app.info]
    assert links(app) == {}


def test_three_hundred_documents_are_all_there(screens: Screens) -> None:
    today = screens.world.today
    due = [(f"F-{n:03d}", "10.00", today - timedelta(days=n)) for n in range(300)]
    screens.world.customer("123456", due=due)

    app = screens.open(PAGE, screens.world.agent, client="123456")

    assert sum(f"F-{n:03d}" in said(app) for n in range(300)) == 300
    assert not app.exception


def test_a_hostile_name_is_shown_as_it_is(screens: Screens) -> None:
    hostile = "**x** :red[y] <script>alert(1)</script> " + LONG_NAME[:150]
    owing(screens, name=hostile)

    app = screens.open(PAGE, screens.world.agent, client="123456")

    assert "&lt;script&gt;" in words(app)
    assert "<script>" not in words(app)
    assert not app.exception


# --- whose it is ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["404", "\x00", "<b>x</b>"])
def test_a_link_to_no_account_says_so_and_offers_another_search(screens: Screens, number: str) -> None:
    app = screens.open(PAGE, screens.world.agent, client=number)

    assert "aucun client n'a le numéro" in app.error[0].value.replace("\\", "")
    assert buttons(app) == ["Chercher un autre client"]


@pytest.mark.parametrize(("role", "offered"), [(Role.AGENT, True), (Role.SUPERVISOR, True), (Role.AUDITOR, False)])
def test_only_whoever_takes_payments_is_offered_to_take_one(screens: Screens, role: Role, offered: bool) -> None:
    owing(screens)
    person = screens.world.person("XX1000", "Jeanne Roy", role, None if role is Role.AUDITOR else screens.world.branch)

    app = screens.open(PAGE, person, client="123456")

    assert ("Prendre un paiement" in buttons(app)) is offered
    assert "Locations Richard" in said(app)


def test_an_administrator_sees_no_account(screens: Screens) -> None:
    owing(screens)
    administrator = screens.world.person("AD1000", "Paul Roy", Role.ADMINISTRATOR)

    app = screens.open(PAGE, administrator, client="123456")

    assert app.error[0].value == "Vous n'avez pas accès à cette page"
    assert "Locations Richard" not in said(app)


def test_a_payment_is_taken_from_the_account(screens: Screens) -> None:
    owing(screens)
    app = screens.open(PAGE, screens.world.agent, client="123456")

    next(button for button in app.button if button.label == "Prendre un paiement").click().run()

    assert app.title[0].value == "Paiement de compte"
    assert query(app)["client"] == "123456"


def test_the_payment_form_leads_to_the_account_in_a_tab_of_its_own(screens: Screens) -> None:
    number = "12-34.5"
    owing(screens, number)

    text = said(screens.open("paiement", screens.world.agent, client=number))

    assert f'<a href="/releve?client={quote(number)}" target="_blank">Relevé de compte</a>' in text
