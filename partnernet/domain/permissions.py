"""Who may do what: one table, read by the guard of each page and checked on each service's first line."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from partnernet.domain.refusals import NotPermitted

if TYPE_CHECKING:
    from partnernet.domain.agents import Agent


class Role(StrEnum):
    """What a person is here to do. ``operator`` is whoever runs a console command on the server; it never signs in."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    OPERATOR = "operator"


class Permission(StrEnum):
    """An action or a reading that a role may have."""

    OPEN_HOME = "open_home"
    MANAGE_OWN_ACCOUNT = "manage_own_account"
    FIND_CUSTOMER = "find_customer"
    TAKE_PAYMENT = "take_payment"
    KEEP_TILL = "keep_till"
    VIEW_PAYMENTS = "view_payments"
    REVERSE_PAYMENT = "reverse_payment"
    VIEW_CORRECTIONS = "view_corrections"
    VIEW_TILL_REPORTS = "view_till_reports"
    VIEW_RECONCILIATIONS = "view_reconciliations"
    DECIDE_RECONCILIATION = "decide_reconciliation"
    COUNT_FOR_ABSENT = "count_for_absent"
    REVIEW_ALONE = "review_alone"
    GRANT_REPLENISHMENT = "grant_replenishment"
    VIEW_DEPOSITS = "view_deposits"
    MAKE_DEPOSIT = "make_deposit"
    VIEW_SETTINGS = "view_settings"
    CHANGE_SETTINGS = "change_settings"
    VIEW_EXCHANGES = "view_exchanges"
    EXCHANGE_FILES = "exchange_files"
    MANAGE_USERS = "manage_users"
    MANAGE_BRANCHES = "manage_branches"
    VERIFY_LEDGER = "verify_ledger"
    KEEP_DATABASE = "keep_database"


_A, _S, _ADMIN, _AUDITOR, _CONSOLE = (
    Role.AGENT,
    Role.SUPERVISOR,
    Role.ADMINISTRATOR,
    Role.AUDITOR,
    Role.OPERATOR,
)

ALLOWED: dict[Permission, frozenset[Role]] = {
    Permission.OPEN_HOME: frozenset({_A, _S, _ADMIN, _AUDITOR}),
    Permission.MANAGE_OWN_ACCOUNT: frozenset({_A, _S, _ADMIN, _AUDITOR}),
    Permission.FIND_CUSTOMER: frozenset({_A, _S, _AUDITOR}),
    Permission.TAKE_PAYMENT: frozenset({_A, _S}),
    Permission.KEEP_TILL: frozenset({_A, _S}),
    Permission.VIEW_PAYMENTS: frozenset({_A, _S, _AUDITOR}),
    Permission.REVERSE_PAYMENT: frozenset({_S}),
    Permission.VIEW_CORRECTIONS: frozenset({_S, _AUDITOR}),
    Permission.VIEW_TILL_REPORTS: frozenset({_A, _S, _AUDITOR}),
    Permission.VIEW_RECONCILIATIONS: frozenset({_S, _AUDITOR}),
    Permission.DECIDE_RECONCILIATION: frozenset({_S}),
    Permission.COUNT_FOR_ABSENT: frozenset({_S}),
    Permission.REVIEW_ALONE: frozenset({_AUDITOR}),
    Permission.GRANT_REPLENISHMENT: frozenset({_S}),
    Permission.VIEW_DEPOSITS: frozenset({_S, _AUDITOR}),
    Permission.MAKE_DEPOSIT: frozenset({_S}),
    Permission.VIEW_SETTINGS: frozenset({_S, _ADMIN, _AUDITOR}),
    Permission.CHANGE_SETTINGS: frozenset({_ADMIN}),
    Permission.VIEW_EXCHANGES: frozenset({_S, _AUDITOR, _CONSOLE}),
    Permission.EXCHANGE_FILES: frozenset({_S, _CONSOLE}),
    Permission.MANAGE_USERS: frozenset({_ADMIN, _CONSOLE}),
    Permission.MANAGE_BRANCHES: frozenset({_CONSOLE}),
    Permission.VERIFY_LEDGER: frozenset({_AUDITOR, _ADMIN, _CONSOLE}),
    Permission.KEEP_DATABASE: frozenset({_CONSOLE}),
}


def allowed(agent: Agent, permission: Permission) -> bool:
    """Whether the agent's role has the permission."""
    return agent.role in ALLOWED[permission]


def require(agent: Agent, permission: Permission) -> None:
    """Raise `NotPermitted` unless the agent's role has the permission."""
    if not allowed(agent, permission):
        raise NotPermitted(permission)
