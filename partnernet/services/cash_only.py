"""Accounts kept to cash after a returned cheque: whether and why, and accepting cheques again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Agent
from partnernet.domain.cash_only import CashOnlyMark, NotMarkedCashOnly, checked_lifting
from partnernet.domain.permissions import Permission, require
from partnernet.domain.searches import CustomerNotFound
from partnernet.services import audit
from partnernet.storage import cash_only, customers
from partnernet.storage.database import Database


def last_mark(db: Database, customer_number: str, *, by: Agent) -> CashOnlyMark | None:
    """The last mark of an account, in force or lifted; ``None`` when it never had one. Raises `CustomerNotFound`."""
    require(by, Permission.FIND_CUSTOMER)
    with db.read() as connection:
        customer = customers.by_number(connection, customer_number) if customer_number.isprintable() else None
        if customer is None:
            raise CustomerNotFound(customer_number)
        return cash_only.last(connection, customer)


def lift(db: Database, customer_number: str, note: str, *, by: Agent, at: datetime) -> CashOnlyMark:
    """Accept cheques from an account again, as far as the principal's terms do; the same person's second click changes
    nothing. Raises `CustomerNotFound`, `NotMarkedCashOnly` and `LiftingNoteMissing`."""
    require(by, Permission.REVERSE_PAYMENT)
    kept = checked_lifting(note)

    def work(connection: Connection) -> CashOnlyMark:
        customer = customers.lock(connection, customer_number)
        if customer is None:
            raise CustomerNotFound(customer_number)
        found = cash_only.last(connection, customer)
        if found and (found.cash_only, found.by_login, found.note) == (False, by.login, kept):
            return found
        if found is None or not found.cash_only:
            raise NotMarkedCashOnly(customer.number)
        cash_only.lift(connection, customer.id, note=kept, by_id=by.id, at=max(at, found.at))
        audit.record(connection, "cash_only.lifted", customer.number, by=by, at=at)
        return cash_only.last(connection, customer) or found

    return db.run_write(work)
