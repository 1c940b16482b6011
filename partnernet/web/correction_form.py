"""The correction of one receipt: the questions, what will be done, and the one button that does it.

Nothing here says whether it was done: each render of the page looks the receipt up first, and shows what was done
instead of this form once it is.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.correction_form import CorrectionForm, read_correction
from partnernet.domain.corrections import Examination
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.reconciliations import PasswordProofTooOld
from partnernet.domain.refusals import FormRefused, Refusal
from partnernet.domain.reversals import OwnEntry
from partnernet.domain.sign_in import OpenSession
from partnernet.i18n import _
from partnernet.i18n.sentences import sentence
from partnernet.services import error_reports, payments, reversals
from partnernet.web import correction_fields, correction_preview, correction_questions, proof_form, refusal_notes
from partnernet.web.callbacks import finished
from partnernet.web.payment_form_fields import name
from partnernet.web.presence import current_session
from partnernet.web.runtime import database
from partnernet.web.watch import watch


def draw(found: Examination, key: str, session: OpenSession) -> None:
    """Draw the form, or the one sentence that says why there is none."""
    number = found.receipt.number
    if not allowed(session.agent, Permission.REVERSE_PAYMENT):
        _say(_("Seul un superviseur de la succursale contre-passe un paiement."))
    elif found.is_own(session.agent):
        _say(sentence(OwnEntry(number)))
    elif _must_prove(key, session):
        _draw_proof(key, session.agent)
    else:
        _draw_form(found, key, session.agent)
        watch(lambda by: payments.receipt(database(), number, by=by).reversal or _answered_meanwhile(found, by))


def _answered_meanwhile(found: Examination, by: Agent) -> bool:
    """Whether another supervisor has said something about the receipt, or an agent reported another error."""
    return error_reports.of_payment(database(), found.receipt.number, by=by) != found.reports


def refused(key: str) -> refusal_notes.Notes:
    """What the last click was refused for, until something of it is written otherwise."""
    nothing: tuple[refusal_notes.Notes, str] = ((), "")
    notes, written = st.session_state.get(name(key, "refused"), nothing)
    return notes if written == correction_fields.written(key) else ()


def _say(text: str) -> None:
    st.html(f'<p class="pn-decision-word">{escape(text)}</p>')


def _must_prove(key: str, session: OpenSession) -> bool:
    """Before anything is typed, and when the proof grew too old meanwhile: not while somebody is typing."""
    if session.is_proved(now()):
        return False
    return not st.session_state.get(name(key, "opened")) or bool(st.session_state.get(name(key, "ask")))


def _draw_proof(key: str, by: Agent) -> None:
    kept = st.session_state.get(name(key, "kept"), proof_form.kept_text())
    asked = _("Pour contre-passer, donnez de nouveau votre mot de passe.")
    still_there = _("Ce que vous avez rempli est gardé.") if kept else ""
    _say(f"{asked} {still_there}")
    with st.container(key="focus-here-proof" if proof_form.was_asked() else "correction-proof"):
        proof_form.draw(by, kept=kept)


def _draw_form(found: Examination, key: str, by: Agent) -> None:
    if not st.session_state.get(name(key, "opened")):
        correction_fields.restore(key, proof_form.kept_text())
    correction_fields.restore(key, st.session_state.pop(name(key, "kept"), ""))
    st.session_state.pop(name(key, "ask"), None)
    st.session_state[name(key, "opened")] = True
    notes = refused(key)
    questions, decision = st.columns([6, 5], gap="large")
    with questions:
        drawn = correction_questions.draw(found, key, notes, by=by)
    form = correction_fields.read(key)
    with decision, st.container(key="decision", border=True):
        st.subheader(_("Ce qui sera fait"), anchor=False)
        correction_preview.draw(found, form, notes, by=by)
        _draw_button(found, key, form, notes)
        refusal_notes.of_the_form(notes, drawn=(*drawn, "note"))


def _draw_button(found: Examination, key: str, form: CorrectionForm, notes: refusal_notes.Notes) -> None:
    with st.form(name(key, "form"), border=False):
        # After the password was asked, here: the Enter that gave it may still be held down.
        with st.container(key="focus-here-note" if proof_form.was_asked() else "correction-note"):
            st.text_area(_("Note"), key=name(key, "note"), height=92)
        refusal_notes.beside("note", notes)
        label = _("Contre-passer et réinscrire") if form.reenters else _("Contre-passer")
        st.form_submit_button(label, type="primary", width="stretch", on_click=_correct, args=(key, found))


@finished
def _correct(key: str, found: Examination) -> None:
    """Read every field into one frozen form, then make the one service call; all of it is kept for when the password
    has to be given first."""
    session = current_session()
    form, kept = correction_fields.read(key), correction_fields.written(key)
    if session is None or session.acting is None:
        return
    notes: refusal_notes.Notes = ()
    proved_at, ask = session.password_proved_at, False
    try:
        request = read_correction(form, found)
        reversals.reverse(database(), request, by=session.agent, at=now(), proved_at=proved_at)
    except PasswordProofTooOld:
        ask = True
    except FormRefused as several:
        notes = refusal_notes.of(*several.refusals)
    except Refusal as refusal:
        notes = refusal_notes.of(refusal)
    # The second half of a double click finds the fields of a form that is gone.
    if notes and reversals.by_key(database(), key, by=session.agent):
        notes = ()
    st.session_state[name(key, "refused")] = (notes, kept)
    if ask:
        st.session_state[name(key, "kept")] = kept
        st.session_state[name(key, "ask")] = True
