"""Making and upgrading the schema: what Alembic leaves is what the tables say, whole or not at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import URL, Connection, create_engine, text

from partnernet.domain.refusals import DatabaseForeign, SchemaOlder
from partnernet.services import payments
from partnernet.storage import schema, triggers
from partnernet.storage.database import Database
from partnernet.storage.tables import metadata
from tests.support.attacker import Attacker
from tests.support.postgres import new_database
from tests.support.requests import paying
from tests.support.world import World

BROKEN = '''
"""A migration that fails half-way."""

from alembic import op

revision = "broken"
down_revision = "HEAD"


def upgrade() -> None:
    op.execute("CREATE TABLE half (id INTEGER PRIMARY KEY)")
    op.execute("{statement}")
'''.replace("HEAD", schema.head_revision())
FAILURES = {
    "a statement that fails": "INSERT INTO nowhere VALUES (1)",
    "a rule that old rows break": "INSERT INTO branch (id, code, name, timezone, float_authorised_cents) "
    "VALUES (999, 'x', 'x', 'x', 0)",
}
DANGLING = "INSERT INTO branch_head (branch_id, last_sequence, last_receipt, last_hash) VALUES (999, 0, 0, 'x')"


def made_by_hand(url: str | URL) -> None:
    """The schema straight from the tables, without Alembic."""
    engine = create_engine(url)
    with engine.begin() as connection:
        metadata.create_all(connection)
        triggers.install(connection)
    engine.dispose()


def sqlite_objects(url: str) -> dict[tuple[str, str], list[str]]:
    """Every table, index and trigger with the clauses of its definition, whatever their order."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
    engine.dispose()
    return {
        (row.type, row.name): sorted(re.sub(r"\s+", " ", clause).strip(" ,") for clause in row.sql.splitlines())
        for row in rows
        if row.name != "alembic_version"
    }


POSTGRESQL_OBJECTS = """
SELECT 'constraint', conrelid::regclass::text, conname::text, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
  FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'column', table_name, column_name,
  concat_ws(' ', data_type, is_nullable, column_default, is_identity, identity_generation, collation_name)
  FROM information_schema.columns WHERE table_schema = 'public'
"""


