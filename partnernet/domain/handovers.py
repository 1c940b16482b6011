"""Floats that change hands: the branch issues one, an agent passes theirs on or gives it back; both confirm."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from partnernet.domain.money import ZERO, Money
from partnernet.domain.refusals import Refusal
from partnernet.domain.till import checked_float


class HandoverOutcome(StrEnum):
    """How an offer ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class HandoverRequest:
    """An offer of cash from a float. ``giver`` and ``receiver`` are logins; blank is the branch itself."""

    key: str
    giver: str
    receiver: str
    amount: Money

    def fingerprint(self) -> str:
        """SHA-256 of the content that one key may carry only once."""
        content = ["handover", self.giver, self.receiver, self.amount.cents]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def checked_amount(self) -> Money:
        """The amount; raises the refusals of `checked_float`."""
        return checked_float(self.amount)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the branch who keeps a till; the branch itself is ``None`` where a person is expected."""

    id: int
    login: str
    name: str


@dataclass(frozen=True, slots=True)
class Handover:
    """An offer and, once it is answered, how it ended. ``giver`` or ``receiver`` is ``None`` for the branch."""

    id: int
    giver: Person | None
    receiver: Person | None
    amount: Money
    offered_by_id: int
    offered_at: datetime
    outcome: HandoverOutcome | None


@dataclass(eq=False)
class FloatAboveAuthorised(Refusal):
    """The receiver would hold more than the float that the branch authorises."""

    field: ClassVar[str | None] = "amount"
    authorised: Money


@dataclass(eq=False)
class FloatTooSmall(Refusal):
    """The giver's float does not hold that much."""

    field: ClassVar[str | None] = "amount"
    present: Money


@dataclass(eq=False)
class CollectionsInDrawer(Refusal):
    """A drawer that still holds customers' money is reconciled before its float passes to a colleague."""


@dataclass(eq=False)
class NoSuchColleague(Refusal):
    """No active person of the branch who keeps a till has this login, or it is the giver's own."""

    field: ClassVar[str | None] = "receiver"


@dataclass(eq=False)
class HandoverSettled(Refusal):
    """The offer was answered or withdrawn already, or it is not for this person."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What a giver or receiver holds: the drawer by the ledger and the part of it that is the float."""

    drawer: Money
    float_present: Money


def check_giver(amount: Money, giver: Holding, *, to_colleague: bool) -> None:
    """Raise `CollectionsInDrawer` or `FloatTooSmall` unless the giver can part with the amount."""
    if to_colleague and giver.drawer > giver.float_present:
        raise CollectionsInDrawer()
    if amount > min(giver.float_present, giver.drawer):
        raise FloatTooSmall(max(min(giver.float_present, giver.drawer), ZERO))


def check_receiver(amount: Money, receiver: Holding, authorised: Money) -> None:
    """Raise `FloatAboveAuthorised` when the receiver's float would be more than authorised."""
    if receiver.float_present + amount > authorised:
        raise FloatAboveAuthorised(authorised)
