"""The form that corrects a payment: the questions of each reason, every fault told at once, only what was wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnernet.domain.correction_form import (
    BankReason,
    BankReasonNotChosen,
    CorrectionForm,
    FoundCustomer,
    ReasonNotChosen,
    RightCustomerMissing,
    RightCustomerNotFound,
    RightCustomerNotSeen,
    WhereNotSaid,
    read_correction,
    reasons_for,
    receipt_number,
    ways,
)
from partnernet.domain.corrections import Examination, Whereabouts
from partnernet.domain.money import AmountAmbiguous, AmountMissing, parse_amount
from partnernet.domain.payment_form import ChequeFields
from partnernet.domain.receipts import Receipt
from partnernet.domain.refusals import FormRefused, Refusal
from partnernet.domain.reversals import NoteMissing, ReversalReason, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from tests.support.receipts import BY_CHEQUE, CASH, CHEQUE

BLANK = ChequeFields("", "", "", "", "", "", shared=False, face_amount="")
TYPED = ChequeFields("482", "12345", "003", "001234567", "2026-11-24", "Jean Côté", shared=False, face_amount="")
EMPTY = CorrectionForm(
    key="k" * 16,
    reason=None,
    where=None,
    account="",
    found=FoundCustomer("", ""),
    amount="",
    cheque=BLANK,
    bank_reason=None,
    cash_only=False,
    note="mal inscrit",
)
KEPT = WhereIsTheMoney.KEPT


def examined(paid: Receipt, where: Whereabouts = Whereabouts.DRAWER) -> Examination:
    return Examination(paid, (), where, None, frozenset(), ())


def refused(form: CorrectionForm, paid: Receipt = CASH, where: Whereabouts = Whereabouts.DRAWER) -> list[type[Refusal]]:
    with pytest.raises(FormRefused) as told:
        read_correction(form, examined(paid, where))
    return [type(refusal) for refusal in told.value.refusals]


def test_no_bank_returns_cash() -> None:
    assert ReversalReason.RETURNED_CHEQUE not in reasons_for(CASH)
    assert set(reasons_for(BY_CHEQUE)) == set(ReversalReason)


@pytest.mark.parametrize("place", list(Whereabouts))
def test_what_was_written_wrong_may_have_been_kept_and_what_was_paid_twice_was_not(place: Whereabouts) -> None:
    assert KEPT in ways(ReversalReason.WRONG_AMOUNT, place)
    assert KEPT not in ways(ReversalReason.DUPLICATE, place)


def test_a_sheet_at_the_bank_comes_back_from_there_only() -> None:
    assert ways(ReversalReason.DUPLICATE, Whereabouts.AT_BANK) == (WhereIsTheMoney.RETURNED_BY_BANK,)
    assert WhereIsTheMoney.HANDED_BACK not in ways(ReversalReason.WRONG_CUSTOMER, Whereabouts.AT_BANK)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", "MTL-000012"),
        (" mtl-12 ", "MTL-000012"),
        ("MTL-000012", "MTL-000012"),
        ("que-7", "QUE-000007"),
        ("1 234", "MTL-001234"),
        ("MTL-1234567", "MTL-1234567"),
        ("", ""),
        ("MTL-", "MTL-"),
        ("MTL-1x", "MTL-1X"),
        ("٣", "٣"),
        ("9" * 16, "9" * 16),
    ],
)
def test_a_receipt_s_number_may_be_typed_short(typed: str, number: str) -> None:
    assert receipt_number(typed, "MTL") == number


def test_an_empty_form_says_first_that_the_reason_is_missing() -> None:
    assert refused(EMPTY) == [ReasonNotChosen]


def test_every_fault_is_told_at_once() -> None:
    form = replace(EMPTY, reason=ReversalReason.WRONG_TENDER, where=KEPT, note=" ")

    told = refused(form)

    assert told[-1] is NoteMissing
    assert AmountMissing in told
    assert len(told) == 2 + 6, "the amount, the note, and each field of the cheque"


@pytest.mark.parametrize(
    ("account", "found", "refusal"),
    [
        ("", FoundCustomer("", ""), RightCustomerMissing),
        ("12", FoundCustomer("1", "000001"), RightCustomerNotSeen),
        ("12", FoundCustomer("12", ""), RightCustomerNotFound),
    ],
)
def test_a_customer_that_nobody_has_read_is_never_credited(
    account: str, found: FoundCustomer, refusal: type[Refusal]
) -> None:
    form = replace(EMPTY, reason=ReversalReason.WRONG_CUSTOMER, where=KEPT, account=account, found=found)

    assert refused(form) == [refusal]


def test_the_right_customer_changes_nothing_else() -> None:
    form = replace(
        EMPTY, reason=ReversalReason.WRONG_CUSTOMER, where=KEPT, account="7", found=FoundCustomer("7", "000000007")
    )

    reentry = read_correction(form, examined(BY_CHEQUE, Whereabouts.IN_BAG)).reentry

    assert reentry is not None
    assert (reentry.customer_number, reentry.tender, reentry.amount, reentry.cheque) == (
        "000000007", Tender.CHEQUE, BY_CHEQUE.received, CHEQUE,
    )  # fmt: skip


def test_the_right_amount_is_read_as_people_type_it_or_refused() -> None:
    form = replace(EMPTY, reason=ReversalReason.WRONG_AMOUNT, where=KEPT, amount="1 050,05 $")

    reentry = read_correction(form, examined(CASH)).reentry

    assert reentry is not None
    assert (reentry.amount, reentry.customer_number) == (parse_amount("1050.05"), CASH.customer.number)
    assert refused(replace(form, amount="1,050")) == [AmountAmbiguous]


def test_cash_that_was_a_cheque_and_a_cheque_that_was_cash() -> None:
    form = replace(EMPTY, reason=ReversalReason.WRONG_TENDER, where=KEPT, amount="10,02", cheque=TYPED)

    as_cheque = read_correction(form, examined(CASH)).reentry
    as_cash = read_correction(form, examined(BY_CHEQUE, Whereabouts.ON_HAND)).reentry

    assert as_cheque is not None
    assert as_cash is not None
    assert (as_cheque.tender, as_cheque.cheque and as_cheque.cheque.drawer) == (Tender.CHEQUE, "Jean Côté")
    assert (as_cash.tender, as_cash.cheque) == (Tender.CASH, None)


def test_what_another_reason_has_asked_is_not_read() -> None:
    form = replace(
        EMPTY, reason=ReversalReason.DUPLICATE, where=WhereIsTheMoney.NEVER_RECEIVED, amount="x", account="y",
        cash_only=True,
    )  # fmt: skip

    request = read_correction(form, examined(CASH))

    assert (request.reentry, request.cash_only) == (None, False)


def test_an_answer_that_the_reason_does_not_offer_is_no_answer() -> None:
    form = replace(EMPTY, reason=ReversalReason.DUPLICATE, where=KEPT)

    assert refused(form) == [WhereNotSaid]


def test_a_returned_cheque_needs_the_bank_s_reason_and_no_other_answer() -> None:
    form = replace(EMPTY, reason=ReversalReason.RETURNED_CHEQUE, cash_only=True)
    assert refused(form, BY_CHEQUE, Whereabouts.AT_BANK) == [BankReasonNotChosen]

    request = read_correction(replace(form, bank_reason=BankReason.STOPPED), examined(BY_CHEQUE, Whereabouts.AT_BANK))

    assert (request.where, request.cash_only) == (WhereIsTheMoney.RETURNED_BY_BANK, True)
