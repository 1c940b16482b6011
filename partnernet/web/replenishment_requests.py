"""« Renflouements demandés »: what agents ask for their float, granted or refused by another person."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.approvals import Approvals
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.refusals import Refusal
from partnernet.domain.replenishments import OwnRequest, Replenishment, ReplenishmentAnswer, ReplenishmentOutcome
from partnernet.i18n import _
from partnernet.i18n.formats import moment, money
from partnernet.i18n.sentences import sentence
from partnernet.services import replenishments
from partnernet.web import refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.inert import inert
from partnernet.web.runtime import database

_REFUSING = "replenishment_being_refused"


def draw(found: Approvals, *, by: Agent) -> None:
    """Draw each request; one that was just answered keeps its place, so that no other comes under the pointer.

    The note of a refusal is below them all for the same reason: what its button leaves behind moves no « Accorder ».
    """
    if not found.replenishments:
        return
    st.header(_("Renflouements demandés"), anchor=False)
    refusing = _being_refused(found)
    for asked in found.replenishments:
        with st.container(border=True):
            _draw_request(asked, found, by, is_refusing=asked == refusing)
    if refusing:
        _draw_why(refusing)


def is_refusing(found: Approvals) -> bool:
    """Whether the note of a refusal is being written."""
    return _being_refused(found) is not None


def _being_refused(found: Approvals) -> Replenishment | None:
    chosen = st.session_state.get(_REFUSING)
    return next((asked for asked in found.replenishments if asked.id == chosen and not asked.answer), None)


def answered(answer: ReplenishmentAnswer, timezone: str) -> str:
    """What became of a request, in one sentence."""
    said = {
        ReplenishmentOutcome.GRANTED: _("Accordé par {name} le {moment}"),
        ReplenishmentOutcome.REFUSED: _("Refusé par {name} le {moment} : « {note} »"),
        ReplenishmentOutcome.WITHDRAWN: _("Retiré par {name} le {moment}"),
    }[answer.outcome]
    return said.format(name=answer.by_name, moment=moment(answer.at, timezone), note=answer.note)


def _draw_request(asked: Replenishment, found: Approvals, by: Agent, *, is_refusing: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        _draw_what(asked, found)
        own = asked.agent_login == by.login
        if asked.answer:
            said = answered(asked.answer, found.branch.timezone)
            look = _look(asked.answer.outcome)
            st.html(f'<p class="pn-request {look}" role="status">{escape(said)}</p>', width="content")
        elif own and not found.one_person:
            st.html(f'<p class="pn-request pn-quiet">{escape(sentence(OwnRequest()))}</p>', width="content")
        elif allowed(by, Permission.GRANT_REPLENISHMENT):
            st.button(_("Accorder"), key=_name(asked.id, "grant"), on_click=_grant, args=(asked.id,))
            if not own:
                key, refuses = _name(asked.id, "refuse"), (asked.id,)
                st.button(_("Refuser"), key=key, disabled=is_refusing, on_click=_ask_why, args=refuses)
    refused: refusal_notes.Notes = st.session_state.get(_name(asked.id, "refused"), ())
    refusal_notes.of_the_form(refused, drawn=("note",) if is_refusing else ())


def _look(outcome: ReplenishmentOutcome) -> str:
    return "pn-done" if outcome is ReplenishmentOutcome.GRANTED else "pn-quiet"


def _draw_what(asked: Replenishment, found: Approvals) -> None:
    who = f"{asked.agent_name} ({asked.agent_login})"
    when = _("demandé le {moment}").format(moment=moment(asked.asked_at, found.branch.timezone))
    st.html(
        f'<p class="pn-request"><strong>{escape(money(asked.amount))}</strong> {escape(who)} '
        f'<span class="pn-quiet">{escape(when)}</span></p>',
        width="stretch",
    )


def _draw_why(asked: Replenishment) -> None:
    """A refusal says why: the agent reads it."""
    with st.container(key=f"focus-here-refuse-{asked.id}"), st.form(_name(asked.id, "form"), border=False):
        label = _("Note à {name} : pourquoi vous refusez {amount}").format(
            name=inert(asked.agent_name), amount=money(asked.amount)
        )
        st.text_area(label, key=_name(asked.id, "note"), height=68)
        refusal_notes.beside("note", st.session_state.get(_name(asked.id, "refused"), ()))
        with st.container(horizontal=True):
            st.form_submit_button(_("Refuser la demande"), on_click=_refuse, args=(asked.id,))
            st.form_submit_button(_("Annuler"), key=_name(asked.id, "cancel"), on_click=_forget, args=(asked.id,))


def _name(request_id: int, field: str) -> str:
    """The session-state name of a field: another request's values never leak into this one."""
    return f"replenishment_{field}:{request_id}"


@callback
def _ask_why(_by: Agent, request_id: int) -> None:
    st.session_state[_REFUSING] = request_id


@callback
def _forget(_by: Agent, request_id: int) -> None:
    """Nothing is refused after all; what was typed goes with the form."""
    for name in (_REFUSING, _name(request_id, "note"), _name(request_id, "refused")):
        st.session_state.pop(name, None)


@callback
def _grant(by: Agent, request_id: int) -> None:
    refused: refusal_notes.Notes = ()
    try:
        replenishments.grant(database(), request_id, by=by, at=now())
    except Refusal as refusal:
        refused = ((None, refusal_notes.said(refusal)),)
    st.session_state[_name(request_id, "refused")] = refused


@callback
def _refuse(by: Agent, request_id: int) -> None:
    """Read the note, then make the one service call."""
    note = str(st.session_state.get(_name(request_id, "note")) or "")
    refused: refusal_notes.Notes = ()
    try:
        replenishments.refuse(database(), request_id, note, by=by, at=now())
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[_name(request_id, "refused")] = refused
