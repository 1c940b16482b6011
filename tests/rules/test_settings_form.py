"""« Réglages »: what is typed becomes settings, and every faulty field is told at once."""

from __future__ import annotations

import pytest

from partnernet.domain.branch_settings import BranchSettings, SettingImpossible
from partnernet.domain.free_text import HiddenCharacters, TextTooLong
from partnernet.domain.money import ZERO
from partnernet.domain.refusals import FormRefused, Refusal
from partnernet.domain.settings_form import SettingUnreadable, read_settings
from tests.support.requests import money

TYPED = {
    "float_authorised": "200,00",
    "fund_limit": "500,00",
    "voucher_limit": "50",
    "tolerance": "0",
    "cash_limit": "",
    "deposit_account": "",
}


def refusals(**typed: str) -> list[Refusal]:
    with pytest.raises(FormRefused) as refused:
        read_settings({**TYPED, **typed}, one_person=False)
    return list(refused.value.refusals)


def test_settings_are_read_as_people_write_them() -> None:
    typed = {**TYPED, "cash_limit": "1 500,00 $", "deposit_account": " 815-30001-1234567 "}

    assert read_settings(typed, one_person=True) == BranchSettings(
        money("200.00"),
        voucher_limit=money("50.00"),
        fund_limit=money("500.00"),
        tolerance=ZERO,
        cash_limit=money("1500.00"),
        deposit_account="815-30001-1234567",
        one_person=True,
    )


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0"])
def test_a_blank_limit_of_cash_is_no_limit(blank: str) -> None:
    assert read_settings({**TYPED, "cash_limit": blank}, one_person=False).cash_limit is None


@pytest.mark.parametrize("zero", ["0", "0,00", "0.0", "00", "0 $", "$0.00"])
def test_a_setting_may_be_zero_unlike_a_payment(zero: str) -> None:
    assert read_settings({**TYPED, "tolerance": zero, "float_authorised": zero}, one_person=False).tolerance == ZERO


@pytest.mark.parametrize("typed", ["", "  ", "beaucoup", "1,234", "-5", "−0,05", "1,555", "1e3", "99999999999", "٥"])
def test_what_is_no_amount_is_refused_and_named(typed: str) -> None:
    (refusal,) = refusals(tolerance=typed)

    assert isinstance(refusal, SettingUnreadable)
    assert (refusal.setting, refusal.typed) == ("tolerance", typed.strip())


def test_every_faulty_field_is_told_at_once() -> None:
    told = refusals(float_authorised="x", tolerance="", cash_limit="y", deposit_account="9" * 61)

    assert [getattr(refusal, "setting", refusal.field) for refusal in told] == [
        "float_authorised",
        "tolerance",
        "cash_limit",
        "deposit_account",
    ]


def test_what_can_be_read_and_cannot_be_is_told_at_once_too_and_named_once() -> None:
    told = refusals(float_authorised="600,03", tolerance="0,03", cash_limit="0")

    assert all(isinstance(refusal, SettingImpossible) for refusal in told)
    assert [getattr(refusal, "setting", "") for refusal in told] == ["float_authorised", "tolerance", "cash_limit"]


@pytest.mark.parametrize(("account", "kind"), [("9" * 61, TextTooLong), ("12\u202e34", HiddenCharacters)])
def test_an_account_that_cannot_be_kept_is_refused_at_its_field(account: str, kind: type[Refusal]) -> None:
    (refusal,) = refusals(deposit_account=account)

    assert isinstance(refusal, kind)
    assert refusal.field == "deposit_account"
