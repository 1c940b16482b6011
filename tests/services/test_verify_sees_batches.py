"""What was exported is verified with the ledger: its numbers, its files, its lines, its totals and its anchors."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from partnernet.domain.verification import Problem, ProblemKind
from partnernet.i18n.problems import problem
from partnernet.services import reversals
from partnernet.storage import schema
from tests.support.attacker import Attacker
from tests.support.batches import cut
from tests.support.counting import approve, count, deposit, receive_float, submit, take_cash, take_cheque
from tests.support.requests import reversing
from tests.support.world import World


@pytest.fixture(scope="module")
def exported(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three batches: two payments and a deposit, another payment, and the reversal of the first with a payment."""
    path = tmp_path_factory.mktemp("exported") / "books.db"
    shutil.copyfile(sqlite_template, path)
    world = World(schema.open_database(f"sqlite:///{path}"))
    receive_float(world)
    first = take_cash(world, "60.00")
    take_cheque(world, "412.37")
    approve(world, submit(world, count(world, {"20": 13})))
    deposit(world)
    cut(world)
    take_cash(world, "20.00")
    cut(world)
    reversals.reverse(
        world.db, reversing(first.number), by=world.supervisor, at=world.later(minutes=1), proved_at=world.now
    )
    take_cash(world, "40.00")
    cut(world)
    world.db.dispose()
    return path


@pytest.fixture
def attacker(exported: Path, tmp_path: Path) -> Attacker:
    path = tmp_path / "books.db"
    shutil.copyfile(exported, path)
    return Attacker(path)


def kinds(attacker: Attacker) -> set[tuple[ProblemKind, int]]:
    """What is found, and in which batch."""
    return {(each.kind, each.batch_number) for each in attacker.verify().problems}


def test_batches_that_nobody_touched_are_clean(attacker: Attacker) -> None:
    assert attacker.verify().problems == ()


@pytest.mark.parametrize(
    "change",
    [
        "payment_count = payment_count + 1",
        "reversal_count = reversal_count + 1",
        "payments_cents = payments_cents + 1",
        "reversals_cents = reversals_cents - 1",
        "payment_count = reversal_count, reversal_count = payment_count + 1",
    ],
)
def test_totals_that_are_not_those_of_the_lines_are_seen(attacker: Attacker, change: str) -> None:
    attacker.run(f"UPDATE export_batch SET {change} WHERE number = 3")  # noqa: S608

    assert kinds(attacker) == {(ProblemKind.BATCH_DIFFERS, 3)}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE export_line SET position = position + 7 WHERE batch_number = 3",
        "UPDATE export_line SET position = 9 WHERE batch_number = 3 AND position = 1",
        "DELETE FROM export_line WHERE batch_number = 3 AND position = 2",
        "UPDATE export_line SET posting_id = posting_id + 1000 WHERE batch_number = 3 AND position = 2",
    ],
)
def test_lines_that_are_not_those_of_the_file_are_seen(attacker: Attacker, statement: str) -> None:
    assert attacker.run(statement) > 0

    assert (ProblemKind.BATCH_DIFFERS, 3) in kinds(attacker)


def test_a_line_moved_to_another_batch_is_seen_in_both(attacker: Attacker) -> None:
    attacker.run("UPDATE export_line SET batch_number = 2, position = 2 WHERE batch_number = 3 AND position = 2")

    assert kinds(attacker) == {(ProblemKind.BATCH_DIFFERS, 2), (ProblemKind.BATCH_DIFFERS, 3)}


def test_a_file_that_changed_is_seen(attacker: Attacker) -> None:
    attacker.run("UPDATE export_file SET content = replace(content, '2026', '2027') WHERE batch_number = 2")

    assert kinds(attacker) == {(ProblemKind.BATCH_FILE_CHANGED, 2)}


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("payments", "20.00", "20.01"),
        ("payments", "MTL-000003,MTL-000003", "MTL-000004,MTL-000003"),
        ("payments", ",500003,", ",500001,"),
        ("payments", "\n2,1,", "\n2,2,"),
        ("payments", "\n2,1,", "\n3,1,"),
        ("payments", "payment,", "reversal,"),
        ("payments", "amount", "montant"),
        ("payments", "batch,line", '"batch,line'),
        ("deposits", "BNC-20261124-001", "BNC-20261124-002"),
        ("deposits", "\n1,MTL,1,", "\n1,MTL,2,"),
        ("deposits", "\n1,MTL,1,", "\n2,MTL,1,"),
        ("deposits", "deposit_number", "number"),
    ],
)
def test_a_file_that_tells_another_story_is_seen_whatever_its_hash_says(
    attacker: Attacker, kind: str, old: str, new: str
) -> None:
    number = 2 if kind == "payments" else 1
    where = f"batch_number = {number} AND kind = '{kind}'"
    attacker.run(f"UPDATE export_file SET content = replace(content, ?, ?) WHERE {where}", old, new)  # noqa: S608
    content = content_of(attacker, number, kind)
    assert new in content
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    attacker.run(f"UPDATE export_file SET sha256 = ? WHERE {where}", sha256)  # noqa: S608

    found = kinds(attacker)

    assert found in ({(ProblemKind.BATCH_DIFFERS, number)}, {(ProblemKind.UNREADABLE, number)})


