"""Making and upgrading the schema, and opening a database that has the right one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DatabaseError, OperationalError

from partnernet.domain.refusals import (
    DatabaseForeign,
    DatabaseMissing,
    DatabaseUnavailable,
    Refusal,
    SchemaNewer,
    SchemaOlder,
)
from partnernet.storage import triggers
from partnernet.storage.database import Database, is_damaged

_MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str | URL) -> None:
    """Create the schema, or bring it to this version; a SQLite file is made when it is missing.

    One transaction: a migration that fails leaves the database as it was. A foreign database and a newer schema are
    refused.
    """
    url = make_url(url)
    where = url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
    sqlite = url.get_backend_name() == "sqlite"
    if sqlite and url.database:
        Path(url.database).absolute().parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url if sqlite else url.set(drivername="postgresql+psycopg"))
    try:
        with engine.connect() as connection:
            if sqlite:
                _prepare_sqlite_migration(connection)
            else:
                # Whoever upgrades at the same moment waits, then finds it done.
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('partnernet schema'))")
            _refuse_foreign(connection, where)
            _migrate(connection)
            connection.exec_driver_sql("COMMIT") if sqlite else connection.commit()
    except OperationalError as error:
        raise DatabaseUnavailable(str(error.orig).splitlines()[0]) from error
    except DatabaseError as error:
        if is_damaged(error):
            raise DatabaseForeign(where) from error
        raise
    finally:
        engine.dispose()


def open_database(url: str | URL) -> Database:
    """Open a database whose schema is exactly this version's; raises a storage refusal otherwise."""
    database = Database(url)
    try:
        with database.read() as connection:
            revision = _revision(connection)
            is_empty = not inspect(connection).get_table_names()
        if is_empty:
            raise DatabaseMissing(database.where)
        if revision is None:
            raise DatabaseForeign(database.where)
        if revision != head_revision():
            raise (SchemaOlder if revision in known_revisions() else SchemaNewer)(database.where)
    except Refusal:
        database.dispose()
        raise
    return database


@cache
def head_revision() -> str:
    """The revision that this version of the application needs."""
    head = ScriptDirectory(str(_MIGRATIONS)).get_current_head()
    assert head is not None, "the migrations have one head"  # noqa: S101 - a broken checkout, not a user's error
    return head


@cache
def known_revisions() -> frozenset[str]:
    return frozenset(script.revision for script in ScriptDirectory(str(_MIGRATIONS)).walk_revisions())


def _revision(connection: Connection) -> str | None:
    if "alembic_version" not in inspect(connection).get_table_names():
        return None
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_foreign(connection: Connection, where: str) -> None:
    tables = inspect(connection).get_table_names()
    revision = _revision(connection)
    if revision is None and tables:
        raise DatabaseForeign(where)
    if revision is not None and revision not in known_revisions():
        raise SchemaNewer(where)


def _prepare_sqlite_migration(connection: Connection) -> None:
    """Foreign keys off (a batch rebuild fails with them), and one explicit transaction around the whole migration."""
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101
    driver.isolation_level = None
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    triggers.install(connection)
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"the migration left {len(broken)} broken references")
