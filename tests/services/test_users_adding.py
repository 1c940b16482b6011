"""Branches and users are made from the console; what cannot be right is refused and nothing is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from partnernet.domain.free_text import HiddenCharacters
from partnernet.domain.money import Money
from partnernet.domain.passwords import PasswordTooShort
from partnernet.domain.permissions import Role
from partnernet.domain.refusals import NotPermitted, Refusal
from partnernet.domain.users import (
    BranchCodeMalformed,
    BranchCodeTaken,
    BranchNameMissing,
    BranchNeeded,
    BranchNotFound,
    FloatImpossible,
    LoginMalformed,
    LoginTaken,
    NewBranch,
    NewUser,
    PersonNameMissing,
    TimezoneUnknown,
    UserNotFound,
)
from partnernet.services import branches, users
from partnernet.storage import tables
from partnernet.storage.chain import GENESIS
from partnernet.storage.database import Database
from tests.services.people import CONSOLE
from tests.support.world import AFTERNOON, World

MONTREAL = NewBranch("mtl", " Montréal ", "America/Toronto", Money(200_00))


def count_users(world: World) -> int:
    with world.db.read() as connection:
        return connection.scalar(select(func.count()).select_from(tables.app_user)) or 0


def test_a_branch_starts_with_no_receipt_and_an_empty_chain(db: Database) -> None:
    branch = branches.add(db, MONTREAL, by=CONSOLE, at=AFTERNOON)

    with db.read() as connection:
        head = connection.execute(select(tables.branch_head)).one()
        event = connection.execute(select(tables.audit_event)).one()
    assert (branch.code, branch.name, branch.float_authorised) == ("MTL", "Montréal", Money(200_00))
    assert (head.branch_id, head.last_sequence, head.last_receipt, head.last_hash) == (branch.id, 0, 0, GENESIS)
    assert (event.actor, event.user_id, event.action, event.subject) == ("exploitation", None, "branch.added", "MTL")


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (MONTREAL, BranchCodeTaken),
        (NewBranch("M", "Magog", "America/Toronto", Money(0)), BranchCodeMalformed),
        (NewBranch("MAG-1", "Magog", "America/Toronto", Money(0)), BranchCodeMalformed),
        (NewBranch("MAG", " ", "America/Toronto", Money(0)), BranchNameMissing),
        (NewBranch("MAG", "Ma\u202egog", "America/Toronto", Money(0)), HiddenCharacters),
        (NewBranch("MAG", "Magog", "America/Montréal", Money(0)), TimezoneUnknown),
        (NewBranch("MAG", "Magog", "America/Toronto", Money(-5)), FloatImpossible),
        (NewBranch("MAG", "Magog", "America/Toronto", Money(200_02)), FloatImpossible),
    ],
)
def test_a_branch_that_cannot_be_is_refused(db: Database, new: NewBranch, refusal: type[Refusal]) -> None:
    branches.add(db, MONTREAL, by=CONSOLE, at=AFTERNOON)

    with pytest.raises(refusal):
        branches.add(db, new, by=CONSOLE, at=AFTERNOON)

    with db.read() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.branch_head)) == 1


def test_a_one_time_code_is_given_once_and_kept_only_as_a_hash(world: World) -> None:
    access = users.add(world.db, NewUser("pa9000", "Josée", Role.AGENT, "mtl"), by=CONSOLE, at=world.now)

    with world.db.read() as connection:
        row = connection.execute(select(tables.app_user).where(tables.app_user.c.login == "PA9000")).one()
    assert access.login == "PA9000"
    assert access.code is not None
    assert len(access.code) == len("K7QD-3MXT-W9PB-HR4C")
    assert access.code not in str(row)
    assert access.code not in repr(access)
    assert row.branch_id == world.branch.id


def test_administrators_and_auditors_need_no_branch(world: World) -> None:
    for login, role in (("AD1", Role.ADMINISTRATOR), ("VE1", Role.AUDITOR)):
        users.add(world.db, NewUser(login, "Claire", role), by=CONSOLE, at=world.now)

    assert count_users(world) == 5


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (NewUser("PA1234", "Josée", Role.AGENT, "MTL"), LoginTaken),
        (NewUser("pa 9000", "Josée", Role.AGENT, "MTL"), LoginMalformed),
        (NewUser("-PA", "Josée", Role.AGENT, "MTL"), LoginMalformed),
        (NewUser("PA9000", "", Role.AGENT, "MTL"), PersonNameMissing),
        (NewUser("PA9000", "Jo\u200bsée", Role.AGENT, "MTL"), HiddenCharacters),
        (NewUser("PA9000", "Josée", Role.AGENT), BranchNeeded),
        (NewUser("PA9000", "Josée", Role.SUPERVISOR), BranchNeeded),
        (NewUser("PA9000", "Josée", Role.AGENT, "QUE"), BranchNotFound),
        (NewUser("PA9000", "Josée", Role.AGENT, "MTL", password="trop court"), PasswordTooShort),
    ],
)
def test_a_user_that_cannot_be_is_refused(world: World, new: NewUser, refusal: type[Refusal]) -> None:
    before = count_users(world)

    with pytest.raises(refusal):
        users.add(world.db, new, by=CONSOLE, at=world.now)

    assert count_users(world) == before


def test_a_reset_of_nobody_is_refused(world: World) -> None:
    with pytest.raises(UserNotFound):
        users.reset(world.db, "PA0000", by=CONSOLE, at=world.now)


@pytest.mark.parametrize(
    "act",
    [
        lambda world: users.add(world.db, NewUser("X1", "X", Role.AUDITOR), by=world.supervisor, at=world.now),
        lambda world: users.reset(world.db, "PA1234", by=world.supervisor, at=world.now),
        lambda world: branches.add(world.db, MONTREAL, by=world.supervisor, at=world.now),
    ],
)
def test_a_supervisor_makes_no_user_and_no_branch(world: World, act: Callable[[World], object]) -> None:
    with pytest.raises(NotPermitted):
        act(world)
