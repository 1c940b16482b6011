"""The statement for a period on an account's page: which days, in which language, and its paper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from partnernet.domain.periods import PeriodChoice
from partnernet.storage import tables
from tests.support.screens import Screens
from tests.support.statement_screen import PAGE, days, links, owing, query, said


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
