"""One key, one content: what the fingerprint of a request covers, and what a key may look like."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from partnernet.domain.keys import KeyMalformed, checked_key, is_key
from partnernet.domain.money import ZERO
from partnernet.domain.payments import AmountChoice, PaymentRequest
from partnernet.domain.reversals import NoteMissing, ReversalReason, ReversalRequest, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.domain.till import FloatRequest
from tests.support.requests import a_cheque, money, new_key

PAYMENT = PaymentRequest(
    "k" * 22, "100001", AmountChoice.OTHER, money("5.00"), Tender.CHEQUE, a_cheque(), None, money("60.00"), ZERO
)
REVERSAL = ReversalRequest(
    "k" * 22, "MTL-000001", ReversalReason.DUPLICATE, WhereIsTheMoney.HANDED_BACK, "pris deux fois"
)


@pytest.mark.parametrize(
    "change",
    [
        {"customer_number": "100002"},
        {"choice": AmountChoice.TOTAL_DUE},
        {"amount": money("5.05")},
        {"amount": None},
        {"tender": Tender.CASH},
        {"cheque": None},
        {"cheque": a_cheque("000124")},
        {"cheque": a_cheque(dated=date(2026, 11, 25))},
        {"cheque": a_cheque(drawer="Jeanne Côté")},
        {"face_amount": money("500.00")},
        {"cheque_id": 7},
    ],
)
def test_another_payment_has_another_fingerprint(change: dict[str, Any]) -> None:
    assert replace(PAYMENT, **change).fingerprint() != PAYMENT.fingerprint()


@pytest.mark.parametrize(
    "change",
    [{"handed": money("10.00")}, {"seen_total_due": ZERO}, {"seen_past_due": money("1.00")}, {"key": "j" * 22}],
)
def test_what_was_seen_or_handed_over_makes_no_other_payment(change: dict[str, Any]) -> None:
    assert replace(PAYMENT, **change).fingerprint() == PAYMENT.fingerprint()


@pytest.mark.parametrize(
    "change",
    [
        {"receipt_number": "MTL-000002"},
        {"reason": ReversalReason.WRONG_AMOUNT},
        {"where": WhereIsTheMoney.NEVER_RECEIVED},
        {"note": "autre"},
    ],
)
def test_another_reversal_has_another_fingerprint(change: dict[str, Any]) -> None:
    assert replace(REVERSAL, **change).fingerprint() != REVERSAL.fingerprint()


def test_another_float_has_another_fingerprint() -> None:
    one, same, other = (FloatRequest(new_key(), money(amount)) for amount in ("5.00", "5.00", "5.05"))

    assert one.fingerprint() == same.fingerprint() != other.fingerprint()


@pytest.mark.parametrize(
    "key",
    ["", "short", "k" * 15, "k" * 65, "clé-du-formulaire", *(f"{'k' * 20}{mark}" for mark in "\x00 \ud800\n%")],
)
def test_a_key_that_no_form_makes_is_refused(key: str) -> None:
    assert not is_key(key)
    with pytest.raises(KeyMalformed):
        checked_key(key)


def test_the_keys_that_forms_make_are_keys() -> None:
    for key in (new_key(), "k" * 16, "-_" * 32):
        assert checked_key(key) == key


@pytest.mark.parametrize("note", ["", "   ", "\n\t", "\u2028"])
def test_a_reversal_says_why(note: str) -> None:
    with pytest.raises(NoteMissing):
        replace(REVERSAL, note=note).checked_note()
