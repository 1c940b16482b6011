"""Counters take payments while files are imported: nobody waits for the reading, and no balance mixes two snapshots."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

from sqlalchemy import event

from partnernet.domain.agents import console_operator
from partnernet.domain.customers import Customer
from partnernet.domain.money import total
from partnernet.domain.receipts import Receipt
from partnernet.domain.snapshots import SnapshotStamp
from partnernet.services import exchanges, payments, verification
from partnernet.services.file_check import Listener
from partnernet.storage.database import Database
from tests.support import batches
from tests.support.at_once import at_once
from tests.support.counter_process import insist, submission
from tests.support.importing import ITEMS, OPERATOR, PEOPLE, import_items, item, person, write
from tests.support.requests import money, new_key, paying, standing_of
from tests.support.world import World

DUE = date(2026, 10, 15)
WRITING = 0.7  # from then on, the progress is that of the writing


def pay(world: World, customer: Customer, amount: str) -> Receipt:
    return payments.record(world.db, paying(world, customer, amount), by=world.agent, at=world.later(minutes=1))


def once(act: Callable[[], object], *, after: float = 0.0) -> Callable[[float], None]:
    """What does something the first time that the progress has come that far. It never goes back: an import that had to
    begin again would do that."""
    seen: list[float] = [0.0]
    done: list[bool] = []

    def tell(fraction: float) -> None:
        assert fraction >= seen[-1]
        seen.append(fraction)
        if fraction > after and not done:
            done.append(True)
            act()

    return tell


def test_a_payment_is_taken_while_a_file_is_read_and_compared(world: World, tmp_path: Path) -> None:
    richard = world.customer("100001", due=[("F-1", "60.00", DUE)])
    path = write(tmp_path / "open_items.csv", ITEMS, [item("100001", "F-1", "60.00"), item("100001", "F-2", "5.00")])
    stamp = SnapshotStamp(world.now)

    listener = Listener(progress=once(lambda: pay(world, richard, "40.00")))
    exchanges.import_open_items(world.db, path, stamp, listener, by=OPERATOR, at=world.now)

    assert standing_of(world, richard).total_due == money("25.00")


def test_a_payment_that_has_read_the_documents_is_not_overtaken_by_a_snapshot(world: World, tmp_path: Path) -> None:
    richard = world.customer("100001", due=[("F-1", "60.00", DUE)])
    pay(world, richard, "40.00")
    batch = batches.cut(world)
    assert batch is not None
    path = write(tmp_path / "open_items.csv", ITEMS, [item("100001", "F-1", "60.00", "20.00")])
    request = paying(world, richard, "20.00")
    importing = Thread(target=import_items, args=(world, path), kwargs={"through": batch.number})

    def read(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "FROM open_item" in statement and not importing.ident:
            importing.start()
            importing.join(1)  # it has all the time it needs, and does not come in between

    event.listen(world.db._engine, "after_cursor_execute", read)
    receipt = payments.record(world.db, request, by=world.agent, at=world.now)
    event.remove(world.db._engine, "after_cursor_execute", read)
    importing.join()

    assert receipt.total_due_before == money("20.00"), (
        "NOT 60.00: the first payment is in one of the two, never in none"
    )
    assert standing_of(world, richard).total_due == money("0.00")


def test_imports_and_counters_at_once_leave_every_receipt_on_one_snapshot(world: World, tmp_path: Path) -> None:
    richard = world.customer("100001", due=[("F-1", "1000.00", DUE)])
    small = write(tmp_path / "small.csv", ITEMS, [item("100001", "F-1", "1000.00")])
    large = write(tmp_path / "large.csv", ITEMS, [item("100001", f"F-{n}", "1000.00") for n in range(1, 4)])

    def counter(by: Any) -> list[Receipt]:
        return [insist(world.db, submission(new_key(), richard.number, 5_00 + n), by=by) for n in range(0, 40, 5)]

    def office() -> list[Receipt]:
        for path in (large, small) * 4:
            import_items(world, path)
        return []

    answers = at_once(lambda: counter(world.agent), lambda: counter(world.other_agent), office)

    assert not [each for each in answers if isinstance(each, Exception)]
    receipts = sorted(
        (each for some in answers if isinstance(some, list) for each in some), key=lambda each: each.number
    )
    assert len(receipts) == 16
    for place, receipt in enumerate(receipts):
        paid = total(each.amount for each in receipts[:place])
        assert receipt.total_due_before + paid in (money("1000.00"), money("3000.00"))
    assert verification.verify(world.db, by=console_operator("test")).problems == ()


def test_a_payment_does_not_wait_for_the_documents_that_an_import_puts_on_its_account(
    postgres_db: Database, tmp_path: Path
) -> None:
    world = World(postgres_db)
    richard = world.customer("100001", due=[("F-1", "60.00", DUE)])
    path = write(tmp_path / "open_items.csv", ITEMS, [item("100001", "F-1", "60.00", "50.00")])
    stamp, receipts = SnapshotStamp(world.now), list[Receipt]()

    def take() -> None:
        receipts.append(pay(world, richard, "10.00"))

    listener = Listener(progress=once(take, after=WRITING))
    exchanges.import_open_items(world.db, path, stamp, listener, by=OPERATOR, at=world.now)

    assert [each.total_due_before for each in receipts] == [money("60.00")], "the new document is NOT there yet"
    assert standing_of(world, richard).total_due == money("40.00")


def test_a_payment_does_not_wait_for_customers_that_an_import_leaves_as_they_are(
    postgres_db: Database, tmp_path: Path
) -> None:
    world = World(postgres_db)
    first = write(tmp_path / "first.csv", PEOPLE, [person("100001", "Un"), person("100002", "Deux")])
    second = write(tmp_path / "second.csv", PEOPLE, [person("100001", "Un"), person("100002", "Autre")])
    exchanges.import_customers(world.db, first, by=OPERATOR, at=world.now)
    items = write(tmp_path / "open_items.csv", ITEMS, [item("100001", "F-1", "60.00")])
    import_items(world, items)

    receipts: list[Receipt] = []

    def take() -> None:
        receipts.append(insist(world.db, submission(new_key(), "100001", 10_00), by=world.agent))

    listener = Listener(progress=once(take, after=WRITING))
    exchanges.import_customers(world.db, second, listener, by=OPERATOR, at=world.now)

    assert [each.total_due_before for each in receipts] == [money("60.00")]
