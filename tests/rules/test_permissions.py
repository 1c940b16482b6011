"""Who may do what, cell by cell, as the screens of the product demand."""

from __future__ import annotations

from itertools import product

import pytest

from partnernet.domain.agents import Agent, NoBranch, branch_of, console_operator
from partnernet.domain.permissions import ALLOWED, Permission, Role, allowed, require
from partnernet.domain.refusals import NotPermitted

# Read across: who opens the screen or runs the command that needs the permission.
TABLE = """
                    agent  supervisor  administrator  auditor  operator
open_home           yes    yes         yes            yes      no
manage_own_account  yes    yes         yes            yes      no
find_customer       yes    yes         no             yes      no
take_payment        yes    yes         no             no       no
keep_till           yes    yes         no             no       no
view_payments       yes    yes         no             yes      no
reverse_payment     no     yes         no             no       no
view_corrections    no     yes         no             yes      no
view_till_reports   yes    yes         no             yes      no
view_reconciliations   no  yes         no             yes      no
decide_reconciliation  no  yes         no             no       no
count_for_absent    no     yes         no             no       no
review_alone        no     no          no             yes      no
grant_replenishment no     yes         no             no       no
view_deposits       no     yes         no             yes      no
make_deposit        no     yes         no             no       no
view_settings       no     yes         yes            yes      no
change_settings     no     no          yes            no       no
view_exchanges      no     yes         no             yes      yes
exchange_files      no     yes         no             no       yes
manage_users        no     no          yes            no       yes
manage_branches     no     no          no             no       yes
verify_ledger       no     no          yes            yes      yes
keep_database       no     no          no             no       yes
"""
_ROLES, *_ROWS = [line.split() for line in TABLE.strip().splitlines()]
CELLS = {(row[0], role): answer == "yes" for row in _ROWS for role, answer in zip(_ROLES, row[1:], strict=True)}


def person(role: Role) -> Agent:
    return Agent(1, "PA1234", "Marie Tremblay", role, None, "fr")


def test_the_table_names_every_permission_and_every_role() -> None:
    assert set(CELLS) == set(product(map(str, Permission), map(str, Role)))
    assert set(ALLOWED) == set(Permission)


@pytest.mark.parametrize(("permission", "role"), list(product(Permission, Role)))
def test_each_cell_answers_as_listed(permission: Permission, role: Role) -> None:
    may = CELLS[permission, role]

    assert allowed(person(role), permission) is may
    if may:
        require(person(role), permission)
    else:
        with pytest.raises(NotPermitted) as refused:
            require(person(role), permission)
        assert refused.value.permission == permission


def test_nobody_who_manages_users_posts_and_nobody_who_reads_only_writes() -> None:
    posting = {
        Permission.TAKE_PAYMENT, Permission.KEEP_TILL, Permission.REVERSE_PAYMENT, Permission.DECIDE_RECONCILIATION,
        Permission.GRANT_REPLENISHMENT, Permission.MAKE_DEPOSIT,
    }  # fmt: skip

    for permission in posting:
        assert not ALLOWED[permission] & ALLOWED[Permission.MANAGE_USERS]
        assert Role.AUDITOR not in ALLOWED[permission]


def test_the_console_operator_serves_no_branch() -> None:
    with pytest.raises(NoBranch):
        branch_of(console_operator("root"))
