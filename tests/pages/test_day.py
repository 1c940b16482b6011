"""« Paiements du jour »: whose, which day, what counts, and what can be printed again."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from partnernet.domain.permissions import Role
from partnernet.services import payments, reversals, users
from tests.support.requests import paying, reversing
from tests.support.screens import Screens, pay, words

SCREEN = "paiements_du_jour"
HOSTILE = "**gras** :red[x] <b>=1+1</b>"


def table(app: AppTest) -> Any:
    """The list as a frame."""
    return app.dataframe[0].value


def print_link(app: AppTest) -> Any:
    """« Imprimer » beside the choice of a receipt."""
    return app.get("link_button")[0].proto


def test_a_day_without_a_payment_says_so_and_offers_to_take_one(screens: Screens) -> None:
    app = screens.open(SCREEN, screens.world.agent)

    assert app.info[0].value.startswith("Aucun paiement pour l'instant aujourd'hui")
    assert [link.proto.label for link in app.get("page_link")] == ["Prendre un paiement de compte"]
    assert not app.dataframe, "an empty table must NOT stand there"
    assert not app.get("download_button")


def test_an_auditor_reads_but_is_not_offered_to_take_a_payment(screens: Screens) -> None:
    auditor = screens.world.person("AU1000", "Paul Roy", Role.AUDITOR, screens.world.branch)

    app = screens.open(SCREEN, auditor)

    assert app.info
    assert not app.get("page_link")


def test_an_auditor_without_a_branch_reads_why_there_is_nothing(screens: Screens) -> None:
    app = screens.open(SCREEN, screens.world.person("AU2000", "Line Roy", Role.AUDITOR))

    assert "succursale" in app.info[0].value
    assert not app.exception


def test_an_administrator_has_no_access(screens: Screens) -> None:
    app = screens.open(SCREEN, screens.world.person("AD1000", "Ada Roy", Role.ADMINISTRATOR))

    assert app.error[0].value == "Vous n'avez pas accès à cette page"
    assert not app.dataframe


def test_an_agent_sees_their_own_payments_only_and_the_title_says_so(screens: Screens) -> None:
    mine = pay(screens, "60.00", screens.world.agent)
    pay(screens, "75.00", screens.world.other_agent)

    app = screens.open(SCREEN, screens.world.agent)

    assert list(table(app)["Reçu"]) == [mine.number]
    assert "Mes paiements, succursale Montréal" in words(app)
    assert "Luc Gagnon" not in words(app)
    assert "75,00" not in words(app), "another agent's money must NOT be in the totals"


def test_a_supervisor_sees_the_branch_the_latest_first_with_totals_by_agent(screens: Screens) -> None:
    first = pay(screens, "60.00", screens.world.agent)
    second = pay(screens, "412.37", screens.world.other_agent, cheque="000123")

    app = screens.open(SCREEN, screens.world.supervisor)

    assert list(table(app)["Reçu"]) == [second.number, first.number]
    assert list(table(app)["No de chèque"]) == ["000123", ""]
    assert list(table(app)["Montant"]) == [Decimal("412.37"), Decimal("60.00")], (
        "dollars, and NOT cents, are read aloud"
    )
    assert "Tous les agents, succursale Montréal" in words(app)
    for figure in ("472,37 $", "412,37 $", "60,00 $", "Marie Tremblay", "Luc Gagnon"):
        assert figure in words(app)


def test_what_was_reversed_is_marked_and_not_counted(screens: Screens) -> None:
    pay(screens, "60.00", screens.world.agent)
    wrong = pay(screens, "75.00", screens.world.agent)
    reversals.reverse(
        screens.world.db,
        reversing(wrong.number),
        by=screens.world.supervisor,
        at=screens.world.now,
        proved_at=screens.world.now,
    )

    app = screens.open(SCREEN, screens.world.agent)

    assert list(table(app)["État"]) == ["contre-passé", ""]
    assert "1 paiement · 1 contre-passé exclu" in words(app)
    assert "135,00" not in words(app)


def test_a_day_of_reversed_payments_only_draws_no_chart(screens: Screens) -> None:
    wrong = pay(screens, "75.00", screens.world.agent)
    reversals.reverse(
        screens.world.db,
        reversing(wrong.number),
        by=screens.world.supervisor,
        at=screens.world.now,
        proved_at=screens.world.now,
    )

    app = screens.open(SCREEN, screens.world.agent)

    assert len(table(app)) == 1
    assert not app.exception
    assert not app.header


def test_rounding_is_told_beside_what_was_received(screens: Screens) -> None:
    world = screens.world
    customer = world.customer("00000010", due=[("F-1", "10.02", world.today - timedelta(days=9))])
    payments.record(world.db, paying(world, customer), by=world.agent, at=world.later(seconds=1))

    app = screens.open(SCREEN, world.agent)

    assert "-0,02 $" in words(app)
    assert "10,00 $ reçus en espèces" in words(app)


def test_the_day_of_the_address_is_the_day_shown(screens: Screens) -> None:
    pay(screens, "60.00", screens.world.agent)
    yesterday = screens.world.today - timedelta(days=1)

    app = screens.open(SCREEN, screens.world.agent, jour=yesterday.isoformat())

    assert app.date_input[0].value == yesterday
    assert app.info[0].value == f"Aucun paiement le {yesterday.isoformat()}. Choisissez un autre jour."


@pytest.mark.parametrize("typed", ["2999-01-01", "1900-01-01", "2026-02-31", "demain", "<b>", ""])
def test_an_impossible_day_in_the_address_shows_the_day_in_progress(screens: Screens, typed: str) -> None:
    receipt = pay(screens, "60.00", screens.world.agent)

    app = screens.open(SCREEN, screens.world.agent, jour=typed)

    assert not app.exception
    assert list(table(app)["Reçu"]) == [receipt.number]


def test_aujourd_hui_comes_back_to_the_day_in_progress(screens: Screens) -> None:
    receipt = pay(screens, "60.00", screens.world.agent)
    yesterday = screens.world.today - timedelta(days=1)
    app = screens.open(SCREEN, screens.world.agent, jour=yesterday.isoformat())

    app.button[0].click().run()

    assert app.button[0].label == "Aujourd'hui"
    assert app.button[0].disabled
    assert list(table(app)["Reçu"]) == [receipt.number]


def test_no_receipt_is_chosen_until_somebody_chooses_it(screens: Screens) -> None:
    pay(screens, "60.00", screens.world.agent)

    app = screens.open(SCREEN, screens.world.agent)

    assert app.selectbox(key=f"reprint_{screens.world.today.isoformat()}").value is None
    assert app.button[-1].label == "Imprimer"
    assert app.button[-1].disabled
    assert not app.get("link_button"), "a link that leads nowhere must NOT be there"


def test_the_receipt_and_paper_chosen_make_the_address_that_prints(screens: Screens) -> None:
    receipt = pay(screens, "60.00", screens.world.agent)
    app = screens.open(SCREEN, screens.world.agent)

    app.selectbox(key=f"reprint_{screens.world.today.isoformat()}").set_value(receipt.number)
    app.selectbox(key="paper_format").set_value("roll")
    app.selectbox(key="paper_language").set_value("fr-en").run()

    address = f"/print/receipt/{receipt.number}?format=roll&lang=fr-en"
    assert print_link(app).label == "Imprimer"
    assert print_link(app).url == address
    assert list(table(app).iloc[:, -1]) == [address], "the rows print on the same paper"


def test_a_hostile_name_stands_in_its_cell_and_nowhere_as_markdown(screens: Screens) -> None:
    pay(screens, "60.00", screens.world.agent, name=HOSTILE)

    app = screens.open(SCREEN, screens.world.agent)

    assert list(table(app)["Nom"]) == [HOSTILE]
    assert HOSTILE not in words(app)
    assert not any("gras" in element.value for element in [*app.markdown, *app.caption])


def test_in_english_words_and_amounts_are_english(screens: Screens) -> None:
    pay(screens, "1234.55", screens.world.agent)
    users.set_language(screens.world.db, "en", by=screens.world.agent)

    app = screens.open(SCREEN, screens.world.agent)

    assert list(table(app)["Receipt"])
    assert "$1,234.55" in words(app)
    assert "1 234,55" not in words(app)
