"""The settings of a branch: read by those who watch, changed by an administrator, every change in the audit log."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from partnernet.domain.agents import Agent, Branch
from partnernet.domain.branch_settings import DEPOSIT_ACCOUNT_LIMIT_CHARS, BranchSettings, checked_settings
from partnernet.domain.free_text import clean
from partnernet.domain.money import Money
from partnernet.domain.permissions import Permission, Role, require
from partnernet.services import audit
from partnernet.storage import branches, ledger, settings_of_branch
from partnernet.storage.database import Database


def visible(db: Database, *, by: Agent) -> tuple[tuple[Branch, BranchSettings], ...]:
    """The branches whose settings the person may read: their own, or every one for administrators and for auditors
    of no branch."""
    require(by, Permission.VIEW_SETTINGS)
    with db.read() as connection:
        every = branches.every(connection)
        if by.role is not Role.ADMINISTRATOR and by.branch is not None:
            every = [branch for branch in every if branch.id == by.branch.id]
        return tuple((branch, settings_of_branch.read(connection, branch)) for branch in every)


def change(
    db: Database, branch: Branch, new: BranchSettings, *, by: Agent, at: datetime, seen: BranchSettings | None = None
) -> BranchSettings:
    """Put new settings in force, and return them all.

    ``seen`` is what the form showed before it was filled in: what is the same there leaves alone what somebody else has
    put in force meanwhile. Raises `SettingImpossible`, and the refusals of `clean` for the deposit account.
    """
    require(by, Permission.CHANGE_SETTINGS)
    account = clean(new.deposit_account, field="deposit_account", limit_chars=DEPOSIT_ACCOUNT_LIMIT_CHARS)
    wanted = _differing(replace(new, deposit_account=account), seen)
    with db.write() as connection:
        ledger.lock_branch(connection, branch)
        before = settings_of_branch.read(connection, branch)
        checked = checked_settings(replace(before, **wanted))
        changed = _differing(checked, before)
        if changed:
            settings_of_branch.write(connection, branch, checked)
            detail = {name: value.cents if isinstance(value, Money) else value for name, value in changed.items()}
            audit.record(connection, "settings.changed", branch.code, by=by, at=at, **detail)
    return checked


def _differing(new: BranchSettings, old: BranchSettings | None) -> dict[str, Any]:
    """The settings by name that are not what they were; all of them when nothing was."""
    values = {setting.name: getattr(new, setting.name) for setting in fields(new)}
    return {name: value for name, value in values.items() if old is None or value != getattr(old, name)}
