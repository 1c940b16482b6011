"""Replenishing the float: asked by whoever keeps it, who can withdraw it, and answered by another person."""

from __future__ import annotations

import secrets

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent, branch_of
from partnernet.domain.petty_cash import PettyCash
from partnernet.domain.refusals import Refusal
from partnernet.domain.replenishments import Replenishment
from partnernet.i18n import _
from partnernet.i18n.formats import moment, money
from partnernet.services import replenishments
from partnernet.web import refusal_notes, replenishment_requests
from partnernet.web.callbacks import callback
from partnernet.web.runtime import database
from partnernet.web.summary import Column, draw_table

_REFUSED = "replenishment_refused"
_SHOWN = 5


def draw(cash: PettyCash, *, by: Agent) -> None:
    """Draw what is missing, the button that asks for it, and the last requests with their state."""
    possible = bool(cash.missing) and cash.waiting is None
    if possible:
        said = _("{amount} à demander : une autre personne l'accorde et vous remet l'argent.")
    elif cash.waiting:
        said = _("{amount} demandés : en attente d'une autre personne.")
    else:
        said = _("Le fonds est entier : rien à demander.")
    st.text(said.format(amount=money(cash.waiting.amount if cash.waiting else cash.missing)))
    with st.container(horizontal=True):
        st.button(_("Demander un renflouement"), disabled=not possible, on_click=_ask, args=(_key(cash),))
        if cash.waiting:
            st.button(_("Retirer la demande"), on_click=_withdraw, args=(cash.waiting.id,))
    refusal_notes.of_the_form(st.session_state.get(_REFUSED, ()), drawn=())
    if cash.requests:
        columns = (Column(_("Demandé le")), Column(_("Montant"), figures=True), Column(_("État"), long=True))
        timezone = branch_of(by).timezone
        draw_table(columns, [_row(asked, cash, timezone) for asked in cash.requests[:_SHOWN]])


def _row(asked: Replenishment, cash: PettyCash, timezone: str) -> tuple[str, ...]:
    if asked.answer:
        state = replenishment_requests.answered(asked.answer, timezone)
    elif asked == cash.waiting:
        state = _("En attente")
    else:
        state = _("Ne tient plus : le fonds a changé depuis")
    return moment(asked.asked_at, timezone), money(asked.amount), state


def _key(cash: PettyCash) -> str:
    """The key of the request which follows the last one that is shown: a second click asks for the same."""
    last = cash.requests[0].id if cash.requests else 0
    key: str = st.session_state.setdefault(f"replenishment_after:{last}", secrets.token_urlsafe(16))
    return key


@callback
def _ask(by: Agent, key: str) -> None:
    refused: refusal_notes.Notes = ()
    try:
        replenishments.ask(database(), key, by=by, at=now())
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[_REFUSED] = refused


@callback
def _withdraw(by: Agent, request_id: int) -> None:
    refused: refusal_notes.Notes = ()
    try:
        replenishments.withdraw(database(), request_id, by=by, at=now())
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[_REFUSED] = refused
