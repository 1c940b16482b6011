"""The form « Réglages » as it was typed, and its reading: every faulty field is told at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from partnernet.domain.branch_settings import DEPOSIT_ACCOUNT_LIMIT_CHARS, BranchSettings, impossible_settings
from partnernet.domain.free_text import clean
from partnernet.domain.money import ZERO, AmountRefusal, Money, parse_amount
from partnernet.domain.refusals import FormRefused, Refusal

AMOUNTS = ("float_authorised", "fund_limit", "voucher_limit", "tolerance")
FIELDS = (*AMOUNTS, "cash_limit", "deposit_account")

_ZERO = re.compile(r"\$?\s*0+([.,]0{0,2})?\s*\$?")


@dataclass(eq=False)
class SettingUnreadable(Refusal):
    """What was typed for a setting, which ``setting`` names, is not an amount of money."""

    field: ClassVar[str | None] = "setting"
    setting: str
    typed: str


def read_settings(typed: Mapping[str, str], *, one_person: bool) -> BranchSettings:
    """The settings that the texts of `FIELDS` say; a blank limit of cash is none.

    Raises `FormRefused` with a refusal for each field that cannot be read, or that cannot be.
    """
    refusals: list[Refusal] = []
    amounts = {name: _amount(name, typed[name], refusals) for name in AMOUNTS}
    cash_limit = _amount("cash_limit", typed["cash_limit"], refusals) if typed["cash_limit"].strip() else None
    account = _account(typed["deposit_account"], refusals)
    if not refusals:
        new = BranchSettings(**amounts, cash_limit=cash_limit, deposit_account=account, one_person=one_person)
        refusals.extend(impossible_settings(new))
    if refusals:
        raise FormRefused(tuple(refusals))
    return new


def _amount(name: str, typed: str, refusals: list[Refusal]) -> Money:
    """Unlike a payment, a setting may be zero."""
    text = typed.strip()
    if _ZERO.fullmatch(text):
        return ZERO
    try:
        return parse_amount(text)
    except AmountRefusal:
        refusals.append(SettingUnreadable(name, text))
        return ZERO


def _account(typed: str, refusals: list[Refusal]) -> str:
    try:
        return clean(typed, field="deposit_account", limit_chars=DEPOSIT_ACCOUNT_LIMIT_CHARS)
    except Refusal as refusal:
        refusals.append(refusal)
        return ""
