"""« À réviser »: what was decided without a second person, until somebody from outside the branch has looked."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.approvals import Approvals, Examination
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _
from partnernet.i18n.formats import moment
from partnernet.i18n.labels import difference
from partnernet.services import reviews
from partnernet.web import refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.runtime import database


def draw_list(found: Approvals) -> None:
    """Draw what waits for a review, each with a button that opens it."""
    if not found.to_review:
        return
    st.header(_("À réviser (sans deuxième personne)"), anchor=False)
    for each in found.to_review:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            number = _("no {number}").format(number=each.number)
            when = moment(each.decided_at, found.branch.timezone)
            decided = _("décidée par {name} le {moment}").format(name=each.decided_by, moment=when)
            st.html(
                f'<p class="pn-request"><strong>{escape(number)}</strong> {escape(each.agent_name)} · '
                f'{escape(difference(each.difference))} <span class="pn-quiet">{escape(decided)}</span></p>',
                width="content",
            )
            label = _("Ouvrir no {number}").format(number=each.number)
            st.button(label, key=f"review_{each.number}", on_click=_open, args=(each.number,))


@callback
def _open(_by: Agent, number: int) -> None:
    st.query_params["no"] = str(number)


def draw_one(found: Examination, by: Agent) -> None:
    """Under a decision made alone: who has reviewed it, or the form for whoever may, or that it waits."""
    review = found.review
    if review is None:
        return
    name = f"review:{review.reconciliation_id}"
    refused: refusal_notes.Notes = st.session_state.get(f"{name}:refused", ())
    if review.reviewed_at is not None:
        text = _("Révisée par {name} le {moment}.").format(
            name=review.reviewed_by, moment=moment(review.reviewed_at, found.branch.timezone)
        )
        st.html(f'<section class="pn-decided" role="status"><p>{escape(text)}</p></section>')
    elif allowed(by, Permission.REVIEW_ALONE):
        with st.form(f"{name}:form", border=False):
            st.text_area(_("Note"), key=f"{name}:note", height=92)
            refusal_notes.beside("note", refused)
            label = _("Marquer comme révisée")
            st.form_submit_button(label, width="stretch", on_click=_review, args=(review.reconciliation_id,))
    else:
        waits = _("À réviser par un auditeur.")
        st.html(f'<p class="pn-decision-word pn-flag">{escape(waits)}</p>')
    refusal_notes.of_the_form(refused, drawn=("note",))


@callback
def _review(by: Agent, reconciliation_id: int) -> None:
    name = f"review:{reconciliation_id}"
    note = str(st.session_state.get(f"{name}:note") or "")
    refused: refusal_notes.Notes = ()
    try:
        reviews.review(database(), reconciliation_id, note, by=by, at=now())
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[f"{name}:refused"] = refused
