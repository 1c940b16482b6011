"""How a user's row, joined to their branch, becomes an `Agent`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Select, select

from partnernet.domain.agents import Agent, Branch
from partnernet.domain.money import Money
from partnernet.domain.permissions import Role
from partnernet.storage.tables import app_user, branch

_BRANCH = (
    branch.c.code.label("branch_code"),
    branch.c.name.label("branch_name"),
    branch.c.timezone.label("branch_timezone"),
    branch.c.float_authorised_cents.label("branch_float_cents"),
)


def people(*more: Any) -> Select[Any]:
    """Select users with their branch; ``more`` adds columns."""
    return select(app_user, *_BRANCH, *more).join_from(app_user, branch, isouter=True)


def id_in_branch(connection: Connection, branch_id: int, login: str) -> int | None:
    """The id of a person of the branch, active or not; ``None`` for a login of nobody there."""
    query = select(app_user.c.id).where(app_user.c.login == login, app_user.c.branch_id == branch_id)
    return connection.execute(query).scalar_one_or_none()


def agent_of_row(row: Row[Any]) -> Agent:
    """The person as they are in a row of `people`."""
    serves = None
    if row.branch_id is not None:
        serves = Branch(
            row.branch_id, row.branch_code, row.branch_name, row.branch_timezone, Money(row.branch_float_cents)
        )
    return Agent(row.id, row.login, row.name, Role(row.role), serves, row.language)
