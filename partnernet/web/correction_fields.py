"""What the form of a correction holds in the session, field by field: read into one frozen form, or kept in a line of
text while the password is asked again, which makes the browser leave the screen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from partnernet.domain.correction_form import BankReason, CorrectionForm, FoundCustomer
from partnernet.domain.payment_form import ChequeFields
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.i18n.correction_labels import bank_reason
from partnernet.web.payment_form_fields import name

E = TypeVar("E", bound=StrEnum)

CHOICES: dict[str, type[StrEnum]] = {
    "reason": ReversalReason,
    "where": WhereIsTheMoney,
    "bank_reason": BankReason,
}
TEXTS = (
    "account", "amount", "cheque_number", "cheque_date", "transit", "institution", "cheque_account", "drawer",
)  # fmt: skip
FIELDS = (*CHOICES, *TEXTS, "note")


def read(key: str) -> CorrectionForm:
    """Everything the form holds now: callbacks' ``args`` would hold what it held at the previous render."""
    bank = _chosen(key, "bank_reason", BankReason)
    return CorrectionForm(
        key=key,
        reason=_chosen(key, "reason", ReversalReason),
        where=_chosen(key, "where", WhereIsTheMoney),
        account=typed(key, "account"),
        found=st.session_state.get(name(key, "found"), FoundCustomer("", "")),
        amount=typed(key, "amount"),
        cheque=ChequeFields(
            number=typed(key, "cheque_number"),
            transit=typed(key, "transit"),
            institution=typed(key, "institution"),
            account=typed(key, "cheque_account"),
            dated=typed(key, "cheque_date"),
            drawer=typed(key, "drawer"),
            shared=False,
            face_amount="",
        ),
        bank_reason=bank,
        cash_only=bool(st.session_state.get(name(key, "cash_only"))),
        note=_note(typed(key, "note"), bank),
    )


def typed(key: str, field: str) -> str:
    """What a text field holds."""
    return str(st.session_state.get(name(key, field)) or "")


def _chosen(key: str, field: str, kind: type[E]) -> E | None:
    value = st.session_state.get(name(key, field))
    return value if isinstance(value, kind) else None


def _note(note: str, bank: BankReason | None) -> str:
    """The bank's reason begins the note: it is kept with the reversal and printed on its slip."""
    return " — ".join(filter(None, (bank_reason(bank) if bank else "", note.strip())))


def written(key: str) -> str:
    """Everything that was filled in, as one text; the note comes last, where it may be cut."""
    state = st.session_state
    chosen = [str(state.get(name(key, field)) or "") for field in CHOICES]
    rest = [typed(key, field) for field in TEXTS]
    ticked = bool(state.get(name(key, "cash_only")))
    return json.dumps([chosen, rest, ticked], ensure_ascii=False) + "\n" + typed(key, "note")


def restore(key: str, text: str) -> None:
    """Fill the form with what `written` wrote, where nothing has been filled in yet; anything else changes nothing."""
    fields, _break, note = text.partition("\n")
    try:
        chosen, rest, ticked = json.loads(fields)
        values: dict[str, object] = {
            field: CHOICES[field](value) for field, value in _pairs(tuple(CHOICES), chosen) if value
        }
        values |= {field: value for field, value in _pairs(TEXTS, rest) if value}
    except (ValueError, TypeError):
        return
    for field, value in (*values.items(), ("cash_only", ticked is True), ("note", note)):
        st.session_state.setdefault(name(key, field), value)


def _pairs(fields: Sequence[str], values: object) -> list[tuple[str, str]]:
    if not isinstance(values, list):
        raise TypeError
    return [(field, str(value)) for field, value in zip(fields, values, strict=True)]
