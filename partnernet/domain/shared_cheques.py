"""One cheque that pays several accounts: its face amount is entered once, and its payments share it.

They must add up to it before the till is counted: the sheet is ticked, deposited and returned once, whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from partnernet.domain.cheques import Cheque
from partnernet.domain.money import LARGEST_PAYMENT, AmountTooLarge, Money
from partnernet.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class SharedCheque:
    """A sheet on hand in an agent's till; ``applied`` is what its payments, not reversed, have used of it so far."""

    id: int
    cheque: Cheque
    face_amount: Money
    applied: Money

    @property
    def rest(self) -> Money:
        """What is left of it to apply to accounts."""
        return self.face_amount - self.applied


@dataclass(eq=False)
class FaceAmountUnreadable(Refusal):
    """« Montant du chèque » is missing or is no amount that a cheque may have; ``why`` is the refusal of the amount."""

    field: ClassVar[str | None] = "face_amount"
    why: Refusal


@dataclass(eq=False)
class FaceAmountNotAsked(Refusal):
    """« Montant du chèque » was typed, yet the cheque is not said to pay several accounts: which is meant?"""

    field: ClassVar[str | None] = "face_amount"


@dataclass(eq=False)
class FaceAmountTooSmall(Refusal):
    """A cheque cannot pay more than it is made out for."""

    field: ClassVar[str | None] = "face_amount"
    face_amount: Money
    amount: Money


@dataclass(eq=False)
class ChequeRestExceeded(Refusal):
    """The payment is more than what is left of the cheque that it shares."""

    field: ClassVar[str | None] = "amount"
    amount: Money
    rest: Money


@dataclass(eq=False)
class NothingLeftToShare(Refusal):
    """The cheque is not in the person's till, or all of it has been applied to accounts."""


@dataclass(eq=False)
class ChequeNotFullyApplied(Refusal):
    """A count cannot be frozen while the payments of a cheque do not add up to its face amount."""

    number: str
    rest: Money


def checked_face_amount(amount: Money, stated: Money | None, sheet: SharedCheque | None) -> Money:
    """The face amount of the cheque that pays ``amount``.

    It is that of the sheet taken already, else the one stated with its first payment, else the payment's own. Raises
    `ChequeRestExceeded`, `FaceAmountTooSmall` or `FaceAmountUnreadable`.
    """
    if sheet is not None:
        if amount > sheet.rest:
            raise ChequeRestExceeded(amount, sheet.rest)
        return sheet.face_amount
    if stated is None:
        return amount
    if stated < amount:
        raise FaceAmountTooSmall(stated, amount)
    if stated > LARGEST_PAYMENT:
        raise FaceAmountUnreadable(AmountTooLarge(LARGEST_PAYMENT))
    return stated


def refuse_unfinished(sheets: tuple[SharedCheque, ...]) -> None:
    """Raise `ChequeNotFullyApplied` for the first of the cheques on hand that do not add up."""
    for sheet in sheets:
        raise ChequeNotFullyApplied(sheet.cheque.number, sheet.rest)
