"""Branches from their rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from partnernet.domain.agents import Agent, Branch, branch_of
from partnernet.domain.money import Money
from partnernet.domain.permissions import Role
from partnernet.domain.users import BranchNotFound
from partnernet.storage import tables as t


def branch_of_row(row: Row[*tuple[Any, ...]], prefix: str = "") -> Branch:
    """The branch in a row whose columns carry the table's names behind ``prefix``."""
    return Branch(
        getattr(row, f"{prefix}id"),
        getattr(row, f"{prefix}code"),
        getattr(row, f"{prefix}name"),
        getattr(row, f"{prefix}timezone"),
        Money(getattr(row, f"{prefix}float_authorised_cents")),
    )


def every(connection: Connection) -> list[Branch]:
    """Every branch by code."""
    return [branch_of_row(row) for row in connection.execute(select(t.branch).order_by(t.branch.c.code))]


def readable(connection: Connection, by: Agent) -> list[Branch]:
    """The branches whose papers the person may read: their own, or every one for an auditor of no branch."""
    if by.branch is not None:
        return [by.branch]
    return every(connection) if by.role is Role.AUDITOR else []


def to_read(connection: Connection, by: Agent, code: str | None) -> Branch:
    """The branch that the person reads: their own, or the one that an auditor of no branch names by its code.

    Raises `NoBranch` when there is none to read, and `BranchNotFound` for one that is unknown or not theirs.
    """
    if code is None:
        return branch_of(by)
    for branch in readable(connection, by):
        if branch.code == code:
            return branch
    raise BranchNotFound(code)


def with_heads(connection: Connection) -> list[tuple[Branch, Row[Any]]]:
    """Every branch by code with the head row of its ledger."""
    query = select(t.branch, t.branch_head).join(t.branch_head, t.branch_head.c.branch_id == t.branch.c.id)
    return [(branch_of_row(row), row) for row in connection.execute(query.order_by(t.branch.c.code))]
