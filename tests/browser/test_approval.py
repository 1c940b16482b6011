"""Approving a till in a browser: two supervisors at once, the password again, the keyboard alone, nothing blocked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from partnernet.clock import now
from partnernet.domain.reconciliations import Reconciliation, ReconciliationState
from partnernet.services import approvals, replenishments
from tests.services.people import PASSWORD
from tests.support.approvals import let_proofs_grow_old
from tests.support.browser import open_page
from tests.support.counting import assert_verified, receive_float
from tests.support.hands import settle
from tests.support.office import LOGINS, SHOWN_MS, Office, button, open_office, watched
from tests.support.requests import new_key

SCREEN = "/reconciliations"


@pytest.fixture(scope="module")
def office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(sqlite_template, tmp_path_factory.mktemp("approval")) as opened:
        yield opened


@pytest.fixture
def tab(office: Office, page: Page) -> Iterator[Page]:
    with watched(page, office.server) as tab:
        yield tab


def open_one(office: Office, page: Page, submitted: Reconciliation) -> None:
    page.goto(f"{office.server.url}{SCREEN}?no={submitted.number}")
    title = page.get_by_role("heading", name=f"Réconciliation no {submitted.number}")
    expect(title).to_be_visible(timeout=SHOWN_MS)


def state_of(office: Office, submitted: Reconciliation) -> ReconciliationState:
    found = approvals.examined(office.world.db, str(submitted.number), by=office.world.supervisor, at=now())
    return found.reconciliation.state


def test_two_supervisors_who_approve_at_once_are_both_told_what_happened(
    office: Office, tab: Page, browser: Browser
) -> None:
    submitted = office.submitted()
    office.sign_in(tab)
    with open_page(browser) as other:
        office.sign_in(other, LOGINS[1])
        for page in (tab, other):
            open_one(office, page, submitted)
            expect(button(page, "Approuver")).to_be_visible(timeout=SHOWN_MS)

        button(tab, "Approuver").click(no_wait_after=True)
        button(other, "Approuver").click(no_wait_after=True)

        decided = re.compile(r"Approuvée par (Anne Lavoie|Guy Roy)")
        for page in (tab, other):
            expect(page.locator(".pn-decided")).to_contain_text(decided, timeout=SHOWN_MS)
            expect(button(page, "Approuver")).to_have_count(0)
        told = [page.get_by_text("n'attend plus de décision").count() for page in (tab, other)]

    assert sorted(told) == [0, 1], "one decided, the other is told so"
    assert state_of(office, submitted) is ReconciliationState.APPROVED
    assert_verified(office.world)


def test_a_double_click_approves_once_and_refuses_nothing(office: Office, tab: Page) -> None:
    submitted = office.submitted()
    office.sign_in(tab)
    open_one(office, tab, submitted)

    button(tab, "Approuver").dblclick()

    expect(tab.locator(".pn-decided")).to_contain_text("Approuvée par Anne Lavoie", timeout=SHOWN_MS)
    expect(tab.locator(".pn-refusal")).to_have_count(0)


def test_a_double_click_that_returns_refuses_nothing_and_one_that_opens_decides_nothing(
    office: Office, tab: Page
) -> None:
    for submitted in (office.submitted(), office.submitted()):
        office.sign_in(tab)
        tab.goto(f"{office.server.url}{SCREEN}")
        choice = tab.get_by_role("combobox", name="Réconciliation")
        expect(choice).to_be_focused(timeout=SHOWN_MS)
        tab.keyboard.type(f"no {submitted.number} ")
        tab.keyboard.press("Enter")

        button(tab, "Ouvrir").dblclick()
        expect(button(tab, "Approuver")).to_be_visible(timeout=SHOWN_MS)
        assert state_of(office, submitted) is ReconciliationState.SUBMITTED
        tab.get_by_label("Raison du retour").fill("Recomptez.")
        button(tab, "Retourner").dblclick()

        expect(tab.locator(".pn-decided")).to_contain_text("Retournée par Anne Lavoie", timeout=SHOWN_MS)
        expect(tab.locator(".pn-refusal")).to_have_count(0)


def test_the_password_is_asked_again_and_the_reason_typed_meanwhile_is_kept(office: Office, tab: Page) -> None:
    submitted = office.submitted()
    token = office.sign_in(tab)
    open_one(office, tab, submitted)
    tab.get_by_label("Raison du retour").fill("Recomptez « les 20 $ » & le reste")
    let_proofs_grow_old(office.world, token)

    button(tab, "Retourner").click()
    password = tab.get_by_label("Mot de passe", exact=True)
    expect(password).to_be_visible(timeout=SHOWN_MS)
    assert state_of(office, submitted) is ReconciliationState.SUBMITTED
    password.fill("ni vu ni connu ici")
    button(tab, "Confirmer le mot de passe").click()
    expect(tab.get_by_text("ce n'est pas le vôtre")).to_be_visible(timeout=SHOWN_MS)
    expect(password).to_be_focused()
    password.fill(PASSWORD)
    password.press("Enter")

    reason = tab.get_by_label("Raison du retour")
    expect(reason).to_have_value("Recomptez « les 20 $ » & le reste", timeout=SHOWN_MS)
    expect(reason).to_be_focused()
    expect(tab).to_have_url(f"{office.server.url}{SCREEN}?no={submitted.number}")
    expect(tab.get_by_text("ce n'est pas le vôtre")).to_have_count(0)
    button(tab, "Retourner").click()
    expect(tab.locator(".pn-decided")).to_contain_text("Retournée par Anne Lavoie", timeout=SHOWN_MS)
    expect(tab.locator(".pn-decided")).to_contain_text("Recomptez « les 20 $ » & le reste")


def test_a_till_is_found_and_approved_by_the_keyboard_alone(office: Office, tab: Page) -> None:
    submitted = office.submitted()
    office.sign_in(tab)
    tab.goto(f"{office.server.url}{SCREEN}")
    choice = tab.get_by_role("combobox", name="Réconciliation")
    expect(choice).to_be_focused(timeout=SHOWN_MS)

    tab.keyboard.type(f"no {submitted.number} ")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    expect(button(tab, "Ouvrir")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(button(tab, "Retour à la liste")).to_be_focused(timeout=SHOWN_MS)
    for _ in range(6):
        if button(tab, "Approuver").evaluate("element => element === document.activeElement"):
            break
        tab.keyboard.press("Tab")
    expect(button(tab, "Approuver")).to_be_focused()
    tab.keyboard.press("Enter")

    expect(tab.locator(".pn-decided")).to_contain_text("Approuvée", timeout=SHOWN_MS)
    assert state_of(office, submitted) is ReconciliationState.APPROVED


def test_a_row_opens_by_the_mouse_and_back_comes_to_the_list(office: Office, tab: Page) -> None:
    submitted = office.submitted()
    office.sign_in(tab)
    tab.goto(f"{office.server.url}{SCREEN}")
    expect(tab.get_by_role("combobox", name="Réconciliation")).to_be_focused(timeout=SHOWN_MS)

    tab.get_by_test_id("stDataFrame").first.click(position={"x": 35, "y": 35 + 17})

    expect(tab).to_have_url(re.compile(rf"\?no={submitted.number}$"), timeout=SHOWN_MS)
    expect(button(tab, "Approuver")).to_be_visible()
    tab.go_back()
    expect(tab.get_by_role("heading", name="Réconciliations à approuver")).to_be_visible()


def test_approving_moves_nothing_that_stands_above(office: Office, tab: Page) -> None:
    submitted = office.submitted()
    office.sign_in(tab)
    open_one(office, tab, submitted)
    settle(tab)
    before = button(tab, "Retour à la liste").bounding_box()

    button(tab, "Approuver").click()
    expect(tab.locator(".pn-decided")).to_be_visible(timeout=SHOWN_MS)

    assert button(tab, "Retour à la liste").bounding_box() == before


def test_a_replenishment_is_refused_by_the_keyboard_and_a_double_click_grants_none(office: Office, tab: Page) -> None:
    world = office.world
    for agent in (world.agent, world.other_agent):
        receive_float(world, "150.00", agent=agent)
        replenishments.ask(world.db, new_key(), by=agent, at=now())
    office.sign_in(tab)
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(f"{office.server.url}{SCREEN}")
    button(tab, "Refuser").first.focus(timeout=SHOWN_MS)
    tab.keyboard.press("Enter")
    expect(tab.get_by_label("Note à Marie Tremblay")).to_be_focused(timeout=SHOWN_MS)
    tab.keyboard.type("Le coffre est vide.")

    button(tab, "Refuser la demande").dblclick()

    expect(tab.get_by_text("Refusé par Anne Lavoie")).to_be_visible(timeout=SHOWN_MS)
    expect(tab.locator(".pn-refusal")).to_have_count(0)
    waiting, refused = replenishments.listed(world.db, by=world.supervisor)
    assert (waiting.answer, refused.answer and refused.answer.note) == (None, "Le coffre est vide.")
