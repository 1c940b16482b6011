"""A form's key imports once, whoever sends it again; and another snapshot comes when the file is compared anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from partnernet.domain.exchanges import ChangedSinceChecked, Imported, NothingImported
from partnernet.domain.keys import KeyMalformed
from partnernet.domain.refusals import OtherContentForKey
from partnernet.domain.snapshots import SnapshotStamp, SnapshotTooOld
from partnernet.services import exchanges
from partnernet.services.file_check import Listener
from partnernet.storage import tables
from tests.support.at_once import at_once
from tests.support.importing import ITEMS, OPERATOR, PEOPLE, documents, import_items, item, person, write
from tests.support.requests import new_key
from tests.support.world import World


@dataclass
class Files:
    """Two files of the same account, one after the other."""

    first: Path
    second: Path


@pytest.fixture
def files(world: World, tmp_path: Path) -> Files:
    world.customer("100001")
    first = write(tmp_path / "first.csv", ITEMS, [item("100001", "F-1", "60.00"), item("100001", "F-2", "30.00")])
    second = write(tmp_path / "second.csv", ITEMS, [item("100001", "F-2", "30.00"), item("100001", "F-3", "5.00")])
    return Files(first, second)


def snapshots(world: World) -> int:
    with world.db.read() as connection:
        return connection.execute(select(func.count()).select_from(tables.snapshot)).scalar_one()


def test_the_same_form_sent_twice_at_once_imports_once_and_both_are_told_the_same(world: World, files: Files) -> None:
    for _ in range(5):
        key, before = new_key(), snapshots(world)

        answers = at_once(*[lambda key=key: import_items(world, files.first, key=key)] * 2)

        assert answers == [Imported(2, 0, 0)] * 2
        assert snapshots(world) == before + 1


def test_a_key_sent_again_after_a_newer_snapshot_does_not_bring_the_old_one_back(world: World, files: Files) -> None:
    key, as_of = new_key(), world.now
    import_items(world, files.first, key=key, as_of=as_of)
    world.later(hours=1)
    import_items(world, files.second)
    before = documents(world.db)

    assert import_items(world, files.first, key=key, as_of=as_of) == Imported(2, 0, 0)
    assert documents(world.db) == before


def test_a_key_that_comes_with_something_else_is_refused(world: World, files: Files, tmp_path: Path) -> None:
    key, as_of = new_key(), world.now
    import_items(world, files.first, key=key, as_of=as_of)
    before = documents(world.db)
    people = write(tmp_path / "customers.csv", PEOPLE, [person("100001")])

    with pytest.raises(OtherContentForKey):
        import_items(world, files.second, key=key, as_of=as_of)
    with pytest.raises(OtherContentForKey):
        import_items(world, files.first, key=key, as_of=as_of - timedelta(hours=1))
    with pytest.raises(OtherContentForKey):
        import_items(world, files.first, key=key, as_of=as_of, by=world.supervisor)
    with pytest.raises(OtherContentForKey):
        exchanges.import_customers(world.db, people, key=key, by=OPERATOR, at=world.now)
    assert documents(world.db) == before


def test_a_key_that_no_form_makes_is_refused(world: World, files: Files) -> None:
    with pytest.raises(KeyMalformed):
        import_items(world, files.first, key="x")

    assert snapshots(world) == 0


def test_an_import_that_failed_does_not_use_its_key_up(world: World, files: Files, tmp_path: Path) -> None:
    key = new_key()
    faulty = write(tmp_path / "faulty.csv", ITEMS, [item("100001", "F-1", "x")])
    with pytest.raises(NothingImported):
        import_items(world, faulty, key=key)

    assert import_items(world, files.first, key=key) == Imported(2, 0, 0)


def test_two_files_at_once_come_one_after_the_other_each_whole(world: World, files: Files) -> None:
    for _ in range(5):
        answers = at_once(lambda: import_items(world, files.first), lambda: import_items(world, files.second))

        assert answers == [Imported(2, 0, 0)] * 2
        found = {number: cents for (_account, number), (cents, _since) in documents(world.db).items()}
        assert found in ({"F-1": 60_00, "F-2": 30_00}, {"F-2": 30_00, "F-3": 5_00})


def test_of_two_files_checked_beside_the_same_books_one_is_imported(world: World, files: Files) -> None:
    """What the second one's check has shown is no longer what it would change."""
    for _ in range(5):
        rests_on = exchanges.last_import(world.db, by=OPERATOR)
        checked = partial(
            exchanges.import_open_items, stamp=SnapshotStamp(world.now), after=rests_on, by=OPERATOR, at=world.now
        )

        answers = at_once(partial(checked, world.db, files.first), partial(checked, world.db, files.second))

        assert {type(answer) for answer in answers} == {Imported, ChangedSinceChecked}
        assert exchanges.last_import(world.db, by=OPERATOR) == rests_on + 1


