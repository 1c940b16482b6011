"""From one snapshot to the next: nobody is asked to pay twice, and no payment counts twice (product.md section 8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from partnernet.domain.accounts import Account
from partnernet.domain.agents import console_operator
from partnernet.domain.concerns import ConfirmationNeeded
from partnernet.domain.exchanges import Fault, NothingImported
from partnernet.domain.receipts import Receipt
from partnernet.domain.snapshots import BatchAfterMoment, BatchGoesBack, SnapshotStamp
from partnernet.i18n.sentences import sentence
from partnernet.services import customers, payments, reversals
from partnernet.services.exchanges import import_open_items
from partnernet.services.file_check import Listener
from partnernet.storage import tables
from tests.support import batches
from tests.support.requests import paying, reversing
from tests.support.world import World

HEADER = "account_number,document_number,kind,document_date,due_date,amount,open_amount"
F1 = "100001,F-1,invoice,2026-09-15,2026-10-15,60.00,60.00"
F2 = "100001,F-2,invoice,2026-11-15,2026-12-15,250.00,250.00"
ELSEWHERE = "100002,G-1,invoice,2026-09-15,2026-10-15,5.00,5.00"


class Counter:
    """One account at the counter, and the principal's files as they arrive."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder = world, folder
        self.customer = world.customer("100001")
        self.other = world.customer("100002", "Érablière Fortin")

    def snapshot(self, *lines: str, through: int = 0, refused: str = "") -> None:
        path = self.folder / "open_items.csv"
        path.write_text("\n".join([HEADER, ELSEWHERE, *lines]) + "\n")
        not_posted = None
        if refused:
            not_posted = self.folder / "refused.csv"
            not_posted.write_text(f"reference\n{refused}\n")
        at = self.world.later(minutes=1)
        stamp = SnapshotStamp(at, through)
        import_open_items(self.world.db, path, stamp, not_posted=not_posted, by=console_operator("root"), at=at)

    def pay(self, amount: str) -> Receipt:
        """In cash; whatever is asked is confirmed."""
        request, at = paying(self.world, self.customer, amount), self.world.later(minutes=1)
        try:
            return payments.record(self.world.db, request, by=self.world.agent, at=at)
        except ConfirmationNeeded as needed:
            request = replace(request, confirmed=frozenset(needed.concerns))
            return payments.record(self.world.db, request, by=self.world.agent, at=at)

    def reverse(self, receipt: Receipt) -> None:
        at = self.world.later(minutes=1)
        reversals.reverse(self.world.db, reversing(receipt.number), by=self.world.supervisor, at=at, proved_at=at)

    def send(self) -> int:
        batch = batches.cut(self.world)
        assert batch is not None
        return batch.number

    @property
    def figures(self) -> tuple[str, str, int]:
        """Total due, past due, and the payments that the snapshot does not include."""
        found = self._account()
        return str(found.standing.total_due), str(found.standing.past_due), found.payments_since

    @property
    def documents(self) -> list[tuple[str, str]]:
        return [(item.document_number, str(item.open_amount)) for item in self._account().standing.documents]

    def _account(self) -> Account:
        return customers.account(self.world.db, "100001", by=self.world.agent, at=self.world.now)


@pytest.fixture
def counter(world: World, tmp_path: Path) -> Counter:
    """60.00 past due and 250.00 not due yet, from the first snapshot."""
    counter = Counter(world, tmp_path)
    counter.snapshot(F1, F2)
    return counter


def test_a_payment_reduces_the_balance_until_the_principal_has_it_and_then_no_longer_twice(counter: Counter) -> None:
    counter.pay("60.00")
    assert counter.figures == ("250.00", "0.00", 1)
    batch = counter.send()
    assert counter.figures == ("250.00", "0.00", 1), "sent is NOT yet posted over there"

    counter.snapshot(F2, through=batch)

    assert counter.figures == ("250.00", "0.00", 0)
    assert counter.documents == [("F-2", "250.00")]


def test_a_snapshot_that_does_not_include_the_batch_yet_asks_nobody_to_pay_again(counter: Counter) -> None:
    counter.pay("60.00")
    counter.send()

    counter.snapshot(F1, F2)

    assert counter.figures == ("250.00", "0.00", 1)
    assert counter.documents == [("F-2", "250.00")]


def test_an_overpayment_whose_credit_comes_back_as_an_unapplied_payment_is_credit_once(counter: Counter) -> None:
    counter.pay("350.00")
    assert counter.figures == ("-40.00", "0.00", 1)

    batch = counter.send()
    counter.snapshot("100001,UP-1,unapplied_payment,2026-11-24,2026-11-24,40.00,40.00", through=batch)

    assert counter.figures == ("-40.00", "0.00", 0)
    assert counter.documents == []


def test_a_reversal_whose_payment_was_included_and_which_is_not_itself_brings_the_documents_back(
    counter: Counter,
) -> None:
    paid = counter.pay("60.00")
    counter.snapshot(F2, through=counter.send())

    counter.reverse(paid)

    assert counter.figures == ("310.00", "60.00", 0), "the due date of then makes it past due again"
    assert counter.documents == [("F-1", "60.00"), ("F-2", "250.00")]
    second = counter.send()
    assert counter.figures == ("310.00", "60.00", 0)

    counter.snapshot(F1, F2, through=second)

    assert counter.figures == ("310.00", "60.00", 0), "the principal has opened it again: it must NOT come back twice"


def test_a_reversal_of_an_overpayment_cancels_the_credit_that_the_principal_shows(counter: Counter) -> None:
    paid = counter.pay("350.00")
    credit = "100001,UP-1,unapplied_payment,2026-11-24,2026-11-24,40.00,40.00"
    counter.snapshot(credit, through=counter.send())

    counter.reverse(paid)

    assert counter.figures == ("310.00", "60.00", 0)


