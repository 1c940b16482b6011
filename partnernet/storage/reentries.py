"""Payments entered again in place of reversed ones: who took their money, and where it came in first."""

from __future__ import annotations

from sqlalchemy import Connection, select

from partnernet.storage import tables as t


def taker_of(connection: Connection, posting_id: int) -> int:
    """The agent who took the money of a payment: not the supervisor who entered it again."""
    taken_by = connection.execute(select(t.reentry.c.taken_by_id).where(t.reentry.c.posting_id == posting_id))
    poster = select(t.posting.c.agent_id).where(t.posting.c.id == posting_id)
    return taken_by.scalar_one_or_none() or connection.execute(poster).scalar_one()


def origin_of(connection: Connection, posting_id: int) -> int:
    """The payment with which the money came in, however often it was entered again since."""
    corrects = select(t.reentry.c.corrects_id)
    while found := connection.execute(corrects.where(t.reentry.c.posting_id == posting_id)).scalar_one_or_none():
        posting_id = found
    return posting_id
