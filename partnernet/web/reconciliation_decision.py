"""« Approuver » and « Retourner »: never one's own, once only, and by whoever has just given their password."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.approvals import Examination
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.reconciliations import (
    OwnReconciliation,
    Reconciliation,
    ReconciliationState,
)
from partnernet.domain.refusals import Refusal
from partnernet.domain.sign_in import OpenSession
from partnernet.i18n import _
from partnernet.i18n.formats import moment, money
from partnernet.i18n.labels import reconciliation_state
from partnernet.i18n.sentences import sentence
from partnernet.services import reconciliations
from partnernet.web import alone_reviews, proof_form, refusal_notes
from partnernet.web.callbacks import finished
from partnernet.web.presence import current_session
from partnernet.web.runtime import database


def draw(found: Examination, session: OpenSession) -> None:
    """Draw what the person may do, or why nothing; and what came of the last click."""
    submitted = found.reconciliation
    refused: refusal_notes.Notes = st.session_state.get(_name(submitted.id, "refused"), ())
    if submitted.state is not ReconciliationState.SUBMITTED:
        _draw_decided(submitted, found.branch.timezone)
        alone_reviews.draw_one(found, session.agent)
    elif not allowed(session.agent, Permission.DECIDE_RECONCILIATION):
        _say(reconciliation_state(submitted.state))
    elif found.is_own(session.agent) and not found.one_person:
        _say(sentence(OwnReconciliation()))
    elif not session.is_proved(now()):
        _say(_("Pour approuver ou retourner, donnez de nouveau votre mot de passe."))
        with st.container(key=_focus("proof")):
            kept = st.session_state.get(_name(submitted.id, "kept"), proof_form.kept_text())
            proof_form.draw(session.agent, kept=kept)
    else:
        _draw_buttons(found, session, refused)
    refusal_notes.of_the_form(refused, drawn=("reason",))


def _name(reconciliation_id: int, field: str) -> str:
    """The session-state name of a field: another submission's values never leak into this one."""
    return f"decide_{field}:{reconciliation_id}"


def _focus(place: str) -> str:
    """A container of this name has the focus after the password was asked (static/app.js)."""
    return f"focus-here-{place}" if proof_form.was_asked() else f"decide-{place}"


def _say(text: str) -> None:
    st.html(f'<p class="pn-decision-word">{escape(text)}</p>')


def _draw_decided(submitted: Reconciliation, timezone: str) -> None:
    """What was decided, by whom and when; without a second person, that it was so."""
    when = moment(submitted.decided_at, timezone) if submitted.decided_at else ""
    by = _("par {name}, le {moment}").format(name=submitted.decided_by, moment=when)
    note = f"<p>{escape(submitted.decision_note)}</p>" if submitted.decision_note else ""
    alone = _("Sans deuxième personne.") if submitted.alone else ""
    st.html(
        f'<section class="pn-decided {_look(submitted.state)}" role="status"><p><strong>'
        f"{escape(reconciliation_state(submitted.state))}</strong> {escape(by)} "
        f'<span class="pn-flag">{escape(alone)}</span></p>{note}</section>'
    )


def _look(state: ReconciliationState) -> str:
    return "pn-sent-back" if state is ReconciliationState.RETURNED else "pn-approved"


def _draw_buttons(found: Examination, session: OpenSession, refused: refusal_notes.Notes) -> None:
    submitted = found.reconciliation
    if found.is_own(session.agent):
        _say(_("Succursale d'une seule personne : votre décision sera marquée « sans deuxième personne »."))
    bag = _("Le sac no {number} ({amount}) passera à la succursale.").format(
        number=submitted.bag.number, amount=money(submitted.bag.total)
    )
    _say(bag)
    st.button(_("Approuver"), type="primary", width="stretch", on_click=_approve, args=(submitted.id,))
    reason = _name(submitted.id, "reason")
    st.session_state.setdefault(reason, st.session_state.get(_name(submitted.id, "kept"), proof_form.kept_text()))
    # Not at « Approuver »: the Enter that gave the password may still be held down.
    with st.container(key=_focus("reason")), st.form(_name(submitted.id, "form"), border=False):
        st.text_area(_("Raison du retour"), key=reason, height=92)
        refusal_notes.beside("reason", refused)
        st.form_submit_button(_("Retourner"), width="stretch", on_click=_send_back, args=(submitted.id,))


@finished
def _approve(reconciliation_id: int) -> None:
    session = current_session()
    if session is None or session.acting is None:
        return
    refused: refusal_notes.Notes = ()
    try:
        reconciliations.approve(
            database(), reconciliation_id, by=session.agent, at=now(), proved_at=session.password_proved_at
        )
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[_name(reconciliation_id, "refused")] = refused


@finished
def _send_back(reconciliation_id: int) -> None:
    """Read the reason, then make the one call; the reason is kept for when the password has to be given first."""
    session = current_session()
    reason = str(st.session_state.get(_name(reconciliation_id, "reason")) or "")
    st.session_state[_name(reconciliation_id, "kept")] = reason
    if session is None or session.acting is None:
        return
    refused: refusal_notes.Notes = ()
    try:
        reconciliations.send_back(
            database(), reconciliation_id, reason, by=session.agent, at=now(), proved_at=session.password_proved_at
        )
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[_name(reconciliation_id, "refused")] = refused
