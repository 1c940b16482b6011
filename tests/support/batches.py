"""Batches cut as a supervisor or the console cuts them, and their files read back as the principal reads them."""

from __future__ import annotations

import csv
from io import StringIO

from partnernet.domain.agents import Agent, console_operator
from partnernet.domain.batches import Batch, BatchFile
from partnernet.domain.money import Money, total
from partnernet.services import deposits, exports
from tests.support.counting import assert_verified
from tests.support.requests import new_key
from tests.support.world import World

OPERATOR = console_operator("j.operateur")


def cut(world: World, key: str | None = None, *, by: Agent = OPERATOR) -> Batch | None:
    """The next batch, a minute later; ``None`` when there is nothing to send."""
    return exports.cut(world.db, key or new_key(), by=by, at=world.later(minutes=1))


def file(world: World, number: int, kind: BatchFile = BatchFile.PAYMENTS) -> bytes:
    """A file of a batch, whole."""
    return exports.file(world.db, number, kind, by=OPERATOR).content


def rows(content: bytes) -> list[dict[str, str]]:
    """The lines of a file by the names of its header."""
    return list(csv.DictReader(StringIO(content.decode("utf-8"), newline="")))


def references(world: World, number: int) -> list[str]:
    """What a batch holds, in its order."""
    return [row["reference"] for row in rows(file(world, number))]


def deposit_lines(world: World, number: int) -> list[tuple[str, str, str, str]]:
    """What a batch says of deposits: bag, receipt, tender and amount of each line."""
    lines = rows(file(world, number, BatchFile.DEPOSITS))
    return [(line["bag_number"], line["receipt_number"], line["tender"], line["amount"]) for line in lines]


def assert_adds_up(world: World, number: int) -> None:
    """The lines come to what the deposits that the bank has remitted, all of which went out in this batch."""
    cents = sum(int(amount.replace(".", "")) for *_, amount in deposit_lines(world, number))
    settled = deposits.overview(world.db, by=world.supervisor, at=world.now).settled
    assert Money(cents) == total(each.amount for each in settled)
    assert_verified(world)
