"""Every page asks who is there before anything else; « Mot de passe », « Mon compte » and « Aide » do what they say."""

from __future__ import annotations

import json
import logging
import re

import pytest
from sqlalchemy import delete, insert, update
from streamlit.testing.v1 import AppTest

from partnernet import clock, settings
from partnernet.domain.agents import Agent
from partnernet.domain.permissions import ALLOWED, Role
from partnernet.domain.sign_in import SignInRefused
from partnernet.i18n import in_language
from partnernet.services import sessions
from partnernet.services.sessions import hash_token
from partnernet.storage import tables
from partnernet.web import help_sections
from partnernet.web.screens import Screen
from partnernet.web.screens import screens as all_screens
from tests.services.people import OTHER_PASSWORD, PASSWORD, add_agent
from tests.support.screens import Screens, open_session, words

MAIN = str(settings.ROOT / "partnernet" / "web" / "main.py")
SCREENS = pytest.mark.parametrize("screen", all_screens(), ids=lambda screen: screen.file)


def open_as(token: str | None, file: str, **query: str) -> AppTest:
    """A screen for whoever has this token, or for a stranger."""
    app = AppTest.from_file(MAIN, default_timeout=30)
    if token is not None:
        app.user = {"session": hash_token(token)}
    app.run().switch_page(f"../../pages/{file}.py")
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def is_sign_in(app: AppTest) -> bool:
    """Whether the form stands there, and nothing else of a page."""
    return 'action="/login"' in words(app) and not (app.title or app.header or app.button or app.text_input)


@pytest.fixture
def new_person(screens: Screens) -> tuple[str, Agent]:
    """Josée, who has a password, and the token of her session."""
    add_agent(screens.world)
    signed_in = sessions.sign_in(screens.world.db, "PA9000", PASSWORD, at=clock.now())
    agent = sessions.agent_of(screens.world.db, hash_token(signed_in.token), at=clock.now())
    assert agent is not None
    return signed_in.token, agent


@SCREENS
@pytest.mark.usefixtures("screens")
@pytest.mark.parametrize("token", [None, "made-up"])
def test_a_stranger_reads_the_sign_in_whatever_the_address(screen: Screen, token: str | None) -> None:
    assert is_sign_in(open_as(token, screen.file))


@SCREENS
def test_a_page_run_by_itself_asks_who_is_there(screens: Screens, screen: Screen) -> None:
    """On a fresh server, Streamlit may run a file of pages/ without the script that holds the menus."""
    del screens
    page = settings.ROOT / "pages" / f"{screen.file}.py"

    assert is_sign_in(AppTest.from_file(str(page), default_timeout=30).run())


@SCREENS
@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR])
def test_a_screen_opens_for_the_roles_of_the_table_and_no_other(screens: Screens, screen: Screen, role: Role) -> None:
    world = screens.world
    agent = world.person("X1", "Claire Roy", role, world.branch)

    app = screens.open(screen.file, agent)

    refused = [error.value for error in app.error]
    assert (refused == ["Vous n'avez pas accès à cette page"]) is (role not in ALLOWED[screen.permission])
    assert not app.exception


@SCREENS
def test_after_a_one_time_code_every_screen_is_the_new_password(screens: Screens, screen: Screen) -> None:
    token = open_session(screens.world, screens.world.agent)
    session = tables.user_session
    with screens.world.db.write() as connection:
        connection.execute(update(session).values(new_password_due=True))

    app = open_as(token, screen.file)

    assert [title.value for title in app.title] == ["Mot de passe"]
    assert [field.label for field in app.text_input] == ["Nouveau mot de passe", "Nouveau mot de passe, encore"]
    assert len(app.button) == 1


def test_a_session_that_ends_while_a_page_is_open_leaves_nothing_of_it(screens: Screens) -> None:
    token = open_session(screens.world, screens.world.agent)
    app = open_as(token, "mon_compte")
    app.session_state["draft"] = "what the first person was typing"

    sessions.sign_out(screens.world.db, hash_token(token), at=clock.now())
    app.run()

    assert is_sign_in(app)
    assert "draft" not in app.session_state


def test_what_a_tab_holds_is_forgotten_when_its_person_is_moved(screens: Screens) -> None:
    world = screens.world
    token, quebec = open_session(world, world.agent), world.new_branch("QUE", "Québec")
    app = open_as(token, "mon_compte")
    app.session_state["draft"] = "an amount for a customer in Montréal"

    with world.db.write() as connection:
        connection.execute(
            update(tables.app_user).where(tables.app_user.c.id == world.agent.id).values(branch_id=quebec.id)
        )
    app.run()

    assert "draft" not in app.session_state
    assert "Québec" in words(app)


@pytest.mark.usefixtures("screens")
def test_the_sign_in_speaks_the_language_clicked() -> None:
    app = open_as(None, "paiement", client="100245", lang="en")

    assert "Agent number" in words(app)
    assert "Numéro" not in words(app)
    assert 'name="next" value="/?client=100245&amp;lang=en"' in words(app)


def test_an_empty_database_names_the_commands_that_fill_it(screens: Screens) -> None:
    with screens.world.db.write() as connection:
        connection.execute(delete(tables.app_user))

    app = open_as(None, "accueil")

    assert "python -m partnernet branch add" in app.code[0].value
    assert "python -m partnernet user add" in app.code[0].value
    assert 'action="/login"' not in words(app)


def test_a_demonstration_says_so_on_every_screen(screens: Screens) -> None:
    with screens.world.db.write() as connection:
        connection.execute(insert(tables.database_mark).values(name="demonstration", value=""))

    drawn = [words(screens.open(screen.file, screens.world.agent)) for screen in all_screens()]
    drawn.append(words(open_as(None, "accueil")))

    assert [text for text in drawn if "Démonstration — données fictives" not in text] == []


def test_real_books_do_not_call_themselves_a_demonstration(screens: Screens) -> None:
    assert "Démonstration" not in words(screens.open("accueil", screens.world.agent))


def test_a_hostile_name_stays_a_name(screens: Screens) -> None:
    agent = screens.world.person("X1", "<img src=x onerror=alert(1)> **gras**", Role.AGENT, screens.world.branch)

    app = screens.open("mon_compte", agent)

    assert "&lt;img src=x" in words(app)
    assert "<img" not in words(app)
    assert "**gras**" in app.text[0].value


def test_an_unexpected_error_shows_its_number_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    def page() -> None:
        from partnernet.web.incident import show_incident

        show_incident(ValueError("INSERT … 'Marie Tremblay', 0123456"))

    logging.getLogger("partnernet").propagate = True
    app = AppTest.from_function(page).run()

    number = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}$", app.error[0].value.replace("\\", ""))
    assert number is not None
    assert number[0] in caplog.text
    assert "Tremblay" not in caplog.text + app.error[0].value


def test_a_refusal_that_no_page_caught_is_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    def page() -> None:
        from partnernet.domain.refusals import DatabaseUnavailable
        from partnernet.web.incident import show_incident

        show_incident(DatabaseUnavailable("connection to server at db.example.ca refused"))

    app = AppTest.from_function(page).run()

    assert app.error[0].value.startswith("La base de données ne répond pas")
    assert "db.example.ca" not in app.error[0].value
    assert "incident" not in caplog.text


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
    app.text_input[0].set_value("CHEQUE  postdate").run()

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
        from partnernet.i18n import _

        assert [row for row in shortcuts if _(row[1]) != row[2]] == []
