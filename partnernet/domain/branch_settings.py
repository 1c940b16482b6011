"""What each branch decides for its tills: limits, tolerance, where deposits go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from partnernet.domain.money import LARGEST_PAYMENT, ZERO, Money
from partnernet.domain.refusals import Refusal

VOUCHER_LIMIT = Money(50_00)
FUND_LIMIT = Money(500_00)

DEPOSIT_ACCOUNT_LIMIT_CHARS = 60


@dataclass(frozen=True, slots=True)
class BranchSettings:
    """The settings of one branch; the defaults are those of university and Treasury Board petty-cash policies.

    ``cash_limit`` is how much collected cash a drawer may hold before the board says so (``None``: no limit);
    ``tolerance`` is the difference up to which no explanation is asked; ``one_person`` declares a branch where nobody
    else can approve.
    """

    float_authorised: Money
    voucher_limit: Money = VOUCHER_LIMIT
    fund_limit: Money = FUND_LIMIT
    tolerance: Money = ZERO
    cash_limit: Money | None = None
    deposit_account: str = ""
    one_person: bool = False


@dataclass(eq=False)
class SettingImpossible(Refusal):
    """A setting is below zero, too large, not in five-cent steps, or contradicts another; ``setting`` names it."""

    field: ClassVar[str | None] = "setting"
    setting: str


def impossible_settings(new: BranchSettings) -> tuple[SettingImpossible, ...]:
    """Every setting that cannot be, in the order of the form."""
    return tuple(SettingImpossible(name) for name in dict.fromkeys(_impossible(new)))


def checked_settings(new: BranchSettings) -> BranchSettings:
    """The settings; raises `SettingImpossible` for the first that cannot be."""
    for refusal in impossible_settings(new):
        raise refusal
    return new


def _impossible(new: BranchSettings) -> Iterator[str]:
    for name in ("float_authorised", "fund_limit", "voucher_limit", "tolerance"):
        amount: Money = getattr(new, name)
        if not ZERO <= amount <= LARGEST_PAYMENT or amount.cents % 5:
            yield name
    if new.cash_limit is not None and not ZERO < new.cash_limit <= LARGEST_PAYMENT:
        yield "cash_limit"
    if LARGEST_PAYMENT >= new.float_authorised > new.fund_limit:
        yield "float_authorised"
    if len(new.deposit_account) > DEPOSIT_ACCOUNT_LIMIT_CHARS:
        yield "deposit_account"
