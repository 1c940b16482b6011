"""Refusals on a form: one sentence beside its field, or below the form when it concerns the whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from html import escape

import streamlit as st

from partnernet.domain.refusals import DatabaseBusy, DatabaseUnavailable, Refusal
from partnernet.i18n import _
from partnernet.i18n.sentences import sentence
from partnernet.settings import settings

# Field and sentence, in the order of the form; kept until the next submission so that nothing moves meanwhile.
Notes = tuple[tuple[str | None, str], ...]

# The fields that the payment form draws; a refusal that names another one is told below the form, never lost.
_PAYMENT_FIELDS = frozenset(
    {
        "amount", "tender", "handed", "cheque_number", "transit", "institution", "cheque_account", "cheque_date",
        "drawer", "face_amount",
    }
)  # fmt: skip


def said(refusal: Refusal) -> str:
    """Its sentence, and whom to call where nobody at the counter can put it right."""
    contact = settings().support_contact
    if not contact or not isinstance(refusal, DatabaseBusy | DatabaseUnavailable):
        return sentence(refusal)
    return f"{sentence(refusal)} " + _("Besoin d'aide ? {contact}").format(contact=contact)


def of(*refusals: Refusal) -> Notes:
    """Each refusal with the field that it names."""
    return tuple((refusal.field, said(refusal)) for refusal in refusals)


def beside(field: str, notes: Notes) -> None:
    """The sentences of one field."""
    for named, text in notes:
        if named == field:
            st.html(f'<p class="pn-refusal" role="alert">{escape(text)}</p>')


def of_the_form(notes: Notes, drawn: Collection[str] = _PAYMENT_FIELDS) -> None:
    """The sentences that no field of the form shows; ``drawn`` are the fields that it draws."""
    for named, text in notes:
        if named not in drawn:
            st.html(f'<p class="pn-refusal pn-refusal-whole" role="alert">{escape(text)}</p>')


def to_confirm(heading: str, concerns: Iterable[str]) -> None:
    """The list of what is asked before a payment is saved."""
    items = "".join(f'<p class="pn-concern">{escape(concern)}</p>' for concern in concerns)
    st.html(f'<section class="pn-concerns" role="alert"><h2>{escape(heading)}</h2>{items}</section>')
