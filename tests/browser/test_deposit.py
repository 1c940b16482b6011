"""Depositing in a browser: bags checked off, one slip however often one clicks, printed, and the bank's reference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from partnernet.clock import now
from partnernet.domain.deposits import BranchDeposits
from partnernet.services import deposits
from tests.support.counting import assert_verified, make_slip
from tests.support.hands import settle
from tests.support.office import SHOWN_MS, Office, button, open_office, watched

SCREEN = "/depots"


@pytest.fixture(scope="module")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(sqlite_template, tmp_path_factory.mktemp("deposit")) as opened:
        yield opened


@pytest.fixture
def tab(office: Office, page: Page) -> Iterator[Page]:
    with watched(page, office.server) as tab:
        office.sign_in(tab)
        yield tab


def seen(office: Office) -> BranchDeposits:
    return deposits.overview(office.world.db, by=office.world.supervisor, at=now())


def open_screen(office: Office, tab: Page) -> None:
    tab.goto(f"{office.server.url}{SCREEN}")
    expect(tab.get_by_role("heading", name="Sacs en attente")).to_be_visible(timeout=SHOWN_MS)
    settle(tab)


def test_a_bag_is_deposited_by_the_keyboard_alone(office: Office, tab: Page) -> None:
    number = office.approved().bag.number
    open_screen(office, tab)
    box = tab.get_by_role("checkbox", name=f"Sac no {number}")
    expect(box).to_be_focused(timeout=SHOWN_MS)

    tab.keyboard.press("Space")
    expect(tab.get_by_text("1 sac coché")).to_be_visible()
    tab.keyboard.press("Tab")
    expect(button(tab, "Préparer le bordereau")).to_be_focused()
    tab.keyboard.press("Enter")
    reference = tab.get_by_label("Référence de la banque", exact=True)
    expect(reference).to_be_visible(timeout=SHOWN_MS)
    expect(tab).to_have_url(re.compile(r"\?op=[\w-]{16,}$"))

    (slip,) = seen(office).under_way
    link = tab.get_by_role("link", name="Imprimer", exact=True)
    with tab.expect_popup() as opened:
        link.press("Enter")
    expect(opened.value).to_have_url(re.compile(f"/print/deposit-slip/{slip.id}"))
    expect(opened.value).to_have_title("Bordereau de dépôt")
    reference.focus()
    tab.keyboard.type("BNC-20261124-001")
    tab.keyboard.press("Enter")

    settled = f"Bordereau no {slip.number} remis à BOC"
    expect(tab.get_by_text(settled)).to_be_visible(timeout=SHOWN_MS)
    assert [line.bank_reference for line in seen(office).settled] == ["BNC-20261124-001"]
    assert_verified(office.world)


def test_a_double_click_and_a_reload_make_one_slip(office: Office, tab: Page) -> None:
    office.approved()
    office.approved()
    before = len(seen(office).under_way)
    open_screen(office, tab)
    for waiting in seen(office).waiting:
        tab.get_by_text(f"Sac no {waiting.bag.number}", exact=True).click()
    expect(tab.get_by_text("2 sacs cochés")).to_be_visible()

    button(tab, "Préparer le bordereau").dblclick()

    expect(tab.get_by_text(re.compile("préparé : 2 sacs"))).to_be_visible(timeout=SHOWN_MS)
    expect(tab.locator(".pn-refusal")).to_have_count(0)
    tab.reload()
    expect(tab.get_by_text(re.compile("préparé : 2 sacs"))).to_be_visible(timeout=SHOWN_MS)
    assert len(seen(office).under_way) == before + 1


def test_checking_a_bag_moves_nothing(office: Office, tab: Page) -> None:
    number = office.approved().bag.number
    open_screen(office, tab)
    prepare = button(tab, "Préparer le bordereau")
    before = prepare.bounding_box()

    tab.get_by_text(f"Sac no {number}", exact=True).click()
    expect(tab.get_by_text("1 sac coché")).to_be_visible()

    assert prepare.bounding_box() == before


def test_a_refused_reference_moves_neither_its_field_nor_its_button(office: Office, tab: Page) -> None:
    office.approved()
    make_slip(office.world)
    tab.set_viewport_size({"width": 1366, "height": 2000})  # nothing to scroll
    open_screen(office, tab)
    field = tab.get_by_label("Référence de la banque", exact=True).last
    settle = button(tab, "Inscrire la référence de la banque").last
    field.fill("x")
    before = field.bounding_box(), settle.bounding_box()

    settle.click()
    expect(tab.locator(".pn-refusal")).to_be_visible(timeout=SHOWN_MS)

    after = field.bounding_box(), settle.bounding_box()
    assert after == before
