"""A read sees one state from its first statement to its last, and keeps nothing that it writes."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import DBAPIError

from partnernet.services import payments
from partnernet.storage import tables
from partnernet.storage.database import Database
from tests.support.requests import paying
from tests.support.world import World


def postings(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(tables.posting)).scalar_one()


def test_a_read_does_not_see_what_is_posted_meanwhile(postgres_db: Database) -> None:
    world = World(postgres_db)
    request = paying(world, world.customer("100001", due=[("F-1", "60.00", date(2026, 10, 15))]))

    with postgres_db.read() as connection:
        before = postings(connection)
        payments.record(postgres_db, request, by=world.agent, at=world.now)
        meanwhile = postings(connection)
    with postgres_db.read() as connection:
        after = postings(connection)

    assert (before, meanwhile, after) == (0, 0, 1)


def test_what_is_written_while_reading_is_not_kept(db: Database) -> None:
    with suppress(DBAPIError), db.read() as connection:  # PostgreSQL refuses it at once
        connection.execute(insert(tables.database_mark).values(name="written", value="while reading"))

    with db.read() as connection:
        assert connection.execute(select(tables.database_mark)).all() == []


def test_a_write_sees_what_others_committed_since_it_began(postgres_db: Database) -> None:
    """READ COMMITTED: whoever waited for a lock then reads what the holder left, and not an older state."""
    world = World(postgres_db)
    request = paying(world, world.customer("100001", due=[("F-1", "60.00", date(2026, 10, 15))]))

    with postgres_db.write() as connection:
        before = postings(connection)
        payments.record(postgres_db, request, by=world.agent, at=world.now)
        after = postings(connection)

    assert (before, after) == (0, 1)
