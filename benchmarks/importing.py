"""Importing the principal's files, from the CSV to the commit, against a script that splits the lines and inserts them.

Customers are new ones, with their search keys and every index. Open items are a snapshot of which one document in a
hundred has moved; for these it is also said how long the database is held: a counter may have to wait that long.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from benchmarks.measure import Figure, seconds_of
from partnernet.domain.agents import console_operator
from partnernet.domain.snapshots import SnapshotStamp
from partnernet.services import exchanges
from partnernet.services.file_check import Listener
from partnernet.storage import schema, tables
from partnernet.storage.database import Database
from tests.support.postgres import new_database, postgres_server

ROWS = 50_000
ROUNDS = 3
MOST_CUSTOMERS, MOST_HELD = 3.0, 0.5
MOST_DOCUMENTS = 8.0  # every amount, day and account is checked; the script checks nothing
OPERATOR = console_operator("bench")
_PEOPLE = "account_number;name;address_line1;address_line2;city;province;postal_code;phone;language;terms"
_ITEMS = "account_number,document_number,kind,document_date,due_date,amount,open_amount"
_BEGINNING = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass
class Measured:
    """Seconds of each round; ``held`` is the part in which the database was held."""

    service: list[float] = field(default_factory=list)
    raw: list[float] = field(default_factory=list)
    held: list[float] = field(default_factory=list)


def figures() -> Iterator[Figure]:
    """Three figures for each kind of database."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as ending:
        folder = Path(name)
        server = ending.enter_context(postgres_server(lock_folder=folder))
        postgres = ending.enter_context(new_database(server)).render_as_string(hide_password=False)
        for kind, url in (("SQLite", f"sqlite:///{folder / 'imports.db'}"), ("PostgreSQL", postgres)):
            schema.upgrade(url)
            db = schema.open_database(url)
            yield from _figures(kind, db, folder)
            db.dispose()


def _figures(kind: str, db: Database, folder: Path) -> Iterator[Figure]:
    customers, documents = _customers(db, folder), _documents(db, folder)
    floor, million = "csv module and raw driver", 1_000_000 / ROWS
    yield Figure(
        f"importing {ROWS:,} customers on {kind}", customers.service, floor, customers.raw, MOST_CUSTOMERS,
        f"{min(customers.service) * million:.0f} s a million",
    )  # fmt: skip
    yield Figure(
        f"importing {ROWS:,} documents on {kind}, one in a hundred moved", documents.service, floor, documents.raw,
        MOST_DOCUMENTS, f"{min(documents.service) * million:.0f} s a million",
    )  # fmt: skip
    yield Figure(f"of these, holding the database on {kind}", documents.held, floor, documents.raw, MOST_HELD)


def _customers(db: Database, folder: Path) -> Measured:
    """New customers, each round others; the raw driver inserts what the first round has stored."""
    measured = Measured()
    rows: list[dict[str, Any]] = []
    for turn in range(ROUNDS):
        path = _write(folder / "customers.csv", _PEOPLE, (_person(turn * ROWS + n) for n in range(ROWS)))
        measured.service.append(
            seconds_of(lambda path=path: exchanges.import_customers(db, path, by=OPERATOR, at=_BEGINNING))  # type: ignore[misc]
        )
        rows = rows or _rows(db, tables.customer)
        renumbered = [row | {"number": f"R{turn}-{row['number']}"} for row in rows]
        measured.raw.append(_split(path) + _insert(db, tables.customer, renumbered))
    return measured


def _documents(db: Database, folder: Path) -> Measured:
    """A first snapshot, then one a round in which each hundredth document has moved."""
    measured = Measured()
    for turn in range(ROUNDS + 1):
        lines = (_item(n, turn) for n in range(ROWS))
        path, at = _write(folder / "open_items.csv", _ITEMS, lines), _BEGINNING + timedelta(hours=turn)
        told: list[tuple[float, float]] = []
        listener = Listener(progress=lambda fraction, told=told: told.append((fraction, perf_counter())))  # type: ignore[misc]
        start = perf_counter()
        exchanges.import_open_items(db, path, SnapshotStamp(at), listener, by=OPERATOR, at=at)
        if turn:
            end = perf_counter()
            measured.service.append(end - start)
            measured.held.append(end - max(when for fraction, when in told if fraction <= exchanges.COMPARED))
    rows = [row | {"document_number": f"R-{row['document_number']}"} for row in _rows(db, tables.open_item)]
    for _ in range(ROUNDS):
        measured.raw.append(_split(path) + _insert(db, tables.open_item, rows))
        with db.write() as connection:
            connection.execute(delete(tables.open_item).where(tables.open_item.c.document_number.like("R-%")))
    return measured


def _rows(db: Database, table: Table) -> list[dict[str, Any]]:
    with db.read() as connection:
        rows = [dict(row) for row in connection.execute(select(table).limit(ROWS)).mappings()]
    for row in rows:
        del row["id"]
    return rows


def _split(path: Path) -> float:
    """Seconds in which the csv module reads the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return seconds_of(lambda: sum(map(len, csv.reader(file))))


def _insert(db: Database, table: Table, rows: Sequence[dict[str, Any]]) -> float:
    """Seconds in which the driver inserts the rows, with the statement and the values that SQLAlchemy would give it."""
    given: list[tuple[str, Any]] = []
    with db.write() as connection:
        cursor = connection.connection.cursor()
        compiled = insert(table).values(dict.fromkeys(rows[0])).compile(dialect=connection.dialect)
        values = _processed(connection, table, rows)
        positions = compiled.positiontup
        given.append(
            (str(compiled), [tuple(row[name] for name in positions) for row in values] if positions else values)
        )
        seconds = seconds_of(lambda: cursor.executemany(*given[0]))
        cursor.close()
    return seconds


def _processed(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The values as the driver takes them."""
    processors: dict[str, Callable[[Any], Any]] = {
        column.name: found
        for column in table.columns
        if (found := column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect))
    }
    return [
        {name: processors[name](value) if name in processors else value for name, value in row.items()} for row in rows
    ]


def _write(path: Path, header: str, lines: Iterator[str]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write(header + "\n")
        file.writelines(f"{line}\n" for line in lines)
    return path


def _person(n: int) -> str:
    name = f"Dépanneur Éloi no {n * 7919 % 1_000_003}"
    return f"{n:07d};{name};{n % 9000} rue Ontario;;Montréal;QC;H2X 1Y4;514 285-{n % 10000:04d};fr;open"


def _item(n: int, turn: int) -> str:
    amount = f"{100 + n % 50}.{n % 100:02d}"
    left = f"{turn}.50" if turn and n % 100 == 0 else amount
    return f"{n % (ROWS // 4):07d},F-{n},invoice,2026-09-15,2026-10-15,{amount},{left}"
