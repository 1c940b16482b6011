"""What the payment form holds in the session, field by field, and its reading into one frozen form."""

from __future__ import annotations

import streamlit as st

from partnernet.domain.money import Money
from partnernet.domain.payment_form import ChequeFields, PaymentForm
from partnernet.domain.tenders import Tender


def name(key: str, field: str) -> str:
    """The session-state name of a field: another form's values never leak into this one."""
    return f"{field}:{key}"


def read(key: str, number: str, sheet_id: int | None, *, confirming: bool) -> PaymentForm:
    """Everything the form holds now: callbacks' ``args`` would hold what it held at the previous render.

    ``sheet_id`` is the cheque on record that the payment shares, when it does.
    """
    state = st.session_state

    def typed(field: str) -> str:
        return str(state.get(name(key, field)) or "")

    def ticked(field: str) -> bool:
        return bool(state.get(name(key, field)))

    seen_total_due_cents, seen_past_due_cents = state.get(name(key, "seen"), (0, 0))
    return PaymentForm(
        key=key,
        customer_number=number,
        past_due=ticked("past_due"),
        total_due=ticked("total_due"),
        other=typed("other"),
        tender=Tender.CHEQUE if sheet_id else state.get(name(key, "tender")),
        cheque=ChequeFields(
            number=typed("cheque_number"),
            transit=typed("transit"),
            institution=typed("institution"),
            account=typed("cheque_account"),
            dated=typed("cheque_date"),
            drawer=typed("drawer"),
            shared=ticked("shared"),
            face_amount=typed("face_amount"),
        ),
        handed=typed("handed"),
        seen_total_due=Money(seen_total_due_cents),
        seen_past_due=Money(seen_past_due_cents),
        confirmed=frozenset(state.get(name(key, "concerns"), ()) if confirming else ()),
        cheque_id=sheet_id,
    )