def test_a_document_that_vanished_is_owed_no_more(counter: Counter) -> None:
    counter.snapshot(F2)

    assert counter.figures == ("250.00", "0.00", 0)


def test_a_payment_on_a_document_that_vanished_goes_to_the_next_one(counter: Counter) -> None:
    paid = counter.pay("60.00")

    counter.snapshot(F2)

    assert counter.figures == ("190.00", "0.00", 1)
    assert counter.documents == [("F-2", "190.00")]
    again = payments.receipt(counter.world.db, paid.number, by=counter.world.agent)
    assert again.allocations == paid.allocations, "what the receipt printed must NOT change"


def test_a_payment_that_the_principal_refused_still_reduces_the_balance(counter: Counter) -> None:
    refused, posted = counter.pay("60.00"), counter.pay("50.00")
    batch = counter.send()

    counter.snapshot(F1, F2.replace("250.00,250.00", "250.00,200.00"), through=batch, refused=refused.number)

    assert counter.figures == ("200.00", "0.00", 1)
    counter.snapshot(F2.replace("250.00,250.00", "250.00,200.00"), through=batch)
    assert counter.figures == ("200.00", "0.00", 0), f"{refused.number} and {posted.number} are in the books"


def test_what_was_paid_to_the_principal_directly_between_two_snapshots_leaves_the_counters_payments_alone(
    counter: Counter,
) -> None:
    counter.pay("50.00")
    counter.snapshot(F1, F2.replace("250.00,250.00", "250.00,150.00"))

    assert counter.figures == ("160.00", "10.00", 1)


def test_a_payment_in_a_batch_cut_after_the_snapshot_is_not_included(counter: Counter) -> None:
    first = counter.pay("10.00")
    batch = counter.send()
    counter.pay("50.00")
    counter.send()

    counter.snapshot(F1.replace("60.00,60.00", "60.00,50.00"), F2, through=batch)

    assert counter.figures == ("250.00", "0.00", 1)
    assert first.number


# --- what is refused ------------------------------------------------------------------------------------------------


def test_a_snapshot_never_forgets_a_batch(counter: Counter) -> None:
    counter.pay("60.00")
    batch = counter.send()
    counter.snapshot(F2, through=batch)

    with pytest.raises(BatchGoesBack) as refused:
        counter.snapshot(F1, F2, through=batch - 1)

    assert str(batch) in sentence(refused.value)
    assert counter.figures == ("250.00", "0.00", 0)


def test_a_batch_cut_after_the_moment_of_the_file_cannot_be_in_it(counter: Counter) -> None:
    counter.pay("60.00")
    batch = counter.send()
    path = counter.folder / "open_items.csv"
    path.write_text(f"{HEADER}\n{F2}\n")
    stamp = SnapshotStamp(counter.world.now - timedelta(seconds=30), batch)

    with pytest.raises(BatchAfterMoment) as refused:
        import_open_items(counter.world.db, path, stamp, by=console_operator("root"), at=counter.world.now)

    assert sentence(refused.value)
    assert counter.figures == ("250.00", "0.00", 1), "nothing must have moved"


@pytest.mark.parametrize(
    ("refused", "reason"),
    [
        ("MTL-999999", "ReferenceUnknown"),
        ("XXX-000001", "ReferenceUnknown"),
        ("MTL-000001-R", "ReferenceUnknown"),
        ("MTL-000002", "ReferenceNotSent"),
        ("12", "ReferenceMalformed"),
        ("MTL-000001\nMTL-000001", "RowRepeated"),
    ],
)
def test_a_refused_receipt_that_cannot_have_been_refused_is_named_by_its_line(
    counter: Counter, refused: str, reason: str
) -> None:
    counter.pay("60.00")
    batch = counter.send()
    counter.pay("10.00")
    path, not_posted = counter.folder / "open_items.csv", counter.folder / "refused.csv"
    path.write_text(f"{HEADER}\n{F2}\n")
    not_posted.write_text(f"reference\n{refused}\n")
    faults: list[Fault] = []
    stamp = SnapshotStamp(counter.world.now, batch)

    with pytest.raises(NothingImported):
        import_open_items(
            counter.world.db, path, stamp, Listener(faults.append), not_posted=not_posted,
            by=console_operator("root"), at=counter.world.now,
        )  # fmt: skip

    assert [(type(fault.reason).__name__, fault.file_name) for fault in faults] == [(reason, "refused.csv")]
    assert faults[0].line == 2 + refused.count("\n")
    assert sentence(faults[0].reason)


# --- what is kept of each snapshot ------------------------------------------------------------------------------------


def changes(world: World) -> list[tuple[str, str, int]]:
    with world.db.read() as connection:
        rows = connection.execute(select(tables.snapshot_change).order_by(tables.snapshot_change.c.snapshot_id)).all()
    return sorted((row.side, row.document_number, row.open_amount_cents) for row in rows)


def test_the_first_snapshot_changes_nothing_and_the_next_only_what_differs(counter: Counter) -> None:
    assert changes(counter.world) == []

    counter.snapshot(F1.replace("60.00,60.00", "60.00,20.00"), F2.replace("F-2", "F-3"))

    assert changes(counter.world) == [
        ("after", "F-1", 20_00),
        ("after", "F-3", 250_00),
        ("before", "F-1", 60_00),
        ("before", "F-2", 250_00),
    ], "G-1 did not move: it must NOT be written again"


def test_the_same_file_again_changes_nothing(counter: Counter) -> None:
    counter.snapshot(F2, F1)

    assert changes(counter.world) == []
    assert counter.figures == ("310.00", "60.00", 0)
