"""Books with one of everything, kept once a session on each kind of database, for tests that only attack them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import URL

from partnernet.storage import schema
from partnernet.storage.database import Database
from tests.support.account_days import AccountDays
from tests.support.books import keep_books
from tests.support.postgres import new_database
from tests.support.world import World


@pytest.fixture(scope="session")
def sqlite_books_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the books in it, to be copied."""
    path = tmp_path_factory.mktemp("books") / "books.db"
    shutil.copyfile(sqlite_template, path)
    database = schema.open_database(f"sqlite:///{path}")
    keep_books(World(database))
    database.dispose()
    return path


@pytest.fixture(scope="session")
def sqlite_books(sqlite_books_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The books on SQLite: whoever uses them leaves them as they were."""
    path = tmp_path_factory.mktemp("books") / "shared.db"
    shutil.copyfile(sqlite_books_file, path)
    database = schema.open_database(f"sqlite:///{path}")
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def postgres_books(postgres: URL, postgres_template: str) -> Iterator[Database]:
    """The books on PostgreSQL: whoever uses them leaves them as they were."""
    with new_database(postgres, template=postgres_template) as url:
        database = schema.open_database(url.render_as_string(hide_password=False))
        keep_books(World(database))
        yield database
        database.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def books(request: pytest.FixtureRequest) -> Database:
    """The books; the test runs on each kind of database and leaves them as they were."""
    database: Database = request.getfixturevalue(
        {"sqlite": "sqlite_books", "postgresql": "postgres_books"}[request.param]
    )
    return database


@pytest.fixture
def days(db: Database, tmp_path: Path) -> AccountDays:
    """An account from the eve of its first import on: the first of November, 18:05 in Montréal."""
    return AccountDays(World(db, now=datetime(2026, 11, 1, 23, 5, tzinfo=UTC)), tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of either kind with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'old.db'}"
        return
    server: URL = request.getfixturevalue("postgres")
    with new_database(server) as url:
        yield url.render_as_string(hide_password=False)
