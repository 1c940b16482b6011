"""How often a till report or a deposit slip was printed. The table is ``paper_copy``."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from partnernet.domain.papers import PaperKind, Printed
from partnernet.storage import tables as t

_copy = t.paper_copy.c


def printed(connection: Connection, kind: PaperKind, paper_id: int) -> Printed:
    """How many copies so far, and when the first was made."""
    query = select(func.count().label("copies"), func.min(_copy.printed_at).label("first_at"))
    row = connection.execute(query.where(_copy.kind == kind.value, _copy.paper_id == paper_id)).one()
    return Printed(row.copies, row.first_at)


def count(connection: Connection, kind: PaperKind, paper_id: int, user_id: int, at: datetime) -> int:
    """Keep that a copy was printed and return its number: 1 is the original, 2 and more are duplicates.

    The caller holds the branch's lock, so that two prints never share a number.
    """
    number = printed(connection, kind, paper_id).copies + 1
    values = {
        "kind": kind.value,
        "paper_id": paper_id,
        "copy_number": number,
        "printed_at": at,
        "user_id": user_id,
    }
    connection.execute(insert(t.paper_copy).values(**values))
    return number
