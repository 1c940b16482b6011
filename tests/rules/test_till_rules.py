"""The till's rules that need no books: the bag, what must be explained, vouchers, settings, bank references."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnernet.domain.branch_settings import BranchSettings, SettingImpossible, checked_settings
from partnernet.domain.counts import suspects
from partnernet.domain.deposits import BankReferenceMalformed, read_bank_reference
from partnernet.domain.free_text import HiddenCharacters, TextTooLong
from partnernet.domain.money import LARGEST_PAYMENT, ZERO, AmountNotPositive, Money
from partnernet.domain.petty_cash import (
    VoucherAboveLimit,
    VoucherBeyondFloat,
    VoucherCategory,
    VoucherDateImpossible,
    VoucherFieldMissing,
    VoucherNotMultipleOfFive,
    VoucherRequest,
    checked_voucher,
)
from partnernet.domain.pieces import pieces
from partnernet.domain.receipts import DayPayment
from partnernet.domain.reconciliations import (
    DifferenceReason,
    ExplanationMissing,
    SubmitRequest,
    cash_to_bag,
    checked_explanation,
)
from partnernet.domain.refusals import Refusal
from partnernet.domain.tenders import Tender
from tests.support.requests import money
from tests.support.tills import payment

SETTINGS = BranchSettings(money("200.00"))
TODAY = date(2026, 11, 24)

# --- the bag --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "counted", "float_present", "expected", "bagged"),
    [
        ("nothing is missing", "325.05", "200.00", "325.05", "125.05"),
        ("a shortage is taken from the float", "305.05", "200.00", "325.05", "125.05"),
        ("a shortage of the whole float", "125.05", "200.00", "325.05", "125.05"),
        ("a shortage larger than the float leaves what is there", "100.00", "200.00", "325.05", "100.00"),
        ("an empty drawer", "0.00", "200.00", "325.05", "0.00"),
        ("an excess stays with the branch", "400.00", "200.00", "325.05", "125.05"),
        ("only a float", "200.00", "200.00", "200.00", "0.00"),
        ("a float spent on vouchers", "125.05", "0.00", "125.05", "125.05"),
        ("an earlier shortage beyond the float stays owed", "60.00", "-40.00", "60.00", "60.00"),
        ("more was handed back than collected", "140.00", "200.00", "140.00", "0.00"),
        ("more was handed back than the drawer held", "0.00", "0.00", "-60.00", "0.00"),
    ],
)
def test_the_bag_takes_the_collections_in_full(
    case: str, counted: str, float_present: str, expected: str, bagged: str
) -> None:
    assert cash_to_bag(money(counted), money(float_present), money(expected)) == money(bagged), case


CENTS = st.integers(-500_00, 500_00).map(Money)


@given(counted=st.integers(0, 500_00).map(Money), float_present=CENTS, expected=CENTS)
def test_the_bag_is_never_below_zero_and_never_more_than_what_is_there(
    counted: Money, float_present: Money, expected: Money
) -> None:
    bagged = cash_to_bag(counted, float_present, expected)

    assert ZERO <= bagged <= counted
    assert bagged <= max(expected - max(float_present, ZERO), ZERO), "the float is NOT deposited"


# --- over or short --------------------------------------------------------------------------------------------------


def explained(difference: str, *, tolerance: str = "0.00", reason: DifferenceReason | None = None, note: str) -> str:
    request = SubmitRequest("a-key-of-a-form-00", 1, reason, note)
    return checked_explanation(request, money(difference), money(tolerance))


@pytest.mark.parametrize("difference", ["-20.00", "20.00", "-0.05", "0.05"])
@pytest.mark.parametrize(("reason", "note"), [(None, ""), (None, "oubli"), (DifferenceReason.UNKNOWN, " \u00a0\t")])
def test_beyond_the_tolerance_a_reason_and_a_note_are_required(
    difference: str, reason: DifferenceReason | None, note: str
) -> None:
    with pytest.raises(ExplanationMissing) as refused:
        explained(difference, reason=reason, note=note)

    assert (refused.value.difference, refused.value.tolerance) == (money(difference), ZERO)


def test_an_explanation_is_kept_without_the_blanks_around_it() -> None:
    assert explained("-20.00", reason=DifferenceReason.CHANGE_ERROR, note="  monnaie \n") == "monnaie"


@pytest.mark.parametrize("difference", ["0.00", "2.00", "-2.00", "0.05"])
def test_within_the_tolerance_nothing_is_asked(difference: str) -> None:
    assert explained(difference, tolerance="2.00", note="") == ""
    with pytest.raises(ExplanationMissing):
        explained("2.05", tolerance="2.00", note="")


@pytest.mark.parametrize(("note", "refusal"), [("x" * 501, TextTooLong), ("vu\u202e", HiddenCharacters)])
def test_a_note_that_cannot_be_kept_is_refused_even_when_none_was_needed(note: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        explained("0.00", note=note)

    assert refused.value.field == "note"


def test_one_key_carries_one_content() -> None:
    request = SubmitRequest("a-key-of-a-form-00", 1, DifferenceReason.THEFT, "vol", pieces({2000: 1}))

    others = [
        replace(request, count_id=2),
        replace(request, reason=None),
        replace(request, note="vol!"),
        replace(request, bag=None),
        replace(request, bag=pieces({1000: 2})),
    ]

    assert len({each.fingerprint() for each in (request, *others)}) == 6
    assert replace(request, key="another-key-of-a-form").fingerprint() == request.fingerprint()


# --- what could explain a difference ----------------------------------------------------------------------------------


def numbers(difference: str, *payments: DayPayment) -> list[str]:
    return [found.receipt_number for found in suspects(payments, money(difference))]


def test_payments_that_equal_a_difference_or_half_of_it_are_pointed_out() -> None:
    taken = payment(1, "20.00"), payment(2, "40.00"), payment(3, "20.00", Tender.CHEQUE), payment(4, "80.00")

    for difference in ("40.00", "-40.00"):
        assert numbers(difference, *taken) == ["MTL-000001", "MTL-000002", "MTL-000003"]
    assert numbers("0.00", *taken) == []
    assert numbers("15.00", *taken) == []


def test_what_was_received_is_compared_and_what_was_reversed_is_not() -> None:
    rounded = payment(1, "10.02", received=money("10.00"))
    reversed_already = payment(2, "10.00", reversed=True)

    assert numbers("-10.00", rounded, reversed_already) == ["MTL-000001"]


def test_no_payment_is_half_of_an_odd_number_of_cents() -> None:
    assert numbers("0.01", payment(1, "0.05")) == []
    assert numbers("-4.01", payment(1, "2.00")) == []


# --- vouchers ---------------------------------------------------------------------------------------------------------


def voucher(**changed: object) -> VoucherRequest:
    ordinary = VoucherRequest(
        "a-key-of-a-form-00",
        TODAY,
        "Postes Canada",
        "Timbres",
        VoucherCategory.POSTAGE,
        money("14.10"),
        True,  # noqa: FBT003
    )
    return replace(ordinary, **changed)  # type: ignore[arg-type]


def checked(request: VoucherRequest, *, present: str = "200.00") -> VoucherRequest:
    return checked_voucher(request, SETTINGS, money(present), TODAY)


def test_a_voucher_is_kept_as_it_was_entered_without_the_blanks_around_its_texts() -> None:
    assert checked(voucher(payee="  Postes Canada ", purpose="Timbres\n")) == voucher()
    assert checked(voucher(receipt_kept=False)).receipt_kept is False


@pytest.mark.parametrize(
    ("changed", "refusal", "field"),
    [
        ({"payee": "  "}, VoucherFieldMissing, "payee"),
        ({"purpose": ""}, VoucherFieldMissing, "purpose"),
        ({"payee": "x" * 101}, TextTooLong, "payee"),
        ({"purpose": "x" * 201}, TextTooLong, "purpose"),
        ({"purpose": "Tim\u200bbres"}, HiddenCharacters, "purpose"),
        ({"spent_on": TODAY + timedelta(days=1)}, VoucherDateImpossible, "spent_on"),
        ({"spent_on": TODAY - timedelta(days=367)}, VoucherDateImpossible, "spent_on"),
        ({"amount": ZERO}, AmountNotPositive, "amount"),
        ({"amount": Money(-14_10)}, AmountNotPositive, "amount"),
        ({"amount": Money(14_12)}, VoucherNotMultipleOfFive, "amount"),
        ({"amount": Money(50_05)}, VoucherAboveLimit, "amount"),
    ],
)
def test_a_voucher_that_cannot_be_is_refused_beside_its_field(
    changed: dict[str, object], refusal: type[Refusal], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        checked(voucher(**changed))

    assert refused.value.field == field


def test_a_voucher_may_be_as_large_as_the_limit_and_as_old_as_a_year() -> None:
    largest = voucher(amount=money("50.00"), spent_on=TODAY - timedelta(days=365))

    assert checked(largest) == largest


@pytest.mark.parametrize(("present", "told"), [("14.05", "14.05"), ("0.00", "0.00"), ("-3.00", "0.00")])
def test_a_voucher_never_exceeds_the_float_that_is_left(present: str, told: str) -> None:
    with pytest.raises(VoucherBeyondFloat) as refused:
        checked(voucher(), present=present)

    assert refused.value.float_present == money(told)
    assert checked(voucher(), present="14.10") == voucher()


def test_a_vouchers_key_carries_one_content() -> None:
    others = [
        voucher(spent_on=TODAY - timedelta(days=1)),
        voucher(payee="Purolator"),
        voucher(purpose="Colis"),
        voucher(category=VoucherCategory.OTHER),
        voucher(amount=money("14.15")),
        voucher(receipt_kept=False),
    ]

    assert len({each.fingerprint() for each in (voucher(), *others)}) == 7


# --- settings ---------------------------------------------------------------------------------------------------------


def with_amounts(amounts: dict[str, Money]) -> BranchSettings:
    return replace(SETTINGS, **amounts)  # type: ignore[arg-type]


def test_the_defaults_are_settings_that_can_be() -> None:
    assert checked_settings(SETTINGS) == SETTINGS
    assert (SETTINGS.voucher_limit, SETTINGS.fund_limit, SETTINGS.tolerance) == (money("50.00"), money("500.00"), ZERO)
    assert not SETTINGS.one_person


@pytest.mark.parametrize(
    ("setting", "amount"),
    [
        *(
            (name, cents)
            for name in ("float_authorised", "voucher_limit", "fund_limit", "tolerance")
            for cents in (-5, 3)
        ),
        ("cash_limit", 0),
        ("cash_limit", -100),
        ("float_authorised", 500_05),
    ],
)
def test_a_setting_that_cannot_be_is_named(setting: str, amount: int) -> None:
    with pytest.raises(SettingImpossible) as refused:
        checked_settings(with_amounts({setting: Money(amount)}))

    assert refused.value.setting == setting


@pytest.mark.parametrize("setting", ["voucher_limit", "fund_limit", "tolerance", "cash_limit", "float_authorised"])
def test_no_setting_is_larger_than_the_ledger_keeps(setting: str) -> None:
    enormous = with_amounts({"fund_limit": LARGEST_PAYMENT, setting: LARGEST_PAYMENT + Money(5)})

    with pytest.raises(SettingImpossible) as refused:
        checked_settings(enormous)

    assert refused.value.setting == setting


def test_a_deposit_account_of_sixty_characters_is_kept_and_a_longer_one_is_not() -> None:
    assert checked_settings(replace(SETTINGS, deposit_account="9" * 60)).deposit_account == "9" * 60
    with pytest.raises(SettingImpossible) as refused:
        checked_settings(replace(SETTINGS, deposit_account="9" * 61))
    assert refused.value.setting == "deposit_account"


# --- the bank's reference ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["BNC-20261124-001", "  815/30001 42 ", "000", "A" * 40])
def test_a_bank_reference_is_kept_as_printed(text: str) -> None:
    assert read_bank_reference(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    ["", "  ", "12", "A" * 41, "-12", "/12", "BNC_12", "=1+1", "no 12é", "١٢٣", "12\n34", "12\x0034", "<b>x</b>"],
)
def test_a_bank_reference_that_no_bank_prints_is_refused(text: str) -> None:
    with pytest.raises(BankReferenceMalformed) as refused:
        read_bank_reference(text)

    assert (refused.value.typed, refused.value.field) == (text, "bank_reference")
