"""Counting a till as hands do it: by keyboard alone, in two browsers, clicked twice, reloaded in between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count as counting_up
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from partnernet.domain.agents import Agent
from partnernet.domain.counts import CountDraft, FrozenCount
from partnernet.domain.permissions import Role
from partnernet.services import counts, submissions
from tests.support.browser import open_page
from tests.support.counting import receive_float, take_cash, take_cheque
from tests.support.hands import click_twice
from tests.support.screens import open_session
from tests.support.served import COOKIE, serve
from tests.support.server import Server
from tests.support.world import World

ANSWER_MS = 20_000
_logins = counting_up(6001)


@pytest.fixture(scope="module")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, World]]:
    """One server and one world for the module; each test has its own agent."""
    with serve(sqlite_template, tmp_path_factory.mktemp("count")) as running:
        yield running.server, running.world


class Till:
    """One agent's « Décompte » in one tab."""

    def __init__(self, server: Server, world: World, agent: Agent, page: Page) -> None:
        self.server, self.world, self.agent, self.page = server, world, agent, page
        cookie = {"name": COOKIE, "value": open_session(world, agent), "url": server.url, "httpOnly": True}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        self.open()

    def open(self) -> None:
        self.page.goto(f"{self.server.url}/petite-caisse?vue=decompte")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def field(self, name: str) -> Locator:
        return self.page.get_by_label(name, exact=True)

    def begin(self) -> None:
        expect(self.button("Commencer le décompte")).to_be_focused(timeout=ANSWER_MS)
        self.button("Commencer le décompte").click()
        expect(self.field("Pièces de 5 ¢")).to_be_focused(timeout=ANSWER_MS)

    def says(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=ANSWER_MS)

    def current(self) -> CountDraft | FrozenCount | None:
        return counts.current(self.world.db, by=self.agent, at=self.world.now)


@pytest.fixture
def till(served: tuple[Server, World], page: Page) -> Till:
    """A float of 200.00, 125.05 in cash and a cheque of 412.37; nothing counted yet."""
    server, world = served
    agent = world.person(f"PA{next(_logins)}", "Josée Bélanger", Role.AGENT, world.branch)
    receive_float(world, "200.00", agent=agent)
    take_cash(world, "125.05", agent=agent)
    take_cheque(world, "412.37", agent=agent)
    return Till(server, world, agent, page)


def test_a_till_is_counted_and_submitted_by_keyboard_alone(till: Till) -> None:
    keys = till.page.keyboard
    expect(till.button("Commencer le décompte")).to_be_focused(timeout=ANSWER_MS)
    keys.press("Enter")
    expect(till.field("Pièces de 5 ¢")).to_be_focused(timeout=ANSWER_MS)

    # 5 ¢ loose and in rolls, 10 ¢, 25 ¢, 1 $, 2 $ likewise, then 5 $, 10 $, 20 $, 50 $, 100 $.
    for typed in ("1", "", "", "", "", "", "", "", "", "", "1", "", "1", "", "3"):
        keys.type(typed)
        keys.press("Tab")
    expect(till.page.get_by_role("checkbox")).to_be_focused()
    keys.press("Space")
    till.says("1 sur 1 · 412,37 $")
    till.says("325,05 $")
    keys.press("Tab")
    expect(till.button("Figer le décompte")).to_be_focused()
    keys.press("Enter")

    till.says("La caisse balance")
    expect(till.field("5 ¢ au sac")).to_be_focused(timeout=ANSWER_MS)
    keys.press("Tab", delay=20)
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Tab")
    expect(till.field("Note")).to_be_focused()
    keys.press("Tab")
    expect(till.button("Soumettre la réconciliation")).to_be_focused()
    keys.press("Enter")

    till.says(re.compile(r"^Réconciliation no \d+$"))
    expect(till.page.get_by_role("link", name="Imprimer", exact=True)).to_be_focused(timeout=ANSWER_MS)


def test_enter_goes_to_the_next_field_and_freezes_nothing(till: Till) -> None:
    till.begin()
    keys = till.page.keyboard

    for typed in ("1", "2", "3"):
        keys.type(typed)
        keys.press("Enter")
    expect(till.field("Rouleaux de 10 ¢")).to_be_focused()
    for _ in range(20):
        keys.press("Enter")

    expect(till.field("Billets de 100 $")).to_be_focused()
    till.page.wait_for_timeout(1000)
    draft = till.current()
    assert isinstance(draft, CountDraft), "Enter must NOT freeze"
    assert (draft.typed[5], draft.rolls[5], draft.typed[10]) == ("1", "2", "3")


def test_what_was_typed_is_there_when_the_tab_is_closed_without_leaving_the_field(till: Till, browser: Browser) -> None:
    till.begin()
    till.field("Billets de 20 $").press_sequentially("17", delay=30)
    till.says("340,00 $")
    till.page.close()

    with open_page(browser) as page:
        again = Till(till.server, till.world, till.agent, page)
        expect(again.field("Billets de 20 $")).to_have_value("17", timeout=ANSWER_MS)


