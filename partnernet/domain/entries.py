"""Double entry: accounts, lines, and postings that cannot exist unbalanced.

A worked day that uses them is ``tests/test_counter_day.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from partnernet.domain.money import ZERO, Money


class LedgerAccount(StrEnum):
    """The nine accounts of a branch's counter."""

    DRAWER = "drawer"
    CHEQUES = "cheques"
    BAG = "bag"
    OWED = "owed"
    ROUNDING = "rounding"
    REMITTED = "remitted"
    BRANCH_FUNDS = "branch_funds"
    PETTY_EXPENSE = "petty_expense"
    OVER_SHORT = "over_short"


# What the branch physically holds; these lines belong to a till session while an agent holds them.
HELD = (LedgerAccount.DRAWER, LedgerAccount.CHEQUES, LedgerAccount.BAG)
# Their sum, credit side up, is what the holder owes the principal.
DUE_TO_PRINCIPAL = (LedgerAccount.OWED, LedgerAccount.ROUNDING, LedgerAccount.REMITTED)
# Their sum, credit side up, is the float that should be present.
FLOAT_PRESENT = (LedgerAccount.BRANCH_FUNDS, LedgerAccount.PETTY_EXPENSE, LedgerAccount.OVER_SHORT)


class PostingKind(StrEnum):
    """Why money moved."""

    PAYMENT = "payment"
    REVERSAL = "reversal"
    FLOAT = "float"
    VOUCHER = "voucher"
    REPLENISHMENT = "replenishment"
    DIFFERENCE = "difference"
    SEAL = "seal"
    CUSTODY = "custody"
    DEPOSIT = "deposit"
    RETURNED_CHEQUE = "returned_cheque"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: exactly one of ``debit`` and ``credit`` is above zero.

    ``holder_id`` is the agent who holds or owes, ``None`` for the branch; ``customer_id`` is set on ``owed`` lines;
    ``till_session_id`` on lines of the till's accounts.
    """

    account: LedgerAccount
    debit: Money
    credit: Money
    holder_id: int | None
    till_session_id: int | None = None
    customer_id: int | None = None

    def __post_init__(self) -> None:
        if (self.debit.cents > 0) == (self.credit.cents > 0) or min(self.debit, self.credit).cents != 0:
            raise ValueError("a line is a debit or a credit above zero, never both, never neither")


@dataclass(frozen=True, slots=True)
class Entry:
    """A balanced set of lines: constructing an unbalanced one is a programming error."""

    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        debit = sum(line.debit.cents for line in self.lines)
        credit = sum(line.credit.cents for line in self.lines)
        if debit != credit or len(self.lines) < 2:
            raise ValueError(f"unbalanced entry: debit {debit}, credit {credit} cents")


def debit(account: LedgerAccount, amount: Money, holder_id: int | None, **belongs_to: int | None) -> Line:
    """A debit line of ``amount`` (above zero)."""
    return Line(account, amount, ZERO, holder_id, **belongs_to)


def credit(account: LedgerAccount, amount: Money, holder_id: int | None, **belongs_to: int | None) -> Line:
    """A credit line of ``amount`` (above zero)."""
    return Line(account, ZERO, amount, holder_id, **belongs_to)


def moves(changes: Mapping[LedgerAccount, Money], holder_id: int | None, **belongs_to: int | None) -> tuple[Line, ...]:
    """Lines that change each account by its signed amount (debit above zero, credit below); zeros make no line."""
    return tuple(
        debit(account, amount, holder_id, **belongs_to)
        if amount > ZERO
        else credit(account, -amount, holder_id, **belongs_to)
        for account, amount in changes.items()
        if amount
    )


def reverse(entry: Entry) -> Entry:
    """The equal and opposite entry: every debit a credit, every credit a debit."""
    return Entry(tuple(replace(line, debit=line.credit, credit=line.debit) for line in entry.lines))
