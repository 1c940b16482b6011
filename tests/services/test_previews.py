"""The dry run: what a file would change, said before anything is imported, and nothing written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from partnernet.domain.agents import console_operator
from partnernet.domain.exchanges import Fault, FileEmpty
from partnernet.domain.snapshots import BalanceChange, BatchUnknown, OpenItemsPreview, SnapshotStamp
from partnernet.services import exchanges, payments, previews, reversals
from partnernet.services.file_check import Listener
from tests.support import batches
from tests.support.books import rows_posted
from tests.support.requests import money, paying, reversing
from tests.support.world import World

OPERATOR = console_operator("root")
DUE = date(2026, 10, 15)
ITEMS = "account_number,document_number,kind,document_date,due_date,amount,open_amount"
PEOPLE = "account_number,name,address_line1,address_line2,city,province,postal_code,phone,language,terms"
RICHARD = '100001,Locations Richard,"1200, rue Ontario",,Montréal,QC,H2X 1Y4,514 285-9286,fr,open'


@pytest.fixture
def shop(world: World) -> World:
    """Two accounts from a snapshot: 60.00 and 30.00 on one, 5.00 on the other."""
    world.customer("100001", due=[("F-1", "60.00", DUE), ("F-2", "30.00", DUE)])
    world.customer("100002", "Érablière Fortin", due=[("G-1", "5.00", DUE)])
    return world


def item(account: str, number: str, amount: str, open_amount: str = "") -> str:
    return f"{account},{number},invoice,2026-09-15,2026-10-15,{amount},{open_amount or amount}"


def open_items(
    world: World, folder: Path, *lines: str, through: int = 0, refused: str = "", faults: list[Fault] | None = None
) -> OpenItemsPreview:
    path, not_posted = folder / "open_items.csv", folder / "refused.csv"
    path.write_text("\n".join([ITEMS, *lines]) + "\n")
    not_posted.write_text(f"receipt_number\n{refused}\n")
    at = world.later(minutes=1)
    listener = Listener(faults.append) if faults is not None else None
    return previews.preview_open_items(
        world.db, path, SnapshotStamp(at, through), listener,
        not_posted=not_posted if refused else None, by=OPERATOR, at=at,
    )  # fmt: skip


def test_documents_are_counted_by_what_becomes_of_them(shop: World, tmp_path: Path) -> None:
    lines = (item("100001", "F-1", "60.00", "20.00"), item("100001", "F-9", "7.00"), item("100002", "G-1", "5.00"))

    found = open_items(shop, tmp_path, *lines)

    assert (found.appearing_count, found.vanishing_count) == (1, 1)
    assert found.row_count == 3


def test_balances_are_told_before_and_after_the_largest_change_first(shop: World, tmp_path: Path) -> None:
    found = open_items(shop, tmp_path, item("100001", "F-1", "60.00", "20.00"), item("100002", "G-1", "6.00"))

    assert found.balances == (
        BalanceChange("100001", "Locations Richard", money("90.00"), money("20.00")),
        BalanceChange("100002", "Érablière Fortin", money("5.00"), money("6.00")),
    )
    assert found.balance_count == 2


def test_a_payment_included_and_applied_changes_no_balance(shop: World, tmp_path: Path) -> None:
    richard = shop.customer("100003", due=[("H-1", "60.00", DUE)])
    payments.record(shop.db, paying(shop, richard, "40.00"), by=shop.agent, at=shop.later(minutes=1))
    batch = batches.cut(shop)
    assert batch is not None
    others = (item("100001", "F-1", "60.00"), item("100001", "F-2", "30.00"), item("100002", "G-1", "5.00"))

    found = open_items(shop, tmp_path, *others, item("100003", "H-1", "60.00", "20.00"), through=batch.number)

    assert (found.included_count, found.balance_count, found.unmoved_count) == (1, 0, 0)


def test_an_included_payment_whose_documents_did_not_move_is_named(shop: World, tmp_path: Path) -> None:
    who = shop.customer("100003", "L'Œuvre des Sœurs", due=[("H-1", "60.00", DUE)])
    paid = payments.record(shop.db, paying(shop, who, "40.00"), by=shop.agent, at=shop.later(minutes=1))
    batch = batches.cut(shop)
    assert batch is not None
    same = "100003,H-1,invoice,2026-09-15,2026-10-15,60.00,60.00"

    found = open_items(shop, tmp_path, same, through=batch.number)

    assert [(each.reference, each.amount) for each in found.unmoved] == [(paid.number, money("40.00"))]
    assert [each.after for each in found.balances if each.account_number == "100003"] == [money("60.00")]


def test_a_receipt_refused_before_that_would_count_as_included_is_named(shop: World, tmp_path: Path) -> None:
    who = shop.customer("100003", due=[("H-1", "60.00", DUE)])
    paid = payments.record(shop.db, paying(shop, who, "40.00"), by=shop.agent, at=shop.later(minutes=1))
    batch = batches.cut(shop)
    assert batch is not None
    path, not_posted = tmp_path / "first.csv", tmp_path / "first_refused.csv"
    path.write_text(f"{ITEMS}\n{item('100003', 'H-1', '60.00')}\n")
    not_posted.write_text(f"reference\n{paid.number}\n")
    at = shop.later(minutes=1)
    exchanges.import_open_items(
        shop.db, path, SnapshotStamp(at, batch.number), not_posted=not_posted, by=OPERATOR, at=at
    )

    line = item("100003", "H-1", "60.00", "20.00")
    still = open_items(shop, tmp_path, line, through=batch.number, refused=paid.number)
    forgotten = open_items(shop, tmp_path, line, through=batch.number)

    assert still.posted_after_all == ()
    assert [each.reference for each in forgotten.posted_after_all] == [paid.number]


def test_nothing_is_written_and_no_temporary_table_stays(shop: World, tmp_path: Path) -> None:
    before = rows_posted(shop)

    first = open_items(shop, tmp_path, item("100001", "F-9", "1.00"))
    again = open_items(shop, tmp_path, item("100001", "F-9", "1.00"))

    assert first == again
    assert rows_posted(shop) == before


def test_the_faults_are_told_and_the_rest_is_compared(shop: World, tmp_path: Path) -> None:
    faults: list[Fault] = []

    found = open_items(shop, tmp_path, item("404", "F-1", "1.00"), item("100001", "F-1", "60.00"), faults=faults)

    assert [(fault.line, type(fault.reason).__name__) for fault in faults] == [(2, "AccountUnknown")]
    assert (found.row_count, found.fault_count) == (1, 1)


def test_a_stamp_that_cannot_be_is_refused_before_the_file_is_read(shop: World, tmp_path: Path) -> None:
    with pytest.raises(BatchUnknown):
        open_items(shop, tmp_path, item("100001", "F-1", "60.00"), through=7)


def test_an_empty_file_is_refused(shop: World, tmp_path: Path) -> None:
    with pytest.raises(FileEmpty):
        open_items(shop, tmp_path)


def test_counters_post_while_a_file_is_tried(shop: World, tmp_path: Path) -> None:
    path = tmp_path / "open_items.csv"
    path.write_text(f"{ITEMS}\n{item('100001', 'F-1', '60.00')}\n")
    who = shop.customer("100004", due=[("K-1", "500.00", DUE)])
    taken: list[str] = []

    def pay(_fraction: float) -> None:
        request = paying(shop, who, f"{len(taken) + 1}.00")
        taken.append(payments.record(shop.db, request, by=shop.agent, at=shop.later(minutes=1)).number)

    at = shop.later(minutes=1)
    previews.preview_open_items(shop.db, path, SnapshotStamp(at), Listener(progress=pay), by=OPERATOR, at=at)

    assert len(taken) >= 2


def test_a_snapshot_that_comes_into_force_meanwhile_is_what_the_file_is_compared_with(
    shop: World, tmp_path: Path
) -> None:
    path, other = tmp_path / "open_items.csv", tmp_path / "other.csv"
    path.write_text(f"{ITEMS}\n{item('100001', 'F-1', '60.00', '25.00')}\n")
    other.write_text(f"{ITEMS}\n{item('100001', 'F-1', '60.00', '20.00')}\n")
    at = shop.later(minutes=1)
    imported: list[bool] = []

    def another_comes(fraction: float) -> None:
        if fraction == 1 and not imported:
            imported.append(True)
            exchanges.import_open_items(shop.db, other, SnapshotStamp(at), by=OPERATOR, at=at)

    listener = Listener(progress=another_comes)
    found = previews.preview_open_items(shop.db, path, SnapshotStamp(at), listener, by=OPERATOR, at=at)

    assert found.balances == (BalanceChange("100001", "Locations Richard", money("20.00"), money("25.00")),)


# --- customers --------------------------------------------------------------------------------------------------------


def test_customers_are_told_new_or_changed_field_by_field(shop: World, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    exchanges_file = "\n".join([PEOPLE, RICHARD]) + "\n"
    path.write_text(exchanges_file)
    exchanges.import_customers(shop.db, path, by=OPERATOR, at=shop.now)
    moved = RICHARD.replace("H2X 1Y4", "H2X 1Y5").replace("open", "cash_only")
    path.write_text("\n".join([PEOPLE, moved, RICHARD.replace("100001", "100009")]) + "\n")

    found = previews.preview_customers(shop.db, path, by=OPERATOR)

    assert (found.new_count, found.changed_count, found.unchanged_count) == (1, 1, 0)
    assert found.changes[0].fields == (("postal_code", "H2X 1Y4", "H2X 1Y5"), ("terms", "open", "cash_only"))
    path.write_text(exchanges_file)
    assert previews.preview_customers(shop.db, path, by=OPERATOR).unchanged_count == 1, "nothing must be imported"


# --- the history ------------------------------------------------------------------------------------------------------


def test_the_history_names_each_file_with_what_it_brought(shop: World, tmp_path: Path) -> None:
    path = tmp_path / "open_items.csv"
    path.write_text(f"{ITEMS}\n{item('100001', 'F-1', '60.00')}\n{item('404', 'F-1', '60.00')}\n")
    at = shop.later(minutes=1)
    exchanges.import_open_items(shop.db, path, SnapshotStamp(at), set_aside=True, by=OPERATOR, at=at)

    newest = exchanges.history(shop.db, by=shop.supervisor)[0]

    assert (newest.file_name, newest.row_count, newest.fault_count, newest.as_of) == ("open_items.csv", 1, 1, at)
    assert newest.imported_by == OPERATOR.login


def test_the_same_form_sent_twice_imports_once(shop: World, tmp_path: Path) -> None:
    path = tmp_path / "open_items.csv"
    path.write_text(f"{ITEMS}\n{item('100001', 'F-1', '60.00')}\n")
    at, key = shop.later(minutes=1), "k" * 22

    first, again = (
        exchanges.import_open_items(shop.db, path, SnapshotStamp(at), key=key, by=OPERATOR, at=at) for _ in range(2)
    )

    assert first == again
    assert len(exchanges.history(shop.db, by=shop.supervisor)) == 1


def test_a_refused_payment_whose_reversal_would_count_as_included_is_named(shop: World, tmp_path: Path) -> None:
    """The books would take back what they never had: the customer would owe too little."""
    who = shop.customer("100003", due=[("H-1", "60.00", DUE)])
    stands, undone = (
        payments.record(shop.db, paying(shop, who, amount), by=shop.agent, at=shop.later(minutes=1))
        for amount in ("40.00", "15.00")
    )
    reversals.reverse(
        shop.db, reversing(undone.number), by=shop.supervisor, at=shop.later(minutes=1), proved_at=shop.now
    )
    batch = batches.cut(shop)
    assert batch is not None
    line = item("100003", "H-1", "60.00")

    def halves(*refused: str) -> list[str]:
        found = open_items(shop, tmp_path, line, through=batch.number, refused="\n".join(refused))
        assert found.half_refused_count == len(found.half_refused)
        return [each.reference for each in found.half_refused]

    assert halves(undone.number) == [undone.number]
    assert halves(undone.number, f"{undone.number}-R") == [], "both refused: the books have neither"
    assert halves(f"{undone.number}-R") == [], "only taken back here: its payment is in the books"
    assert halves(stands.number) == []


@pytest.mark.parametrize(
    ("kept", "known", "cut_short"), [(60, 80, False), (59, 80, True), (0, 19, False), (0, 20, True)]
)
def test_a_quarter_of_the_documents_gone_asks_whether_the_file_is_complete(
    world: World, tmp_path: Path, kept: int, known: int, cut_short: bool
) -> None:
    world.customer("100001", due=[(f"F-{n}", "5.00", DUE) for n in range(known)])
    world.customer("100002")
    lines = [item("100001", f"F-{n}", "5.00") for n in range(kept)]

    found = open_items(world, tmp_path, *lines, item("100002", "NEW", "1.00"))

    assert (found.in_force_count, found.vanishing_count) == (known, known - kept)
    assert found.loses_many is cut_short
