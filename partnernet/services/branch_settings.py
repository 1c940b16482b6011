"""The settings of a branch: read by those who watch, changed by an administrator, every change in the audit log."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

from partnernet.domain.agents import Agent, Branch
from partnernet.domain.branch_settings import BranchSettings, checked_settings
from partnernet.domain.free_text import clean
from partnernet.domain.permissions import Permission, Role, require
from partnernet.services import audit
from partnernet.storage import branches, ledger, settings_of_branch
from partnernet.storage.database import Database


def visible(db: Database, *, by: Agent) -> tuple[tuple[Branch, BranchSettings], ...]:
    """The branches whose settings the person may read: every one for an administrator, else their own."""
    require(by, Permission.VIEW_SETTINGS)
    with db.read() as connection:
        every = branches.every(connection)
        if by.role is not Role.ADMINISTRATOR and by.branch is not None:
            every = [branch for branch in every if branch.id == by.branch.id]
        return tuple((branch, settings_of_branch.read(connection, branch)) for branch in every)


def change(db: Database, branch: Branch, new: BranchSettings, *, by: Agent, at: datetime) -> BranchSettings:
    """Put new settings in force. Raises `SettingImpossible`, and the refusals of `clean` for the deposit account."""
    require(by, Permission.CHANGE_SETTINGS)
    account = clean(new.deposit_account, field="setting")
    checked = checked_settings(replace(new, deposit_account=account))
    with db.write() as connection:
        ledger.lock_branch(connection, branch)
        before = _plain(settings_of_branch.read(connection, branch))
        settings_of_branch.write(connection, branch, checked)
        changed = {name: value for name, value in _plain(checked).items() if value != before[name]}
        audit.record(connection, "settings.changed", branch.code, by=by, at=at, **changed)
    return checked


def _plain(settings: BranchSettings) -> dict[str, object]:
    """For the audit log: amounts in cents."""
    return {name: value["cents"] if isinstance(value, dict) else value for name, value in asdict(settings).items()}
