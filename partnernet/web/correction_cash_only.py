"""An account kept to cash after a returned cheque: why, and accepting cheques again, which says why too."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.customers import Customer, Terms
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _
from partnernet.i18n.formats import moment
from partnernet.services import cash_only
from partnernet.web import refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.runtime import database


def draw(customer: Customer, timezone: str, *, by: Agent) -> None:
    """Draw who marked the account and for which receipt; for a supervisor, the form that lifts the mark."""
    number = customer.number
    refused: refusal_notes.Notes = st.session_state.get(_name(number, "refused"), ())
    mark = cash_only.last_mark(database(), number, by=by) if customer.marked_cash_only else None
    if mark:
        words = _("Comptant seulement depuis le chèque retourné du reçu no {receipt} : par {name}, le {moment}.")
        why = words.format(receipt=mark.receipt_number, name=mark.by_name, moment=moment(mark.at, timezone))
        note = _("« {note} »").format(note=mark.note)
        st.html(f'<section class="pn-decided pn-sent-back"><p>{escape(why)}</p><p>{escape(note)}</p></section>')
        if allowed(by, Permission.REVERSE_PAYMENT):
            _draw_lifting(customer, refused)
    refusal_notes.of_the_form(refused, drawn=("note",) if mark else ())


def _draw_lifting(customer: Customer, refused: refusal_notes.Notes) -> None:
    with st.expander(_("Accepter de nouveau les chèques"), expanded=bool(refused)):
        if customer.terms is Terms.CASH_ONLY:
            st.html(f'<p class="pn-quiet">{escape(_principal_too())}</p>')
        with st.form(_name(customer.number, "form"), border=False):
            label = _("Note : pourquoi les chèques sont acceptés de nouveau")
            st.text_area(label, key=_name(customer.number, "note"), height=68)
            refusal_notes.beside("note", refused)
            st.form_submit_button(_("Lever la restriction"), on_click=_lift, args=(customer.number,))


def _principal_too() -> str:
    return _("Les conditions du fournisseur disent aussi « comptant seulement » : elles resteront en vigueur.")


def _name(number: str, field: str) -> str:
    """The session-state name of a field: another account's values never leak into this one."""
    return f"cash_only_{field}:{number}"


@callback
def _lift(by: Agent, number: str) -> None:
    """Read the note, then make the one service call."""
    note = str(st.session_state.get(_name(number, "note")) or "")
    refused: refusal_notes.Notes = ()
    try:
        cash_only.lift(database(), number, note, by=by, at=now())
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[_name(number, "refused")] = refused
