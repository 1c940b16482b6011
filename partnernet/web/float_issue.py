"""« Fonds de caisse »: floats that the branch hands out or takes back; nothing moves until both have confirmed."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.approvals import Approvals
from partnernet.domain.handovers import Handover, HandoverOutcome, HandoverRequest, NoSuchColleague
from partnernet.domain.money import parse_amount
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _
from partnernet.i18n.formats import figure, moment, money
from partnernet.services import handovers
from partnernet.web import just_done, refusal_notes
from partnernet.web.callbacks import callback, finished
from partnernet.web.runtime import database

_OFFERS = "offers"
_BESIDE = ("amount", "receiver")
Answer = Callable[..., Handover]


def draw(found: Approvals, key: str, *, by: Agent) -> None:
    """Draw the floats on offer, those just answered in their place, then the form that hands one out."""
    acts = allowed(by, Permission.GRANT_REPLENISHMENT)
    waiting, done = {offer.id: offer for offer in found.handovers}, just_done.said(_OFFERS)
    if not waiting and not done and not acts:
        return
    st.header(_("Fonds de caisse"), anchor=False)
    for offer_id in sorted({*waiting, *done}):
        if offer_id not in waiting:
            just_done.draw(done[offer_id])
        else:
            with st.container(border=True, horizontal=True, vertical_alignment="center"):
                _draw_offer(waiting[offer_id], found, by)
    if found.offered:
        _draw_offered(found.offered)
    elif acts:
        _draw_form(found, key)


def open_form() -> None:
    """A fresh key in the address: another float can be handed out."""
    st.query_params["op"] = secrets.token_urlsafe(16)


# --- offers that wait -----------------------------------------------------------------------------------------------


def _draw_offer(offer: Handover, found: Approvals, by: Agent) -> None:
    branch = _("la succursale")
    way = _("de {giver} à {receiver}").format(
        giver=offer.giver.name if offer.giver else branch, receiver=offer.receiver.name if offer.receiver else branch
    )
    since = _("offert le {moment}, à confirmer par qui le reçoit").format(
        moment=moment(offer.offered_at, found.branch.timezone)
    )
    st.html(
        f'<p class="pn-request"><strong>{escape(money(offer.amount))}</strong> {escape(way)} '
        f'<span class="pn-quiet">{escape(since)}</span></p>',
        width="stretch",
    )
    own = offer.offered_by_id == by.id
    if offer.receiver is None and allowed(by, Permission.GRANT_REPLENISHMENT) and (not own or found.one_person):
        for label, answer in ((_("Confirmer la réception"), "accept"), (_("Refuser"), "decline")):
            st.button(label, key=f"float_{answer}_{offer.id}", on_click=_answer, args=(offer.id, answer))
    elif own:
        st.button(_("Retirer l'offre"), key=f"float_withdraw_{offer.id}", on_click=_answer, args=(offer.id, "withdraw"))
    refusal_notes.of_the_form(st.session_state.get(_name(offer.id, "refused"), ()))


@callback
def _answer(by: Agent, offer_id: int, answer: str) -> None:
    acts: dict[str, Answer] = {
        "accept": handovers.accept,
        "decline": handovers.decline,
        "withdraw": handovers.withdraw,
    }
    refused: refusal_notes.Notes = ()
    try:
        answered = acts[answer](database(), offer_id, by=by, at=now())
    except Refusal as refusal:
        refused = ((None, refusal_notes.said(refusal)),)
        just_done.keep(_OFFERS, offer_id, refusal_notes.said(refusal))  # where it is not waiting any more
    else:
        just_done.keep(_OFFERS, offer_id, _ended(answered))
    st.session_state[_name(offer_id, "refused")] = refused


def _ended(offer: Handover) -> str:
    """How an offer stands, with its amount."""
    how = {
        None: _("{amount} offerts à {receiver}, qui confirme à l'écran de sa caisse."),
        HandoverOutcome.ACCEPTED: _("{amount} reçus par {receiver}."),
        HandoverOutcome.DECLINED: _("{amount} refusés par {receiver} : rien n'a bougé."),
        HandoverOutcome.WITHDRAWN: _("Offre de {amount} à {receiver} retirée : rien n'a bougé."),
    }[offer.outcome]
    return how.format(
        amount=money(offer.amount), receiver=offer.receiver.name if offer.receiver else _("la succursale")
    )


# --- handing one out ------------------------------------------------------------------------------------------------


def _name(of: int | str, field: str) -> str:
    """The session-state name of a field of an offer, or of the form of a key: others' never leak into it."""
    return f"float_{field}:{of}"


def _draw_offered(offered: Handover) -> None:
    """What this form has done, in its place; then another one."""
    just_done.draw(_ended(offered))
    st.button(_("Remettre un autre fonds"), on_click=finished(open_form))


def _draw_form(found: Approvals, key: str) -> None:
    refused: refusal_notes.Notes = st.session_state.get(_name(key, "refused"), ())
    people = {person.login: f"{person.name} ({person.login})" for person in found.till_keepers}
    with st.form(_name(key, "form"), border=False):
        who, amount, button, _rest = st.columns([4, 2, 2, 2], vertical_alignment="bottom")
        who.selectbox(
            _("Personne"),
            list(people),
            index=None,
            format_func=people.__getitem__,
            placeholder=_("Choisissez qui reçoit le fonds"),
            key=_name(key, "receiver"),
        )
        authorised = figure(found.branch.float_authorised)
        amount.text_input(_("Montant"), key=_name(key, "amount"), autocomplete="off", placeholder=authorised)
        button.form_submit_button(_("Remettre le fonds"), width="stretch", on_click=_offer, args=(key,))
        for field in _BESIDE:  # under the row: neither the fields nor the button move
            refusal_notes.beside(field, refused)
    refusal_notes.of_the_form(tuple(note for note in refused if note[0] not in _BESIDE))


@callback
def _offer(by: Agent, key: str) -> None:
    """Read the form, then make the one service call; the key in the address makes it once."""
    receiver = str(st.session_state.get(_name(key, "receiver")) or "")
    typed = str(st.session_state.get(_name(key, "amount")) or "")
    refused: refusal_notes.Notes = ()
    try:
        if not receiver:
            raise NoSuchColleague()
        request = HandoverRequest(key, giver="", receiver=receiver, amount=parse_amount(typed))
        handovers.offer(database(), request, by=by, at=now())
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[_name(key, "refused")] = refused
