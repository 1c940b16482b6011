"""What the batches that went out must still be: whole, without a gap, and what the ledger says that they hold."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from io import StringIO
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Row, func, select, tuple_

from partnernet.domain.batches import BatchFile
from partnernet.domain.entries import LedgerAccount, PostingKind
from partnernet.domain.money import Money
from partnernet.domain.verification import Problem, ProblemKind
from partnernet.storage import tables as t
from partnernet.storage.chain import GENESIS
from partnernet.storage.receipts import receipt_number

_CHUNK_ROWS = 2_000
_batch, _exported, _line = t.export_batch.c, t.export_line.c, t.ledger_line.c
_PAID = t.payment.c.posting_id == func.coalesce(t.posting.c.reverses_id, t.posting.c.id)


def problems(connection: Connection) -> Iterator[Problem]:
    """Everything about the batches that does not hold."""
    yield from (Problem(ProblemKind.STRAY_EXPORT, name, 0) for name in _stray_tables(connection))
    yield from _not_for_the_principal(connection)
    yield from _reversals_too_early(connection)
    columns = (_batch.number, _batch.payment_count, _batch.reversal_count, _batch.payments_cents)
    query = select(*columns, _batch.reversals_cents, _batch.anchors).order_by(_batch.number)
    expected = 1
    for batch in connection.execute(query).all():
        if batch.number != expected:
            yield Problem(ProblemKind.BATCH_GAP, "", 0, batch.number)
        expected = batch.number + 1
        try:
            yield from (Problem(kind, "", 0, batch.number) for kind in _of_batch(connection, batch))
        except (ValueError, TypeError, LookupError, csv.Error):
            yield Problem(ProblemKind.UNREADABLE, "", 0, batch.number)


def _of_batch(connection: Connection, batch: Row[*tuple[Any, ...]]) -> Iterator[ProblemKind]:
    files = _files(connection, batch.number)
    if any(hashlib.sha256(content.encode()).hexdigest() != sha256 for content, sha256 in files.values()):
        yield ProblemKind.BATCH_FILE_CHANGED
    if not _anchored(connection, batch):
        yield ProblemKind.ANCHOR_LOST
    payments, _ = files.get(BatchFile.PAYMENTS, ("", ""))
    deposits, _ = files.get(BatchFile.DEPOSITS, ("", ""))
    if not (_lines_agree(connection, batch, payments) and _deposits_agree(connection, batch.number, deposits)):
        yield ProblemKind.BATCH_DIFFERS


def _files(connection: Connection, number: int) -> dict[str, tuple[str, str]]:
    file = t.export_file.c
    query = select(file.kind, file.content, file.sha256).where(file.batch_number == number)
    return {row.kind: (row.content, row.sha256) for row in connection.execute(query)}


def _anchored(connection: Connection, batch: Row[*tuple[Any, ...]]) -> bool:
    """Whether the ledger still has the last posting of each branch that the batch was anchored to."""
    anchors = {(code, sequence): chain_hash for code, sequence, chain_hash in json.loads(batch.anchors)}
    query = (
        select(t.branch.c.code, t.posting.c.sequence, t.posting.c.hash)
        .join(t.branch, t.branch.c.id == t.posting.c.branch_id)
        .where(tuple_(t.branch.c.code, t.posting.c.sequence).in_(list(anchors)))
    )
    found = {(row.code, row.sequence): row.hash for row in connection.execute(query)}
    return all(found.get(place, GENESIS if not place[1] else "") == kept for place, kept in anchors.items())


# --- its lines ------------------------------------------------------------------------------------------------------


class _Posted(NamedTuple):
    """A line as the ledger has it; ``cents`` is what the account was credited, or debited again."""

    position: int
    kind: str
    reference: str
    account_number: str
    cents: int
    branch_code: str
    sequence: int


def _lines_agree(connection: Connection, batch: Row[*tuple[Any, ...]], content: str) -> bool:
    """Whether file, rows and ledger say the same of each line, and the batch says it of all of them together."""
    counts = cents = (0, 0)
    heads = {code: sequence for code, sequence, _hash in json.loads(batch.anchors)}
    written = csv.DictReader(StringIO(content, newline=""))
    for expected, posted in enumerate(_posted(connection, batch.number), start=1):
        line = next(written, {})
        told = (
            str(batch.number), str(expected), posted.kind, posted.reference, posted.account_number,
            str(Money(posted.cents)),
        )  # fmt: skip
        if posted.position != expected or told != tuple(line.get(name) for name in _COMPARED):
            return False
        if posted.sequence > heads.get(posted.branch_code, 0):
            return False
        is_reversal = posted.kind == PostingKind.REVERSAL
        counts = (counts[0] + (not is_reversal), counts[1] + is_reversal)
        cents = (cents[0] + (0 if is_reversal else posted.cents), cents[1] + (posted.cents if is_reversal else 0))
    of_batch = (batch.payment_count, batch.reversal_count, batch.payments_cents, batch.reversals_cents)
    return next(written, None) is None and of_batch == (*counts, *cents)


_COMPARED = ("batch", "line", "kind", "reference", "account_number", "amount")


def _posted(connection: Connection, number: int) -> Iterator[_Posted]:
    """The lines of a batch by position. Summed here: a line tampered with can be too large for the database."""
    query = (
        select(
            _exported.position,
            t.posting.c.kind,
            t.posting.c.sequence,
            t.branch.c.code,
            t.payment.c.receipt_number,
            t.customer.c.number.label("account_number"),
            _line.debit_cents,
            _line.credit_cents,
        )
        .select_from(t.export_line)
        .join(t.posting, t.posting.c.id == _exported.posting_id)
        .join(t.branch, t.branch.c.id == t.posting.c.branch_id)
        .join(t.payment, _PAID)
        .join(t.ledger_line, _line.posting_id == t.posting.c.id)
        .join(t.customer, t.customer.c.id == _line.customer_id)
        .where(_exported.batch_number == number, _line.account == LedgerAccount.OWED)
        .order_by(_exported.position)
        .execution_options(yield_per=_CHUNK_ROWS)
    )
    for position, lines in groupby(connection.execute(query), key=lambda row: row.position):
        first, *more = lines
        credited = sum(row.credit_cents - row.debit_cents for row in (first, *more))
        reference = receipt_number(first.code, first.receipt_number)
        is_reversal = first.kind == PostingKind.REVERSAL
        yield _Posted(
            position,
            first.kind,
            f"{reference}-R" if is_reversal else reference,
            first.account_number,
            -credited if is_reversal else credited,
            first.code,
            first.sequence,
        )


def _deposits_agree(connection: Connection, number: int, content: str) -> bool:
    """Whether the file tells of the deposits that went out with the batch, and of no other."""
    reference = t.deposit_reference.c
    query = (
        select(t.branch.c.code, t.deposit.c.number, reference.bank_reference)
        .select_from(t.export_deposit)
        .join(t.deposit, t.deposit.c.id == t.export_deposit.c.deposit_id)
        .join(t.branch, t.branch.c.id == t.deposit.c.branch_id)
        .join(t.deposit_reference, reference.deposit_id == t.deposit.c.id)
        .where(t.export_deposit.c.batch_number == number)
    )
    went_out = {(row.code, str(row.number), row.bank_reference) for row in connection.execute(query)}
    lines = list(csv.DictReader(StringIO(content, newline="")))
    told = {(line["branch"], line["deposit_number"], line["bank_reference"]) for line in lines}
    return told == went_out and all(line["batch"] == str(number) for line in lines)


# --- rows that cannot be --------------------------------------------------------------------------------------------


def _stray_tables(connection: Connection) -> Iterator[str]:
    """Tables with a row of no batch, or of a posting or a settled deposit that does not exist."""
    owners: list[tuple[Column[Any], Column[Any]]] = [
        (_exported.posting_id, t.posting.c.id),
        (_exported.batch_number, _batch.number),
        (t.export_file.c.batch_number, _batch.number),
        (t.export_deposit.c.batch_number, _batch.number),
        (t.export_deposit.c.deposit_id, t.deposit_reference.c.deposit_id),
    ]
    for child, owner in owners:
        if connection.execute(select(child).where(~select(owner).where(owner == child).exists()).limit(1)).first():
            yield str(child.table)


def _not_for_the_principal(connection: Connection) -> Iterator[Problem]:
    """Postings that went out without being a payment or the reversal of one."""
    query = _places().outerjoin(t.payment, _PAID)
    is_one = t.payment.c.posting_id.is_not(None) & t.posting.c.kind.in_(("payment", "reversal"))
    for row in connection.execute(query.where(~is_one)):
        yield Problem(ProblemKind.NOT_FOR_EXPORT, row.code, row.sequence)


def _reversals_too_early(connection: Connection) -> Iterator[Problem]:
    """Reversals that went out while their payment had not."""
    of_payment = t.export_line.alias("of_payment")
    first = of_payment.c
    query = (
        _places()
        .outerjoin(of_payment, first.posting_id == t.posting.c.reverses_id)
        .where(
            t.posting.c.reverses_id.is_not(None),
            first.posting_id.is_(None)
            | (first.batch_number > _exported.batch_number)
            | ((first.batch_number == _exported.batch_number) & (first.position >= _exported.position)),
        )
    )
    for row in connection.execute(query):
        yield Problem(ProblemKind.REVERSAL_TOO_EARLY, row.code, row.sequence)


def _places() -> Any:
    return (
        select(t.branch.c.code, t.posting.c.sequence)
        .select_from(t.export_line)
        .join(t.posting, t.posting.c.id == _exported.posting_id)
        .join(t.branch, t.branch.c.id == t.posting.c.branch_id)
        .order_by(t.branch.c.code, t.posting.c.sequence)
    )
