"""The principal's files as a test writes them, and their import as the console does it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from partnernet.domain.agents import Agent, console_operator
from partnernet.domain.exchanges import Caution, Fault, Imported
from partnernet.domain.snapshots import SnapshotStamp
from partnernet.services import exchanges
from partnernet.services.file_check import Listener
from partnernet.storage import tables
from partnernet.storage.database import Database
from tests.support.world import World

PEOPLE = "account_number,name,address_line1,address_line2,city,province,postal_code,phone,language,terms"
ITEMS = "account_number,document_number,kind,document_date,due_date,amount,open_amount"
OPERATOR = console_operator("root")


@dataclass
class Heard:
    """What an import told."""

    faults: list[Fault] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    progress: list[float] = field(default_factory=list)

    @property
    def listener(self) -> Listener:
        return Listener(self.faults.append, self.cautions.append, self.progress.append)

    @property
    def reasons(self) -> list[tuple[int, str]]:
        """The line and the reason of each fault, in the order told."""
        return [(fault.line, type(fault.reason).__name__) for fault in self.faults]


def person(number: str, name: str = "Locations Richard") -> str:
    """A line of ``customers.csv``."""
    return f'{number},{name},"1200, rue Ontario",,Montréal,QC,H2X 1Y4,514 285-9286,fr,open'


def item(account: str, number: str, amount: str, open_amount: str = "", *, kind: str = "invoice") -> str:
    """A line of ``open_items.csv``, due on 15 October; all of the amount is open unless said otherwise."""
    return f"{account},{number},{kind},2026-09-15,2026-10-15,{amount},{open_amount or amount}"


def write(path: Path, header: str, lines: Iterable[str]) -> Path:
    """A file with a header and these lines."""
    path.write_text("\n".join([header, *lines]) + "\n", "utf-8")
    return path


def import_items(
    world: World,
    path: Path,
    *,
    through: int = 0,
    as_of: datetime | None = None,
    not_posted: Path | None = None,
    heard: Heard | None = None,
    key: str | None = None,
    by: Agent = OPERATOR,
    set_aside: bool = False,
) -> Imported:
    """Import a file of open items of this minute, or as of another one."""
    stamp, listener = SnapshotStamp(as_of or world.now, through), (heard or Heard()).listener
    return exchanges.import_open_items(
        world.db, path, stamp, listener,
        not_posted=not_posted, set_aside=set_aside, key=key, by=by, at=world.now,
    )  # fmt: skip


def documents(db: Database) -> dict[tuple[str, str], tuple[int, int]]:
    """Every document in force: what is open of it in cents, and the snapshot since which it stands like that."""
    query = select(tables.open_item, tables.customer.c.number).join(
        tables.customer, tables.customer.c.id == tables.open_item.c.customer_id
    )
    with db.read() as connection:
        return {
            (row.number, row.document_number): (row.open_amount_cents, row.snapshot_id)
            for row in connection.execute(query)
        }
