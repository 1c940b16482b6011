"""Signing in as people do it, in a real browser, on a server that nobody has opened before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from partnernet import clock
from partnernet.domain.agents import console_operator
from partnernet.services import sessions, users
from partnernet.services.sessions import hash_token
from partnernet.web.screens import screens
from tests.services.people import OTHER_PASSWORD, PASSWORD, add_agent
from tests.support.served import Served, serve

PATIENCE_MS = 20_000
CONTACT = "Soutien aux agents, 514 555-0199"


@pytest.fixture(scope="module")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of this module's own: the first test is the first to open a page on it."""
    with serve(sqlite_template, tmp_path_factory.mktemp("signing-in"), PARTNERNET_SUPPORT_CONTACT=CONTACT) as running:
        add_agent(running.world)
        yield running


class SignIn:
    """The form, and what shows that it has been passed."""

    def __init__(self, served: Served, page: Page) -> None:
        self.served = served
        self.page = page
        self.login = page.get_by_label("Numéro d'agent")
        self.password = page.get_by_label("Mot de passe", exact=True)
        self.button = page.get_by_role("button", name="Ouvrir une session")

    def open(self, path: str) -> None:
        self.page.goto(self.served.server.url + path)

    def fill(self, login: str, password: str) -> None:
        self.login.fill(login)
        self.password.fill(password)

    def sign_in(self, path: str = "/mon-compte", login: str = "PA9000", password: str = PASSWORD) -> None:
        self.open(path)
        self.fill(login, password)
        self.button.click()

    def expect_inside(self) -> None:
        expect(self.page.get_by_test_id("stTopNav")).to_be_visible(timeout=PATIENCE_MS)

    def expect_outside(self) -> None:
        expect(self.button).to_be_visible(timeout=PATIENCE_MS)
        expect(self.page.get_by_test_id("stTopNav")).to_have_count(0)


@pytest.fixture
def form(served: Served, page: Page) -> SignIn:
    return SignIn(served, page)


def menu(page: Page, entry: str) -> None:
    page.get_by_test_id("stTopNavSection").filter(has_text="Mon compte").click()
    page.get_by_role("menuitem", name=entry, exact=True).click()


def test_the_first_request_to_a_fresh_server_asks_for_the_sign_in_and_then_arrives(form: SignIn, page: Page) -> None:
    form.open("/paiement?client=100245&op=0123456789abcdef")
    form.expect_outside()
    expect(page.get_by_text("100245")).to_have_count(0)
    expect(form.login).to_be_focused()

    form.fill("pa9000", PASSWORD)
    page.keyboard.press("Enter")

    form.expect_inside()
    expect(page).to_have_url(re.compile(r"/paiement\?client=100245&op=0123456789abcdef"))
    expect(page.get_by_text("100245")).not_to_have_count(0)


def test_whoever_is_signed_in_goes_straight_in_after_a_reload_and_in_a_new_tab(form: SignIn, page: Page) -> None:
    form.sign_in()
    form.expect_inside()

    page.reload()
    form.expect_inside()
    new_tab = page.context.new_page()
    new_tab.goto(f"{form.served.server.url}/aide")

    expect(new_tab.get_by_role("heading", name="Aide", exact=True)).to_be_visible(timeout=PATIENCE_MS)


def test_a_refusal_keeps_the_number_not_the_password_nor_anything_in_the_address(form: SignIn, page: Page) -> None:
    form.sign_in("/mon-compte?x=1", password="ni vu ni connu ici")

    refusal = page.get_by_role("alert")
    expect(refusal).to_have_text("Numéro d'agent ou mot de passe incorrect\u00a0: vérifiez les deux et réessayez.")
    expect(form.login).to_have_value("PA9000")
    expect(form.password).to_have_value("")
    expect(form.password).to_be_focused()
    expect(page).to_have_url(f"{form.served.server.url}/mon-compte?x=1")

    form.password.fill(PASSWORD)
    form.button.click()

    form.expect_inside()
    expect(refusal).to_have_count(0)


def test_too_many_attempts_name_the_minutes(form: SignIn, page: Page) -> None:
    add_agent(form.served.world, "PA9009", "Paul Roy")
    for _ in range(5):
        form.served.request("POST", "/login", form={"login": "PA9009", "password": "x"})

    form.sign_in(login="PA9009")

    expect(page.get_by_role("alert")).to_contain_text("réessayez dans une minute")
    form.expect_outside()


def test_a_double_click_on_the_button_signs_in(form: SignIn) -> None:
    form.open("/mon-compte")
    form.fill("PA9000", PASSWORD)

    form.button.dblclick()

    form.expect_inside()


