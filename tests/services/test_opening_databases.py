"""Opening what is not, or no longer, a database of this version: one refusal each, and no file made by accident."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from partnernet.domain.refusals import (
    DatabaseBusy,
    DatabaseForeign,
    DatabaseMissing,
    DatabaseUnavailable,
    Refusal,
    SchemaNewer,
)
from partnernet.services import payments
from partnernet.storage import schema
from partnernet.storage.database import Database
from tests.support.attacker import Attacker
from tests.support.postgres import new_database
from tests.support.privileges import read_only
from tests.support.requests import paying
from tests.support.world import World


def missing(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(b"\xde\xad\xbe\xef" * 4096)


def a_text(path: Path) -> None:
    path.write_text("Ceci n'est pas une base de données.\n" * 200, "utf-8")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def another_application(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")


def another_alembic(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")


def a_newer_version(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def only_its_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


@pytest.mark.parametrize(
    ("spoil", "refusal"),
    [
        (missing, DatabaseMissing),
        (empty, DatabaseMissing),
        (garbage, DatabaseForeign),
        (a_text, DatabaseForeign),
        (a_folder, DatabaseUnavailable),
        (another_application, DatabaseForeign),
        (another_alembic, DatabaseForeign),
        (a_newer_version, SchemaNewer),
        (cut_in_half, DatabaseForeign),
        (only_its_header, DatabaseForeign),
    ],
)
def test_each_spoiled_file_has_its_refusal(
    sqlite_url: str, tmp_path: Path, spoil: Callable[[Path], None], refusal: type[Refusal]
) -> None:
    path = tmp_path / "partnernet.db"
    spoil(path)
    before = path.read_bytes() if path.is_file() else None

    with pytest.raises(refusal):
        schema.open_database(sqlite_url)

    assert (path.read_bytes() if path.is_file() else None) == before, "opening must NOT have changed or made anything"


@pytest.mark.parametrize("spoil", [garbage, a_text, another_application, a_newer_version, a_folder, only_its_header])
def test_a_file_that_is_not_ours_is_never_upgraded(
    sqlite_url: str, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    path = tmp_path / "partnernet.db"
    spoil(path)
    before = path.read_bytes() if path.is_file() else None

    with pytest.raises(Refusal):
        schema.upgrade(sqlite_url)

    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize("spoil", [missing, empty])
def test_a_missing_or_empty_file_is_made_by_upgrading(
    sqlite_url: str, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(tmp_path / "partnernet.db")

    schema.upgrade(sqlite_url)

    schema.open_database(sqlite_url).dispose()


def test_a_file_in_a_folder_that_does_not_exist_is_missing(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing):
        schema.open_database(f"sqlite:///{tmp_path / 'nowhere' / 'partnernet.db'}")

    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("kept", [0.2, 0.4, 0.6, 0.8, 0.95])
def test_a_truncated_file_is_refused_at_the_latest_when_it_is_used(
    sqlite_books_file: Path, tmp_path: Path, kept: float
) -> None:
    path = tmp_path / "books.db"
    shutil.copyfile(sqlite_books_file, path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])

    with pytest.raises(Refusal):
        Attacker(path).verify()


def test_a_read_only_file_can_be_read_and_refuses_payments_with_a_sentence(
    world_on_sqlite: World, tmp_path: Path
) -> None:
    world = world_on_sqlite
    request = paying(world, world.customer("100001", due=[("F-1", "60.00", world.today)]))
    world.db.dispose()

    with read_only(tmp_path / "partnernet.db"):
        reopened = schema.open_database(world.db.url)
        with pytest.raises(DatabaseUnavailable):
            payments.record(reopened, request, by=world.agent, at=world.now)
        with pytest.raises(DatabaseUnavailable):
            schema.upgrade(world.db.url)
        assert payments.by_key(reopened, request.key, by=world.agent) is None
        reopened.dispose()

    assert payments.record(world.db, request, by=world.agent, at=world.now).number == "MTL-000001"


@pytest.fixture
def world_on_sqlite(sqlite_db: Database) -> World:
    return World(sqlite_db)


def test_a_database_that_another_program_holds_is_busy_and_the_same_key_works_later(
    world_on_sqlite: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = world_on_sqlite
    request = paying(world, world.customer("100001", due=[("F-1", "60.00", world.today)]))
    monkeypatch.setattr("partnernet.storage.pragmas.LOCK_TIMEOUT_SECONDS", 0.2)
    impatient = schema.open_database(world.db.url)
    holder = sqlite3.connect(tmp_path / "partnernet.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(DatabaseBusy):
        payments.record(impatient, request, by=world.agent, at=world.now)

    holder.execute("ROLLBACK")
    holder.close()
    assert payments.record(impatient, request, by=world.agent, at=world.now).number == "MTL-000001"
    impatient.dispose()


# --- PostgreSQL -----------------------------------------------------------------------------------------------------


def address(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def test_an_empty_postgresql_database_is_missing_its_schema(postgres: URL) -> None:
    with new_database(postgres) as url, pytest.raises(DatabaseMissing) as refused:
        schema.open_database(address(url))

    assert str(url.password) not in refused.value.path or not url.password


def test_a_postgresql_database_of_something_else_is_foreign(postgres: URL) -> None:
    with new_database(postgres) as url:
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE recipe (name TEXT)"))
        engine.dispose()

        with pytest.raises(DatabaseForeign):
            schema.open_database(address(url))
        with pytest.raises(DatabaseForeign):
            schema.upgrade(address(url))


def test_a_newer_postgresql_schema_is_refused(postgres_url: str) -> None:
    engine = create_engine(make_url(postgres_url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    for attempt in (schema.open_database, schema.upgrade):
        with pytest.raises(SchemaNewer):
            attempt(postgres_url)


@pytest.mark.parametrize(
    "change",
    [
        {"database": "no_such_database"},
        {"host": "127.0.0.1", "port": 1, "query": {}},
        {"username": "nobody_here"},
    ],
)
def test_a_server_that_does_not_answer_is_unavailable(postgres_url: str, change: dict[str, Any]) -> None:
    url = make_url(postgres_url).set(**change)

    for attempt in (schema.open_database, schema.upgrade):
        with pytest.raises(DatabaseUnavailable):
            attempt(address(url))
