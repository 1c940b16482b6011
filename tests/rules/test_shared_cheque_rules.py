"""A cheque that pays several accounts, as it is typed and by its rules alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from partnernet.domain.money import LARGEST_PAYMENT, ZERO, Money
from partnernet.domain.payment_form import ChequeFields, PaymentForm, read_form
from partnernet.domain.refusals import FormRefused
from partnernet.domain.shared_cheques import (
    ChequeNotFullyApplied,
    ChequeRestExceeded,
    FaceAmountNotAsked,
    FaceAmountTooSmall,
    FaceAmountUnreadable,
    SharedCheque,
    checked_face_amount,
    refuse_unfinished,
)
from partnernet.domain.tenders import Tender
from tests.support.requests import a_cheque, money

TYPED = ChequeFields("000123", "00006", "006", "0123456", "2026-11-24", "Jean Côté", shared=True, face_amount="500,00")
FORM = PaymentForm(
    key="k" * 22,
    customer_number="100001",
    past_due=False,
    total_due=False,
    other="350,00",
    tender=Tender.CHEQUE,
    cheque=TYPED,
    handed="",
    seen_total_due=ZERO,
    seen_past_due=ZERO,
    confirmed=frozenset(),
    cheque_id=None,
)
SHEET = SharedCheque(7, a_cheque(dated=date(2026, 11, 24)), money("500.00"), money("350.00"))


def test_the_first_payment_says_what_the_cheque_is_made_out_for() -> None:
    request = read_form(FORM)

    assert (request.cheque, request.face_amount, request.cheque_id) == (SHEET.cheque, money("500.00"), None)


def test_a_payment_that_shares_a_cheque_names_it_and_enters_nothing_of_it() -> None:
    nothing_typed = ChequeFields("", "", "", "", "", "", shared=False, face_amount="")

    request = read_form(replace(FORM, cheque=nothing_typed, cheque_id=7))

    assert (request.cheque, request.face_amount, request.cheque_id) == (None, None, 7)


def test_cash_has_nothing_to_do_with_a_cheque_whatever_was_typed_before() -> None:
    request = read_form(replace(FORM, tender=Tender.CASH))

    assert (request.cheque, request.face_amount, request.cheque_id) == (None, None, None)


@pytest.mark.parametrize("typed", ["", "cinq cents", "-500,00", "0", "1,234", "500,001", "25 000 000,01"])
def test_a_face_amount_that_is_no_amount_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(FormRefused) as refused:
        read_form(replace(FORM, cheque=replace(TYPED, face_amount=typed)))

    assert [type(refusal) for refusal in refused.value.refusals] == [FaceAmountUnreadable]
    assert refused.value.refusals[0].field == "face_amount"


def test_a_face_amount_without_the_box_is_not_guessed_at() -> None:
    with pytest.raises(FormRefused) as refused:
        read_form(replace(FORM, cheque=replace(TYPED, shared=False)))

    assert [type(refusal) for refusal in refused.value.refusals] == [FaceAmountNotAsked]


@pytest.mark.parametrize(
    ("amount", "stated", "face"),
    [("350.00", None, "350.00"), ("350.00", "350.00", "350.00"), ("350.00", "500.00", "500.00")],
)
def test_a_new_cheque_is_made_out_for_what_is_stated_or_for_what_it_pays(
    amount: str, stated: str | None, face: str
) -> None:
    assert checked_face_amount(money(amount), money(stated) if stated else None, None) == money(face)


def test_a_cheque_pays_up_to_its_last_cent_and_not_one_more() -> None:
    assert checked_face_amount(SHEET.rest, None, SHEET) == money("500.00")
    with pytest.raises(ChequeRestExceeded) as refused:
        checked_face_amount(SHEET.rest + Money(1), None, SHEET)
    assert refused.value.rest == money("150.00")


def test_a_cheque_that_is_too_small_or_too_large_is_refused() -> None:
    with pytest.raises(FaceAmountTooSmall):
        checked_face_amount(money("350.00"), money("349.99"), None)
    with pytest.raises(FaceAmountUnreadable):
        checked_face_amount(money("350.00"), LARGEST_PAYMENT + Money(1), None)


def test_what_holds_up_a_count_is_told_by_the_first_cheque() -> None:
    with pytest.raises(ChequeNotFullyApplied) as refused:
        refuse_unfinished((SHEET, replace(SHEET, id=8, applied=ZERO)))

    assert (refused.value.number, refused.value.rest) == ("000123", money("150.00"))
    refuse_unfinished(())
