"""Marks of the database itself."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from partnernet.storage.tables import database_mark

DEMONSTRATION = "demonstration"


def is_marked(connection: Connection, name: str) -> bool:
    """Whether the database carries this mark."""
    return connection.scalar(select(database_mark.c.name).where(database_mark.c.name == name)) is not None


def value_of(connection: Connection, name: str) -> str | None:
    """What the mark says; None when the database does not carry it."""
    return connection.scalar(select(database_mark.c.value).where(database_mark.c.name == name))


def put(connection: Connection, name: str, value: str) -> None:
    """Mark the database, in place of what the mark said before."""
    connection.execute(delete(database_mark).where(database_mark.c.name == name))
    connection.execute(insert(database_mark).values(name=name, value=value))
