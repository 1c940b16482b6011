"""Refusals on a form: one sentence beside its field, or below the form when it concerns the whole."""

from __future__ import annotations

from html import escape

import streamlit as st

# Field and sentence, in the order of the form; kept until the next submission so that nothing moves meanwhile.
Notes = tuple[tuple[str | None, str], ...]

# The fields that a form draws; a refusal that names another one is told below the form, never lost.
_BESIDE = frozenset(
    {
        "amount", "tender", "handed", "cheque_number", "transit", "institution", "cheque_account", "cheque_date",
        "drawer",
    }
)  # fmt: skip


def beside(field: str, notes: Notes) -> None:
    """The sentences of one field."""
    for named, said in notes:
        if named == field:
            st.html(f'<p class="pn-refusal" role="alert">{escape(said)}</p>')


def of_the_form(notes: Notes) -> None:
    """The sentences that no field of the form shows."""
    for named, said in notes:
        if named not in _BESIDE:
            st.html(f'<p class="pn-refusal pn-refusal-whole" role="alert">{escape(said)}</p>')


def bullet(said: str) -> None:
    """One concern of the list to confirm."""
    st.html(f'<p class="pn-concern">{escape(said)}</p>')
