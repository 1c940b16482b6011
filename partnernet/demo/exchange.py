"""The evening before today with the principal: a batch goes out, and the file of open items that comes back has it."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from io import StringIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from partnernet.demo import files
from partnernet.demo.files import Row
from partnernet.domain.agents import Agent
from partnernet.domain.batches import BatchFile
from partnernet.domain.money import Money, parse_amount
from partnernet.domain.snapshots import SnapshotStamp
from partnernet.services import exchanges, exports
from partnernet.storage.database import Database

_CUT_AT, _FILE_AT, _IMPORTED_AT = time(18, 30), time(20, 0), time(21, 0)
# Of the accounts with something open: how many get an invoice, how many pay the principal directly.
_INVOICED, _PAID_DIRECTLY = 0.05, 0.01


def of_evening(db: Database, day: date, rows: Sequence[Row], timezone: str, random: Random, *, by: Agent) -> None:
    """Send what was paid up to an evening, and import what the principal's books hold after it.

    ``rows`` are the open items imported before. One receipt is refused by the principal: its payment still counts here.
    """

    def at(hour: time) -> datetime:
        return datetime.combine(day, hour, ZoneInfo(timezone)).astimezone(UTC)

    batch = exports.cut(db, f"{random.getrandbits(128):032x}", by=by, at=at(_CUT_AT))
    if batch is None:
        return
    content = exports.file(db, batch.number, BatchFile.PAYMENTS, by=by).content.decode()
    sent = list(csv.DictReader(StringIO(content, newline="")))
    sent_references = {line["reference"] for line in sent}
    refused = next(
        line["reference"]
        for line in reversed(sent)
        if line["kind"] == "payment" and f"{line['reference']}-R" not in sent_references
    )
    with TemporaryDirectory() as folder:
        open_items, not_posted = Path(folder, "open_items.csv"), Path(folder, "refused.csv")
        paid = _paid([line for line in sent if line["reference"] != refused])
        files.write_open_items(open_items, _after(rows, paid, day, random))
        not_posted.write_text(f"reference\n{refused}\n", encoding="utf-8")
        stamp = SnapshotStamp(at(_FILE_AT), batch.number)
        exchanges.import_open_items(db, open_items, stamp, not_posted=not_posted, by=by, at=at(_IMPORTED_AT))


def _paid(sent: Sequence[dict[str, str]]) -> dict[str, Money]:
    """What each account has paid, less what was reversed."""
    paid: dict[str, Money] = defaultdict(lambda: Money(0))
    for line in sent:
        amount = parse_amount(line["amount"])
        paid[line["account_number"]] += amount if line["kind"] == "payment" else -amount
    return paid


def _after(rows: Sequence[Row], paid: dict[str, Money], day: date, random: Random) -> Iterator[Row]:
    """The open items once the principal has posted what was paid, invoiced a few customers, and been paid by some."""
    document = 490_000
    left = dict(paid)
    for row in sorted(rows, key=lambda row: (row[0], row[4])):
        number, document_number, kind, document_date, due_date, amount, still_open = row
        if kind != "invoice":
            yield row
            continue
        if random.random() < _PAID_DIRECTLY:
            continue
        open_amount = parse_amount(still_open)
        part = min(open_amount, max(left.get(number, Money(0)), Money(0)))
        left[number] = left.get(number, Money(0)) - part
        if part < open_amount:
            remaining = files.written((open_amount - part).cents)
            yield number, document_number, kind, document_date, due_date, amount, remaining
        if random.random() < _INVOICED:
            document += random.randint(1, 9)
            yield files.new_invoice(number, document, day, random)
    for number, rest in left.items():
        if rest > Money(0):
            document += 1
            written = files.written(rest.cents)
            yield number, f"P{document}", "unapplied_payment", day.isoformat(), day.isoformat(), written, written
