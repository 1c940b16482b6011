"""« Mot de passe », « Mon compte » and « Aide » do what they say."""

from __future__ import annotations

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from partnernet import clock, settings
from partnernet.domain.agents import Agent
from partnernet.domain.sign_in import SignInRefused
from partnernet.i18n import _, in_language
from partnernet.services import sessions
from partnernet.services.sessions import hash_token
from partnernet.web import help_sections
from partnernet.web.screens import screens as all_screens
from tests.services.people import OTHER_PASSWORD, PASSWORD, add_agent
from tests.support.screens import Screens, open_as


@pytest.fixture
def new_person(screens: Screens) -> tuple[str, Agent]:
    """Josée, who has a password, and the token of her session."""
    add_agent(screens.world)
    signed_in = sessions.sign_in(screens.world.db, "PA9000", PASSWORD, at=clock.now())
    agent = sessions.agent_of(screens.world.db, hash_token(signed_in.token), at=clock.now())
    assert agent is not None
    return signed_in.token, agent


def can_sign_in(screens: Screens, password: str) -> bool:
    try:
        sessions.sign_in(screens.world.db, "PA9000", password, at=clock.now())
    except SignInRefused:
        return False
    return True


def change_password(app: AppTest, current: str, new: str, again: str) -> None:
    for field, value in zip(app.text_input, (current, new, again), strict=True):
        field.set_value(value)
    app.button[0].click().run()


def test_a_person_changes_their_own_password(screens: Screens, new_person: tuple[str, Agent]) -> None:
    token, _agent = new_person
    app = open_as(token, "mot_de_passe")

    change_password(app, PASSWORD, OTHER_PASSWORD, OTHER_PASSWORD)

    assert [message.value for message in app.success] == [
        "Le mot de passe est changé. Vos autres sessions sont fermées."
    ]
    assert not app.text_input
    assert can_sign_in(screens, OTHER_PASSWORD)


@pytest.mark.parametrize(
    ("current", "new", "again", "said"),
    [
        ("ce n'est pas celui-ci", OTHER_PASSWORD, OTHER_PASSWORD, "Mot de passe actuel"),
        (PASSWORD, "trop court", "trop court", "au moins 15 caractères ; celui-ci en a 10"),
        (PASSWORD, "bienvenue 2026 bienvenue", "bienvenue 2026 bienvenue", "trop facile à deviner"),
        (PASSWORD, OTHER_PASSWORD, "", "il diffère du premier"),
    ],
)
def test_a_refused_password_says_why_below_the_form_and_keeps_nothing_typed(
    screens: Screens, new_person: tuple[str, Agent], current: str, new: str, again: str, said: str
) -> None:
    token, _agent = new_person
    app = open_as(token, "mot_de_passe")

    change_password(app, current, new, again)

    assert said in app.error[0].value.replace("\u00a0", " ")
    assert [field.value for field in app.text_input] == ["", "", ""]
    assert can_sign_in(screens, PASSWORD)


def test_a_person_ends_a_session_that_they_forgot(screens: Screens, new_person: tuple[str, Agent]) -> None:
    token, _agent = new_person
    forgotten = sessions.sign_in(screens.world.db, "PA9000", PASSWORD, at=clock.now()).token
    app = open_as(token, "mon_compte")

    assert [button.label for button in app.button] == ["Mettre fin à cette session"]
    app.button[0].click().run()

    assert not app.button
    assert sessions.find(screens.world.db, hash_token(forgotten), at=clock.now()) is None
    assert sessions.find(screens.world.db, hash_token(token), at=clock.now())


def test_the_language_chosen_is_spoken_at_once_and_everywhere(new_person: tuple[str, Agent]) -> None:
    token, _agent = new_person
    app = open_as(token, "mon_compte")

    app.radio[0].set_value("en").run()

    assert [title.value for title in app.title] == ["My account"]
    assert [title.value for title in open_as(token, "mot_de_passe").title] == ["Password"]


def test_the_help_has_the_same_sections_in_both_languages() -> None:
    with in_language("fr"):
        french = help_sections.sections()
    with in_language("en"):
        english = help_sections.sections()

    assert len(french) == len(english) > 10
    assert all(section.body for section in french + english)


def test_every_screen_of_the_menus_has_its_help() -> None:
    with in_language("fr"):
        text = " ".join(f"{section.title} {section.body}" for section in help_sections.sections())

    assert [screen.title for screen in all_screens() if screen.title not in text and screen.file != "aide"] == []


def test_the_help_is_narrowed_down_by_the_words_that_one_looks_for(screens: Screens) -> None:
    app = screens.open("aide", screens.world.agent)
    everything = len(app.header)

    app.text_input[0].set_value("CHEQUES  postdates").run()
    none_yet = [header.value for header in app.header]
    app.text_input[0].set_value("CHEQUE  connu").run()

    assert everything > 10
    assert none_yet == []
    assert [header.value for header in app.header] == ["Confirmer un paiement inhabituel"]


def test_the_keys_of_the_help_are_those_of_the_script_and_do_what_the_catalogue_says() -> None:
    script = (settings.ROOT / "partnernet" / "web" / "static" / "app.js").read_text("utf-8")
    table = re.search(r"SHORTCUTS = (\[.*?\]);", script, re.DOTALL)
    assert table is not None
    shortcuts = json.loads(re.sub(r",\s*\]", "]", table[1]))

    for code, name_column in (("fr", 1), ("en", 2)):
        help_text = (settings.ROOT / "partnernet" / "web" / "help" / f"{code}.md").read_text("utf-8")
        keys = dict(re.findall(r"^\| Alt \+ ([A-Z]) \| ([^(|]*?) (?:\(.*\) )?\|$", help_text, re.MULTILINE))
        assert keys == {row[0].upper(): row[name_column] for row in shortcuts}
    with in_language("en"):
        assert [row for row in shortcuts if _(row[1]) != row[2]] == []