def test_customers_too_are_imported_as_they_were_checked(world: World, files: Files, tmp_path: Path) -> None:
    rests_on = exchanges.last_import(world.db, by=OPERATOR)
    import_items(world, files.first)
    people = write(tmp_path / "people.csv", PEOPLE, [person("100009")])

    with pytest.raises(ChangedSinceChecked):
        exchanges.import_customers(world.db, people, after=rests_on, by=OPERATOR, at=world.now)

    rests_on = exchanges.last_import(world.db, by=OPERATOR)
    assert exchanges.import_customers(world.db, people, after=rests_on, by=OPERATOR, at=world.now).row_count == 1


def test_an_older_file_that_was_read_before_a_newer_came_into_force_is_refused(world: World, files: Files) -> None:
    older = world.now - timedelta(hours=1)

    def newer_comes(_fraction: float) -> None:
        if not snapshots(world):
            import_items(world, files.second)

    with pytest.raises(SnapshotTooOld):
        exchanges.import_open_items(
            world.db, files.first, SnapshotStamp(older), Listener(progress=newer_comes), by=OPERATOR, at=world.now
        )

    assert {number for _account, number in documents(world.db)} == {"F-2", "F-3"}


def test_a_file_compared_with_a_snapshot_that_is_no_more_in_force_is_compared_again(world: World, files: Files) -> None:
    import_items(world, files.first)

    def another_comes(fraction: float) -> None:
        if fraction > 0.5 and snapshots(world) == 1:
            import_items(world, files.second)

    stamp = SnapshotStamp(world.now)
    exchanges.import_open_items(
        world.db, files.first, stamp, Listener(progress=another_comes), by=OPERATOR, at=world.now
    )

    found = {number: cents for (_account, number), (cents, _since) in documents(world.db).items()}
    assert found == {"F-1": 60_00, "F-2": 30_00}
    assert changes_of_last(world) == [("after", "F-1"), ("before", "F-3")]


def test_customers_compared_with_names_that_have_changed_since_are_compared_again(world: World, tmp_path: Path) -> None:
    one = write(tmp_path / "one.csv", PEOPLE, [person("100001", "Un"), person("100002", "Deux")])
    two = write(tmp_path / "two.csv", PEOPLE, [person("100001", "Autre"), person("100003", "Trois")])
    exchanges.import_customers(world.db, one, by=OPERATOR, at=world.now)
    came: list[bool] = []

    def another_comes(fraction: float) -> None:
        if fraction > 0.5 and not came:
            came.append(True)
            exchanges.import_customers(world.db, two, by=OPERATOR, at=world.now)

    exchanges.import_customers(world.db, one, Listener(progress=another_comes), by=OPERATOR, at=world.now)

    with world.db.read() as connection:
        rows = connection.execute(select(tables.customer.c.number, tables.customer.c.name)).all()
    assert dict(sorted((row.number, row.name) for row in rows)) == {
        "100001": "Un", "100002": "Deux", "100003": "Trois",
    }  # fmt: skip


def changes_of_last(world: World) -> list[tuple[str, str]]:
    change = tables.snapshot_change.c
    with world.db.read() as connection:
        last = connection.execute(select(func.max(tables.snapshot.c.id))).scalar_one()
        rows = connection.execute(select(change.side, change.document_number).where(change.snapshot_id == last))
        return sorted((row.side, row.document_number) for row in rows)
