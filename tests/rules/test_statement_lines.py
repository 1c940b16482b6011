"""The lines of a statement, by hand: what the counter posted, new documents, and what the books did by other ways."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from partnernet.domain.accounts import DocumentKind, OpenItem
from partnernet.domain.money import total
from partnernet.domain.periods import Span
from partnernet.domain.reversals import ReversalReason
from partnernet.domain.statement_lines import lines_of
from partnernet.domain.statements import Change, Posted, Snapshot, StatementLine, items_at, net
from partnernet.domain.tenders import Tender
from tests.support.requests import money

MONTREAL = ZoneInfo("America/Toronto")
OPENED = datetime(2026, 11, 1, 23, 0, tzinfo=UTC)
DUE = date(2026, 12, 1)


def moment(day: int, hour: int = 16) -> datetime:
    return datetime(2026, 11, day, hour, 0, tzinfo=UTC)


def invoice(number: str, amount: str, left: str | None = None, kind: DocumentKind = DocumentKind.INVOICE) -> OpenItem:
    return OpenItem(number, kind, DUE - timedelta(days=30), DUE, money(amount), money(left or amount))


def paid(posting_id: int, amount: str, *, day: int, batch: int | None = None, undone: bool = False) -> Posted:
    """A payment in cash, or the reversal of one."""
    reason = ReversalReason.WRONG_AMOUNT if undone else None
    change = money(amount) if undone else -money(amount)
    return Posted(
        posting_id, moment(day), 1, f"MTL-{posting_id:06d}", Tender.CASH, change, "", None, reason, None, "", batch
    )


def snapshot(number: int, *, day: int, through: int = 0, refused: frozenset[int] = frozenset()) -> Snapshot:
    """The books at noon, except the first: they are those of the moment at which the account opens."""
    return Snapshot(number, moment(day, 17) if number > 1 else OPENED, through, refused)


def told(
    *posted: Posted, snapshots: tuple[Snapshot, ...], changes: tuple[Change, ...] = (), until: int = 30
) -> list[tuple[str, str]]:
    """The lines as (what, amount)."""
    lines = lines_of(posted, snapshots, changes, Span(OPENED, moment(until, 23)), MONTREAL)
    return [(_what(line), str(line.change)) for line in lines]


def _what(line: StatementLine) -> str:
    if line.about is None:
        return "other ways"
    return line.about.document_number if isinstance(line.about, OpenItem) else line.about.receipt_number


def stood(snapshot_id: int, item: OpenItem) -> Change:
    """What a snapshot changed, as it was before."""
    return Change(snapshot_id, after=False, item=item)


def stands(snapshot_id: int, item: OpenItem) -> Change:
    """A document as a snapshot shows it."""
    return Change(snapshot_id, after=True, item=item)


FIRST = snapshot(1, day=1)


def test_without_a_new_import_only_what_the_counter_posted_moves_the_balance() -> None:
    posted = paid(1, "40.00", day=3), paid(2, "40.00", day=4, undone=True)

    assert told(*posted, snapshots=(FIRST,)) == [("MTL-000001", "-40.00"), ("MTL-000002", "40.00")]


def test_a_new_document_comes_in_with_its_full_amount_and_what_was_settled_of_it_apart() -> None:
    """An invoice of 100.00 of which the principal was paid 30.00 before the counter ever heard of it."""
    changes = (stands(2, invoice("F-1", "100.00", "70.00")),)

    assert told(snapshots=(FIRST, snapshot(2, day=5)), changes=changes) == [
        ("F-1", "100.00"),
        ("other ways", "-30.00"),
    ]


def test_a_payment_that_the_books_include_now_is_told_once_where_it_was_posted() -> None:
    """100.00 due; 40.00 paid and sent; the next books show 60.00 open. Nothing else happened."""
    changes = stood(2, invoice("F-1", "100.00")), stands(2, invoice("F-1", "100.00", "60.00"))

    lines = told(paid(1, "40.00", day=3, batch=1), snapshots=(FIRST, snapshot(2, day=5, through=1)), changes=changes)

    assert lines == [("MTL-000001", "-40.00")]


def test_a_payment_that_the_books_refused_is_still_owed_to_the_customer() -> None:
    """The same, but the principal refused the receipt and was paid 25.00 directly."""
    changes = stood(2, invoice("F-1", "100.00")), stands(2, invoice("F-1", "100.00", "75.00"))
    books = snapshot(2, day=5, through=1, refused=frozenset({1}))

    assert told(paid(1, "40.00", day=3, batch=1), snapshots=(FIRST, books), changes=changes) == [
        ("MTL-000001", "-40.00"),
        ("other ways", "-25.00"),
    ]


def test_a_payment_refused_once_and_posted_later_moves_nothing_then() -> None:
    changes = stood(3, invoice("F-1", "100.00")), stands(3, invoice("F-1", "100.00", "60.00"))
    books = snapshot(2, day=5, through=1, refused=frozenset({1})), snapshot(3, day=8, through=1)

    assert told(paid(1, "40.00", day=3, batch=1), snapshots=(FIRST, *books), changes=changes) == [
        ("MTL-000001", "-40.00")
    ]


def test_a_payment_taken_out_of_the_books_again_is_an_adjustment_the_other_way() -> None:
    """Said to be included, then refused after all, while the document did not move: the balance does not either."""
    books = snapshot(2, day=5, through=1), snapshot(3, day=8, through=1, refused=frozenset({1}))

    assert told(paid(1, "40.00", day=3, batch=1), snapshots=(FIRST, *books)) == [
        ("MTL-000001", "-40.00"),
        ("other ways", "40.00"),
        ("other ways", "-40.00"),
    ]


def test_a_document_that_comes_back_is_no_new_one() -> None:
    """Settled on the 5th, open again on the 8th: adjustments, the invoice is not issued twice."""
    item = invoice("F-1", "100.00")
    changes = stood(2, item), stands(3, item)

    assert told(snapshots=(FIRST, snapshot(2, day=5), snapshot(3, day=8)), changes=changes) == [
        ("other ways", "-100.00"),
        ("other ways", "100.00"),
    ]


def test_a_credit_note_takes_off_and_an_unapplied_payment_is_no_document_of_ours() -> None:
    changes = (
        stands(2, invoice("NC-1", "12.00", kind=DocumentKind.CREDIT_NOTE)),
        stands(2, invoice("UP-1", "5.00", kind=DocumentKind.UNAPPLIED_PAYMENT)),
    )

    assert told(snapshots=(FIRST, snapshot(2, day=5)), changes=changes) == [("NC-1", "-12.00"), ("other ways", "-5.00")]


def test_lines_come_in_the_order_in_which_they_reached_the_account() -> None:
    changes = (stands(2, invoice("F-9", "9.00")), stands(2, invoice("F-8", "8.00")))
    posted = paid(2, "2.00", day=6), paid(1, "1.00", day=3)

    assert [what for what, _ in told(*posted, snapshots=(FIRST, snapshot(2, day=5)), changes=changes)] == [
        "MTL-000001",
        "F-8",
        "F-9",
        "MTL-000002",
    ]


def test_what_is_outside_the_days_is_left_out() -> None:
    changes = (stands(2, invoice("F-1", "9.00")),)

    assert told(paid(1, "1.00", day=6), snapshots=(FIRST, snapshot(2, day=5)), changes=changes, until=4) == []


def test_documents_are_walked_back_to_any_earlier_snapshot() -> None:
    first, second = invoice("F-1", "100.00"), invoice("F-2", "50.00")
    changes = (
        stood(2, first),
        stands(2, invoice("F-1", "100.00", "60.00")),
        stands(2, second),
        stood(3, invoice("F-1", "100.00", "60.00")),
    )

    assert items_at([second], changes, 3) == (second,)
    assert str(net(items_at([second], changes, 2))) == "110.00"
    assert items_at([second], changes, 1) == (first,)


def test_the_lines_make_the_difference_of_the_balances() -> None:
    """A week with everything in it, added up by hand: 100.00 + 50.00 - 40.00 - 30.00 - 20.00 = 60.00."""
    changes = (
        stood(2, invoice("F-1", "100.00")),
        stands(2, invoice("F-1", "100.00", "30.00")),
        stands(2, invoice("F-2", "50.00")),
    )
    posted = paid(1, "40.00", day=3, batch=1), paid(2, "20.00", day=6)
    books = FIRST, snapshot(2, day=5, through=1)

    lines = lines_of(posted, books, changes, Span(OPENED, moment(30)), MONTREAL)

    assert [(_what(line), str(line.change)) for line in lines] == [
        ("MTL-000001", "-40.00"),
        ("F-2", "50.00"),
        ("other ways", "-30.00"),
        ("MTL-000002", "-20.00"),
    ]
    assert money("100.00") + total(line.change for line in lines) == money("60.00")
