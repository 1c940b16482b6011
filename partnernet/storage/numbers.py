"""The numbers of a branch's papers: bags, reconciliations and deposit slips, each from 1 without a gap."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, select

from partnernet.domain.agents import Branch


def next_number(connection: Connection, table: Table, branch: Branch) -> int:
    """The number after the branch's highest in a table with ``branch_id`` and ``number``; under the branch's lock."""
    query = select(func.coalesce(func.max(table.c.number), 0)).where(table.c.branch_id == branch.id)
    return int(connection.execute(query).scalar_one()) + 1
