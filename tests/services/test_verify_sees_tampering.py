"""Whoever owns the database file can drop its triggers and change it: verify then says so, whatever was changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Date, Table, text, update

from partnernet.domain.agents import console_operator
from partnernet.domain.concerns import ConfirmationNeeded
from partnernet.domain.verification import Problem, ProblemKind
from partnernet.services import payments, reversals, verification
from partnernet.storage import tables
from partnernet.storage.database import Database
from partnernet.storage.tables import LEDGER_TABLES, branch_head
from partnernet.storage.types import UtcDateTime
from tests.support.attacker import Attacker
from tests.support.books import keep_books
from tests.support.requests import a_cheque, paying, reversing
from tests.support.world import World

OPERATOR = console_operator("test")
ROWS = ("first", "last")


@pytest.fixture
def attacker(sqlite_books_file: Path, tmp_path: Path) -> Attacker:
    path = tmp_path / "books.db"
    shutil.copyfile(sqlite_books_file, path)
    return Attacker(path)


def other(column: Column[Any], stored: Any) -> Any:
    """Another plausible value of the column, as SQLite stores it."""
    if isinstance(column.type, Boolean):
        return 1 - stored
    if isinstance(column.type, UtcDateTime):
        moment = datetime.fromisoformat(stored) if stored else datetime(2026, 11, 24, 12, 0)  # noqa: DTZ001
        return (moment + timedelta(seconds=1)).isoformat(sep=" ", timespec="microseconds")
    if isinstance(column.type, Date):
        return (date.fromisoformat(stored) + timedelta(days=1)).isoformat()
    if isinstance(stored, str):
        return stored[:-1] + ("0" if stored[-1:] != "0" else "1")
    return (stored or 0) + (1 if column.name.endswith("_cents") else 1000)


def columns_of(*some: Table, nullable: bool = False) -> list[Any]:
    """Every column, or every one that may hold nothing, as a parameter of a test."""
    return [
        pytest.param(table, column, id=f"{table.name}.{column.name}")
        for table in some
        for column in table.c
        if column.nullable or not nullable
    ]


def test_books_that_nobody_touched_are_clean(books: Database) -> None:
    found = verification.verify(books, by=OPERATOR)

    assert found.problems == ()
    assert (found.postings, [code for code, _, _ in found.heads]) == (25, ["MTL", "QUE"])
    assert [sequence for _, sequence, _ in found.heads] == [23, 2]


def test_an_attacker_who_changes_nothing_leaves_clean_books(attacker: Attacker) -> None:
    assert attacker.run("UPDATE payment SET amount_cents = amount_cents") > 0

    assert attacker.verify().problems == ()


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize(("table", "column"), columns_of(*LEDGER_TABLES, branch_head))
def test_a_changed_value_is_seen(attacker: Attacker, table: Table, column: Column[Any], row: str) -> None:
    stored = attacker.read(table, column.name, row)

    attacker.write(table, column.name, row, other(column, stored))

    assert attacker.verify().problems


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize(("table", "column"), columns_of(*LEDGER_TABLES, nullable=True))
def test_a_value_set_or_erased_is_seen(attacker: Attacker, table: Table, column: Column[Any], row: str) -> None:
    stored = attacker.read(table, column.name, row)

    attacker.write(table, column.name, row, None if stored is not None else 1)

    assert attacker.verify().problems


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("table", LEDGER_TABLES, ids=lambda table: table.name)
def test_a_removed_row_is_seen(attacker: Attacker, table: Table, row: str) -> None:
    attacker.remove(table, row)

    assert attacker.verify().problems


@pytest.mark.parametrize("table", LEDGER_TABLES, ids=lambda table: table.name)
@pytest.mark.parametrize("owner", ["1", "999"])
def test_an_added_row_is_seen(attacker: Attacker, table: Table, owner: str) -> None:
    fresh = {"id": "999", "posting_id": owner, "position": "99", "sequence": "99", "key": "'kkkkkkkkkkkkkkkkkkkk'",
             "receipt_number": "99", "reverses_id": "NULL", "corrects_id": "998"}  # fmt: skip

    assert attacker.add_copy(table, fresh)

    assert attacker.verify().problems


@pytest.mark.parametrize("row", ROWS)
def test_a_whole_posting_removed_with_all_its_parts_is_seen(attacker: Attacker, row: str) -> None:
    attacker.remove_posting(attacker.read(tables.posting, "id", row))

    assert attacker.verify().problems


def test_a_cheque_pointed_elsewhere_is_seen(attacker: Attacker) -> None:
    attacker.run("UPDATE payment SET cheque_id = 1 WHERE cheque_id = 2")

    assert ProblemKind.CONTENT_CHANGED in {problem.kind for problem in attacker.verify().problems}


def test_a_cheque_pointed_to_its_own_copy_is_seen(attacker: Attacker) -> None:
    attacker.run(
        "INSERT INTO cheque SELECT 99, number, transit, institution, account, dated, drawer, face_amount_cents "
        "FROM cheque WHERE id = 1"
    )
    attacker.run("UPDATE payment SET cheque_id = 99 WHERE cheque_id = 1")

    assert ProblemKind.STRAY_ROW in {problem.kind for problem in attacker.verify().problems}


def test_two_payments_of_one_cheque_that_exceed_it_are_seen(sqlite_db: Database, tmp_path: Path) -> None:
    """The same cheque was taken twice, knowingly; then both payments are pointed to one sheet of paper."""
    world = World(sqlite_db)
    customer = world.customer("100001", due=[("F-1", "60.00", date(2026, 10, 15))])
    first = paying(world, customer, "20.00", cheque=a_cheque())
    payments.record(sqlite_db, first, by=world.agent, at=world.now)
    second = paying(world, customer, "20.00", cheque=a_cheque())
    with pytest.raises(ConfirmationNeeded) as asked:
        payments.record(sqlite_db, second, by=world.agent, at=world.now)
    confirmed = replace(second, confirmed=frozenset(asked.value.concerns))
    payments.record(sqlite_db, confirmed, by=world.agent, at=world.now)
    attacker = Attacker(tmp_path / "partnernet.db")
    assert attacker.verify().problems == ()

    attacker.run("UPDATE payment SET cheque_id = 1")
    attacker.run("DELETE FROM cheque WHERE id = 2")

    assert attacker.verify().problems == (Problem(ProblemKind.PARTS_DISAGREE, "MTL", 2),)
    another = payments.record(sqlite_db, paying(world, customer, "5.00"), by=world.agent, at=world.now)
    reversals.reverse(sqlite_db, reversing(another.number), by=world.supervisor, at=world.now, proved_at=world.now)
    assert attacker.verify().problems == (Problem(ProblemKind.PARTS_DISAGREE, "MTL", 2),)
    reversals.reverse(sqlite_db, reversing("MTL-000001"), by=world.supervisor, at=world.now, proved_at=world.now)
    assert attacker.verify().problems == (), "what was reversed no longer counts against the cheque"


def test_a_branch_without_its_head_is_seen(attacker: Attacker) -> None:
    attacker.run("DELETE FROM branch_head WHERE branch_id = 2")

    assert attacker.verify().problems == (Problem(ProblemKind.HEAD_DIFFERS, "QUE", 0),)


def test_postings_of_a_branch_that_does_not_exist_are_seen(attacker: Attacker) -> None:
    attacker.run("DELETE FROM branch_head WHERE branch_id = 2")
    attacker.run("DELETE FROM branch WHERE id = 2")

    assert Problem(ProblemKind.STRAY_ROW, "posting", 0) in attacker.verify().problems


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("DELETE FROM receipt_copy WHERE copy_number = 1", Problem(ProblemKind.COPIES_GAP, "MTL", 2)),
        ("UPDATE receipt_copy SET copy_number = 7 WHERE copy_number = 2", Problem(ProblemKind.COPIES_GAP, "MTL", 2)),
        ("UPDATE receipt_copy SET posting_id = 1", Problem(ProblemKind.STRAY_ROW, "receipt_copy", 0)),
        ("UPDATE receipt_copy SET posting_id = 999", Problem(ProblemKind.STRAY_ROW, "receipt_copy", 0)),
    ],
)
def test_copies_that_do_not_follow_are_seen(attacker: Attacker, statement: str, problem: Problem) -> None:
    assert attacker.run(statement) > 0

    assert attacker.verify().problems == (problem,)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM till_session WHERE id = 1",
        "UPDATE till_session SET agent_id = 3 WHERE id = 1",
        "UPDATE till_session SET branch_id = 2 WHERE id = 1",
        "UPDATE till_session SET opened_at = '2030-01-01 00:00:00.000000' WHERE id = 1",
        "UPDATE till_session SET closed_at = opened_at WHERE id = 1",
    ],
)
def test_money_in_a_till_session_that_cannot_be_its_own_is_seen(attacker: Attacker, statement: str) -> None:
    assert attacker.run(statement) == 1

    kinds = {problem.kind for problem in attacker.verify().problems}

    assert kinds == {ProblemKind.OTHER_SESSION}


@pytest.mark.parametrize(
    "statement",
    ["UPDATE bag SET cash_cents = cash_cents + 5", "DELETE FROM deposit_reference"],
)
def test_bags_that_hold_something_else_than_the_ledger_says_are_seen(attacker: Attacker, statement: str) -> None:
    assert attacker.run(statement) > 0

    assert Problem(ProblemKind.BAGS_DIFFER, "MTL", 0) in attacker.verify().problems


UNREADABLE = {
    "posting.posted_at": "'hier'", "posting.business_date": "'2026-02-31'", "posting.kind": "'gift'",
    "posting.hash": "''", "ledger_line.account": "'pocket'", "ledger_line.debit_cents": "9223372036854775807",
    "cheque.dated": "''", "payment.tender": "'card'", "payment.customer_printed": "'{'", "payment.confirmed": "''",
    "allocation.due_date": "'x'", "allocation.kind": "'x'", "reversal.reason": "'x'",
    "branch_head.last_at": "'x'",
}  # fmt: skip


@pytest.mark.parametrize("column", UNREADABLE)
def test_a_value_that_cannot_be_read_is_seen_and_stops_nothing(attacker: Attacker, column: str) -> None:
    table, _, name = column.partition(".")
    attacker.write_everywhere(table, name, UNREADABLE[column])

    found = attacker.verify()

    assert found.problems
    assert len(found.heads) == 2


def test_what_cannot_be_read_is_a_problem_of_its_branch(attacker: Attacker) -> None:
    attacker.write(tables.posting, "posted_at", "first", "hier")

    assert Problem(ProblemKind.UNREADABLE, "MTL", 0) in attacker.verify().problems


def _disordered(attacker: Attacker) -> None:
    attacker.run("UPDATE posting SET posted_at = '2020-01-01 00:00:00.000000' WHERE sequence = 2 AND branch_id = 1")


def _another_day(attacker: Attacker) -> None:
    attacker.run("UPDATE posting SET business_date = '2026-11-25' WHERE id = 1")


@pytest.mark.parametrize(
    ("attack", "kind"),
    [(_disordered, ProblemKind.TIME_WENT_BACK), (_another_day, ProblemKind.WRONG_BUSINESS_DATE)],
)
def test_a_problem_is_named_with_its_branch_and_sequence(
    attacker: Attacker, attack: Callable[[Attacker], None], kind: ProblemKind
) -> None:
    attack(attacker)

    named = {problem.kind: (problem.branch_code, problem.sequence) for problem in attacker.verify().problems}

    assert named[kind] == ("MTL", 2 if kind is ProblemKind.TIME_WENT_BACK else 1)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (tables.posting.c.fingerprint, "x"),
        (tables.ledger_line.c.till_session_id, 1),
        (tables.cheque.c.drawer, "x"),
        (tables.payment.c.past_due_after_cents, 7),
        (tables.allocation.c.due_date, date(2027, 1, 1)),
        (tables.reversal.c.note, "x"),
    ],
    ids=str,
)
def test_the_owner_of_a_postgresql_database_is_seen_too(postgres_db: Database, column: Column[Any], value: Any) -> None:
    keep_books(World(postgres_db))
    table = column.table
    assert isinstance(table, Table)

    with postgres_db.write() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(update(table).values({column: value}))

    found = verification.verify(postgres_db, by=OPERATOR).problems
    assert ProblemKind.CONTENT_CHANGED in {problem.kind for problem in found}