def postgresql_objects(url: str | URL) -> set[tuple[str, ...]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = {tuple(row) for row in connection.execute(text(POSTGRESQL_OBJECTS))}
    engine.dispose()
    return {row for row in rows if row[1] != "alembic_version"}


def test_the_upgraded_sqlite_schema_is_the_one_of_the_tables(sqlite_url: str, tmp_path: Path) -> None:
    by_hand = f"sqlite:///{tmp_path / 'by_hand.db'}"
    made_by_hand(by_hand)

    upgraded, fresh = sqlite_objects(sqlite_url), sqlite_objects(by_hand)

    assert set(upgraded) == set(fresh)
    assert [name for name in upgraded if upgraded[name] != fresh[name]] == []


def test_the_upgraded_postgresql_schema_is_the_one_of_the_tables(postgres: URL, postgres_url: str) -> None:
    with new_database(postgres) as by_hand:
        made_by_hand(by_hand)
        fresh = postgresql_objects(by_hand)

    assert postgresql_objects(postgres_url) == fresh


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of a database of either kind, with the schema."""
    return str(request.getfixturevalue({"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]))


def test_alembic_sees_nothing_left_to_generate(url: str) -> None:
    engine = create_engine(url)
    with engine.connect() as connection:
        left = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
    engine.dispose()

    assert left == []


def objects(url: str) -> object:
    return sqlite_objects(url) if url.startswith("sqlite") else postgresql_objects(url)


def test_upgrading_again_changes_nothing_and_keeps_what_is_posted(url: str) -> None:
    world = World(schema.open_database(url))
    customer = world.customer("100001", due=[("F-1", "60.00", world.today)])
    receipt = payments.record(world.db, paying(world, customer), by=world.agent, at=world.now)
    world.db.dispose()
    before = objects(url)

    schema.upgrade(url)
    schema.upgrade(url)

    reopened = schema.open_database(url)
    assert objects(url) == before
    assert payments.receipt(reopened, receipt.number, by=world.agent) == receipt
    reopened.dispose()


@pytest.fixture
def later_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of migrations of a later version, where a test adds its own."""
    folder = tmp_path / "migrations"
    shutil.copytree(Path(schema.__file__).parent / "migrations", folder)
    monkeypatch.setattr(schema, "_MIGRATIONS", folder)
    schema.head_revision.cache_clear()
    schema.known_revisions.cache_clear()
    yield folder / "versions"
    schema.head_revision.cache_clear()
    schema.known_revisions.cache_clear()


@pytest.mark.parametrize("statement", FAILURES.values(), ids=FAILURES)
def test_a_migration_that_fails_leaves_nothing(url: str, later_version: Path, statement: str) -> None:
    before = objects(url)
    (later_version / "broken.py").write_text(BROKEN.format(statement=statement), "utf-8")

    with pytest.raises(Exception, match=r"nowhere|ck_branch_code"):
        schema.upgrade(url)

    assert objects(url) == before
    with pytest.raises(SchemaOlder):
        schema.open_database(url)


def test_a_first_migration_that_fails_leaves_an_empty_file(tmp_path: Path, later_version: Path) -> None:
    (later_version / "broken.py").write_text(BROKEN.format(statement="INSERT INTO nowhere VALUES (1)"), "utf-8")
    url = f"sqlite:///{tmp_path / 'new.db'}"

    with pytest.raises(Exception, match="nowhere"):
        schema.upgrade(url)

    assert sqlite_objects(url) == {}


def test_a_migration_that_leaves_a_dangling_reference_is_undone_on_sqlite(sqlite_url: str, later_version: Path) -> None:
    before = sqlite_objects(sqlite_url)
    (later_version / "broken.py").write_text(BROKEN.format(statement=DANGLING), "utf-8")

    with pytest.raises(RuntimeError, match="1 broken reference"):
        schema.upgrade(sqlite_url)

    assert sqlite_objects(sqlite_url) == before


def test_a_later_migration_keeps_the_rows_and_triggers_of_a_rebuilt_table(
    sqlite_books_file: Path, later_version: Path, tmp_path: Path
) -> None:
    sqlite_url = f"sqlite:///{shutil.copyfile(sqlite_books_file, tmp_path / 'books.db')}"
    rebuild = BROKEN.replace(
        '    op.execute("CREATE TABLE half (id INTEGER PRIMARY KEY)")\n    op.execute("{statement}")\n',
        "    import sqlalchemy as sa\n"
        '    with op.batch_alter_table("payment", recreate="always", table_kwargs={"sqlite_strict": True}) as batch:\n'
        '        batch.add_column(sa.Column("later", sa.Text()))\n',
    )
    (later_version / "rebuild.py").write_text(rebuild, "utf-8")
    before = {name for name in sqlite_objects(sqlite_url) if name[0] == "trigger"}

    schema.upgrade(sqlite_url)

    after = sqlite_objects(sqlite_url)
    assert {name for name in after if name[0] == "trigger"} == before
    assert any("later TEXT" in clause for clause in after["table", "payment"])
    assert Attacker(tmp_path / "books.db").verify().problems == ()


def columns_and_rows(connection: Connection) -> int:
    return int(connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one())


def test_a_file_is_made_with_the_folders_above_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'var' / 'of' / 'today' / 'partnernet.db'}"

    schema.upgrade(url)

    schema.open_database(url).dispose()


def test_upgrading_a_database_of_something_else_is_refused_and_leaves_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'other.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE recipe (name TEXT)"))
        before = columns_and_rows(connection)

    with pytest.raises(DatabaseForeign):
        schema.upgrade(url)

    with engine.connect() as connection:
        assert columns_and_rows(connection) == before
    engine.dispose()


def test_two_upgrades_at_once_make_one_schema(postgres: URL) -> None:
    with new_database(postgres) as url, ThreadPoolExecutor(2) as pool:
        address = url.render_as_string(hide_password=False)
        for upgrade in [pool.submit(schema.upgrade, address) for _ in range(2)]:
            upgrade.result()

        opened: Database = schema.open_database(address)
        opened.dispose()
