"""« Renflouements demandés »: what agents ask for their float, granted by another person."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.approvals import Approvals
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.petty_cash import OwnRequest, Replenishment
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _
from partnernet.i18n.formats import moment, money
from partnernet.i18n.sentences import sentence
from partnernet.services import petty_cash
from partnernet.web import refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.runtime import database

_REFUSED = "replenishment_refused"


def draw(found: Approvals, *, by: Agent) -> None:
    """Draw each request; one that was just granted keeps its place, so that no other comes under the pointer."""
    if not found.replenishments:
        return
    st.header(_("Renflouements demandés"), anchor=False)
    for asked in found.replenishments:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            _draw_request(asked, found, by)


def _draw_request(asked: Replenishment, found: Approvals, by: Agent) -> None:
    who = f"{asked.agent_name} ({asked.agent_login})"
    when = _("demandé le {moment}").format(moment=moment(asked.asked_at, found.branch.timezone))
    st.html(
        f'<p class="pn-request"><strong>{escape(money(asked.amount))}</strong> {escape(who)} '
        f'<span class="pn-quiet">{escape(when)}</span></p>',
        width="stretch",
    )
    if asked.granted_at is not None:
        granted = _("Accordé par {name} le {moment}").format(
            name=asked.granted_by, moment=moment(asked.granted_at, found.branch.timezone)
        )
        st.html(f'<p class="pn-request pn-done" role="status">{escape(granted)}</p>', width="content")
    elif asked.agent_login == by.login and not found.one_person:
        st.html(f'<p class="pn-request pn-quiet">{escape(sentence(OwnRequest()))}</p>', width="content")
    elif allowed(by, Permission.GRANT_REPLENISHMENT):
        st.button(_("Accorder"), key=f"grant_{asked.id}", on_click=_grant, args=(asked.id,))
    refusal_notes.of_the_form(st.session_state.get(f"{_REFUSED}_{asked.id}", ()))


@callback
def _grant(by: Agent, request_id: int) -> None:
    refused: refusal_notes.Notes = ()
    try:
        petty_cash.grant_replenishment(database(), request_id, by=by, at=now())
    except Refusal as refusal:
        refused = ((None, refusal_notes.said(refusal)),)
    st.session_state[f"{_REFUSED}_{request_id}"] = refused
