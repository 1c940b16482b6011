"""« Relevé de compte »: an account as it stands, and its statement for a period."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from partnernet.domain.accounts import OpenItem, Standing, Unincluded, standing
from partnernet.domain.agents import Agent
from partnernet.domain.aging import aging
from partnernet.domain.customers import Customer
from partnernet.domain.periods import Period, Span, day_ended, span, this_month
from partnernet.domain.permissions import Permission, require
from partnernet.domain.searches import CustomerNotFound
from partnernet.domain.statement_lines import lines_of
from partnernet.domain.statements import (
    AccountToday,
    Change,
    Snapshot,
    Statement,
    StatementLine,
    awaited,
    credits_among,
    items_at,
    last_at,
)
from partnernet.services import audit
from partnernet.storage import balances, customers, inclusion, statements
from partnernet.storage.database import Database


def account_today(db: Database, number: str, *, by: Agent, at: datetime) -> AccountToday:
    """The account with exactly this number as it stands now, with everything that makes its balance.

    Raises `CustomerNotFound`, whatever a link says.
    """
    require(by, Permission.FIND_CUSTOMER)
    with db.read() as connection:
        customer = _customer(connection, number)
        timezone = balances.timezone_of(connection, by.branch)
        zone = ZoneInfo(timezone)
        day = at.astimezone(zone).date()
        account = balances.account(connection, customer, day)
        items = balances.open_items(connection, [customer.id]).get(customer.id, [])
        posted = statements.posted(connection, customer.id)
        snapshots = statements.snapshots(connection, posted)
    in_force = snapshots[-1] if snapshots else None
    return AccountToday(
        account=account,
        today=day,
        timezone=timezone,
        aging=aging(account.standing, day),
        credits=credits_among(items),
        since=tuple(each for each in reversed(posted) if not (in_force and in_force.includes(each))),
        first_day=snapshots[0].as_of.astimezone(zone).date() if snapshots else None,
        last_import_day=in_force.as_of.astimezone(zone).date() if in_force else None,
    )


def statement(db: Database, number: str, period: Period | None, *, by: Agent, at: datetime) -> Statement:
    """The statement of an account for a period in the reader's time zone, or for this month; one that ends today closes
    now.

    Raises `CustomerNotFound` and the refusals of `partnernet.domain.periods`.
    """
    require(by, Permission.FIND_CUSTOMER)
    with db.read() as connection:
        return _statement(connection, number, period, by, at)


def printed(db: Database, number: str, period: Period | None, *, by: Agent, at: datetime) -> Statement:
    """Keep that the statement was printed: no money changes hands on it, so that copies are not counted.

    Returns the statement as it stands; raises what `statement` raises.
    """
    require(by, Permission.FIND_CUSTOMER)
    with db.read() as connection:
        made = _statement(connection, number, period, by, at)
    days = {"start": made.period.start.isoformat(), "end": made.period.end.isoformat()}
    with db.write() as connection:
        audit.record(connection, "statement.printed", made.customer.number, by=by, at=at, **days)
    return made


def _customer(connection: Connection, number: str) -> Customer:
    found = customers.by_number(connection, number) if number.isprintable() else None
    if found is None:
        raise CustomerNotFound(number)
    return found


def _statement(connection: Connection, number: str, period: Period | None, by: Agent, at: datetime) -> Statement:
    customer = _customer(connection, number)
    timezone = balances.timezone_of(connection, by.branch)
    zone = ZoneInfo(timezone)
    posted = statements.posted(connection, customer.id)
    snapshots = statements.snapshots(connection, posted)
    # Another server's clock may be ahead of this one: what is posted already is on the statement of today.
    at = max([at, *(each.at for each in posted[-1:])])
    today, first_as_of = at.astimezone(zone).date(), snapshots[0].as_of if snapshots else None
    period = period or this_month(first_as_of.astimezone(zone).date() if first_as_of else today, today)
    between = span(period, first_as_of=first_as_of, at=at, zone=zone)
    books = _Books(connection, customer, snapshots)
    last_day = min(period.end, today)
    lines = lines_of(posted, snapshots, books.changes, between, zone)
    closing = books.standing(between.closed_at, last_day)
    rests_on = _rests_on(snapshots, lines, between)
    return Statement(
        customer=customer,
        period=Period(period.start, last_day),
        span=between,
        timezone=timezone,
        at=at,
        opening=books.standing(between.opened_at, day_ended(between.opened_at, zone)).total_due,
        lines=lines,
        closing=closing,
        aging=aging(closing, last_day),
        awaited=awaited(posted, between.closed_at, last_day),
        snapshots=rests_on,
        unchanged=sum(between.covers(snapshot.as_of) for snapshot in snapshots if snapshot not in rests_on),
    )


class _Books:
    """A customer's documents in the principal's books, at whatever moment is asked for."""

    def __init__(self, connection: Connection, customer: Customer, snapshots: tuple[Snapshot, ...]) -> None:
        self._connection = connection
        self._customer_id = customer.id
        self._snapshots = snapshots
        self._items: list[OpenItem] = balances.open_items(connection, [customer.id]).get(customer.id, [])
        self.changes: tuple[Change, ...] = statements.changes(connection, customer.id)

    def standing(self, at: datetime, day: date) -> Standing:
        """Where the account stood at a moment, its documents read on a day: the snapshot of the principal's books of
        then, less what was posted until then that it does not include."""
        snapshot = last_at(self._snapshots, at)
        if snapshot is None:
            raise LookupError("a statement never begins before the first snapshot")
        apart = inclusion.unincluded(
            self._connection,
            [self._customer_id],
            snapshot=inclusion.SnapshotRef(snapshot.id, snapshot.through_batch),
            until=at,
        ).get(self._customer_id, Unincluded())
        return standing(items_at(self._items, self.changes, snapshot.id), apart.paid, day, apart.returned)


def _rests_on(snapshots: tuple[Snapshot, ...], lines: tuple[StatementLine, ...], between: Span) -> tuple[Snapshot, ...]:
    """The snapshots of both balances, and those in between that changed something in the account."""
    changed = {line.snapshot_id for line in lines}
    ends = last_at(snapshots, between.opened_at), last_at(snapshots, between.closed_at)
    return tuple(snapshot for snapshot in snapshots if snapshot.id in changed or snapshot in ends)
