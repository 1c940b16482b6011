"""The lines of a statement, from what was posted and what each snapshot changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from itertools import pairwise

from partnernet.domain.accounts import DocumentKind, OpenItem
from partnernet.domain.money import ZERO, Money, total
from partnernet.domain.periods import Span, day_ended
from partnernet.domain.statements import Change, Posted, Snapshot, StatementLine, net, signed

# An unapplied payment is a payment that the statement lists already, or one made to the principal directly.
_LISTED = (DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE)


def lines_of(
    posted: Sequence[Posted], snapshots: Sequence[Snapshot], changes: Iterable[Change], span: Span, zone: tzinfo
) -> tuple[StatementLine, ...]:
    """Everything that moved the balance in a span, in the order in which it came into the account.

    ``snapshots`` are all there ever were, oldest first; the first one changes nothing, it is where the account begins.
    """
    books = _Books(posted, changes)
    moved: list[tuple[datetime, StatementLine]] = [
        (each.at, StatementLine(each.at.astimezone(zone).date(), each.change, each))
        for each in sorted(posted, key=lambda each: (each.at, each.posting_id))
        if span.covers(each.at)
    ]
    for before, snapshot in pairwise(snapshots):
        if span.covers(snapshot.as_of):
            moved += [(snapshot.as_of, line) for line in books.lines(before, snapshot, zone)]
    # The sort is stable: what was posted at the very moment of a snapshot stands before what the snapshot shows.
    return tuple(line for _at, line in sorted(moved, key=lambda at_and_line: at_and_line[0]))


class _Books:
    """What the principal's books did with an account, arranged by batch and by snapshot once for all lines."""

    def __init__(self, posted: Iterable[Posted], changes: Iterable[Change]) -> None:
        self._posted = {each.posting_id: each for each in posted}
        self._of_batch: dict[int, Money] = defaultdict(lambda: ZERO)
        for each in self._posted.values():
            if each.batch is not None:
                self._of_batch[each.batch] += each.change
        self._batches = sorted(self._of_batch)
        self._before: dict[int, list[OpenItem]] = defaultdict(list)
        self._after: dict[int, list[OpenItem]] = defaultdict(list)
        self._first_changed: dict[tuple[DocumentKind, str], int] = {}
        for change in sorted(changes, key=lambda change: (change.snapshot_id, change.after)):
            (self._after if change.after else self._before)[change.snapshot_id].append(change.item)
            # A document that was in the first snapshot is known by its earliest "before".
            stood = change.snapshot_id if change.after else change.snapshot_id - 1
            self._first_changed.setdefault((change.item.kind, change.item.document_number), stood)

    def lines(self, before: Snapshot, snapshot: Snapshot, zone: tzinfo) -> Iterator[StatementLine]:
        """Documents that appear for the first time, in full, and the rest of what changed in one line."""
        day = day_ended(snapshot.as_of, zone)
        new = sorted(self._new(snapshot.id), key=lambda item: (item.document_date, item.document_number))
        for item in new:
            yield StatementLine(day, signed(item, item.amount), item, snapshot.id)
        moved = net(self._after[snapshot.id]) - net(self._before[snapshot.id])
        # What the books now include stands on the statement already, where it was posted: it does not count twice.
        other_ways = moved - self._newly_included(before, snapshot) - total(signed(item, item.amount) for item in new)
        if other_ways:
            yield StatementLine(day, other_ways, None, snapshot.id)

    def _new(self, snapshot_id: int) -> Iterator[OpenItem]:
        for item in self._after[snapshot_id]:
            if item.kind in _LISTED and self._first_changed[item.kind, item.document_number] == snapshot_id:
                yield item

    def _newly_included(self, before: Snapshot, snapshot: Snapshot) -> Money:
        """What the counter's payments and reversals changed that these books include and the ones before did not, less
        what they include no longer."""
        sent = total(
            self._of_batch[batch] for batch in self._batches if before.through_batch < batch <= snapshot.through_batch
        )
        return sent - self._refused(snapshot) + self._refused(before)

    def _refused(self, snapshot: Snapshot) -> Money:
        came_back = (self._posted[each] for each in snapshot.refused if each in self._posted)
        sent = (each for each in came_back if each.batch is not None and each.batch <= snapshot.through_batch)
        return total(each.change for each in sent)
