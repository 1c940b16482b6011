"""The payment form as it was typed, and its reading: every faulty field is told at once."""

from __future__ import annotations

from dataclasses import dataclass

from partnernet.domain.accounts import Standing
from partnernet.domain.cheques import Cheque, read_cheque_fields
from partnernet.domain.concerns import Concern
from partnernet.domain.money import AmountMissing, Money, parse_amount
from partnernet.domain.payments import (
    AmountChoice,
    AmountNotChosen,
    HandedAmount,
    PaymentRequest,
    Settlement,
    TenderNotChosen,
    settle,
)
from partnernet.domain.refusals import FormRefused, Refusal
from partnernet.domain.tenders import Tender


@dataclass(frozen=True, slots=True)
class ChequeFields:
    """The cheque's six fields as typed."""

    number: str
    transit: str
    institution: str
    account: str
    dated: str
    drawer: str


@dataclass(frozen=True, slots=True)
class PaymentForm:
    """Everything the form held at one moment. ``handed`` is blank when nobody asked for the change."""

    key: str
    customer_number: str
    past_due: bool
    total_due: bool
    other: str
    tender: Tender | None
    cheque: ChequeFields
    handed: str
    seen_total_due: Money
    seen_past_due: Money
    confirmed: frozenset[Concern]


def read_form(form: PaymentForm) -> PaymentRequest:
    """The request that the form makes; raises `FormRefused` with the refusals of all its fields."""
    refusals: list[Refusal] = []
    choice, amount = _amount(form, refusals)
    if form.tender is None:
        refusals.append(TenderNotChosen())
    cheque = _cheque(form, refusals)
    handed = _handed(form, refusals)
    if refusals or form.tender is None or choice is None:
        raise FormRefused(tuple(refusals))
    return _request(form, choice, amount, form.tender, cheque, handed)


def _request(
    form: PaymentForm,
    choice: AmountChoice,
    amount: Money | None,
    tender: Tender,
    cheque: Cheque | None = None,
    handed: Money | None = None,
) -> PaymentRequest:
    return PaymentRequest(
        key=form.key,
        customer_number=form.customer_number,
        choice=choice,
        amount=amount,
        tender=tender,
        cheque=cheque,
        handed=handed,
        seen_total_due=form.seen_total_due,
        seen_past_due=form.seen_past_due,
        confirmed=form.confirmed,
    )


def _amount(form: PaymentForm, refusals: list[Refusal]) -> tuple[AmountChoice | None, Money | None]:
    """Exactly one of the three ways; two at once (it takes two browsers on one form) counts as none."""
    chosen = [
        choice
        for choice, in_force in (
            (AmountChoice.PAST_DUE, form.past_due),
            (AmountChoice.TOTAL_DUE, form.total_due),
            (AmountChoice.OTHER, bool(form.other.strip())),
        )
        if in_force
    ]
    if len(chosen) != 1:
        refusals.append(AmountNotChosen())
        return None, None
    if chosen[0] is not AmountChoice.OTHER:
        return chosen[0], None
    try:
        return AmountChoice.OTHER, parse_amount(form.other)
    except Refusal as refusal:
        refusals.append(refusal)
        return AmountChoice.OTHER, None


def _cheque(form: PaymentForm, refusals: list[Refusal]) -> Cheque | None:
    if form.tender is not Tender.CHEQUE:
        return None
    typed = form.cheque
    cheque, faults = read_cheque_fields(
        number=typed.number,
        transit=typed.transit,
        institution=typed.institution,
        account=typed.account,
        dated=typed.dated,
        drawer=typed.drawer,
    )
    refusals.extend(faults)
    return cheque


def _handed(form: PaymentForm, refusals: list[Refusal]) -> Money | None:
    if form.tender is not Tender.CASH:
        return None
    try:
        return parse_amount(form.handed)
    except AmountMissing:
        return None
    except Refusal as refusal:
        refusals.append(HandedAmount(refusal))
        return None


def preview(form: PaymentForm, account: Standing) -> Settlement | None:
    """What the form as it stands would receive, shown before it is submitted; ``None`` while that cannot be said."""
    refusals: list[Refusal] = []
    choice, amount = _amount(form, refusals)
    if refusals or choice is None or form.tender is None:
        return None
    try:
        return settle(_request(form, choice, amount, form.tender), account)
    except Refusal:
        return None
