"""Counting a till (décompte): blind until it is frozen, then over or short, and what could explain it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from partnernet.domain.money import Money
from partnernet.domain.pieces import Pieces
from partnernet.domain.receipts import DayPayment
from partnernet.domain.refusals import Refusal

# What is typed beside a denomination is kept as it is, readable or not, up to this length.
ENTRY_LIMIT_CHARS = 40


@dataclass(frozen=True, slots=True)
class HeldCheque:
    """A cheque on hand, listed to be ticked. One sheet may pay several accounts: ``amount`` is its face amount."""

    id: int
    number: str
    transit: str
    institution: str
    account: str
    drawer: str
    dated: date
    amount: Money
    post_dated: bool


@dataclass(frozen=True, slots=True)
class CountDraft:
    """A count under way, as it was typed: quantities and rolls by denomination in cents, cheques ticked by id.

    ``payments_since`` is how many payments were taken while counting; ``blind`` is false for a recount.
    """

    id: int
    session_id: int
    number: int
    blind: bool
    started_at: datetime
    typed: Mapping[int, str]
    rolls: Mapping[int, str]
    ticked: frozenset[int]
    cheques: tuple[HeldCheque, ...]
    payments_since: int


@dataclass(frozen=True, slots=True)
class CountEntries:
    """What a person has just typed or ticked, and nothing else: the rest of the draft may be another browser's.

    Quantities and rolls by denomination in cents, exactly as typed; cheques by id, ticked or not.
    """

    typed: Mapping[int, str] = field(default_factory=dict)
    rolls: Mapping[int, str] = field(default_factory=dict)
    ticks: Mapping[int, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FrozenCount:
    """A frozen count: what was counted, what the ledger expected, and the difference (below zero: short).

    ``counted_by`` is the agent, or who counted for an absent one beside a ``witness``. ``missing`` are cheques of the
    ledger that were not ticked. ``suspects`` are payments that equal the difference, or
    half of it (entered on the wrong side).
    """

    id: int
    session_id: int
    number: int
    blind: bool
    frozen_at: datetime
    pieces: Pieces
    counted: Money
    expected: Money
    cheques: tuple[HeldCheque, ...]
    missing: tuple[HeldCheque, ...]
    suspects: tuple[DayPayment, ...]
    counted_by: str = ""
    witness: str = ""

    @property
    def difference(self) -> Money:
        """Counted less expected: above zero an excess, below zero a shortage."""
        return self.counted - self.expected


@dataclass(eq=False)
class NoTill(Refusal):
    """There is nothing to count: no till session is open."""


@dataclass(eq=False)
class CountUnderWay(Refusal):
    """Petty cash stands still while its till is counted: the drawer would no longer be what was counted of it, and
    what it lacks would tell what the count must not."""


@dataclass(frozen=True, slots=True)
class AbsentTill:
    """A till that is not submitted, and could be counted without its agent: whose it is, and since when."""

    login: str
    name: str
    opened_at: datetime
    active: bool


@dataclass(eq=False)
class CountedByAnother(Refusal):
    """Somebody else is counting this till already."""

    name: str


@dataclass(eq=False)
class WitnessUnfit(Refusal):
    """A witness is another person of the branch, neither who counts nor whose till it is."""

    field: ClassVar[str | None] = "witness"


@dataclass(eq=False)
class NoCount(Refusal):
    """No count of this till is open, or it was finished elsewhere meanwhile."""


def suspects(payments: Iterable[DayPayment], difference: Money) -> tuple[DayPayment, ...]:
    """Payments, not reversed, whose amount alone explains a difference.

    The amount itself: entered without money, or money taken without entry; half of it: counted on the wrong side.
    """
    if not difference:
        return ()
    explains = {abs(difference).cents, abs(difference).cents // 2 if difference.cents % 2 == 0 else 0}
    return tuple(payment for payment in payments if not payment.reversed and payment.received.cents in explains)
