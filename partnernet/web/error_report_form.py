"""« Signaler une erreur »: an agent's word to the supervisor about a payment of their own, and what became of it.

The form's key lives in the address as ``erreur``, with the receipt that it is about as ``sur``; what was sent is looked
up before anything is drawn, so that a reload or a second tab comes to its state instead of a second form.
"""

from __future__ import annotations

import secrets
from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent, branch_of
from partnernet.domain.error_reports import (
    ErrorOutcome,
    ErrorReason,
    ErrorReasonMissing,
    ErrorReport,
    ErrorReportRequest,
)
from partnernet.domain.keys import is_key
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _
from partnernet.i18n.formats import moment
from partnernet.i18n.labels import error_reason
from partnernet.services import error_reports
from partnernet.web import refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.runtime import database

_KEY, _ABOUT = "erreur", "sur"
_FIELDS = ("reason", "note")


def draw(receipt_number: str, *, reversed_already: bool, by: Agent) -> None:
    """Draw what was reported about a payment of the person's own, and the button or the form that reports an error."""
    reports = error_reports.of_payment(database(), receipt_number, by=by)
    last = reports[-1] if reports else None
    if last:
        draw_state(last, branch_of(by).timezone)
    key = st.query_params.get(_KEY, "") if about() == receipt_number else ""
    sent = any(each.key == key for each in reports)
    if reversed_already or (last and last.answer is None):
        refusal_notes.of_the_form(_refused(key))
    elif is_key(key) and not sent:
        _draw_form(receipt_number, key)
    else:
        st.button(_("Signaler une erreur"), icon=":material/report:", on_click=_open, args=(receipt_number,))


def about() -> str:
    """The receipt on which an error is being reported in this tab; the focus belongs to the form as long as it is."""
    return st.query_params.get(_ABOUT, "")


def draw_state(report: ErrorReport, timezone: str, *, by_name: bool = False) -> None:
    """Draw what was reported, and whether the supervisor has settled it; ``by_name`` says who reported it instead."""
    said = _("« {note} »").format(note=report.note) if report.note else ""
    lines = [" — ".join(filter(None, (what(report, timezone, by_name=by_name), said)))]
    if report.answer or not by_name:
        lines.append(state(report, timezone))
    text = "".join(f"<p>{escape(line)}</p>" for line in lines)
    st.html(f'<section class="pn-decided {_look(report)}" role="status">{text}</section>')


def _look(report: ErrorReport) -> str:
    return "" if report.answer else "pn-waiting"


def what(report: ErrorReport, timezone: str, *, by_name: bool) -> str:
    """What was reported, when, and by whom."""
    words = _("Erreur signalée le {moment} : {reason}")
    if by_name:
        words = _("Erreur signalée par {name} le {moment} : {reason}")
    when, reason = moment(report.at, timezone), error_reason(report.reason)
    return words.format(name=report.by_name, moment=when, reason=reason)


def state(report: ErrorReport, timezone: str) -> str:
    """Sent, corrected or dismissed, in words; and when a supervisor has corrected the payment after all."""
    answer = report.answer
    if answer is None:
        return _("Envoyé : un superviseur s'en occupe.")
    settled = {
        ErrorOutcome.REVERSED: _("Corrigé par {name} le {moment}."),
        ErrorOutcome.DISMISSED: _("Classé sans suite par {name} le {moment}."),
    }[answer.outcome]
    parts = [settled.format(name=answer.by_name, moment=moment(answer.at, timezone))]
    if answer.note:
        parts.append(_("« {note} »").format(note=answer.note))
    if answer.outcome is ErrorOutcome.DISMISSED and report.payment.reversed:
        parts.append(_("Le paiement a quand même été contre-passé ensuite."))
    return " ".join(parts)


def _name(key: str, field: str) -> str:
    """The session-state name of a field: another form's values never leak into this one."""
    return f"error_{field}:{key}"


def _refused(key: str) -> refusal_notes.Notes:
    notes: refusal_notes.Notes = st.session_state.get(_name(key, "refused"), ())
    return notes


def _draw_form(receipt_number: str, key: str) -> None:
    refused = _refused(key)
    with st.container(key="focus-here-error", border=True):
        title = _("Signaler une erreur sur le reçu no {number}").format(number=receipt_number)
        st.html(f'<p class="pn-request"><strong>{escape(title)}</strong></p>')
        with st.form(_name(key, "form"), border=False):
            st.selectbox(
                _("Raison"),
                list(ErrorReason),
                index=None,
                format_func=error_reason,
                placeholder=_("Choisissez"),
                key=_name(key, "reason"),
            )
            refusal_notes.beside("reason", refused)
            st.text_area(_("Note"), key=_name(key, "note"), height=92)
            refusal_notes.beside("note", refused)
            label = _("Envoyer au superviseur")
            st.form_submit_button(label, type="primary", on_click=_send, args=(key, receipt_number))
        refusal_notes.of_the_form(refused, drawn=_FIELDS)


@callback
def _open(_by: Agent, receipt_number: str) -> None:
    """A fresh key in the address, beside what the screen is about."""
    st.query_params.update({_KEY: secrets.token_urlsafe(16), _ABOUT: receipt_number})


@callback
def _send(by: Agent, key: str, receipt_number: str) -> None:
    """Read both fields, then make the one service call; nothing of Streamlit in between."""
    reason: ErrorReason | None = st.session_state.get(_name(key, "reason"))
    note = str(st.session_state.get(_name(key, "note")) or "")
    refused: refusal_notes.Notes = ()
    try:
        if reason is None:
            raise ErrorReasonMissing()
        request = ErrorReportRequest(key, receipt_number, reason, note)
        error_reports.report(database(), request, by=by, at=now())
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[_name(key, "refused")] = refused
    if not refused:  # the report itself says from now on that it was sent
        for name in (_KEY, _ABOUT):
            st.query_params.pop(name, None)
