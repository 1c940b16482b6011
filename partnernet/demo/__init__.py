"""The demonstration: a believable counter in an empty database, written through the services, always the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from partnernet.demo import corrections, days, exchange, files
from partnernet.demo.days import Counter
from partnernet.demo.files import Row
from partnernet.domain.agents import Agent, console_operator
from partnernet.domain.demonstration import DatabaseNotEmpty, DemonstrationUnfinished
from partnernet.domain.money import Money
from partnernet.domain.permissions import Role
from partnernet.domain.snapshots import SnapshotStamp
from partnernet.domain.users import NewBranch, NewUser
from partnernet.services import branches, exchanges, users
from partnernet.storage import marks, people, tables
from partnernet.storage.database import Database

PASSWORD = "Bonbonne-verte-60"  # noqa: S105 - of people who do not exist, and printed by the command
_OPERATOR = console_operator("demo")
_FLOAT = Money(200_00)
_BRANCHES = (("MTL", "Montréal"), ("QC", "Québec"))
_SEED = 60_1909
_MUST_BE_EMPTY = (tables.branch, tables.app_user, tables.customer)
_UNFINISHED, _FINISHED = "unfinished", "finished"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Someone to sign in as; everyone has the password `PASSWORD`."""

    login: str
    name: str
    role: Role
    branch_code: str | None


SIGN_INS = (
    SignIn("PA1234", "Marie Tremblay", Role.AGENT, "MTL"),
    SignIn("PA2345", "Luc Gagnon", Role.AGENT, "MTL"),
    SignIn("PA3456", "Élise Vollant", Role.AGENT, "QC"),
    SignIn("SU1000", "Anne Lavoie", Role.SUPERVISOR, "MTL"),
    SignIn("SU2000", "Guy Bouchard", Role.SUPERVISOR, "MTL"),
    SignIn("SU3000", "Line Gros-Louis", Role.SUPERVISOR, "QC"),
    SignIn("AD1000", "Paul Nguyen", Role.ADMINISTRATOR, None),
    SignIn("AU1000", "Jeanne Sioui", Role.AUDITOR, "MTL"),
)


def fill(db: Database, *, at: datetime, timezone: str) -> bool:
    """Fill an empty database; False when it holds a complete demonstration already.

    Raises `DatabaseNotEmpty`, `DemonstrationUnfinished`.
    """
    if _is_filled(db):
        return False
    random = Random(_SEED)  # noqa: S311 - the same believable world each time
    zone = ZoneInfo(timezone)
    first_day = days.business_days(at.astimezone(zone).date())[0]
    eve = datetime.combine(first_day - timedelta(days=1), time(18), zone).astimezone(UTC)
    with db.write() as connection:
        marks.put(connection, marks.DEMONSTRATION, _UNFINISHED)
    agents = _add_people(db, timezone, eve)
    numbers, open_items = _import_files(db, eve, random)
    montreal = Counter((agents["PA1234"], agents["PA2345"]), agents["SU1000"], payments_a_day=28)
    quebec = Counter((agents["PA3456"],), agents["SU3000"], payments_a_day=12)
    for counter in (montreal, quebec):
        days.fill_past(db, counter, numbers, at, random)
    yesterday = days.business_days(at.astimezone(zone).date())[-1]
    exchange.of_evening(db, yesterday, open_items, timezone, random, by=agents["SU1000"])
    for counter in (montreal, quebec):
        days.fill_today(db, counter, numbers, at, random)
    corrections.make(db, montreal, numbers, at, random)
    with db.write() as connection:
        marks.put(connection, marks.DEMONSTRATION, _FINISHED)
    return True


def _is_filled(db: Database) -> bool:
    with db.read() as connection:
        mark = marks.value_of(connection, marks.DEMONSTRATION)
        if mark is not None:
            if mark != _FINISHED:
                raise DemonstrationUnfinished()
            return True
        if any(connection.execute(table.select().limit(1)).first() for table in _MUST_BE_EMPTY):
            raise DatabaseNotEmpty()
    return False


def _add_people(db: Database, timezone: str, at: datetime) -> dict[str, Agent]:
    for code, name in _BRANCHES:
        branches.add(db, NewBranch(code, name, timezone, _FLOAT), by=_OPERATOR, at=at)
    for person in SIGN_INS:
        new = NewUser(person.login, person.name, person.role, person.branch_code, password=PASSWORD)
        users.add(db, new, by=_OPERATOR, at=at)
    with db.read() as connection:
        agents = [people.agent_of_row(row) for row in connection.execute(people.people())]
    return {agent.login: agent for agent in agents}


def _import_files(db: Database, as_of: datetime, random: Random) -> tuple[list[str], list[Row]]:
    """Write the principal's files as of the evening before the first day, and import them an hour later.

    The account numbers and the open items, as the files hold them.
    """
    at = as_of + timedelta(hours=1)
    with TemporaryDirectory() as folder:
        customers, open_items = Path(folder, "customers.csv"), Path(folder, "open_items.csv")
        numbers = files.write_customers(customers, random)
        rows = files.open_items(numbers, as_of.date(), random)
        files.write_open_items(open_items, rows)
        exchanges.import_customers(db, customers, by=_OPERATOR, at=at)
        exchanges.import_open_items(db, open_items, SnapshotStamp(as_of), by=_OPERATOR, at=at)
    return numbers, rows
