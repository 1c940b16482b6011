"""Petty-cash vouchers: the imprest rule, cash and vouchers together make the float."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from partnernet.domain.branch_settings import BranchSettings
from partnernet.domain.free_text import clean
from partnernet.domain.money import ZERO, AmountNotPositive, Money, total
from partnernet.domain.refusals import Refusal
from partnernet.domain.replenishments import Replenishment, waiting

PAYEE_LIMIT_CHARS = 100
PURPOSE_LIMIT_CHARS = 200
_LIMITS_CHARS = {"payee": PAYEE_LIMIT_CHARS, "purpose": PURPOSE_LIMIT_CHARS}


class VoucherCategory(StrEnum):
    """What petty cash is spent on."""

    OFFICE = "office"
    POSTAGE = "postage"
    TRAVEL = "travel"
    CLEANING = "cleaning"
    REPAIRS = "repairs"
    MEALS = "meals"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class VoucherRequest:
    """A petty-cash voucher (bon de petite caisse) as entered; ``receipt_kept`` is false when the receipt is missing."""

    key: str
    spent_on: date
    payee: str
    purpose: str
    category: VoucherCategory
    amount: Money
    receipt_kept: bool

    def fingerprint(self) -> str:
        """SHA-256 of the content that one key may carry only once."""
        content = [
            "voucher", self.spent_on.isoformat(), self.payee, self.purpose, self.category, self.amount.cents,
            self.receipt_kept,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Voucher:
    """A posted voucher; ``reversed`` when it was entered by mistake (a voucher is never edited)."""

    posting_id: int
    at: datetime
    spent_on: date
    payee: str
    purpose: str
    category: VoucherCategory
    amount: Money
    receipt_kept: bool
    reversed: bool


@dataclass(frozen=True, slots=True)
class PettyCash:
    """An agent's petty cash now: the float ``authorised`` and what is ``present`` of it, a voucher's ``limit``.

    ``vouchers`` are those paid since the last submission, in order; ``reversible`` names those that can still be taken
    back. ``requests`` are the agent's last replenishments, newest first.
    """

    authorised: Money
    present: Money
    limit: Money
    vouchers: tuple[Voucher, ...]
    reversible: frozenset[int]
    requests: tuple[Replenishment, ...]

    @property
    def missing(self) -> Money:
        """What a replenishment would bring: vouchers and shortages since the last one, never below zero."""
        return max(self.authorised - self.present, ZERO)

    @property
    def spent(self) -> Money:
        """What the vouchers come to that were not taken back."""
        return total(voucher.amount for voucher in self.vouchers if not voucher.reversed)

    @property
    def waiting(self) -> Replenishment | None:
        """The request that another person can still grant."""
        return waiting(self.requests, self.missing)


@dataclass(eq=False)
class VoucherFieldMissing(Refusal):
    """The payee or the purpose is blank; ``field`` says which."""

    field: str | None = None  # type: ignore[misc]


@dataclass(eq=False)
class VoucherNotMultipleOfFive(Refusal):
    """A voucher is paid in cash, so it is a multiple of five cents."""

    field: ClassVar[str | None] = "amount"
    amount: Money


@dataclass(eq=False)
class VoucherAboveLimit(Refusal):
    """More than the branch allows for one voucher."""

    field: ClassVar[str | None] = "amount"
    limit: Money


@dataclass(eq=False)
class VoucherBeyondFloat(Refusal):
    """Vouchers not yet replenished never exceed the float: money collected is not the branch's."""

    field: ClassVar[str | None] = "amount"
    float_present: Money


@dataclass(eq=False)
class VoucherDateImpossible(Refusal):
    """A voucher is of today or before, and not older than a year."""

    field: ClassVar[str | None] = "spent_on"


@dataclass(eq=False)
class VoucherNotFound(Refusal):
    """No such voucher in the person's own till session that is still open."""


def checked_text(name: str, typed: str) -> str:
    """A voucher's ``payee`` or ``purpose`` as it is kept; raises `VoucherFieldMissing` and the refusals of `clean`."""
    text = clean(typed, field=name, limit_chars=_LIMITS_CHARS[name])
    if not text:
        raise VoucherFieldMissing(name)
    return text


def checked_voucher(
    request: VoucherRequest, settings: BranchSettings, float_present: Money, today: date
) -> VoucherRequest:
    """The voucher with its texts cleaned; raises the first refusal."""
    payee, purpose = checked_text("payee", request.payee), checked_text("purpose", request.purpose)
    if request.spent_on > today or (today - request.spent_on).days > 366:
        raise VoucherDateImpossible()
    if request.amount <= ZERO:
        raise AmountNotPositive(str(request.amount))
    if request.amount.cents % 5:
        raise VoucherNotMultipleOfFive(request.amount)
    if request.amount > settings.voucher_limit:
        raise VoucherAboveLimit(settings.voucher_limit)
    if request.amount > float_present:
        raise VoucherBeyondFloat(max(float_present, ZERO))
    return VoucherRequest(
        request.key, request.spent_on, payee, purpose, request.category, request.amount, request.receipt_kept
    )
