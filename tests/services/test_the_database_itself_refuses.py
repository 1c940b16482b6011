"""What no program that reaches the database can do to the books, whatever it says in SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import BigInteger, Connection, Integer, Table, delete, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError

from partnernet.domain.money import LARGEST_PAYMENT
from partnernet.storage import tables as t
from partnernet.storage.database import Database
from partnernet.storage.tables import APPEND_ONLY, metadata
from tests.support.books import add_copy, copy_of, keep_books, row_of
from tests.support.world import World

# Rows of these change in the course of things; every other table keeps what it was given.
CHANGING = {
    t.app_user, t.branch, t.branch_head, t.branch_setting, t.customer, t.database_mark, t.open_item, t.snapshot,
    t.till_count, t.till_session, t.user_session,
}  # fmt: skip
# What may stand below zero, and what has no bound of its own because its parts have.
SIGNED = {"total_due_before_cents", "expected_cents", "difference_cents"}
UNBOUNDED = {"past_due_after_cents", "denomination_cents", "payments_cents", "reversals_cents"}
TOO_MUCH = LARGEST_PAYMENT.cents + 1


@contextmanager
def undone(db: Database) -> Iterator[Connection]:
    """A transaction that leaves nothing behind."""

    class Undone(Exception):
        pass

    try:
        with db.write() as connection:
            yield connection
            raise Undone
    except Undone:
        pass


def contents(db: Database, table: Table) -> list[Any]:
    with db.read() as connection:
        return list(connection.execute(select(table).order_by(*table.primary_key.columns)))


def test_every_table_is_either_append_only_or_known_to_change() -> None:
    assert set(metadata.sorted_tables) == CHANGING | set(APPEND_ONLY)
    assert not CHANGING & set(APPEND_ONLY)


# --- what is posted stays -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", APPEND_ONLY, ids=lambda table: table.name)
def test_no_row_of_an_append_only_table_is_changed_or_removed(books: Database, table: Table) -> None:
    before = contents(books, table)
    assert before, "the books hold one of everything"
    last = list(table.c)[-1]

    for statement in (
        *(update(table).values({column: column}) for column in table.c),
        delete(table),
        update(table).where(table.primary_key.columns[0] == before[0][0]).values({last: last}),
    ):
        with pytest.raises(DBAPIError, match="append-only"), books.write() as connection:
            connection.execute(statement)

    assert contents(books, table) == before


@pytest.mark.parametrize("table", APPEND_ONLY, ids=lambda table: table.name)
def test_no_insert_replaces_a_row(books: Database, table: Table) -> None:
    before = contents(books, table)
    values = dict(before[0]._mapping)
    key, last = list(table.primary_key.columns), list(table.c)[-1]
    upsert = (sqlite.insert if books.dialect == "sqlite" else postgresql.insert)(table).values(values)
    statements: list[Any] = [upsert.on_conflict_do_update(index_elements=key, set_={last: values[last.name]})]
    if books.dialect == "sqlite":
        statements.append(insert(table).prefix_with("OR REPLACE").values(values))

    for statement in statements:
        with pytest.raises(DBAPIError, match="append-only"), books.write() as connection:
            connection.execute(statement)

    assert contents(books, table) == before


def test_replacing_by_another_unique_column_is_refused_too(sqlite_books: Database) -> None:
    with sqlite_books.read() as connection:
        posting, payment = row_of(connection, t.posting), row_of(connection, t.payment)
    attacks = [
        (t.posting, {**posting, "id": 9999}),
        (t.posting, {**posting, "id": 9999, "sequence": 9999}),
        (t.posting, {**posting, "id": 9999, "key": "k" * 16}),
        (t.payment, {**payment, "posting_id": 1}),
    ]

    for table, values in attacks:
        with pytest.raises(DBAPIError, match="append-only"), sqlite_books.write() as connection:
            connection.execute(insert(table).prefix_with("OR REPLACE").values(values))


@pytest.mark.parametrize("table", APPEND_ONLY, ids=lambda table: table.name)
def test_no_table_is_emptied_at_once(postgres_books: Database, table: Table) -> None:
    before = contents(postgres_books, table)

    with pytest.raises(DBAPIError, match="append-only"), postgres_books.write() as connection:
        connection.execute(text(f"TRUNCATE {table.name} CASCADE"))

    assert contents(postgres_books, table) == before


# --- what cannot be posted ------------------------------------------------------------------------------------------

CHEQUE_PAYMENT = {
    "tender": "cheque",
    "amount_cents": 6000,
    "received_cents": 6000,
    "handed_cents": None,
    "cheque_id": 1,
}
CASH_PAYMENT = {"tender": "cash", "amount_cents": 6000, "received_cents": 6000, "handed_cents": 6000, "cheque_id": None}
BAD_ROWS: list[tuple[Table, dict[str, Any]]] = [
    *((table, {column.name: cents})
      for table in metadata.sorted_tables
      for column in table.c
      if column.name.endswith("_cents") and column.name not in SIGNED
      for cents in ((-1, -500) if column.name in UNBOUNDED else (-1, -500, TOO_MUCH))),
    (t.payment, CASH_PAYMENT | {"amount_cents": 0}),
    (t.payment, CASH_PAYMENT | {"received_cents": 0}),
    (t.payment, CASH_PAYMENT | {"handed_cents": 0}),
    (t.payment, CASH_PAYMENT | {"amount_cents": 0, "received_cents": 0, "handed_cents": 0, "unallocated_cents": 0}),
    (t.payment, CASH_PAYMENT | {"handed_cents": 5995}),
    (t.payment, CASH_PAYMENT | {"amount_cents": 6003}),
    (t.payment, CASH_PAYMENT | {"amount_cents": 5997}),
    (t.payment, CASH_PAYMENT | {"received_cents": 6001, "handed_cents": None}),
    (t.payment, CASH_PAYMENT | {"unallocated_cents": 6001}),
    (t.payment, CASH_PAYMENT | {"cheque_id": 1}),
    (t.payment, CASH_PAYMENT | {"post_dated": True}),
    (t.payment, CASH_PAYMENT | {"tender": "card"}),
    (t.payment, CASH_PAYMENT | {"choice": "some"}),
    (t.payment, CASH_PAYMENT | {"receipt_number": 0}),
    (t.payment, CHEQUE_PAYMENT | {"cheque_id": None}),
    (t.payment, CHEQUE_PAYMENT | {"received_cents": 5999}),
    (t.payment, CHEQUE_PAYMENT | {"handed_cents": 6000}),
    (t.ledger_line, {"debit_cents": 0, "credit_cents": 0}),
    (t.ledger_line, {"debit_cents": 5, "credit_cents": 5}),
    (t.ledger_line, {"account": "pocket"}),
    (t.ledger_line, {"account": "drawer", "till_session_id": None}),
    (t.ledger_line, {"account": "cheques", "till_session_id": None}),
    (t.cheque, {"face_amount_cents": 0}),
    (t.cheque, {"number": ""}),
    (t.cheque, {"number": "1" * 13}),
    (t.cheque, {"transit": "0006"}),
    (t.cheque, {"institution": "6"}),
    (t.cheque, {"account": "123456"}),
    (t.cheque, {"drawer": ""}),
    (t.allocation, {"amount_cents": 0}),
    (t.allocation, {"kind": "credit_note"}),
    (t.reversal, {"note": ""}),
    (t.reversal, {"reason": "because"}),
    (t.reversal, {"where_is_the_money": "gone"}),
    (t.posting, {"kind": "gift"}),
    (t.posting, {"kind": "reversal"}),
    (t.posting, {"reverses_id": 1}),
    (t.posting, {"key": "short"}),
    (t.posting, {"key": "k" * 65}),
    (t.posting, {"sequence": 0}),
    (t.receipt_copy, {"copy_number": 0}),
    (t.audit_event, {"outcome": "maybe"}),
    (t.open_item, {"open_amount_cents": 0}),
    (t.open_item, {"amount_cents": 1}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "changes"), BAD_ROWS, ids=lambda value: value.name if isinstance(value, Table) else str(value)[1:60]
)
def test_a_row_that_breaks_a_rule_is_refused_by_name(books: Database, table: Table, changes: dict[str, Any]) -> None:
    with undone(books) as connection:
        add_copy(connection, table)  # the control: the same row is accepted as it is

    with pytest.raises(IntegrityError, match=f"ck_{table.name}_"), undone(books) as connection:
        add_copy(connection, table, **changes)


@pytest.mark.parametrize("payment", [CASH_PAYMENT, CHEQUE_PAYMENT], ids=["cash", "cheque"])
def test_the_payments_that_the_bad_ones_differ_from_are_accepted(books: Database, payment: dict[str, Any]) -> None:
    with undone(books) as connection:
        add_copy(connection, t.payment, **payment)


def _twice() -> list[tuple[Table, tuple[str, ...]]]:
    """Every rule of uniqueness of the ledger, as the columns that must not come back together."""
    return [
        (t.posting, ("key",)),
        (t.posting, ("branch_id", "sequence")),
        (t.payment, ("posting_id",)),
        (t.payment, ("branch_id", "receipt_number")),
        (t.ledger_line, ("posting_id", "position")),
        (t.allocation, ("posting_id", "position")),
        (t.reversal, ("posting_id",)),
        (t.receipt_copy, ("posting_id", "copy_number")),
    ]


@pytest.mark.parametrize(("table", "columns"), _twice(), ids=lambda value: getattr(value, "name", str(value)))
def test_what_exists_once_cannot_exist_twice(books: Database, table: Table, columns: tuple[str, ...]) -> None:
    with books.read() as connection:
        existing = row_of(connection, table)

    with pytest.raises(IntegrityError, match=r"(?i)unique"), undone(books) as connection:
        add_copy(connection, table, **{name: existing[name] for name in columns})


def test_a_payment_is_reversed_once_whoever_writes_it(books: Database) -> None:
    with books.read() as connection:
        reversed_id = row_of(connection, t.posting, kind="reversal")["reverses_id"]

    with pytest.raises(IntegrityError, match=r"(?i)unique"), undone(books) as connection:
        add_copy(connection, t.posting, kind="reversal", reverses_id=reversed_id)


def test_an_agent_has_one_open_till_session(books: Database) -> None:
    with undone(books) as connection:
        add_copy(connection, t.till_session)

    with pytest.raises(IntegrityError, match=r"(?i)unique"), undone(books) as connection:
        add_copy(connection, t.till_session, closed_at=None)


REFERENCES = [
    (table, key.parent.name) for table in APPEND_ONLY for key in sorted(table.foreign_keys, key=lambda k: k.parent.name)
]


@pytest.mark.parametrize(("table", "column"), REFERENCES, ids=lambda value: getattr(value, "name", str(value)))
def test_nothing_refers_to_what_does_not_exist(books: Database, table: Table, column: str) -> None:
    needed: dict[tuple[Table, str], dict[str, Any]] = {
        (t.posting, "reverses_id"): {"kind": "reversal"},
        (t.payment, "cheque_id"): CHEQUE_PAYMENT,
    }

    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), undone(books) as connection:
        add_copy(connection, table, **{**needed.get((table, column), {}), column: 999_999})


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, column.name) for table in metadata.sorted_tables for column in table.c
     if isinstance(column.type, BigInteger | Integer)],
    ids=lambda value: getattr(value, "name", str(value)),
)  # fmt: skip
def test_no_text_stands_in_a_column_of_numbers(sqlite_db: Database, table: Table, column: str) -> None:
    row = {other.name: "beaucoup" if other.name == column else 1 for other in table.c}
    statement = text(str(insert(table).compile(dialect=sqlite.dialect(paramstyle="named"))))

    with (
        pytest.raises(IntegrityError, match=r"cannot store TEXT value in INTEGER|datatype mismatch"),
        undone(sqlite_db) as connection,
    ):
        connection.execute(statement, row)


def test_no_half_cent_stands_in_a_column_of_cents(sqlite_db: Database) -> None:
    with pytest.raises(IntegrityError, match="cannot store REAL"), sqlite_db.write() as connection:
        connection.execute(text("INSERT INTO branch (code, name, timezone, float_authorised_cents) "
                                "VALUES ('XYZ', 'x', 'UTC', 10.5)"))  # fmt: skip


def test_every_table_of_sqlite_is_strict_and_references_are_enforced(sqlite_db: Database) -> None:
    with sqlite_db.read() as connection:
        strict = {row.name: row.strict for row in connection.execute(text("PRAGMA table_list"))}
        enforced = connection.execute(text("PRAGMA foreign_keys")).scalar_one()

    assert {name for name in metadata.tables if not strict[name]} == set()
    assert enforced == 1


@pytest.mark.parametrize(("debit", "credit", "accepted"), [(500, 500, True), (500, 499, False), (500, 501, False)])
def test_an_unbalanced_posting_cannot_be_committed(
    postgres_db: Database, debit: int, credit: int, accepted: bool
) -> None:
    keep_books(World(postgres_db))
    before = contents(postgres_db, t.posting)

    def post() -> None:
        with postgres_db.write() as connection:
            debited = copy_of(connection, t.ledger_line, position=1, debit_cents=debit, credit_cents=0)
            connection.execute(
                insert(t.ledger_line), [debited, {**debited, "position": 2, "debit_cents": 0, "credit_cents": credit}]
            )

    if accepted:
        post()
        assert len(contents(postgres_db, t.posting)) == len(before) + 1
    else:
        with pytest.raises(DBAPIError, match="unbalanced"):
            post()
        assert contents(postgres_db, t.posting) == before
