"""What every test may ask for: a fresh database of either kind, a small world in it, a server, a browser.

`db` and `world` run each test twice, on SQLite and on PostgreSQL. Nothing here skips: what a test needs is
there, or the test fails.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import URL

from partnernet.storage import schema
from partnernet.storage.database import Database
from tests.support.browser import open_browser, open_page
from tests.support.office import SHOWN_MS
from tests.support.postgres import new_database, postgres_server
from tests.support.world import World

# The settings of the person who runs the tests must not reach them, least of all their database.
for name in [name for name in os.environ if name.startswith(("PARTNERNET_", "STREAMLIT_"))]:
    if not name.startswith("PARTNERNET_TEST_"):
        del os.environ[name]


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Streamlit's harness puts its script in the place of the main module; a process spawned later would run that."""
    real = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = real


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema and nothing in it, to be copied."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    schema.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a SQLite database with the schema, for this test alone."""
    path = tmp_path / "partnernet.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    """The maintenance database of a PostgreSQL server."""
    with postgres_server(lock_folder=tmp_path_factory.getbasetemp().parent) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres: URL) -> Iterator[str]:
    """The name of a PostgreSQL database with the schema and nothing in it, to be copied."""
    with new_database(postgres) as url:
        schema.upgrade(url.render_as_string(hide_password=False))
        yield str(url.database)


@pytest.fixture
def postgres_url(postgres: URL, postgres_template: str) -> Iterator[str]:
    """The address of a PostgreSQL database with the schema, for this test alone."""
    with new_database(postgres, template=postgres_template) as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture
def sqlite_db(sqlite_url: str) -> Iterator[Database]:
    """An open SQLite database with the schema."""
    database = schema.open_database(sqlite_url)
    yield database
    database.dispose()


@pytest.fixture
def postgres_db(postgres_url: str) -> Iterator[Database]:
    """An open PostgreSQL database with the schema."""
    database = schema.open_database(postgres_url)
    yield database
    database.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest) -> Database:
    """An open database with the schema; the test runs on each kind."""
    name = {"sqlite": "sqlite_db", "postgresql": "postgres_db"}[request.param]
    database: Database = request.getfixturevalue(name)
    return database


@pytest.fixture
def world(db: Database) -> World:
    """A branch with its people, and customers on demand; the test runs on each kind of database."""
    return World(db)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session."""
    expect.set_options(timeout=SHOWN_MS)  # on two busy cores, the first screen takes longer than the library's 5 s
    with open_browser() as chromium:
        yield chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab without history, 1366 by 768, in fr-CA."""
    with open_page(browser) as tab:
        yield tab


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skipped test proves nothing: the run fails."""
    if _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why a run without a failed test failed."""
    if _skipped(terminalreporter.config):
        terminalreporter.write_line("A skipped test counts as a failure here.", red=True)


def _skipped(config: pytest.Config) -> int:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", ())) if reporter else 0
