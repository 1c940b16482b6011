"""Floats on offer: those to confirm, and those that wait for somebody else's confirmation."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.handovers import Handover, Person
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _
from partnernet.i18n.formats import money
from partnernet.services import handovers
from partnernet.web import refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.inert import inert
from partnernet.web.runtime import database
from partnernet.web.screens import PAGES

_REFUSED = "float_answer_refused"


def draw(by: Agent) -> None:
    """Draw the offers that wait for this person's answer, and their own that wait for another's."""
    waiting = handovers.waiting(database(), by=by)
    for offer in waiting:
        if _is_for(offer, by):
            _draw_received(offer)
    for offer in waiting:
        if offer.offered_by_id == by.id and not _is_for(offer, by):
            _draw_sent(offer)
    refusal_notes.of_the_form(st.session_state.get(_REFUSED, ()), drawn=())


def draw_links(by: Agent) -> None:
    """Say on another screen that a float waits to be confirmed, and lead to it."""
    for offer in handovers.waiting(database(), by=by):
        if _is_for(offer, by):
            st.page_link(PAGES.till, label=inert(_offered(offer)), icon=":material/arrow_forward:")


def _is_for(offer: Handover, by: Agent) -> bool:
    """What the branch receives is confirmed by whoever grants, but not by whoever offered it."""
    if offer.receiver:
        return offer.receiver.id == by.id
    return allowed(by, Permission.GRANT_REPLENISHMENT) and offer.offered_by_id != by.id


def _offered(offer: Handover) -> str:
    said = _("Fonds offert : {amount}, de {giver} à {receiver}.")
    return said.format(amount=money(offer.amount), giver=_name(offer.giver), receiver=_name(offer.receiver))


def _draw_received(offer: Handover) -> None:
    with _box(offer, _("Comptez-le avant de confirmer.")):
        st.button(
            _("Confirmer la réception"),
            type="primary",
            key=f"float_accept_{offer.id}",
            on_click=_accept,
            args=(offer.id,),
        )
        st.button(_("Pas reçu"), key=f"float_decline_{offer.id}", on_click=_decline, args=(offer.id,))


def _draw_sent(offer: Handover) -> None:
    with _box(offer, _("En attente de confirmation.")):
        st.button(_("Retirer l'offre"), key=f"float_withdraw_{offer.id}", on_click=_withdraw, args=(offer.id,))


def _box(offer: Handover, what_next: str) -> DeltaGenerator:
    """What is offered, and beside it the buttons."""
    box = st.container(border=True, horizontal=True, vertical_alignment="center", key=f"float_offer_{offer.id}")
    box.markdown(inert(f"{_offered(offer)} {what_next}"), width="content")
    return box


def _name(person: Person | None) -> str:
    return person.name if person else _("la succursale")


@callback
def _accept(by: Agent, handover_id: int) -> None:
    _answer(lambda: handovers.accept(database(), handover_id, by=by, at=now()))


@callback
def _decline(by: Agent, handover_id: int) -> None:
    _answer(lambda: handovers.decline(database(), handover_id, by=by, at=now()))


@callback
def _withdraw(by: Agent, handover_id: int) -> None:
    _answer(lambda: handovers.withdraw(database(), handover_id, by=by, at=now()))


def _answer(act: Callable[[], Handover]) -> None:
    """A second click finds its own answer; what somebody else did meanwhile is told."""
    refused: refusal_notes.Notes = ()
    try:
        act()
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[_REFUSED] = refused