def content_of(attacker: Attacker, number: int, kind: str) -> str:
    database = schema.open_database(f"sqlite:///{attacker.path}")
    with database.read() as connection:
        query = "SELECT content FROM export_file WHERE batch_number = ? AND kind = ?"
        content: str = connection.exec_driver_sql(query, (number, kind)).scalar_one()
    database.dispose()
    return content


@pytest.mark.parametrize("kind", ["payments", "deposits"])
def test_a_file_that_is_gone_is_seen(attacker: Attacker, kind: str) -> None:
    attacker.run("DELETE FROM export_file WHERE batch_number = 1 AND kind = ?", kind)

    assert kinds(attacker) == {(ProblemKind.BATCH_DIFFERS, 1)}


def test_a_deposit_moved_to_another_batch_is_seen_in_both(attacker: Attacker) -> None:
    attacker.run("UPDATE export_deposit SET batch_number = 2")

    assert kinds(attacker) == {(ProblemKind.BATCH_DIFFERS, 1), (ProblemKind.BATCH_DIFFERS, 2)}


def test_a_batch_that_is_gone_leaves_a_gap(attacker: Attacker) -> None:
    for table, column in (("export_line", "batch_number"), ("export_file", "batch_number"), ("export_batch", "number")):
        attacker.run(f"DELETE FROM {table} WHERE {column} = 2")  # noqa: S608 - names of ours

    assert kinds(attacker) == {(ProblemKind.BATCH_GAP, 3)}


def test_rows_that_belong_to_nothing_are_seen(attacker: Attacker) -> None:
    attacker.run("DELETE FROM export_batch WHERE number = 1")

    stray = {each.branch_code for each in attacker.verify().problems if each.kind is ProblemKind.STRAY_EXPORT}

    assert stray == {"export_line", "export_file", "export_deposit"}


def test_a_posting_that_is_not_for_the_principal_is_seen(attacker: Attacker) -> None:
    attacker.run("UPDATE export_line SET posting_id = 1 WHERE batch_number = 2")

    assert Problem(ProblemKind.NOT_FOR_EXPORT, "MTL", 1) in attacker.verify().problems


def test_a_reversal_that_went_out_before_its_payment_is_seen(attacker: Attacker) -> None:
    attacker.run("UPDATE export_line SET batch_number = 9 WHERE batch_number = 1")

    too_early = [each for each in attacker.verify().problems if each.kind is ProblemKind.REVERSAL_TOO_EARLY]

    assert [each.branch_code for each in too_early] == ["MTL"]


@pytest.mark.parametrize(
    "anchors",
    [
        f'[["MTL", 3, "{"0" * 64}"]]',
        f'[["MTL", 999, "{"0" * 64}"]]',
        f'[["QUE", 3, "{"0" * 64}"]]',
        f'[["MTL", 0, "{"0" * 64}"]]',
        "[]",
        "[[]]",
        "?",
    ],
)
def test_an_anchor_that_is_not_in_the_chain_is_seen(attacker: Attacker, anchors: str) -> None:
    attacker.run("UPDATE export_batch SET anchors = ? WHERE number = 2", anchors)

    assert {number for _kind, number in kinds(attacker)} == {2}


def test_a_chain_made_anew_is_seen_by_what_was_exported(attacker: Attacker) -> None:
    attacker.run("UPDATE posting SET hash = substr(hash, 2) || substr(hash, 1, 1)")

    assert {(ProblemKind.ANCHOR_LOST, number) for number in (1, 2, 3)} <= kinds(attacker)


def test_a_payment_whose_amount_changed_after_it_went_out_is_seen_in_its_batch(attacker: Attacker) -> None:
    attacker.run("UPDATE ledger_line SET credit_cents = 9223372036854775807 WHERE credit_cents = 2000")

    assert (ProblemKind.BATCH_DIFFERS, 2) in kinds(attacker)


def test_a_problem_of_a_batch_names_it(attacker: Attacker) -> None:
    attacker.run("UPDATE export_batch SET payment_count = 7 WHERE number = 2")

    (found,) = attacker.verify().problems

    assert problem(found) == "lot 2 : ses lignes ou ses totaux ne sont pas ce que le grand livre en dit"
