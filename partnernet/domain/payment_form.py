"""The payment form as it was typed, and its reading: every faulty field is told at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
from partnernet.domain.shared_cheques import FaceAmountNotAsked, FaceAmountUnreadable
from partnernet.domain.tenders import Tender


@dataclass(frozen=True, slots=True)
class ChequeFields:
    """The cheque's fields as typed; ``shared`` says that it pays several accounts, ``face_amount`` how much in all."""

    number: str
    transit: str
    institution: str
    account: str
    dated: str
    drawer: str
    shared: bool
    face_amount: str


@dataclass(frozen=True, slots=True)
class PaymentForm:
    """Everything the form held at one moment. ``handed`` is blank when nobody asked for the change.

    ``cheque_id`` is the cheque on record that this payment shares: then there were no fields of the cheque to type in.
    """

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
    cheque_id: int | None


def read_form(form: PaymentForm) -> PaymentRequest:
    """The request that the form makes; raises `FormRefused` with the refusals of all its fields."""
    refusals: list[Refusal] = []
    choice, amount = _amount(form, refusals)
    if form.tender is None:
        refusals.append(TenderNotChosen())
    cheque = _cheque(form, refusals)
    face_amount = _face_amount(form, refusals)
    handed = _handed(form, refusals)
    if refusals or form.tender is None or choice is None:
        raise FormRefused(tuple(refusals))
    return replace(_request(form, choice, amount, form.tender), cheque=cheque, face_amount=face_amount, handed=handed)


def _request(form: PaymentForm, choice: AmountChoice, amount: Money | None, tender: Tender) -> PaymentRequest:
    return PaymentRequest(
        key=form.key,
        customer_number=form.customer_number,
        choice=choice,
        amount=amount,
        tender=tender,
        cheque=None,
        handed=None,
        seen_total_due=form.seen_total_due,
        seen_past_due=form.seen_past_due,
        confirmed=form.confirmed,
        cheque_id=form.cheque_id if tender is Tender.CHEQUE else None,
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
    if not _cheque_is_typed(form):
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


def _face_amount(form: PaymentForm, refusals: list[Refusal]) -> Money | None:
    if not _cheque_is_typed(form):
        return None
    typed = form.cheque.face_amount
    if not form.cheque.shared:
        if typed.strip():
            refusals.append(FaceAmountNotAsked())
        return None
    try:
        return parse_amount(typed)
    except Refusal as refusal:
        refusals.append(FaceAmountUnreadable(refusal))
        return None


def _cheque_is_typed(form: PaymentForm) -> bool:
    return form.tender is Tender.CHEQUE and form.cheque_id is None


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
