"""« Remettre le fonds »: to a colleague or to the branch; whoever grants may issue one of the branch's."""

from __future__ import annotations

import secrets

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.handover_form import HandoverForm, read_handover
from partnernet.domain.money import ZERO, Money
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.refusals import FormRefused, Refusal
from partnernet.i18n import _
from partnernet.i18n.formats import figure
from partnernet.services import handovers
from partnernet.web import refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.runtime import database

_KEY = "float_form"
_REFUSED = "float_refused"
_BRANCH = ""  # as `HandoverRequest` writes the branch itself


def may_hand_over(present: Money, *, by: Agent) -> bool:
    """Whether there is anything to hand over, of their own or of the branch's."""
    return present > ZERO or allowed(by, Permission.GRANT_REPLENISHMENT)


def draw(present: Money, *, by: Agent) -> None:
    """Draw the form; a whole float passes at a shift change, so its amount is proposed."""
    key: str = st.session_state.setdefault(_KEY, secrets.token_urlsafe(16))
    grants = allowed(by, Permission.GRANT_REPLENISHMENT)
    refused = st.session_state.get(_REFUSED, ())
    st.session_state.setdefault(_name(key, "amount"), "" if grants else figure(present))
    with st.form(_name(key, "form"), border=False):
        if grants:
            _draw_giver(key, by)
        receiver, amount = st.columns(2)
        with receiver:
            _draw_receiver(key, by, themselves=grants)
            refusal_notes.beside("receiver", refused)
        with amount:
            st.text_input(_("Somme remise"), key=_name(key, "amount"), placeholder=figure(ZERO))
            refusal_notes.beside("amount", refused)
        st.form_submit_button(_("Remettre le fonds"), on_click=_offer, args=(key,))
    refusal_notes.of_the_form(refused, drawn=("receiver", "amount"))


def _draw_giver(key: str, by: Agent) -> None:
    givers = {_BRANCH: _("La succursale"), by.login: _("Mon fonds de caisse")}
    st.selectbox(_("Remis par"), list(givers), format_func=givers.__getitem__, key=_name(key, "giver"))


def _draw_receiver(key: str, by: Agent, *, themselves: bool) -> None:
    people = {person.login: person.name for person in handovers.till_keepers(database(), by=by)}
    names = {_BRANCH: _("La succursale")} | people
    if not themselves:
        names.pop(by.login, None)
    st.selectbox(
        _("Remis à"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=_("Choisissez"),
        key=_name(key, "receiver"),
    )


def _name(key: str, field: str) -> str:
    return f"float_{field}:{key}"


@callback
def _offer(by: Agent, key: str) -> None:
    """Read the form, make the one call; once it is offered the next form has a key and fields of its own."""
    state = st.session_state
    form = HandoverForm(
        key=key,
        giver=state.get(_name(key, "giver"), by.login),
        receiver=state.get(_name(key, "receiver")),
        amount=str(state.get(_name(key, "amount")) or ""),
    )
    refused: refusal_notes.Notes = ()
    try:
        handovers.offer(database(), read_handover(form), by=by, at=now())
    except FormRefused as several:
        refused = refusal_notes.of(*several.refusals)
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    state[_REFUSED] = refused
    if not refused:
        state[_KEY] = secrets.token_urlsafe(16)
