"""What a file of open items would change, reckoned beside it: balances, and what it says of the counter's payments.

The counter's books are read a few hundred postings at a time; whatever is put together is put together in the staging.
"""

# ruff: noqa: S608 (the statements of the staging are made of the code's own names)

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from partnernet.domain.accounts import DocumentKind, OpenItem
from partnernet.domain.money import Money
from partnernet.domain.snapshots import EXAMPLES, BalanceChange, DocumentChange, IncludedPayment
from partnernet.storage import balances, comparison
from partnernet.storage import tables as t
from partnernet.storage.receipts import receipt_number
from partnernet.storage.staging import Row, Staging

_CHUNK = 500
_posting, _sent = t.posting.c, t.export_line.c
_paid = t.payment.c.posting_id == func.coalesce(_posting.reverses_id, _posting.id)
_reversing, _reversal_sent = t.posting.alias("reversing"), t.export_line.alias("reversal_sent")
_SENT = (
    select(
        _posting.id,
        _posting.reverses_id,
        t.payment.c.customer_id,
        t.payment.c.amount_cents,
        _sent.batch_number,
        _reversing.c.id.label("reversal_id"),
        _reversal_sent.c.batch_number.label("reversal_batch"),
    )
    .join(t.payment, _paid)
    .join(t.export_line, _sent.posting_id == _posting.id)
    .outerjoin(_reversing, _reversing.c.reverses_id == _posting.id)
    .outerjoin(_reversal_sent, _reversal_sent.c.posting_id == _reversing.c.id)
)
_NAMED = (
    select(
        _posting.id, _posting.reverses_id, t.branch.c.code, t.payment.c.receipt_number, t.payment.c.amount_cents,
        t.customer.c.number, t.customer.c.name,
    )
    .join(t.payment, _paid)
    .join(t.branch, t.branch.c.id == _posting.branch_id)
    .join(t.customer, t.customer.c.id == t.payment.c.customer_id)
    .order_by(_posting.id)
)  # fmt: skip
# What an open document adds to the total due.
_SIGNED = "CASE kind WHEN 'invoice' THEN open_amount_cents ELSE -open_amount_cents END"

Reads = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Found:
    """How many there are, and the first of them."""

    count: int
    examples: tuple[Any, ...]


class Inclusion(NamedTuple):
    """What a snapshot includes of what went out: batches up to one, but for what was refused."""

    through_batch: int
    refused: frozenset[int]

    def includes(self, posting_id: int | None, batch_number: int | None) -> bool:
        """Whether a posting is included that went out in a batch, or in none."""
        return batch_number is not None and batch_number <= self.through_batch and posting_id not in self.refused


def in_force(connection: Connection) -> Inclusion:
    """What the snapshot in force includes; nothing before the first."""
    snapshot = balances.snapshot_in_force(connection)
    if snapshot is None:
        return Inclusion(0, frozenset())
    before = t.snapshot_exception.c
    refused = connection.execute(select(before.posting_id).where(before.snapshot_id == snapshot.id)).scalars()
    return Inclusion(snapshot.through_batch, frozenset(refused))


def changed_documents(reads: Reads, staging: Staging) -> tuple[DocumentChange, ...]:
    """The first documents that would vanish, move or appear, in this order."""
    width = len(staging.columns)
    changes: list[tuple[int, Row | None, Row | None]] = []
    changes += [(row[1], row[1:], None) for row in _first(comparison.gone(staging, EXAMPLES))]
    changes += [(row[1], row[1 : 1 + width], row[1 + width :]) for row in _first(comparison.moved(staging, EXAMPLES))]
    changes += [(row[0], None, row) for row in _first(comparison.new(staging, EXAMPLES))]
    numbers = _account_numbers(reads, {customer_id for customer_id, _, _ in changes[:EXAMPLES]})
    return tuple(
        DocumentChange(numbers[customer_id], _item(before), _item(after))
        for customer_id, before, after in changes[:EXAMPLES]
    )


def keep_touched(staging: Staging) -> None:
    """Keep beside the file which documents it moves: new, gone, or standing otherwise."""
    key = ", ".join(staging.key)
    staging.make("touched", f"{key.replace(',', ' ANY,')} ANY, PRIMARY KEY ({key})")
    for table, side, row in (("new", "staged", "line"), ("moved", "staged", "line"), ("gone", "stored", "id")):
        staging.run(f"INSERT INTO touched SELECT {key} FROM {table} JOIN {side} USING ({row})")


def keep_counted(reads: Reads, staging: Staging, before: Inclusion, after: Inclusion) -> None:
    """Keep beside the file the postings that the one includes and the other does not, and what payments went to."""
    staging.make("counted", "posting_id INTEGER PRIMARY KEY, customer_id INT, cents INT, newly INT, stands INT")
    staging.make("went_to", "posting_id INT, kind TEXT, document_number TEXT")
    for ids in _sent_otherwise(reads, before, after):
        with reads() as connection:
            rows = connection.execute(_SENT.where(_posting.id.in_(ids))).all()
            parts = connection.execute(select(t.allocation).where(t.allocation.c.posting_id.in_(ids))).all()
        counted = []
        for row in rows:
            was, will_be = (each.includes(row.id, row.batch_number) for each in (before, after))
            if was != will_be:
                undone = row.reverses_id or after.includes(row.reversal_id, row.reversal_batch)
                cents = -row.amount_cents if row.reverses_id else row.amount_cents
                counted.append((row.id, row.customer_id, cents, int(will_be), int(not undone)))
        staging.put("counted", counted)
        staging.put("went_to", [(row.posting_id, row.kind, row.document_number) for row in parts])


