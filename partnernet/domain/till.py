"""The till: what an agent holds for the principal, as sums over the ledger."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from partnernet.domain.money import LARGEST_PAYMENT, ZERO, AmountNotPositive, AmountTooLarge, Money
from partnernet.domain.receipts import DayPayments
from partnernet.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class FloatRequest:
    """The agent confirms a float handed over by the branch; ``key`` is the form's idempotency key."""

    key: str
    amount: Money

    def fingerprint(self) -> str:
        """SHA-256 of the content that one key may carry only once."""
        return hashlib.sha256(f"float {self.amount.cents}".encode()).hexdigest()

    def checked_amount(self) -> Money:
        """The amount; raises the refusals of `checked_float`."""
        return checked_float(self.amount)


@dataclass(eq=False)
class FloatNotMultipleOfFive(Refusal):
    """A float is cash, so it is a multiple of five cents."""

    field: ClassVar[str | None] = "amount"
    amount: Money


def checked_float(amount: Money) -> Money:
    """An amount of cash for a float; raises `AmountNotPositive`, `AmountTooLarge` or `FloatNotMultipleOfFive`."""
    if amount <= ZERO:
        raise AmountNotPositive(str(amount))
    if amount > LARGEST_PAYMENT:
        raise AmountTooLarge(LARGEST_PAYMENT)
    if amount.cents % 5:
        raise FloatNotMultipleOfFive(amount)
    return amount


@dataclass(eq=False)
class TillOpenElsewhere(Refusal):
    """The agent's till is still open in the branch served before: nothing of this one may enter it."""

    branch_code: str


@dataclass(frozen=True, slots=True)
class TillFigures:
    """What an agent holds now, as sums over the ledger.

    ``expected_cash`` is the drawer (float and collections, physically one); ``due_to_principal`` is the money collected
    and not yet remitted; ``float_present`` is the petty-cash float that the drawer should still hold.
    """

    expected_cash: Money
    cheques: Money
    due_to_principal: Money
    float_present: Money


@dataclass(frozen=True, slots=True)
class TillPosition:
    """The till of an agent now. ``opened_at`` is ``None`` while no till session is open or waits for its submission.

    ``figures`` is ``None`` while a count is open: it is blind.
    """

    opened_at: datetime | None
    float_authorised: Money
    figures: TillFigures | None


@dataclass(frozen=True, slots=True)
class AgentDay:
    """The day at a glance: what the agent holds now, and the day's payments that they may list."""

    position: TillPosition
    day: DayPayments
