"""Deposits: approved bags of a branch on one slip, one bank reference; only then is less owed to the principal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from partnernet.domain.agents import Branch
from partnernet.domain.money import Money, total
from partnernet.domain.pieces import NO_PIECES, Pieces
from partnernet.domain.reconciliations import Bag
from partnernet.domain.refusals import Refusal

# Payments collected are deposited within a day (Town of Oakville's cash-handling procedure).
DEPOSIT_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WaitingBag:
    """An approved bag that is not on a slip yet, and whose collections it holds."""

    bag: Bag
    agent_name: str

    def is_late(self, at: datetime) -> bool:
        """Whether it has waited longer than money collected may (`DEPOSIT_WITHIN`)."""
        return at - self.bag.sealed_at > DEPOSIT_WITHIN


@dataclass(frozen=True, slots=True)
class Deposit:
    """A deposit of a branch; ``bank_reference`` is empty while it is on its way to the bank."""

    id: int
    number: int
    branch: Branch
    made_at: datetime
    made_by: str
    account: str
    bags: tuple[Bag, ...]
    bank_reference: str
    settled_at: datetime | None

    @property
    def pieces(self) -> Pieces:
        """The cash of all its bags, by denomination."""
        return sum((bag.pieces for bag in self.bags), start=NO_PIECES)

    @property
    def amount(self) -> Money:
        """Cash and cheques together."""
        return total(bag.total for bag in self.bags)


@dataclass(frozen=True, slots=True)
class SettledDeposit:
    """A deposit that the bank has, as a line of a list; ``amount`` is what its reference posted."""

    id: int
    number: int
    made_at: datetime
    bag_count: int
    amount: Money
    bank_reference: str
    settled_at: datetime
    settled_by: str


@dataclass(frozen=True, slots=True)
class BranchDeposits:
    """A branch's bags on their way to the principal: waiting (oldest first), on slips, and those that arrived last.

    ``due`` is what the branch itself owes the principal: bags approved and not remitted. ``made`` is the slip that the
    form's key has already made.
    """

    branch: Branch
    waiting: tuple[WaitingBag, ...]
    under_way: tuple[Deposit, ...]
    settled: tuple[SettledDeposit, ...]
    due: Money
    made: Deposit | None


@dataclass(eq=False)
class NoBagChosen(Refusal):
    """A deposit needs one approved bag at least."""


@dataclass(eq=False)
class BagTaken(Refusal):
    """A chosen bag is not approved, not of this branch, or on another slip already."""


@dataclass(eq=False)
class DepositNotFound(Refusal):
    """No such deposit in the person's branch."""

    deposit_id: int


@dataclass(eq=False)
class DepositSettled(Refusal):
    """The deposit has another bank reference already."""


@dataclass(eq=False)
class DepositEmpty(Refusal):
    """Nothing is left on the slip: every cheque was taken out of its bags before the bank had them."""


@dataclass(eq=False)
class BankReferenceMalformed(Refusal):
    """A bank reference is 3 to 40 letters, digits, hyphens or slashes, as printed on the bank's receipt."""

    field: ClassVar[str | None] = "bank_reference"
    typed: str


def read_bank_reference(typed: str) -> str:
    """The reference without blanks around it; raises `BankReferenceMalformed`."""
    text = typed.strip()
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9/ -]{2,39}", text):
        raise BankReferenceMalformed(typed)
    return text
