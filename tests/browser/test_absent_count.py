"""An agent is absent: counted in a browser beside a witness who signs, submitted, and left for a third to approve."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from partnernet.clock import now
from partnernet.services import approvals, counts, reconciliations
from tests.services.people import PASSWORD
from tests.support.counting import assert_verified, receive_float, take_cash
from tests.support.hands import still
from tests.support.office import LOGINS, SHOWN_MS, Office, button, open_office, watched

SCREEN = "/reconciliations"


@pytest.fixture(scope="module")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(sqlite_template, tmp_path_factory.mktemp("absent")) as opened:
        receive_float(opened.world)
        take_cash(opened.world, "60.00")
        yield opened


@pytest.fixture
def tab(office: Office, page: Page) -> Iterator[Page]:
    with watched(page, office.server) as tab:
        office.sign_in(tab)
        yield tab


def sign(tab: Page, witness: str, password: str) -> None:
    tab.get_by_label("Agent absent", exact=True).select_option("PA1234")
    tab.get_by_label("Témoin", exact=True).select_option(witness)
    tab.get_by_label("Mot de passe du témoin").fill(password)
    button(tab, "Commencer le décompte").click()


def test_the_till_of_an_absent_agent_is_counted_beside_a_witness_and_submitted(office: Office, tab: Page) -> None:
    tab.goto(f"{office.server.url}{SCREEN}")
    tab.get_by_text("Compter la caisse d'un agent absent").click(timeout=SHOWN_MS)
    sign(tab, LOGINS[1], "ni vu ni connu ici")
    expect(tab.get_by_text("Mot de passe du témoin : ce n'est pas le bon")).to_be_visible(timeout=SHOWN_MS)
    expect(tab.get_by_label("Témoin", exact=True)).to_have_value(LOGINS[1])

    sign(tab, LOGINS[1], PASSWORD)
    expect(tab).to_have_url(re.compile(r"\?absent=PA1234"), timeout=SHOWN_MS)
    expect(tab.get_by_role("heading", name="Caisse de Marie Tremblay")).to_be_visible(timeout=SHOWN_MS)
    expect(tab.get_by_text("260,00")).to_have_count(0)
    twenties = tab.get_by_label("Billets de 20 $")
    twenties.fill("13")
    twenties.press("Tab")
    expect(tab.locator(".pn-counted-cash")).to_contain_text("260,00", timeout=SHOWN_MS)
    tab.reload()
    expect(tab.get_by_label("Billets de 20 $")).to_have_value("13", timeout=SHOWN_MS)
    button(tab, "Figer le décompte").click()
    expect(tab.get_by_text("La caisse balance")).to_be_visible(timeout=SHOWN_MS)
    expect(button(tab, "Recompter")).to_have_count(0)
    button(tab, "Soumettre la réconciliation").click()
    expect(tab.locator(".pn-saved")).to_contain_text("Réconciliation no 1", timeout=SHOWN_MS)

    tab.goto(f"{office.server.url}{SCREEN}?no=1")
    expect(tab.get_by_text("compté par Anne Lavoie devant Guy Roy")).to_be_visible(timeout=SHOWN_MS)
    expect(tab.get_by_text("Personne n'approuve ni ne retourne son propre travail")).to_be_visible()
    expect(button(tab, "Approuver")).to_have_count(0)
    found = approvals.examined(office.world.db, "1", by=office.world.supervisor, at=now())
    reconciliations.approve(
        office.world.db, found.reconciliation.id, by=office.world.supervisor, at=now(), proved_at=now()
    )
    assert_verified(office.world)


def test_a_count_that_was_left_is_taken_up_again_without_the_witness(office: Office, tab: Page) -> None:
    take_cash(office.world, "40.00")
    tab.goto(f"{office.server.url}{SCREEN}")
    tab.get_by_text("Compter la caisse d'un agent absent").click(timeout=SHOWN_MS)
    sign(tab, LOGINS[1], PASSWORD)
    expect(button(tab, "Figer le décompte")).to_be_visible(timeout=SHOWN_MS)
    button(tab, "Retour à la liste").click()
    expect(button(tab, "Figer le décompte")).to_have_count(0)
    still(tab)

    button(tab, "Poursuivre le décompte de la caisse de Marie Tremblay").click(timeout=SHOWN_MS)

    expect(button(tab, "Figer le décompte")).to_be_visible(timeout=SHOWN_MS)
    expect(tab).to_have_url(re.compile(r"\?absent=PA1234"))
    assert counts.others(office.world.db, by=office.world.supervisor)[0].login == "PA1234"
