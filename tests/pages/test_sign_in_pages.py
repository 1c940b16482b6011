"""Every page asks who is there before anything else, and what goes wrong is said in one sentence."""

from __future__ import annotations

import logging
import re

import pytest
from sqlalchemy import delete, insert, update
from streamlit.testing.v1 import AppTest

from partnernet import clock, settings
from partnernet.domain.permissions import ALLOWED, Role
from partnernet.services import sessions
from partnernet.services.sessions import hash_token
from partnernet.storage import tables
from partnernet.web.screens import Screen
from partnernet.web.screens import screens as all_screens
from tests.support.screens import Screens, open_as, open_session, words

SCREENS = pytest.mark.parametrize("screen", all_screens(), ids=lambda screen: screen.file)


def is_sign_in(app: AppTest) -> bool:
    """Whether the form stands there, and nothing else of a page."""
    return 'action="/login"' in words(app) and not (app.title or app.header or app.button or app.text_input)


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


@pytest.mark.usefixtures("screens")
def test_a_session_that_has_ended_is_told_and_a_first_visit_is_not() -> None:
    ended = "Votre session est fermée"

    assert ended in words(open_as("an-old-token", "paiement", client="100245"))
    assert ended not in words(open_as(None, "paiement", client="100245"))


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


def test_a_refusal_that_no_page_caught_is_a_sentence_with_the_support_line(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page() -> None:
        from partnernet.domain.refusals import DatabaseUnavailable
        from partnernet.web.incident import show_incident

        show_incident(DatabaseUnavailable("connection to server at db.example.ca refused"))

    monkeypatch.setenv("PARTNERNET_SUPPORT_CONTACT", "Soutien aux agents")
    settings.settings.cache_clear()
    app = AppTest.from_function(page).run()
    settings.settings.cache_clear()

    assert app.error[0].value.startswith("La base de données ne répond pas")
    assert app.error[0].value.endswith("Soutien aux agents")
    assert "db.example.ca" not in app.error[0].value
    assert "incident" not in caplog.text
