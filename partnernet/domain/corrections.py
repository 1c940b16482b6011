"""Correcting a payment whose money was kept: only what was written is wrong, so it is reversed and entered again
(réinscription) as it should have been, in one step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from partnernet.domain.agents import Agent, Branch
from partnernet.domain.error_reports import ErrorReport
from partnernet.domain.money import Money
from partnernet.domain.receipts import Receipt
from partnernet.domain.refusals import Refusal
from partnernet.domain.reversals import Reentry, Reversal, ReversalReason, ReversalRequest, WhereIsTheMoney

# What each of these reasons says was written wrong; the others say that there should be no payment at all.
REENTERED = (ReversalReason.WRONG_CUSTOMER, ReversalReason.WRONG_AMOUNT, ReversalReason.WRONG_TENDER)


class Whereabouts(StrEnum):
    """Where the money of a payment is now: in a drawer that was not counted yet, accounted for by a count, or a sheet
    of paper on hand, in a sealed bag, or at the bank."""

    DRAWER = "drawer"
    COUNTED = "counted"
    ON_HAND = "on_hand"
    IN_BAG = "in_bag"
    AT_BANK = "at_bank"


@dataclass(frozen=True, slots=True)
class AccountChange:
    """What a correction does to an account: its total due before and after (below zero: credit)."""

    number: str
    name: str
    total_due_before: Money
    total_due_after: Money


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction as it was made, or as it would be made.

    ``receipts`` are what it undoes, first the one that is asked for, then those of the same sheet of paper;
    ``reentered`` is what stands in place of the first. ``accounts`` are those that it would change, by number; of one
    that was made long ago nothing is said of them.
    """

    reversal: Reversal
    receipts: tuple[Receipt, ...]
    reentered: Receipt | None
    accounts: tuple[AccountChange, ...]


@dataclass(frozen=True, slots=True)
class Examination:
    """A receipt with all that its correction needs to know.

    ``sharing`` are the other payments, not reversed, made with the same sheet of paper; ``where`` is where the money
    is, ``None`` when the receipt is reversed; ``correction`` is how it was. ``bag_number`` is the bag that its cheque
    is in, ``slip_number`` the deposit slip that lists it (0: none). ``involved`` are who entered it and who took the
    money: neither corrects it. ``reports`` are the errors reported about it, oldest first.
    """

    receipt: Receipt
    sharing: tuple[Receipt, ...]
    where: Whereabouts | None
    correction: Correction | None
    involved: frozenset[int]
    reports: tuple[ErrorReport, ...]
    bag_number: int = 0
    slip_number: int = 0

    def is_own(self, agent: Agent) -> bool:
        """Whether the person would correct their own work."""
        return agent.id in self.involved


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a branch's supervisor looks at: errors that wait to be settled, oldest first, and the receipts that were
    reversed last, newest first."""

    branch: Branch
    reports: tuple[ErrorReport, ...]
    last: tuple[Receipt, ...]


@dataclass(eq=False)
class NotReversed(Refusal):
    """The receipt stands: it has no correction to show or to print."""

    receipt_number: str


@dataclass(eq=False)
class ReentryMissing(Refusal):
    """Money that was kept is entered again in the same step: else the branch would hold money of nobody's."""


@dataclass(eq=False)
class ReentryNotAsked(Refusal):
    """Only what was written wrong is entered again, and only when its money was kept."""


@dataclass(eq=False)
class NothingCorrected(Refusal):
    """What the reason says was wrong is entered again as it was."""

    reason: ReversalReason


@dataclass(eq=False)
class CorrectsMore(Refusal):
    """Something else changes than what the reason says was wrong."""

    reason: ReversalReason


@dataclass(eq=False)
class ChequeShared(Refusal):
    """The amount and the tender of a cheque for several accounts are not corrected one payment at a time."""

    receipt_number: str


@dataclass(eq=False)
class ChequeBagged(Refusal):
    """The sheet was sealed in a bag: it is a cheque, and cannot have been cash."""

    field: ClassVar[str | None] = "tender"
    receipt_number: str


@dataclass(eq=False)
class AccountKeptToCash(Refusal):
    """The account to credit takes no more cheques, and this one can still be handed back."""

    customer_number: str


def as_entered(paid: Receipt) -> Reentry:
    """The payment as it was entered, to be changed (`dataclasses.replace`) where it was wrong."""
    return Reentry(paid.customer.number, paid.tender, paid.received, paid.cheque)


def checked_reentry(request: ReversalRequest, paid: Receipt, where: Whereabouts, *, shared: bool) -> Reentry | None:
    """What is entered in place of ``paid``; ``None`` when nothing is.

    ``where`` is where its money is, ``shared`` whether its sheet of paper pays, or is to pay, something else too.
    Raises the refusals of this module.
    """
    kept = request.where is WhereIsTheMoney.KEPT
    if request.reentry is None:
        if kept:
            raise ReentryMissing()
        return None
    if not kept or request.reason not in REENTERED:
        raise ReentryNotAsked()
    if shared and request.reason is not ReversalReason.WRONG_CUSTOMER:
        raise ChequeShared(paid.number)
    reentry = _only_what_was_wrong(request.reason, as_entered(paid), request.reentry)
    if paid.tender is not reentry.tender and where in (Whereabouts.IN_BAG, Whereabouts.AT_BANK):
        raise ChequeBagged(paid.number)
    return reentry


def _only_what_was_wrong(reason: ReversalReason, before: Reentry, after: Reentry) -> Reentry:
    """The payment as it should have been: the customer alone, the amount alone, or the tender with what goes with it.

    A cheque whose amount was misread keeps its other details.
    """
    if reason is ReversalReason.WRONG_CUSTOMER:
        wrong, corrected = before.customer_number, after.customer_number
        allowed = replace(before, customer_number=corrected)
    elif reason is ReversalReason.WRONG_AMOUNT:
        wrong, corrected = str(before.amount), str(after.amount)
        allowed = replace(before, amount=after.amount)
    else:
        wrong, corrected = before.tender, after.tender
        allowed = replace(after, customer_number=before.customer_number)
    if wrong == corrected:
        raise NothingCorrected(reason)
    if allowed != after:
        raise CorrectsMore(reason)
    return after
