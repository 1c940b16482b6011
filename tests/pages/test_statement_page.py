"""« Relevé de compte »: the account as it stands, and its statement for the days that the address names."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from urllib.parse import quote

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from partnernet.domain.agents import Agent
from partnernet.domain.customers import Customer, Terms
from partnernet.domain.periods import PeriodChoice
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason
from partnernet.services import payments, reversals
from partnernet.storage import tables
from tests.support.requests import a_cheque, paying, reversing
from tests.support.screens import Screens, words

PAGE = "releve"
LONG_NAME = ("Coopérative de transport et d'entreposage des Îles-de-la-Madeleine et du Nunavik — " * 3)[:200]


def said(app: AppTest) -> str:
    """What the screen says, as a person reads it."""
    return unescape(words(app))


def buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def links(app: AppTest) -> dict[str, str]:
    """The addresses of the link buttons by label."""
    return {element.proto.label: element.proto.url for element in app.get("link_button")}


def headings(app: AppTest) -> list[str]:
    return [heading.value for heading in app.header]


def query(app: AppTest) -> dict[str, str]:
    return {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}


def days(start: date, end: date) -> dict[str, str]:
    return {"du": str(start), "au": str(end)}


def owing(screens: Screens, number: str = "123456", **details: object) -> Customer:
    """An account that owes 412.37 since twelve days and 88.11 from today."""
    today = screens.world.today
    due = [("F1", "412.37", today - timedelta(days=12)), ("F2", "88.11", today)]
    return screens.world.customer(number, due=due, **details)  # type: ignore[arg-type]


def pay(screens: Screens, customer: Customer, amount: str, *, cheque: str = "", by: Agent | None = None) -> Receipt:
    world = screens.world
    sheet = a_cheque(cheque, dated=world.today) if cheque else None
    request = paying(world, customer, amount, cheque=sheet)
    return payments.record(world.db, request, by=by or world.agent, at=world.later(seconds=1))


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
    assert "1 paiement, déjà déduit" in text
    assert f"contre-passé le {screens.world.today}" in text
    assert "Paiement pris deux fois" in text
    assert "-20,00 $" in text
    assert "Chèque 000777" in text


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


# --- its statement --------------------------------------------------------------------------------------------------


def test_the_statement_of_this_month_is_one_click_away(screens: Screens) -> None:
    owing(screens)
    app = screens.open(PAGE, screens.world.agent, client="123456")
    first_day = screens.world.branch.business_date(screens.world.now - timedelta(hours=12))
    start = max(first_day, screens.world.today.replace(day=1))

    printing = f"du={start}&au={screens.world.today}&lang=fr"

    assert links(app) == {
        "Imprimer": f"/print/statement/123456?{printing}",
        "Voir le PDF": f"/statement/123456.pdf?{printing}",
    }
    assert "<dt>Solde d'ouverture</dt><dd>500,48</dd>" in said(app)


def test_the_address_says_the_days_and_a_choice_changes_them(screens: Screens) -> None:
    owing(screens)
    today = screens.world.today
    first_day = screens.world.branch.business_date(screens.world.now - timedelta(hours=12))
    start = max(first_day, today.replace(day=1))
    app = screens.open(PAGE, screens.world.agent, client="123456", **days(today, today + timedelta(days=9)))

    assert f"du={today}&au={today}&" in links(app)["Imprimer"], "days to come are NOT on paper"
    (choice,) = (box for box in app.selectbox if box.label == "Période")
    assert choice.value is None
    choice.set_value(PeriodChoice.THIS_MONTH).run()

    assert query(app) == {"client": "123456", **days(start, today)}


def test_a_period_too_early_is_refused_with_the_first_possible_day(screens: Screens) -> None:
    owing(screens)
    app = screens.open(PAGE, screens.world.agent, client="123456", du="2020-01-01", au="2020-01-31")
    first_day = screens.world.branch.business_date(screens.world.now - timedelta(hours=12))

    assert f"Un relevé commence au plus tôt le {first_day}, jour du premier import des soldes." in said(app)
    assert links(app) == {}, "there is NO paper to follow a link to"
    assert "Locations Richard" in said(app)
    (start,) = (button for button in app.button if button.label == f"Commencer le {first_day}")
    start.click().run()

    assert query(app)["du"] == str(first_day)
    assert "Imprimer" in links(app)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"du": "9999-12-31", "au": "9999-12-31"}, "La période commence après aujourd'hui"),
        ({"du": "2026-11-24", "au": "2020-01-01"}, "Corrigez une des deux dates."),
        ({"du": "0001-01-01", "au": "9999-12-31"}, "Un relevé commence au plus tôt le"),
        ({"du": "hier", "au": "demain"}, "Solde d'ouverture"),
    ],
)
def test_days_that_cannot_be_are_said_and_the_account_stays(
    screens: Screens, asked: dict[str, str], sentence: str
) -> None:
    owing(screens)

    app = screens.open(PAGE, screens.world.agent, client="123456", **asked)

    assert sentence in said(app)
    assert "412,37 $" in said(app)
    assert not app.exception


def test_an_english_customer_s_paper_is_in_both_languages_unless_chosen_otherwise(screens: Screens) -> None:
    customer = owing(screens)
    with screens.world.db.write() as connection:
        connection.execute(update(tables.customer).where(tables.customer.c.id == customer.id).values(language="en"))
    app = screens.open(PAGE, screens.world.agent, client="123456")
    assert links(app)["Imprimer"].endswith("lang=fr-en")

    next(box for box in app.selectbox if box.label == "Langue du relevé").set_value("fr").run()

    assert links(app)["Imprimer"].endswith("lang=fr")


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