def test_two_browsers_count_one_till_together(till: Till, browser: Browser) -> None:
    till.begin()
    with open_page(browser) as page:
        other = Till(till.server, till.world, till.agent, page)
        expect(other.field("Billets de 100 $")).to_be_visible(timeout=ANSWER_MS)

        till.field("Billets de 100 $").fill("3")
        other.field("Billets de 20 $").fill("1")
        other.field("Billets de 5 $").fill("1")
        till.field("Pièces de 5 ¢").fill("1")
        till.page.get_by_role("checkbox").press("Space")

        for one in (till, other):
            one.says("325,05 $")
            one.says("1 sur 1 · 412,37 $")
        expect(other.field("Billets de 100 $")).to_have_value("3")

        other.button("Figer le décompte").click()
        for one in (till, other):
            one.says("La caisse balance")
        till.button("Soumettre la réconciliation").click()
        for one in (till, other):
            one.says(re.compile(r"^Réconciliation no \d+$"))
    assert len(submissions.own(till.world.db, by=till.agent)) == 1


def test_what_is_being_typed_is_not_taken_back_by_what_comes_from_elsewhere(till: Till, browser: Browser) -> None:
    till.begin()
    with open_page(browser) as page:
        other = Till(till.server, till.world, till.agent, page)
        expect(other.field("Billets de 100 $")).to_be_visible(timeout=ANSWER_MS)
        till.field("Billets de 50 $").press_sequentially("12345", delay=350)
        other.field("Billets de 100 $").fill("3")
        till.field("Billets de 20 $").press_sequentially("12345", delay=700)

        expect(till.field("Billets de 100 $")).to_have_value("3", timeout=ANSWER_MS)
        expect(till.field("Billets de 50 $")).to_have_value("12345")
        expect(till.field("Billets de 20 $")).to_have_value("12345")


@pytest.mark.parametrize("gap_ms", [0, 60, 150, 400])
def test_a_double_click_freezes_one_count(till: Till, gap_ms: int) -> None:
    till.begin()
    till.field("Billets de 100 $").fill("3")

    click_twice(till.button("Figer le décompte"), gap_ms)

    till.says("Il manque 25,05 $")
    till.page.wait_for_timeout(500)
    frozen = till.current()
    assert isinstance(frozen, FrozenCount)
    assert frozen.number == 1, "the second click must NOT start or freeze another"
    expect(till.page.get_by_text("n'est plus en cours")).to_have_count(0)


@pytest.mark.parametrize("gap_ms", [0, 60, 150, 400])
def test_a_double_click_submits_once(till: Till, gap_ms: int) -> None:
    _count_all(till)

    click_twice(till.button("Soumettre la réconciliation"), gap_ms)

    till.says(re.compile(r"^Réconciliation no \d+$"))
    assert len(submissions.own(till.world.db, by=till.agent)) == 1


def test_a_value_typed_just_before_freezing_is_in_the_count(till: Till) -> None:
    till.begin()
    till.field("Billets de 100 $").fill("2")
    till.field("Billets de 20 $").fill("3")

    till.button("Figer le décompte").click()

    till.says("Il manque 65,05 $")
    frozen = till.current()
    assert isinstance(frozen, FrozenCount)
    assert str(frozen.counted) == "260.00"


def test_a_reload_at_each_step_comes_back_to_it(till: Till) -> None:
    till.begin()
    till.field("Pièces de 5 ¢").fill("1,5")
    till.says("illisible")
    till.page.reload()
    expect(till.field("Pièces de 5 ¢")).to_have_value("1,5", timeout=ANSWER_MS)
    till.button("Figer le décompte").click()
    till.says(re.compile("n'est pas un nombre de pièces"))
    _fill_all(till)
    till.button("Figer le décompte").click()
    till.says("La caisse balance")

    till.page.reload()
    till.says("La caisse balance")
    till.button("Soumettre la réconciliation").click()
    till.says(re.compile(r"^Réconciliation no \d+$"))

    till.page.reload()
    till.says(re.compile(r"^Réconciliation no \d+$"))
    expect(till.button("Soumettre la réconciliation")).to_have_count(0)


def test_on_a_telephone_what_was_found_is_brought_into_sight(till: Till) -> None:
    till.page.set_viewport_size({"width": 390, "height": 844})
    till.begin()
    till.field("Billets de 100 $").fill("3")

    till.button("Figer le décompte").click()

    verdict = till.page.get_by_text("Il manque 25,05 $")
    expect(verdict).to_be_in_viewport(timeout=ANSWER_MS)
    assert till.page.evaluate("document.documentElement.scrollWidth") <= 390, "nothing hangs over the side"


def _fill_all(till: Till) -> None:
    for name in ("Billets de 100 $", "Billets de 20 $", "Billets de 5 $", "Pièces de 5 ¢"):
        till.field(name).fill("3" if "100" in name else "1")
    till.page.get_by_role("checkbox").press("Space")
    till.says("1 sur 1 · 412,37 $")


def _count_all(till: Till) -> None:
    """Everything that the till holds, counted and frozen."""
    till.begin()
    _fill_all(till)
    till.button("Figer le décompte").click()
    till.says("La caisse balance")
    expect(till.field("5 ¢ au sac")).to_be_focused(timeout=ANSWER_MS)
