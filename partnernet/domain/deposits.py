"""Deposits: approved bags of a branch on one slip, one bank reference; only then is less owed to the principal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from partnernet.domain.agents import Branch
from partnernet.domain.money import Money, total
from partnernet.domain.pieces import NO_PIECES, Pieces
from partnernet.domain.reconciliations import Bag
from partnernet.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class WaitingBag:
    """An approved bag that is not on a slip yet, and whose collections it holds."""

    bag: Bag
    agent_name: str


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
