"""Replenishments (renflouements): what makes the float whole again, asked by its keeper, granted by another person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from partnernet.domain.free_text import clean
from partnernet.domain.money import Money
from partnernet.domain.refusals import Refusal

NOTE_LIMIT_CHARS = 500


class ReplenishmentOutcome(StrEnum):
    """What became of a request: the money was given, another person said no, or whoever asked no longer does."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ReplenishmentAnswer:
    """What became of a request, of whom, and when; a refusal says why in ``note``."""

    outcome: ReplenishmentOutcome
    by_name: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Replenishment:
    """A replenishment (renflouement) asked by an agent; open while ``answer`` is ``None``."""

    id: int
    agent_login: str
    agent_name: str
    amount: Money
    asked_at: datetime
    answer: ReplenishmentAnswer | None


@dataclass(eq=False)
class NothingToReplenish(Refusal):
    """The float is whole, or a replenishment is asked for already."""


@dataclass(eq=False)
class ReplenishmentSettled(Refusal):
    """The request was answered already, or the float has changed since it was asked."""


@dataclass(eq=False)
class OwnRequest(Refusal):
    """Nobody grants or approves what they have asked for themselves."""


@dataclass(eq=False)
class ReplenishmentNoteMissing(Refusal):
    """Whoever says no to a request says why."""

    field: ClassVar[str | None] = "note"
    limit_chars: int


def checked_refusal(note: str) -> str:
    """The note of a refusal as it is kept; raises `ReplenishmentNoteMissing`, and the refusals of `clean`."""
    kept = clean(note, field="note", limit_chars=NOTE_LIMIT_CHARS)
    if not kept:
        raise ReplenishmentNoteMissing(NOTE_LIMIT_CHARS)
    return kept


def waiting(requests: Iterable[Replenishment], missing: Money) -> Replenishment | None:
    """The request that waits to be granted; one for more than is missing now never will be."""
    return next((asked for asked in requests if asked.answer is None and asked.amount <= missing), None)
