"""Settings of a branch: who sees which, what is changed, and that the audit log says so."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from partnernet.domain.branch_settings import BranchSettings, SettingImpossible
from partnernet.domain.free_text import HiddenCharacters
from partnernet.domain.permissions import Role
from partnernet.domain.refusals import NotPermitted, Refusal
from partnernet.services import branch_settings
from partnernet.storage import tables
from tests.support.requests import money
from tests.support.world import World

IN_FORCE = BranchSettings(money("200.00"))


def codes(world: World, role: Role, *, own: bool) -> list[str]:
    person = world.person("XX1000", "Line Roy", role, world.branch if own else None)
    return [branch.code for branch, _settings in branch_settings.visible(world.db, by=person)]


def changes(world: World) -> list[dict[str, object]]:
    query = select(tables.audit_event.c.detail).where(tables.audit_event.c.action == "settings.changed")
    with world.db.read() as connection:
        return [json.loads(detail) for detail in connection.execute(query).scalars()]


@pytest.mark.parametrize(
    ("role", "own", "seen"),
    [
        (Role.SUPERVISOR, True, ["MTL"]),
        (Role.AUDITOR, True, ["MTL"]),
        (Role.AUDITOR, False, ["MTL", "QUE"]),
        (Role.ADMINISTRATOR, True, ["MTL", "QUE"]),
        (Role.ADMINISTRATOR, False, ["MTL", "QUE"]),
    ],
)
def test_each_sees_their_branch_and_those_of_every_branch_see_all(
    world: World, role: Role, own: bool, seen: list[str]
) -> None:
    world.new_branch("QUE", "Québec")

    assert codes(world, role, own=own) == seen


def test_what_is_changed_is_in_force_for_that_branch_only_and_in_the_audit_log(world: World) -> None:
    administrator = world.person("AD1000", "Ada Roy", Role.ADMINISTRATOR)
    world.new_branch("QUE", "Québec")
    new = replace(IN_FORCE, tolerance=money("2.00"), deposit_account=" 815-30001 ")

    branch_settings.change(world.db, world.branch, new, by=administrator, at=world.now)

    montreal, quebec = (settings for _branch, settings in branch_settings.visible(world.db, by=administrator))
    assert montreal == replace(IN_FORCE, tolerance=money("2.00"), deposit_account="815-30001")
    assert quebec == IN_FORCE, "another branch's settings must NOT change"
    assert changes(world) == [{"deposit_account": "815-30001", "tolerance": 200}]


def test_two_administrators_do_not_undo_each_other(world: World) -> None:
    administrator = world.person("AD1000", "Ada Roy", Role.ADMINISTRATOR)
    branch_settings.change(
        world.db, world.branch, replace(IN_FORCE, tolerance=money("2.00")), by=administrator, at=world.now
    )

    kept = branch_settings.change(
        world.db,
        world.branch,
        replace(IN_FORCE, cash_limit=money("800.00")),
        by=administrator,
        at=world.now,
        seen=IN_FORCE,
    )

    assert kept == replace(IN_FORCE, tolerance=money("2.00"), cash_limit=money("800.00"))


def test_what_cannot_be_together_is_refused_even_when_each_changed_one_of_them(world: World) -> None:
    administrator = world.person("AD1000", "Ada Roy", Role.ADMINISTRATOR)
    branch_settings.change(
        world.db, world.branch, replace(IN_FORCE, fund_limit=money("300.00")), by=administrator, at=world.now
    )

    with pytest.raises(SettingImpossible) as refused:
        branch_settings.change(
            world.db,
            world.branch,
            replace(IN_FORCE, float_authorised=money("400.00")),
            by=administrator,
            at=world.now,
            seen=IN_FORCE,
        )

    assert refused.value.setting == "float_authorised"
    assert len(changes(world)) == 1


def test_nothing_changed_leaves_nothing_in_the_audit_log(world: World) -> None:
    administrator = world.person("AD1000", "Ada Roy", Role.ADMINISTRATOR)

    branch_settings.change(world.db, world.branch, IN_FORCE, by=administrator, at=world.now)

    assert changes(world) == []


@pytest.mark.parametrize(
    ("role", "new", "refusal"),
    [
        (Role.SUPERVISOR, IN_FORCE, NotPermitted),
        (Role.AUDITOR, IN_FORCE, NotPermitted),
        (Role.ADMINISTRATOR, replace(IN_FORCE, tolerance=money("-5.00")), SettingImpossible),
        (Role.ADMINISTRATOR, replace(IN_FORCE, deposit_account="81\u202e5"), HiddenCharacters),
    ],
)
def test_a_refused_change_leaves_everything_as_it_was(
    world: World, role: Role, new: BranchSettings, refusal: type[Refusal]
) -> None:
    person = world.person("XX1000", "Line Roy", role, world.branch)

    with pytest.raises(refusal):
        branch_settings.change(world.db, world.branch, new, by=person, at=world.now)

    assert branch_settings.visible(world.db, by=world.supervisor) == ((world.branch, IN_FORCE),)
    assert changes(world) == []
