"""A drop: collections bagged and given to the branch during the day, before any count."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from partnernet.domain.counts import HeldCheque
from partnernet.domain.money import Money
from partnernet.domain.pieces import Pieces
from partnernet.domain.reconciliations import Bag
from partnernet.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class DropRequest:
    """What goes into the bag: pieces, and cheques on hand by id."""

    key: str
    pieces: Pieces
    cheque_ids: frozenset[int]

    def fingerprint(self) -> str:
        """SHA-256 of the content that one key may carry only once."""
        content = ["drop", self.pieces.quantities, sorted(self.cheque_ids)]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Drop:
    """A bag dropped during the day; ``received_…`` are set once another person has taken it for the branch.

    ``alone`` is true when nobody else could take it, in a branch of one person.
    """

    bag: Bag
    agent_id: int
    agent_name: str
    received_at: datetime | None
    received_by: str
    alone: bool


@dataclass(frozen=True, slots=True)
class DropBasis:
    """What a drop can be made of: the cheques on hand whose date has come; ``waiting`` are bags not received yet.

    ``counted`` is true while the till is counted or waits for its submission: then nothing is dropped.
    """

    cheques: tuple[HeldCheque, ...]
    waiting: tuple[Drop, ...]
    counted: bool


@dataclass(eq=False)
class DropEmpty(Refusal):
    """A bag holds something."""

    field: ClassVar[str | None] = "bag"


@dataclass(eq=False)
class DropBeyondCollected(Refusal):
    """More cash than what was collected: the float does not go to the bank."""

    field: ClassVar[str | None] = "bag"


@dataclass(eq=False)
class ChequeNotOnHand(Refusal):
    """A cheque chosen for the bag is not in this till any more, or its date has not come."""

    field: ClassVar[str | None] = "bag"


@dataclass(eq=False)
class DropNotWaiting(Refusal):
    """The bag was received already, or it is not of this branch."""


def checked_drop(request: DropRequest, collected: Money) -> Money:
    """The cash of the bag; raises `DropEmpty` or `DropBeyondCollected`. ``collected`` is without the float."""
    cash = request.pieces.total()
    if not cash and not request.cheque_ids:
        raise DropEmpty()
    if cash and cash > collected:
        raise DropBeyondCollected()
    return cash