def test_english_is_one_click_away_before_and_after(form: SignIn, page: Page) -> None:
    add_agent(form.served.world, "PA9001", "Mary Roy")
    form.open("/mon-compte")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_label("Agent number").fill("PA9001")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Mon compte", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    expect(page).to_have_url(f"{form.served.server.url}/mon-compte")

    page.get_by_text("English", exact=True).click()

    expect(page.get_by_role("heading", name="My account", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    expect(page).to_have_title("My account · PartnerNET")


def test_signing_out_is_one_click_in_the_menu_and_closes_the_other_tab_at_its_next_click(
    form: SignIn, page: Page
) -> None:
    form.sign_in()
    form.expect_inside()
    other = page.context.new_page()
    other.goto(f"{form.served.server.url}/aide")
    expect(other.get_by_label("Chercher dans l'aide")).to_be_visible(timeout=PATIENCE_MS)

    menu(page, "Fermer la session")
    form.expect_outside()
    other.get_by_label("Chercher dans l'aide").fill("chèque")
    other.keyboard.press("Enter")

    expect(other.get_by_role("button", name="Ouvrir une session")).to_be_visible(timeout=PATIENCE_MS)
    expect(other.get_by_role("heading", name="Aide", exact=True)).to_have_count(0)
    assert [cookie for cookie in page.context.cookies() if cookie.get("name") == "partnernet-session"] == []


def test_a_one_time_code_leads_to_a_new_password_and_then_to_the_page_asked_for(form: SignIn, page: Page) -> None:
    world = form.served.world
    add_agent(world, "PA9002", "Luc Roy")
    code = users.reset(world.db, "PA9002", by=console_operator("exploitation"), at=clock.now()).code
    assert code is not None

    form.sign_in("/aide", "PA9002", code.lower())
    new, again = (
        page.get_by_label("Nouveau mot de passe", exact=True),
        page.get_by_label("Nouveau mot de passe, encore"),
    )
    expect(new).to_be_focused(timeout=PATIENCE_MS)
    expect(page.get_by_test_id("stTopNav")).to_have_count(0)
    new.fill(OTHER_PASSWORD)
    again.fill(OTHER_PASSWORD)
    page.get_by_role("button", name="Changer le mot de passe").dblclick()

    expect(page.get_by_role("heading", name="Aide", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    assert sessions.sign_in(world.db, "PA9002", OTHER_PASSWORD, at=clock.now()).new_password_due is False


def test_a_double_click_changes_a_password_once_and_says_so(form: SignIn, page: Page) -> None:
    add_agent(form.served.world, "PA9003", "Guy Roy")
    form.sign_in("/mot-de-passe", "PA9003")
    page.get_by_label("Mot de passe actuel").fill(PASSWORD)
    page.get_by_label("Nouveau mot de passe", exact=True).fill(OTHER_PASSWORD)
    page.get_by_label("Nouveau mot de passe, encore").fill(OTHER_PASSWORD)

    page.get_by_role("button", name="Changer le mot de passe").dblclick()

    expect(page.get_by_text("Le mot de passe est changé.")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("ce n'est pas le bon")).to_have_count(0)
    assert sessions.sign_in(form.served.world.db, "PA9003", OTHER_PASSWORD, at=clock.now())  # type: ignore[truthy-bool]


def test_no_screen_breaks_the_policy_or_complains_in_the_console(form: SignIn, page: Page) -> None:
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    form.sign_in("/")
    form.expect_inside()

    for screen in screens():
        form.open(f"/{screen.url_path}")
        form.expect_inside()
        expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible(timeout=PATIENCE_MS)

    assert complaints == []


def test_the_policy_would_be_noticed_if_it_were_broken(form: SignIn, page: Page) -> None:
    """The control of the test above."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    form.open("/")
    form.expect_outside()

    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {textContent: 'window.hit = 1'}))"
    )

    assert page.evaluate("window.hit") is None
    assert any("Content Security Policy" in complaint for complaint in complaints)


def test_our_script_leaves_alt_gr_to_the_keyboard(form: SignIn, page: Page) -> None:
    form.sign_in("/clients")
    name = page.get_by_label("Nom du client")
    expect(name).to_be_visible(timeout=PATIENCE_MS)
    name.fill("*roy*")
    prevented = """options => {
        const event = new KeyboardEvent("keydown", {key: "r", code: "KeyR", altKey: true, bubbles: true,
            cancelable: true, ...options});
        document.activeElement.dispatchEvent(event);
        return event.defaultPrevented;
    }"""

    assert page.evaluate(prevented, {"modifierAltGraph": True}) is False
    assert page.evaluate(prevented, {"ctrlKey": True}) is False
    expect(name).to_be_focused()
    assert page.evaluate(prevented, {}) is True


def test_a_session_ended_in_the_database_is_over_at_the_next_click(form: SignIn, page: Page) -> None:
    form.sign_in()
    form.expect_inside()
    token = next(cookie.get("value") for cookie in page.context.cookies() if cookie.get("name") == "partnernet-session")
    assert token is not None

    sessions.sign_out(form.served.world.db, hash_token(token), at=clock.now())
    page.get_by_text("English", exact=True).click()

    form.expect_outside()
