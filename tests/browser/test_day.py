"""« Paiements du jour » and « Accueil » in a browser: another day, a receipt again, files, and nothing blocked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from partnernet.clock import now
from partnernet.domain.receipts import Receipt
from partnernet.services import payments
from partnernet.storage import schema
from tests.support.requests import paying
from tests.support.screens import open_session
from tests.support.server import Server, running_server
from tests.support.world import World

HOSTILE = '=1+1 <img src=x onerror="document.title=1"> **gras**'
DAY = "/paiements-du-jour"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, World]]:
    """A server, and a world that begins yesterday."""
    folder = tmp_path_factory.mktemp("day")
    url = f"sqlite:///{folder / 'partnernet.db'}"
    schema.upgrade(url)
    database = schema.open_database(url)
    with running_server(url, folder) as server:
        yield server, World(database, now=now() - timedelta(days=1))
    database.dispose()


@pytest.fixture(scope="module")
def receipts(served: tuple[Server, World]) -> tuple[Receipt, Receipt]:
    """Yesterday's and today's, both taken by the agent who is signed in."""
    world = served[1]

    def take(number: str, name: str) -> Receipt:
        customer = world.customer(number, name, due=[(f"F-{number}", "60.00", world.today)])
        return payments.record(world.db, paying(world, customer), by=world.agent, at=world.now)

    yesterday = take("00012345", HOSTILE)
    world.later(days=1)
    return yesterday, take("00012346", "Hôtel du Parc")


@pytest.fixture
def tab(served: tuple[Server, World], page: Page) -> Iterator[Page]:
    """A tab of the signed-in agent, where the content security policy refuses nothing and nobody else is asked."""
    server, world = served
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if server.url in request.url else complaints.append(request.url))
    token = open_session(world, world.agent)
    page.context.add_cookies([{"name": "partnernet-session", "value": token, "url": server.url, "httpOnly": True}])
    yield page
    assert [complaint for complaint in complaints if not complaint.startswith(("data:", "blob:"))] == []


def open_day(tab: Page, server: Server, address: str = DAY) -> None:
    """The screen, with its table drawn."""
    tab.goto(f"{server.url}{address}")
    expect(tab.get_by_test_id("stDataFrame")).to_be_visible(timeout=20_000)


def cell(tab: Page, text: str) -> Locator:
    """A cell of the table: drawn on a canvas, and in the page for whoever does not see it."""
    return tab.get_by_test_id("data-grid-canvas").get_by_text(text, exact=True)


def type_day(tab: Page, day: str) -> None:
    """Year, month and day one after the other, as the keyboard does it."""
    tab.get_by_label("Jour").get_by_role("spinbutton").first.click()
    tab.keyboard.type(day.replace("-", ""))
    tab.keyboard.press("Escape")


def test_another_day_is_in_the_address_and_a_reload_and_back_come_to_it_again(
    tab: Page, served: tuple[Server, World], receipts: tuple[Receipt, Receipt]
) -> None:
    yesterday, today = receipts
    open_day(tab, served[0])
    expect(cell(tab, today.number)).to_be_attached()

    type_day(tab, yesterday.business_date.isoformat())

    expect(tab).to_have_url(re.compile(rf"\?jour={yesterday.business_date.isoformat()}$"))
    expect(cell(tab, yesterday.number)).to_be_attached()
    expect(cell(tab, today.number)).to_have_count(0)
    tab.reload()
    expect(cell(tab, yesterday.number)).to_be_attached()
    tab.get_by_role("link", name="Accueil").first.click()
    expect(tab.get_by_role("heading", name="Derniers reçus")).to_be_visible()
    tab.go_back()
    expect(cell(tab, yesterday.number)).to_be_attached()
    tab.get_by_role("button", name="Aujourd'hui").click()
    expect(cell(tab, today.number)).to_be_attached()
    expect(tab).to_have_url(f"{served[0].url}{DAY}")


def test_a_receipt_is_printed_again_by_the_keyboard(
    tab: Page, served: tuple[Server, World], receipts: tuple[Receipt, Receipt]
) -> None:
    server, world = served
    number = receipts[1].number
    before = payments.copies_printed(world.db, number, by=world.agent)
    open_day(tab, server)
    expect(tab.get_by_role("link", name="Imprimer", exact=True)).to_have_count(0)

    tab.get_by_label("Reçu à réimprimer").focus()
    tab.keyboard.type("Hôtel")
    tab.keyboard.press("Enter")
    link = tab.get_by_role("link", name="Imprimer", exact=True)
    expect(link).to_have_attribute("href", f"/print/receipt/{number}?format=letter&lang=fr")
    with tab.expect_popup() as opened:
        link.press("Enter")

    expect(opened.value).to_have_url(re.compile(f"/print/receipt/{number}"))
    expect(opened.value).to_have_title(f"Reçu no {number}")
    assert payments.copies_printed(world.db, number, by=world.agent) == before + 1


def test_a_receipt_is_printed_again_from_its_row_by_the_mouse(
    tab: Page, served: tuple[Server, World], receipts: tuple[Receipt, Receipt]
) -> None:
    open_day(tab, served[0])
    table = tab.get_by_test_id("stDataFrame")
    box = table.bounding_box()
    assert box
    right, row = box["width"], 35 + 17

    table.hover(position={"x": right - 75, "y": row})
    with tab.expect_popup() as opened:
        table.click(position={"x": right - 60, "y": row})

    expect(opened.value).to_have_url(re.compile(f"/print/receipt/{receipts[1].number}"))


def test_the_csv_is_the_day_s_list_and_runs_nothing(
    tab: Page, served: tuple[Server, World], receipts: tuple[Receipt, Receipt]
) -> None:
    receipt = receipts[0]
    day = receipt.business_date.isoformat()
    open_day(tab, served[0], f"{DAY}?jour={day}")

    with tab.expect_download() as download:
        tab.get_by_role("button", name="CSV", exact=True).click()

    assert download.value.suggested_filename == f"paiements-MTL-PA1234-{day}.csv"
    lines = Path(download.value.path()).read_bytes().decode("utf-8-sig").split("\r\n")
    assert Path(download.value.path()).read_bytes().startswith(b"\xef\xbb\xbfDate;")
    assert lines[1].startswith(f"{day};{receipt.number};")
    assert ';00012345;"\'=1+1 <img src=x onerror=""document.title=1""> **gras**";Espèces;60,00;0,00;' in lines[1]
    assert lines[2:] == [""], "a total must NOT be among the payments"


def test_the_workbook_is_a_workbook(tab: Page, served: tuple[Server, World], receipts: tuple[Receipt, Receipt]) -> None:
    open_day(tab, served[0])

    with tab.expect_download() as download:
        tab.get_by_role("button", name="Excel", exact=True).click()

    assert download.value.suggested_filename == f"paiements-MTL-PA1234-{receipts[1].business_date.isoformat()}.xlsx"
    assert Path(download.value.path()).read_bytes().startswith(b"PK")


@pytest.mark.usefixtures("receipts")
def test_the_chart_is_drawn_under_the_content_security_policy(tab: Page, served: tuple[Server, World]) -> None:
    open_day(tab, served[0])

    expect(tab.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first).to_be_visible()


def test_a_hostile_name_is_read_on_both_screens_and_does_nothing(
    tab: Page, served: tuple[Server, World], receipts: tuple[Receipt, Receipt]
) -> None:
    open_day(tab, served[0], f"{DAY}?jour={receipts[0].business_date.isoformat()}")

    expect(cell(tab, HOSTILE)).to_be_attached()
    assert tab.title() == "Paiements du jour · PartnerNET"
    assert tab.locator("img[src=x]").count() == 0


def test_from_the_home_screen_enter_or_alt_p_opens_the_payment_and_a_link_prints(
    tab: Page, served: tuple[Server, World], receipts: tuple[Receipt, Receipt]
) -> None:
    server = served[0]
    tab.goto(server.url)
    primary = tab.get_by_role("button", name="Paiement de compte", exact=True)
    expect(primary).to_be_focused(timeout=20_000)
    with tab.expect_popup() as opened:
        tab.get_by_role("link", name=f"Imprimer le reçu no {receipts[1].number}").click()
    expect(opened.value).to_have_url(re.compile(f"/print/receipt/{receipts[1].number}"))

    tab.keyboard.press("Alt+p")

    expect(tab).to_have_url(f"{server.url}/paiement")
