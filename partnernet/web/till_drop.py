"""« Sac »: collections sealed and handed to the branch during the day, before any count."""

from __future__ import annotations

import secrets

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.counts import CountUnderWay, HeldCheque
from partnernet.domain.drops import Drop, DropBasis, DropRequest
from partnernet.domain.keys import is_key
from partnernet.domain.pieces import COINS, DENOMINATIONS, NOTES, CountRefused, read_pieces
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _
from partnernet.i18n.formats import day, money
from partnernet.services import drops
from partnernet.web import refusal_notes, till_count_cheques, till_count_lines
from partnernet.web.callbacks import callback, finished
from partnernet.web.inert import inert
from partnernet.web.runtime import database

BAG = "sac"
_FIELD_PX = 160


def address() -> dict[str, str]:
    """Where a new bag is filled; its key is born here."""
    return {"vue": BAG, "op": secrets.token_urlsafe(16)}


def draw(by: Agent) -> None:
    """The form of one bag, or the bag that its key has made."""
    key = st.query_params.get("op", "")
    if not is_key(key):
        st.query_params.from_dict(address())
        key = st.query_params["op"]
    made = drops.by_key(database(), key, by=by, at=now())
    if made:
        _draw_made(made)
        return
    found = drops.basis(database(), by=by, at=now())
    if found.counted:
        st.info(refusal_notes.said(CountUnderWay()))
    else:
        _draw_form(found, key)
    _draw_waiting(found)


def _draw_made(made: Drop) -> None:
    st.subheader(_("Sac no {number} scellé").format(number=made.bag.number), anchor=False)
    said = _("{total} : {cash} en espèces et {cheques}. Remettez-le à la personne qui le reçoit pour la succursale.")
    cheques = till_count_cheques.in_words(made.bag.cheques)
    st.success(inert(said.format(total=money(made.bag.total), cash=money(made.bag.cash), cheques=_sheets(cheques))))
    if made.bag.cheques:
        till_count_cheques.draw(made.bag.cheques)
    with st.container(key="focus-here-again", width="content"):
        st.button(_("Nouveau sac"), on_click=_begin)


def _sheets(in_words: str) -> str:
    return _("chèques : {in_words}").format(in_words=in_words)


def _draw_form(found: DropBasis, key: str) -> None:
    refused: refusal_notes.Notes = st.session_state.get(_name(key, "refused"), ())
    st.text(
        _(
            "Mettez dans un sac une partie de ce que vous avez encaissé, scellez-le et remettez-le à un superviseur. "
            "Le fonds de caisse reste dans le tiroir."
        )
    )
    sheets = tuple(cheque.id for cheque in found.cheques)
    with st.form(_name(key, "form"), border=False):
        _draw_pieces(key, refused)
        _draw_cheques(found.cheques, key)
        refusal_notes.beside("bag", refused)
        st.form_submit_button(_("Sceller le sac"), type="primary", on_click=_seal, args=(key, sheets))
    refusal_notes.of_the_form(refused, drawn=("bag", *map(till_count_lines.note_name, DENOMINATIONS)))


def _draw_pieces(key: str, refused: refusal_notes.Notes) -> None:
    """Coins over notes; on a narrow screen two beside each other."""
    with st.container(key="focus-here-drop"):
        for row in (COINS, NOTES):
            with st.container(horizontal=True):
                for each in row:
                    st.text_input(till_count_lines.label_of(each), key=_name(key, f"pieces_{each}"), width=_FIELD_PX)
    for each in DENOMINATIONS:
        till_count_lines.draw_refused(each, refused)


def _draw_cheques(cheques: tuple[HeldCheque, ...], key: str) -> None:
    if not cheques:
        return
    st.subheader(_("Chèques en main"), anchor=False)
    for cheque in cheques:
        parts = (cheque.number, cheque.drawer, till_count_cheques.bank_of(cheque), day(cheque.dated))
        label = " · ".join((*parts, money(cheque.amount)))
        st.checkbox(inert(label), key=_name(key, f"cheque_{cheque.id}"))


def _draw_waiting(found: DropBasis) -> None:
    if not found.waiting:
        return
    st.subheader(_("Sacs remis, pas encore reçus"), anchor=False)
    for waiting in found.waiting:
        said = _("Sac no {number} : {total}").format(number=waiting.bag.number, total=money(waiting.bag.total))
        st.text(said)


def _name(key: str, field: str) -> str:
    return f"drop_{field}:{key}"


@finished
def _begin() -> None:
    st.query_params.from_dict(address())


@callback
def _seal(by: Agent, key: str, cheque_ids: tuple[int, ...]) -> None:
    """Read every field into one request, then make the one service call."""
    state = st.session_state
    typed = {each: str(state.get(_name(key, f"pieces_{each}")) or "") for each in DENOMINATIONS}
    ticked = frozenset(cheque_id for cheque_id in cheque_ids if state.get(_name(key, f"cheque_{cheque_id}")))
    refused: refusal_notes.Notes = ()
    try:
        drops.make(database(), DropRequest(key, read_pieces(typed, {}), ticked), by=by, at=now())
    except CountRefused as lines:
        refused = till_count_lines.notes_of(lines)
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    state[_name(key, "refused")] = refused
