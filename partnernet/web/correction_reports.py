"""« Erreurs signalées »: what agents say is wrong with their payments, to be corrected or dismissed with a note."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.corrections import Corrections
from partnernet.domain.error_reports import ErrorReport, ReportNotOpen
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _
from partnernet.i18n.labels import tender as tender_label
from partnernet.i18n.sentences import sentence
from partnernet.services import error_reports
from partnernet.web import error_report_form, just_done, refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.inert import inert
from partnernet.web.runtime import database
from partnernet.web.summary import shown

_LIST = "error_reports"


def draw(found: Corrections, show: Callable[[str], None], *, by: Agent) -> None:
    """Draw each report; one that this tab has dismissed keeps its place, so that no other comes under the pointer."""
    st.header(_("Erreurs signalées"), anchor=False)
    done = just_done.said(_LIST)
    waiting = {report.id: report for report in found.reports}
    if not waiting and not done:
        st.info(_("Aucune erreur signalée n'attend de réponse."))
    for report_id in sorted({*waiting, *done}):
        with st.container(border=True, key=f"report-{report_id}"):
            if report_id in waiting:
                _draw_report(waiting[report_id], found.branch.timezone, show, by)
            else:
                just_done.draw(done[report_id])


def _draw_report(report: ErrorReport, timezone: str, show: Callable[[str], None], by: Agent) -> None:
    paid = report.payment
    said = error_report_form.what(report, timezone, by_name=True)
    parts = (paid.receipt_number, shown(paid.shown_amount), tender_label(paid.tender), paid.customer_name)
    note = f'<p class="pn-said">{escape(_("« {note} »").format(note=report.note))}</p>' if report.note else ""
    refused: refusal_notes.Notes = st.session_state.get(_name(report.id, "refused"), ())
    dismissing = bool(st.session_state.get(_name(report.id, "dismissing")))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="pn-request"><strong>{escape(" · ".join(parts))}</strong></p>'
            f'<p class="pn-request">{escape(said)}</p>{note}',
            width="stretch",
        )
        if allowed(by, Permission.REVERSE_PAYMENT):
            _draw_buttons(report, show, dismissing=dismissing)
    if dismissing:
        _draw_why(report, refused)
    refusal_notes.of_the_form(refused, drawn=("note",) if dismissing else ())


def _draw_buttons(report: ErrorReport, show: Callable[[str], None], *, dismissing: bool) -> None:
    number = report.payment.receipt_number
    st.button(_("Corriger"), key=_name(report.id, "correct"), type="primary", on_click=show, args=(number,))
    st.button(
        _("Classer sans suite"),
        key=_name(report.id, "dismiss"),
        disabled=dismissing,
        on_click=_ask_why,
        args=(report.id,),
    )


def _draw_why(report: ErrorReport, refused: refusal_notes.Notes) -> None:
    """A dismissal says why: the agent reads it."""
    with st.container(key=f"focus-here-why-{report.id}"), st.form(_name(report.id, "form"), border=False):
        label = _("Note à {name} : pourquoi il n'y a rien à corriger").format(name=inert(report.by_name))
        st.text_area(label, key=_name(report.id, "note"), height=68)
        refusal_notes.beside("note", refused)
        with st.container(horizontal=True):
            st.form_submit_button(_("Classer"), on_click=_dismiss, args=(report.id, report.payment.receipt_number))
            st.form_submit_button(_("Annuler"), key=_name(report.id, "cancel"), on_click=_forget, args=(report.id,))


def _name(report_id: int, field: str) -> str:
    """The session-state name of a field: another report's values never leak into this one."""
    return f"report_{field}:{report_id}"


@callback
def _ask_why(_by: Agent, report_id: int) -> None:
    st.session_state[_name(report_id, "dismissing")] = True


@callback
def _forget(_by: Agent, report_id: int) -> None:
    """Nothing is dismissed after all; what was typed goes with the form."""
    for field in ("dismissing", "note", "refused"):
        st.session_state.pop(_name(report_id, field), None)


@callback
def _dismiss(by: Agent, report_id: int, receipt_number: str) -> None:
    """Read the note, then make the one service call."""
    note = str(st.session_state.get(_name(report_id, "note")) or "")
    refused: refusal_notes.Notes = ()
    said = ""
    try:
        error_reports.dismiss(database(), report_id, note, by=by, at=now())
        said = _("Signalement sur le reçu no {number} : classé sans suite.").format(number=receipt_number)
    except ReportNotOpen as settled:  # its line is gone from the list
        said = sentence(settled)
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[_name(report_id, "refused")] = refused
    if said:
        just_done.keep(_LIST, report_id, said)
