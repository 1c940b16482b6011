"""Finding a customer, and reading where the account stands."""

from __future__ import annotations

from datetime import datetime

from partnernet.domain.accounts import Account, Standing
from partnernet.domain.agents import Agent
from partnernet.domain.customers import RESULT_LIMIT, Customer, CustomerRow, SearchCriteria, SearchResult
from partnernet.domain.permissions import Permission, require
from partnernet.domain.searches import (
    AccountNumberAmbiguous,
    CustomerNotFound,
    number_candidates,
    read_criteria,
    wider,
)
from partnernet.storage import balances, customers
from partnernet.storage.database import Database
from partnernet.storage.search import matching


def search(db: Database, criteria: SearchCriteria, *, by: Agent, at: datetime) -> SearchResult:
    """The customers that meet every criterion, at most `RESULT_LIMIT` by name, with where their accounts stand.

    Raises the refusals of `partnernet.domain.searches` without asking the database.
    """
    require(by, Permission.FIND_CUSTOMER)
    keys = read_criteria(criteria)
    with db.read() as connection:
        found = matching(connection, keys, RESULT_LIMIT + 1)
        shown = found[:RESULT_LIMIT]
        today = balances.business_date(connection, by.branch, at)
        standings = balances.standings(connection, [who.id for who in shown], today) if shown else {}
    rows = tuple(_row(who, standings[who.id]) for who in shown)
    return SearchResult(rows, len(found) > RESULT_LIMIT, None if rows else wider(criteria))


def by_number(db: Database, typed: str, *, by: Agent) -> str:
    """The account number that was typed, surrounding blanks and missing leading zeros forgiven.

    Raises `CustomerNotFound`, or `AccountNumberAmbiguous` when several differ by leading zeros only.
    """
    require(by, Permission.FIND_CUSTOMER)
    candidates = number_candidates(typed)
    with db.read() as connection:
        found = customers.numbers_among(connection, candidates)
    if candidates[0] in found:
        return candidates[0]
    if len(found) > 1:
        raise AccountNumberAmbiguous(typed, tuple(found))
    if not found:
        raise CustomerNotFound(typed)
    return found[0]


def account(db: Database, number: str, *, by: Agent, at: datetime) -> Account:
    """Where the account with exactly this number stands; raises `CustomerNotFound`, whatever a link says."""
    require(by, Permission.FIND_CUSTOMER)
    if not number.isprintable():
        raise CustomerNotFound(number)
    with db.read() as connection:
        customer = customers.by_number(connection, number)
        if customer is None:
            raise CustomerNotFound(number)
        return balances.account(connection, customer, balances.business_date(connection, by.branch, at))


def _row(who: Customer, standing: Standing) -> CustomerRow:
    address = ", ".join(filter(None, (who.address_line1, who.address_line2)))
    return CustomerRow(
        who.number,
        who.name,
        address,
        who.city,
        who.postal_code,
        who.phone,
        who.phone_extension,
        standing.past_due,
        standing.total_due,
        who.terms,
        who.marked_cash_only,
    )
