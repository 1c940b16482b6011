"""An import that ends at any moment leaves the old snapshot whole, or the new one: nothing in between."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from threading import Event

import pytest
from sqlalchemy import func, select

from partnernet.domain.agents import console_operator
from partnernet.domain.snapshots import SnapshotStamp
from partnernet.services import exchanges, verification
from partnernet.services.file_check import Listener
from partnernet.storage import schema, tables
from tests.support.crashes import Crash, crashing_at
from tests.support.importing import ITEMS, OPERATOR, documents, import_items, item, write
from tests.support.world import World

DOCUMENTS = 12_000  # more than a database keeps in memory while it writes
HALF_WRITTEN = 0.85
LONGEST_SECONDS = 1.0


@dataclass
class Importing:
    """A process that imports a file, tells how far it has come, and stops for ever at a moment if asked."""

    url: str
    path: Path
    at: datetime
    stops_at: float = 2.0

    def work(self, told: Connection) -> None:
        def tell(fraction: float) -> None:
            told.send(fraction)
            if fraction >= self.stops_at:
                Event().wait()

        stamp, listener = SnapshotStamp(self.at), Listener(progress=tell)
        db = schema.open_database(self.url)
        exchanges.import_open_items(db, self.path, stamp, listener, by=OPERATOR, at=self.at)

    def kill_when(self, has_come_so_far: Callable[[float], bool], moment_seconds: float = 0.0) -> None:
        """Let it work, and kill it a moment after it has told that; it may have ended by then."""
        processes = multiprocessing.get_context("spawn")
        hears, tells = processes.Pipe(duplex=False)
        process = processes.Process(target=self.work, args=(tells,))
        process.start()
        tells.close()
        while not has_come_so_far(hears.recv()):
            pass
        process.join(moment_seconds)
        process.kill()
        process.join()


@dataclass
class Ledger:
    """Two files of the same documents, the first one in force."""

    world: World
    first: Path
    second: Path

    def importing(self, **more: float) -> Importing:
        url = self.world.db.url.render_as_string(hide_password=False)
        return Importing(url, self.second, self.world.now, **more)

    def in_force(self) -> dict[str, int]:
        return {number: cents for (_account, number), (cents, _since) in documents(self.world.db).items()}

    def snapshots_and_changes(self) -> tuple[int, int, int]:
        with self.world.db.read() as connection:
            snapshots, imports, changes = (
                connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (tables.snapshot, tables.file_import, tables.snapshot_change)
            )
        return snapshots, imports, changes


def new_ledger(world: World, folder: Path, count: int) -> Ledger:
    world.customer("100001")
    lines = [item("100001", f"F-{n}", "60.00") for n in range(count)]
    first = write(folder / "first.csv", ITEMS, lines)
    second = write(folder / "second.csv", ITEMS, [line.replace("60.00,60.00", "60.00,59.00") for line in lines])
    import_items(world, first)
    return Ledger(world, first, second)


def amounts(ledger: Ledger) -> set[int]:
    """The open amounts in force: one, since each file gives all of its documents the same."""
    return set(ledger.in_force().values())


def test_killed_in_the_middle_of_the_writing_the_old_snapshot_stands_whole(world: World, tmp_path: Path) -> None:
    ledger = new_ledger(world, tmp_path, DOCUMENTS)

    ledger.importing(stops_at=HALF_WRITTEN).kill_when(lambda fraction: fraction >= HALF_WRITTEN)

    assert len(ledger.in_force()) == DOCUMENTS
    assert amounts(ledger) == {60_00}, "NOT one document of the new one"
    assert ledger.snapshots_and_changes() == (1, 1, 0)
    assert verification.verify(world.db, by=console_operator("test")).problems == ()
    import_items(world, ledger.second)
    assert amounts(ledger) == {59_00}
    assert ledger.snapshots_and_changes() == (2, 2, 2 * DOCUMENTS)


@pytest.mark.parametrize("kills", [3, pytest.param(40, marks=pytest.mark.campaign)])
def test_killed_at_any_moment_one_of_the_two_snapshots_stands_whole(world: World, tmp_path: Path, kills: int) -> None:
    ledger, moments = new_ledger(world, tmp_path, DOCUMENTS), Random(kills)

    for _ in range(kills):
        start, moment = moments.uniform(0.3, 1.0), moments.uniform(0, LONGEST_SECONDS)
        ledger.importing().kill_when(lambda fraction, start=start: fraction >= start, moment)  # type: ignore[misc]

        found = ledger.in_force()
        assert len(found) == DOCUMENTS
        assert set(found.values()) in ({60_00}, {59_00})
        if set(found.values()) == {59_00}:
            import_items(world, ledger.first)
    assert verification.verify(world.db, by=console_operator("test")).problems == ()


def test_ended_at_any_statement_the_old_snapshot_stands_whole(world: World, tmp_path: Path) -> None:
    ledger = new_ledger(world, tmp_path, 3)
    before = ledger.snapshots_and_changes()

    for statement in range(1, 100):
        try:
            with crashing_at(world.db, statement) as statements:
                import_items(world, ledger.second)
        except Crash:
            assert amounts(ledger) == {60_00}
            assert ledger.snapshots_and_changes() == before
            continue
        break

    assert "COMMIT" in statements
    assert statement > 12, "every statement was tried"
    assert amounts(ledger) == {59_00}
    assert ledger.snapshots_and_changes() == (2, 2, 6)