def count_newly(staging: Staging) -> int:
    """How many postings would be newly included."""
    return int(staging.one("SELECT count(*) FROM counted WHERE newly")[0])


def changed_balances(reads: Reads, staging: Staging, today: date) -> Found:
    """Accounts whose total due would change, by the size of the change."""
    staging.make("changed", "customer_id INTEGER PRIMARY KEY, cents INT")
    staging.run(
        f"INSERT INTO changed SELECT customer_id, sum(cents) FROM ("
        f"SELECT customer_id, {_SIGNED} AS cents FROM staged "
        f"UNION ALL SELECT customer_id, -({_SIGNED}) FROM stored "
        f"UNION ALL SELECT customer_id, CASE WHEN newly THEN cents ELSE -cents END FROM counted"
        f") GROUP BY customer_id HAVING sum(cents) <> 0"
    )
    largest: dict[int, int] = dict(
        staging.all("SELECT * FROM changed ORDER BY abs(cents) DESC, customer_id LIMIT ?", (EXAMPLES,))
    )
    with reads() as connection:
        standings = balances.standings(connection, list(largest), today) if largest else {}
        who = t.customer.c
        named = select(who.id, who.number, who.name).where(who.id.in_(list(largest)))
        names = {row.id: row for row in connection.execute(named)}
    examples = []
    for key, cents in largest.items():
        due = standings[key].total_due
        examples.append(BalanceChange(names[key].number, names[key].name, due, due + Money(cents)))
    return Found(int(staging.one("SELECT count(*) FROM changed")[0]), tuple(examples))


def unmoved(reads: Reads, staging: Staging) -> Found:
    """Payments newly included, their reversals not, of which no document moves in the file: neither one that they went
    to nor, for what they had left, an unapplied payment."""
    return _found(
        reads,
        staging,
        "SELECT posting_id FROM counted WHERE newly AND stands AND NOT EXISTS ("
        "SELECT 1 FROM touched WHERE touched.customer_id = counted.customer_id AND (touched.kind = 'unapplied_payment' "
        "OR EXISTS (SELECT 1 FROM went_to WHERE went_to.posting_id = counted.posting_id "
        "AND went_to.kind = touched.kind AND went_to.document_number = touched.document_number)))",
    )


def posted_after_all(reads: Reads, staging: Staging, before: Inclusion) -> Found:
    """What was refused before, and would be included now."""
    staging.make("refused_before", "posting_id INTEGER PRIMARY KEY")
    staging.put("refused_before", [(each,) for each in before.refused])
    return _found(reads, staging, "SELECT posting_id FROM counted JOIN refused_before USING (posting_id) WHERE newly")


def half_refused(reads: Reads, staging: Staging, after: Inclusion) -> Found:
    """Payments that are refused while their reversals are not: the books would take back what they never had."""
    staging.make("half_refused", "posting_id INTEGER PRIMARY KEY")
    refused = sorted(after.refused)
    for first in range(0, len(refused), _CHUNK):
        with reads() as connection:
            rows = connection.execute(_SENT.where(_posting.id.in_(refused[first : first + _CHUNK]))).all()
        halves = [(row.id,) for row in rows if after.includes(row.reversal_id, row.reversal_batch)]
        staging.put("half_refused", halves)
    return _found(reads, staging, "SELECT posting_id FROM half_refused")


def _first(chunks: Generator[list[Row]]) -> list[Row]:
    with closing(chunks):
        return next(chunks, [])


def _account_numbers(reads: Reads, customer_ids: Iterable[int]) -> dict[int, str]:
    query = select(t.customer.c.id, t.customer.c.number).where(t.customer.c.id.in_(list(customer_ids)))
    with reads() as connection:
        return {row.id: row.number for row in connection.execute(query)}


def _item(row: Row | None) -> OpenItem | None:
    """The document of a staged row."""
    if row is None:
        return None
    _, kind, number, dated, due, amount_cents, open_cents = row
    day = date.fromisoformat
    return OpenItem(number, DocumentKind(kind), day(dated), day(due), Money(amount_cents), Money(open_cents))


def _sent_otherwise(reads: Reads, before: Inclusion, after: Inclusion) -> Iterator[list[int]]:
    """Ids of what may be included by the one and not by the other: batches that only one goes through, and what either
    says was refused."""
    either = sorted(before.refused | after.refused)
    yield from (either[first : first + _CHUNK] for first in range(0, len(either), _CHUNK))
    known, last_id = set(either), 0
    page = (
        select(_sent.posting_id)
        .where(_sent.batch_number > before.through_batch, _sent.batch_number <= after.through_batch)
        .order_by(_sent.posting_id)
        .limit(_CHUNK)
    )
    while True:
        with reads() as connection:
            ids = list(connection.execute(page.where(_sent.posting_id > last_id)).scalars())
        if not ids:
            return
        yield [each for each in ids if each not in known]
        last_id = ids[-1]


def _found(reads: Reads, staging: Staging, ids: str) -> Found:
    """How many postings a query in the staging names, and the first of them as people know them."""
    count = int(staging.one(f"SELECT count(*) FROM ({ids})")[0])
    first = [key for (key,) in staging.all(f"{ids} ORDER BY posting_id LIMIT ?", (EXAMPLES,))]
    with reads() as connection:
        rows = connection.execute(_NAMED.where(_posting.id.in_(first))).all()
    return Found(
        count,
        tuple(
            IncludedPayment(
                receipt_number(row.code, row.receipt_number) + ("-R" if row.reverses_id else ""),
                row.number,
                row.name,
                Money(row.amount_cents),
            )
            for row in rows
        ),
    )
