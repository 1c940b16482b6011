"""`open_items.csv`: a snapshot of the principal's books that replaces the one before, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from partnernet.domain.accounts import Account
from partnernet.domain.agents import console_operator
from partnernet.domain.exchanges import Fault, FileEmpty, Imported, NothingImported
from partnernet.domain.money import Money, parse_amount
from partnernet.domain.refusals import NotPermitted
from partnernet.domain.snapshots import BatchUnknown, SnapshotInTheFuture, SnapshotStamp, SnapshotTooOld
from partnernet.i18n.sentences import sentence
from partnernet.services import customers
from partnernet.services.exchanges import import_open_items
from partnernet.services.file_check import Listener
from partnernet.storage import tables
from tests.support.world import World

HEADER = "account_number,document_number,kind,document_date,due_date,amount,open_amount"
INVOICE = "0012345,F100,invoice,2026-08-15,2026-09-14,412.37,412.37"
LATER = "0012345,F101,invoice,2026-11-18,2026-12-18,250.00,250.00"
CREDIT = "0012345,C7,credit_note,2026-11-01,2026-11-01,50.00,50.00"


def write(folder: Path, *lines: str) -> Path:
    path = folder / "open_items.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def run(
    world: World,
    path: Path,
    as_of: datetime | None = None,
    *,
    fault: Callable[[Fault], None] = lambda _fault: None,
    through_batch: int = 0,
    set_aside: bool = False,
) -> Imported:
    stamp = SnapshotStamp(as_of or world.now - timedelta(hours=1), through_batch)
    operator = console_operator("root")
    return import_open_items(world.db, path, stamp, Listener(fault), set_aside=set_aside, by=operator, at=world.now)


def account(world: World, number: str = "0012345") -> Account:
    return customers.account(world.db, number, by=world.agent, at=world.now)


def test_open_items_say_what_an_account_owes_and_as_of_when(world: World, tmp_path: Path) -> None:
    world.customer("0012345")
    as_of = world.now - timedelta(hours=20)

    imported = run(world, write(tmp_path, HEADER, INVOICE, LATER, CREDIT), as_of)

    assert imported == Imported(3, 0, 0)
    assert account(world).standing.total_due == parse_amount("612.37")
    assert account(world).standing.past_due == parse_amount("362.37")
    assert account(world).snapshot_as_of == as_of


def test_a_snapshot_replaces_the_one_before(world: World, tmp_path: Path) -> None:
    world.customer("0012345")
    world.customer("0012346", due=[("OLD", "10.00", world.today)])
    run(world, write(tmp_path, HEADER, INVOICE, LATER))

    run(world, write(tmp_path, HEADER, LATER))

    assert account(world).standing.total_due == parse_amount("250.00")
    assert account(world, "0012346").standing.total_due == Money(0)


def test_amounts_come_with_a_decimal_comma(world: World, tmp_path: Path) -> None:
    world.customer("0012345")
    comma = INVOICE.replace(",", ";").replace("412.37", "1 412,37")

    run(world, write(tmp_path, HEADER.replace(",", ";"), comma))

    assert account(world).standing.total_due == parse_amount("1412.37")


FAULTS = [
    (("412.37,412.37", "412.37,-5.00"), "AmountNotAboveZero"),
    (("412.37,412.37", "412.37,0.00"), "AmountNotAboveZero"),
    (("412.37,412.37", "-412.37,412.37"), "AmountNotAboveZero"),
    (("412.37,412.37", "412.37,412.38"), "OpenAboveAmount"),
    (("412.37,412.37", "412.37,"), "ValueMissing"),
    (("412.37,412.37", "412.37,1.234"), "NotAnAmount"),
    (("412.37,412.37", "412.37,NaN"), "NotAnAmount"),
    (("412.37,412.37", "25000000.01,1.00"), "AmountAboveLimit"),
    (("2026-09-14", "2026-02-31"), "NotADate"),
    (("2026-09-14", "14/09/2026"), "NotADate"),
    (("2026-09-14", "0026-09-14"), "NotADate"),
    (("2026-09-14", ""), "ValueMissing"),
    (("0012345", "9999999"), "AccountUnknown"),
    (("0012345", "12345"), "AccountUnknown"),
    (("F100", ""), "ValueMissing"),
    (("F100", "F\u200b100"), "ValueHidden"),
    (("F100", "F" * 41), "ValueTooLong"),
    (("F100", "F99"), "RowRepeated"),
    (("invoice", "payment"), "NotOneOf"),
    (("invoice", "invoice,"), "FieldCountWrong"),
]


@pytest.mark.parametrize(("change", "reason"), FAULTS)
def test_a_faulty_line_is_named_and_the_snapshot_before_stays(
    world: World, tmp_path: Path, change: tuple[str, str], reason: str
) -> None:
    world.customer("0012345")
    run(world, write(tmp_path, HEADER, CREDIT.replace("credit_note", "invoice")))
    faults: list[Fault] = []
    before, after = change
    path = write(tmp_path, HEADER, INVOICE.replace("F100", "F99"), INVOICE.replace(before, after, 1), LATER)

    with pytest.raises(NothingImported) as refused:
        run(world, path, fault=faults.append)

    assert [(fault.line, type(fault.reason).__name__) for fault in faults] == [(3, reason)]
    assert sentence(faults[0].reason)
    assert refused.value.fault_count == 1
    assert account(world).standing.total_due == parse_amount("50.00")


def test_the_same_number_may_name_an_invoice_and_a_credit_note(world: World, tmp_path: Path) -> None:
    world.customer("0012345")

    run(world, write(tmp_path, HEADER, INVOICE, CREDIT.replace("C7", "F100")))

    assert account(world).standing.total_due == parse_amount("362.37")


def test_faulty_lines_are_set_aside_when_asked(world: World, tmp_path: Path) -> None:
    world.customer("0012345")
    path = write(tmp_path, HEADER, INVOICE, LATER.replace("0012345", "404"))

    assert run(world, path, set_aside=True) == Imported(1, 1, 0)
    assert account(world).standing.total_due == parse_amount("412.37")


def test_an_empty_file_does_not_wipe_what_customers_owe(world: World, tmp_path: Path) -> None:
    world.customer("0012345", due=[("F1", "10.00", world.today)])

    with pytest.raises(FileEmpty):
        run(world, write(tmp_path, HEADER))

    assert account(world).standing.total_due == parse_amount("10.00")


def test_a_snapshot_is_never_of_the_future(world: World, tmp_path: Path) -> None:
    world.customer("0012345")

    with pytest.raises(SnapshotInTheFuture) as refused:
        run(world, write(tmp_path, HEADER, INVOICE), world.now + timedelta(seconds=1))

    assert sentence(refused.value)
    assert account(world).standing.total_due == Money(0)


def test_a_snapshot_is_never_older_than_the_one_in_force(world: World, tmp_path: Path) -> None:
    world.customer("0012345")
    in_force = world.now - timedelta(hours=1)
    run(world, write(tmp_path, HEADER, INVOICE), in_force)

    with pytest.raises(SnapshotTooOld) as refused:
        run(world, write(tmp_path, HEADER, LATER), in_force - timedelta(seconds=1))

    assert sentence(refused.value)
    assert account(world).standing.total_due == parse_amount("412.37")
    run(world, write(tmp_path, HEADER, LATER), in_force)
    assert account(world).standing.total_due == parse_amount("250.00")


def test_a_batch_that_was_never_exported_cannot_be_included(world: World, tmp_path: Path) -> None:
    world.customer("0012345")

    with pytest.raises(BatchUnknown) as refused:
        run(world, write(tmp_path, HEADER, INVOICE), through_batch=1)

    assert "1" in sentence(refused.value)


def test_a_load_that_breaks_midway_leaves_nothing_behind(world: World, tmp_path: Path) -> None:
    world.customer("0012345", due=[("F1", "10.00", world.today)])

    class PowerCut(BaseException):
        pass

    def cut(fraction: float) -> None:
        if fraction > 0.5:
            raise PowerCut

    path, stamp = write(tmp_path, HEADER, INVOICE), SnapshotStamp(world.now)
    with pytest.raises(PowerCut):
        import_open_items(world.db, path, stamp, Listener(progress=cut), by=console_operator("root"), at=world.now)

    assert account(world).standing.total_due == parse_amount("10.00")
    with world.db.read() as connection:
        assert connection.execute(select(func.count()).select_from(tables.snapshot)).scalar_one() == 1


def test_an_agent_may_not_import(world: World, tmp_path: Path) -> None:
    world.customer("0012345")
    path = write(tmp_path, HEADER, INVOICE)

    with pytest.raises(NotPermitted):
        import_open_items(world.db, path, SnapshotStamp(world.now), by=world.agent, at=world.now)
