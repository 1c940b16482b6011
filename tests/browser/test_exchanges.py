"""Exchanging files in a browser: by the keyboard alone, clicked twice, reloaded, too large, the server started anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from partnernet.clock import now
from partnernet.domain.batches import Batch, BatchFile
from partnernet.domain.exchanges import FileImport
from partnernet.services import exchanges, exports
from tests.support.counting import take_cash
from tests.support.exchanging import customers_csv, open_items_csv
from tests.support.hands import file_brought, settle, still
from tests.support.office import LOGINS, SHOWN_MS, Office, button, open_office, watched

BATCHES, FILES = "/echanges", "/echanges?vue=fichiers"
DOCUMENTS = f"{FILES}&fichier=documents"
CHECK, IMPORT, CUT = "Vérifier le fichier", "Importer", "Préparer le lot"
GOOD = customers_csv(("100245", "Locations Richard"), ("100246", "Cuisine Lê"))
TOO_LARGE_BYTES = 20_000_001


@pytest.fixture(scope="module")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(sqlite_template, tmp_path_factory.mktemp("exchanges")) as opened:
        yield opened


@pytest.fixture
def tab(office: Office, page: Page) -> Iterator[Page]:
    with watched(page, office.server) as tab:
        office.sign_in(tab)
        yield tab


def imports(office: Office) -> tuple[FileImport, ...]:
    return exchanges.history(office.world.db, by=office.world.supervisor)


def batches(office: Office) -> tuple[Batch, ...]:
    return exports.batches(office.world.db, by=office.world.supervisor)


def file(content: bytes, name: str = "customers.csv") -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": content}


def open_screen(office: Office, tab: Page, path: str) -> None:
    tab.goto(f"{office.server.url}{path}")
    settle(tab)
    still(tab)


def bring(tab: Page, content: bytes, name: str = "customers.csv", place: int = 0) -> None:
    """Choose a file as the browser's own dialogue would, and wait until the server has it."""
    with file_brought(tab, name):
        tab.locator("input[type=file]").nth(place).set_input_files(file(content, name))


def verdict(tab: Page) -> Locator:
    return tab.locator(".pn-checked")


def test_a_batch_is_prepared_and_downloaded_by_the_keyboard_alone(office: Office, tab: Page) -> None:
    take_cash(office.world, "60.00")
    open_screen(office, tab, BATCHES)
    expect(button(tab, CUT)).to_be_focused(timeout=SHOWN_MS)

    tab.keyboard.press("Enter")
    expect(tab.get_by_text(re.compile("préparé : 1 paiement, 60,00"))).to_be_visible(timeout=SHOWN_MS)

    made = batches(office)[0]
    name = f"payments-{made.number:06}.csv"
    with tab.expect_download() as download:
        button(tab, name).press("Enter")
    assert download.value.suggested_filename == name
    content = exports.file(office.world.db, made.number, BatchFile.PAYMENTS, by=office.world.supervisor).content
    assert Path(download.value.path()).read_bytes() == content


def test_a_double_click_and_a_reload_prepare_one_batch(office: Office, tab: Page) -> None:
    take_cash(office.world, "25.00")
    before = len(batches(office))
    open_screen(office, tab, BATCHES)

    button(tab, CUT).dblclick()

    said = tab.get_by_text(re.compile("préparé : 1 paiement, 25,00"))
    expect(said).to_be_visible(timeout=SHOWN_MS)
    take_cash(office.world, "5.00")
    tab.reload()
    expect(said).to_be_visible(timeout=SHOWN_MS)
    assert len(batches(office)) == before + 1


def test_a_file_is_checked_and_imported_by_the_keyboard_alone(office: Office, tab: Page) -> None:
    before = len(imports(office))
    open_screen(office, tab, FILES)
    expect(tab.get_by_role("radio", name="Clients")).to_be_focused(timeout=SHOWN_MS)

    tab.keyboard.press("Tab")
    choose = button(tab, "Choisir un fichier : Fichier des clients")
    expect(choose).to_be_focused()
    with tab.expect_file_chooser() as chooser:
        choose.press("Enter")
    with file_brought(tab, "customers.csv"):
        chooser.value.set_files(file(GOOD))
    button(tab, CHECK).press("Enter")
    expect(verdict(tab)).to_contain_text("Toutes les lignes sont bonnes", timeout=SHOWN_MS)
    assert len(imports(office)) == before
    button(tab, IMPORT).press("Enter")

    expect(tab.get_by_text("customers.csv importé : 2 clients.")).to_be_visible(timeout=SHOWN_MS)
    expect(tab.get_by_test_id("stProgress")).to_have_count(0)
    assert len(imports(office)) == before + 1


def test_a_double_click_on_each_button_imports_once(office: Office, tab: Page) -> None:
    before = len(imports(office))
    open_screen(office, tab, FILES)
    bring(tab, GOOD)

    button(tab, CHECK).dblclick()
    expect(verdict(tab)).to_be_visible(timeout=SHOWN_MS)
    still(tab)
    button(tab, IMPORT).dblclick()

    expect(tab.get_by_text("customers.csv importé : 2 clients.")).to_be_visible(timeout=SHOWN_MS)
    expect(tab.locator(".pn-refusal")).to_have_count(0)
    assert len(imports(office)) == before + 1


