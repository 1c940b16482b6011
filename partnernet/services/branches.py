"""Branches: opened from the console."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import available_timezones

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from partnernet.domain.agents import Agent, Branch
from partnernet.domain.permissions import Permission, require
from partnernet.domain.users import (
    BranchCodeTaken,
    FloatImpossible,
    NewBranch,
    TimezoneUnknown,
    read_branch_code,
    read_branch_name,
)
from partnernet.services import audit
from partnernet.storage import branches
from partnernet.storage.chain import GENESIS
from partnernet.storage.database import Database
from partnernet.storage.tables import branch, branch_head


def readable(db: Database, *, by: Agent) -> tuple[Branch, ...]:
    """The branches whose papers the person may read: their own, or every one for an auditor of no branch."""
    require(by, Permission.VIEW_RECONCILIATIONS)
    with db.read() as connection:
        return tuple(branches.readable(connection, by))


def add(db: Database, new: NewBranch, *, by: Agent, at: datetime) -> Branch:
    """Open a branch, with the head row that numbers its receipts. Refuses a code that is taken or malformed."""
    require(by, Permission.MANAGE_BRANCHES)
    code, name = read_branch_code(new.code), read_branch_name(new.name)
    if new.timezone not in available_timezones():
        raise TimezoneUnknown(new.timezone)
    if new.float_authorised.cents < 0 or new.float_authorised.cents % 5:
        raise FloatImpossible(new.float_authorised)
    row = {
        "code": code,
        "name": name,
        "timezone": new.timezone,
        "float_authorised_cents": new.float_authorised.cents,
    }
    with db.write() as connection:
        try:
            branch_id = connection.execute(insert(branch).values(row).returning(branch.c.id)).scalar_one()
        except IntegrityError as error:
            raise BranchCodeTaken(code) from error
        connection.execute(
            insert(branch_head).values(branch_id=branch_id, last_sequence=0, last_receipt=0, last_hash=GENESIS)
        )
        audit.record(connection, "branch.added", code, by=by, at=at)
    return Branch(branch_id, code, name, new.timezone, new.float_authorised)
