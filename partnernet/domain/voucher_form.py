"""The form of a petty-cash voucher as it was typed, and its reading: every faulty field is told at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from partnernet.domain.cheques import ChequeDateUnreadable, read_day
from partnernet.domain.money import ZERO, AmountNotPositive, Money, parse_amount
from partnernet.domain.petty_cash import VoucherCategory, VoucherRequest, checked_text
from partnernet.domain.refusals import FormRefused, Refusal


@dataclass(frozen=True, slots=True)
class VoucherForm:
    """Everything the form held at one moment; ``None`` where nothing was chosen."""

    key: str
    payee: str
    purpose: str
    category: VoucherCategory | None
    amount: str
    spent_on: str
    receipt_kept: bool | None


@dataclass(eq=False)
class VoucherCategoryNotChosen(Refusal):
    """What the money was spent on is not chosen."""

    field: ClassVar[str | None] = "category"


@dataclass(eq=False)
class VoucherAmountNotPositive(Refusal):
    """A voucher pays something out: a mistake is put right by cancelling it, never by an amount below zero."""

    field: ClassVar[str | None] = "amount"


@dataclass(eq=False)
class VoucherDateUnreadable(Refusal):
    """The date is missing or is not a date of the calendar."""

    field: ClassVar[str | None] = "spent_on"
    typed: str


@dataclass(eq=False)
class ReceiptNotSaid(Refusal):
    """Whether the receipt for it was kept is not said: neither answer is taken for granted."""

    field: ClassVar[str | None] = "receipt_kept"


def read_voucher(form: VoucherForm) -> VoucherRequest:
    """The request that the form makes; raises `FormRefused` with the refusals of all its fields, in their order."""
    refusals: list[Refusal] = []
    payee = _text("payee", form.payee, refusals)
    purpose = _text("purpose", form.purpose, refusals)
    if form.category is None:
        refusals.append(VoucherCategoryNotChosen())
    amount = _amount(form.amount, refusals)
    spent_on = _day(form.spent_on, refusals)
    if form.receipt_kept is None:
        refusals.append(ReceiptNotSaid())
    if refusals or form.category is None or form.receipt_kept is None:
        raise FormRefused(tuple(refusals))
    return VoucherRequest(form.key, spent_on, payee, purpose, form.category, amount, form.receipt_kept)


def _text(name: str, typed: str, refusals: list[Refusal]) -> str:
    try:
        return checked_text(name, typed)
    except Refusal as refusal:
        refusals.append(refusal)
        return ""


def _amount(typed: str, refusals: list[Refusal]) -> Money:
    try:
        return parse_amount(typed)
    except AmountNotPositive:
        refusals.append(VoucherAmountNotPositive())
    except Refusal as refusal:
        refusals.append(refusal)
    return ZERO


def _day(typed: str, refusals: list[Refusal]) -> date:
    try:
        return read_day(typed)
    except ChequeDateUnreadable:
        refusals.append(VoucherDateUnreadable(typed))
        return date.min
