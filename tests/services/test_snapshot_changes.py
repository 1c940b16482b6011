"""What a snapshot changes is kept, no more and no less: walking back through it gives every earlier snapshot."""

from __future__ import annotations

from pathlib import Path
from random import Random

from sqlalchemy import select

from partnernet.storage import tables
from tests.support.importing import ITEMS, documents, import_items, item, write
from tests.support.world import World

Change = tuple[str, str, str, int]


def snapshot(world: World, folder: Path, *lines: str) -> int:
    """Import these lines as a snapshot; its id."""
    world.later(minutes=1)
    import_items(world, write(folder / "open_items.csv", ITEMS, lines))
    with world.db.read() as connection:
        return (
            connection.execute(select(tables.snapshot.c.id).order_by(tables.snapshot.c.id.desc())).scalars().first()
            or 0
        )


def changes(world: World, snapshot_id: int) -> list[Change]:
    """Side, kind, document and open amount of what a snapshot changed."""
    change = tables.snapshot_change.c
    with world.db.read() as connection:
        rows = connection.execute(
            select(change.side, change.kind, change.document_number, change.open_amount_cents).where(
                change.snapshot_id == snapshot_id
            )
        )
        return sorted((row.side, row.kind, row.document_number, row.open_amount_cents) for row in rows)


def rows_of_documents(world: World) -> dict[str, int]:
    with world.db.read() as connection:
        return {row.document_number: row.id for row in connection.execute(select(tables.open_item))}


def test_the_first_snapshot_is_where_accounts_begin_and_changes_nothing(world: World, tmp_path: Path) -> None:
    world.customer("100001")

    first = snapshot(world, tmp_path, item("100001", "F-1", "60.00"))

    assert changes(world, first) == []


def test_a_document_appears_moves_and_vanishes_each_with_its_sides(world: World, tmp_path: Path) -> None:
    world.customer("100001")
    snapshot(world, tmp_path, item("100001", "F-1", "60.00"), item("100001", "F-2", "30.00"))

    second = snapshot(world, tmp_path, item("100001", "F-2", "30.00", "10.00"), item("100001", "F-3", "5.00"))

    assert changes(world, second) == [
        ("after", "invoice", "F-2", 10_00), ("after", "invoice", "F-3", 5_00),
        ("before", "invoice", "F-1", 60_00), ("before", "invoice", "F-2", 30_00),
    ]  # fmt: skip


def test_a_document_that_stands_as_it_did_is_not_touched(world: World, tmp_path: Path) -> None:
    world.customer("100001")
    still, moves = item("100001", "F-1", "60.00"), item("100001", "F-2", "30.00")
    first = snapshot(world, tmp_path, still, moves)
    before = rows_of_documents(world)

    second = snapshot(world, tmp_path, moves.replace("30.00,30.00", "30.00,20.00"), still)

    assert {number: since for (_account, number), (_cents, since) in documents(world.db).items()} == {
        "F-1": first, "F-2": second,
    }  # fmt: skip
    assert rows_of_documents(world)["F-1"] == before["F-1"], "the row itself stays"


def test_a_new_date_is_a_change_and_so_is_another_kind_of_the_same_number(world: World, tmp_path: Path) -> None:
    world.customer("100001")
    line, other = item("100001", "F-1", "60.00"), item("100001", "F-2", "30.00")
    snapshot(world, tmp_path, line, other)

    later = snapshot(world, tmp_path, line.replace("2026-10-15", "2026-10-16"), other.replace("invoice", "credit_note"))

    assert changes(world, later) == [
        ("after", "credit_note", "F-2", 30_00), ("after", "invoice", "F-1", 60_00),
        ("before", "invoice", "F-1", 60_00), ("before", "invoice", "F-2", 30_00),
    ]  # fmt: skip


def test_walking_back_through_the_changes_gives_every_earlier_snapshot(world: World, tmp_path: Path) -> None:
    chance = Random(41)
    for account in ("100001", "100002"):
        world.customer(account)
    taken: dict[int, set[tuple[str, str, int]]] = {}
    for _ in range(12):
        lines = [
            item(
                account, f"F-{n}", "90.00", f"{chance.randint(1, 3)}.00", kind=chance.choice(["invoice", "credit_note"])
            )
            for account in ("100001", "100002")
            for n in range(6)
            if chance.random() < 0.7
        ]
        snapshot_id = snapshot(world, tmp_path, *lines, item("100001", "STAYS", "1.00"))
        taken[snapshot_id] = in_force(world)

    found = in_force(world)
    for snapshot_id in sorted(taken, reverse=True):
        assert found == taken[snapshot_id]
        found = before(world, snapshot_id, found)


def in_force(world: World) -> set[tuple[str, str, int]]:
    with world.db.read() as connection:
        rows = connection.execute(select(tables.open_item))
        return {(row.kind, f"{row.customer_id} {row.document_number}", row.open_amount_cents) for row in rows}


def before(world: World, snapshot_id: int, found: set[tuple[str, str, int]]) -> set[tuple[str, str, int]]:
    """The documents before a snapshot, from those after it."""
    sides: dict[str, set[tuple[str, str, int]]] = {"before": set(), "after": set()}
    with world.db.read() as connection:
        query = select(tables.snapshot_change).where(tables.snapshot_change.c.snapshot_id == snapshot_id)
        for row in connection.execute(query):
            sides[row.side].add((row.kind, f"{row.customer_id} {row.document_number}", row.open_amount_cents))
    assert sides["after"] <= found
    return (found - sides["after"]) | sides["before"]