def test_a_reload_says_that_the_file_is_gone_and_imports_nothing(office: Office, tab: Page) -> None:
    before = len(imports(office))
    open_screen(office, tab, FILES)
    bring(tab, GOOD)
    button(tab, CHECK).click()
    expect(verdict(tab)).to_be_visible(timeout=SHOWN_MS)

    tab.reload()

    expect(tab.get_by_text(re.compile("La page a été rechargée"))).to_be_visible(timeout=SHOWN_MS)
    expect(button(tab, IMPORT)).to_have_count(0)
    assert len(imports(office)) == before


def test_a_file_that_is_too_large_is_told_with_the_command_that_takes_it(office: Office, tab: Page) -> None:
    open_screen(office, tab, FILES)
    sentence = tab.get_by_text(re.compile("dépasse 20 Mo.*python -m partnernet import customers"))
    expect(sentence).to_be_hidden()

    tab.locator("input[type=file]").set_input_files(file(b"x" * TOO_LARGE_BYTES))

    expect(sentence).to_be_visible()
    button(tab, "Retirer customers.csv").click()
    expect(sentence).to_be_hidden()


def test_the_field_of_a_file_speaks_french(office: Office, tab: Page) -> None:
    open_screen(office, tab, DOCUMENTS)
    field = tab.get_by_test_id("stFileUploader").first
    expect(field).to_contain_text("Choisir un fichier")
    expect(field).to_contain_text("CSV, 20 Mo au plus")

    bring(tab, open_items_csv(("100245", "F-1", "10,00")) * 20, "open_items.csv")

    expect(button(tab, "Choisir un autre fichier : Fichier des documents ouverts")).to_be_visible()
    expect(field).to_contain_text(re.compile("[0-9],[0-9] Ko"))
    for english in ("Upload", "per file", "Drag"):
        expect(field).not_to_contain_text(english)


def test_what_has_to_be_corrected_comes_into_sight_on_a_telephone(office: Office, tab: Page) -> None:
    tab.set_viewport_size({"width": 390, "height": 700})
    open_screen(office, tab, DOCUMENTS)
    bring(tab, open_items_csv(("999999", "F-1", "10,00")), "open_items.csv")
    tab.get_by_label("Heure du fichier", exact=True).fill(
        f"{now().astimezone(ZoneInfo(office.world.branch.timezone)):%H:%M}"
    )
    tab.get_by_label("Date du fichier", exact=True).press("Tab")
    still(tab)

    button(tab, CHECK).click()

    expect(verdict(tab)).to_contain_text("1 ligne à corriger", timeout=SHOWN_MS)
    expect(verdict(tab)).to_be_in_viewport(timeout=SHOWN_MS)
    expect(button(tab, IMPORT)).to_have_count(0)


def test_a_server_that_was_started_anew_has_no_file_and_says_so(office: Office, page: Page) -> None:
    office.sign_in(page)  # in a tab that nobody watches: the lost connection is complained about
    before = len(imports(office))
    open_screen(office, page, FILES)
    bring(page, GOOD)
    button(page, CHECK).click()
    expect(verdict(page)).to_be_visible(timeout=SHOWN_MS)

    office.server.kill()
    office.server.start()

    expect(page.get_by_text(re.compile("La page a été rechargée"))).to_be_visible(timeout=2 * SHOWN_MS)
    button(page, CHECK).click()
    expect(page.get_by_text("Le serveur n'a plus ce fichier")).to_be_visible(timeout=SHOWN_MS)
    assert len(imports(office)) == before
    button(page, "Retirer customers.csv").click()
    bring(page, GOOD)
    button(page, CHECK).click()
    expect(verdict(page)).to_contain_text("Toutes les lignes sont bonnes", timeout=SHOWN_MS)


def test_what_another_supervisor_imports_meanwhile_has_to_be_checked_against(office: Office, tab: Page) -> None:
    open_screen(office, tab, FILES)
    bring(tab, GOOD)
    button(tab, CHECK).click()
    expect(button(tab, IMPORT)).to_be_visible(timeout=SHOWN_MS)
    before = len(imports(office))
    browser = tab.context.browser
    assert browser is not None
    with browser.new_context(locale="fr-CA") as context:
        other = context.new_page()
        office.sign_in(other, LOGINS[1])
        open_screen(office, other, FILES)
        bring(other, customers_csv(("100247", "Garage St-Jean")))
        button(other, CHECK).click()
        button(other, IMPORT).click()
        expect(other.get_by_text("customers.csv importé : 1 client.")).to_be_visible(timeout=SHOWN_MS)

    button(tab, IMPORT).click()

    expect(tab.get_by_text(re.compile("vérifiez de nouveau"))).to_be_visible(timeout=SHOWN_MS)
    assert len(imports(office)) == before + 1
