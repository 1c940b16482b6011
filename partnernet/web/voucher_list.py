"""The vouchers since the last submission, and taking back one that was paid by mistake."""

from __future__ import annotations

import secrets

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.money import Money
from partnernet.domain.petty_cash import PettyCash, Voucher
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _
from partnernet.i18n.formats import day, money
from partnernet.i18n.labels import voucher_category
from partnernet.services import petty_cash
from partnernet.web import refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.inert import inert
from partnernet.web.runtime import database
from partnernet.web.summary import Column, draw_table, shown

_CHOSEN = "voucher_to_cancel"
_ASKED = "voucher_cancelling"
_REFUSED = "voucher_not_cancelled"


def draw_table_of(vouchers: tuple[Voucher, ...], *, blind: bool = False) -> None:
    """Draw the vouchers, the latest first; those without their receipt are marked, amounts are hidden when blind."""
    columns = (
        Column(_("Date")),
        Column(_("Bénéficiaire et objet"), long=True),
        Column(_("Catégorie")),
        Column(_("Montant"), figures=True),
        Column(_("État")),
    )
    draw_table(columns, [_row(voucher, None if blind else voucher.amount) for voucher in reversed(vouchers)])


def _row(voucher: Voucher, amount: Money | None) -> tuple[str, ...]:
    marks = ((not voucher.receipt_kept, _("pièce manquante")), (voucher.reversed, _("annulé")))
    return (
        day(voucher.spent_on),
        f"{voucher.payee} — {voucher.purpose}",
        voucher_category(voucher.category),
        shown(amount),
        ", ".join(mark for holds, mark in marks if holds),
    )


def draw_cancelling(cash: PettyCash) -> None:
    """« Annuler ce bon »: choose it, ask for it, confirm it. The money is back in the drawer, both entries stay."""
    open_still = {voucher.posting_id: voucher for voucher in cash.vouchers if voucher.posting_id in cash.reversible}
    if not open_still:
        return
    labels = {posting_id: _label(voucher) for posting_id, voucher in reversed(open_still.items())}
    choice, button = st.columns([3, 1], vertical_alignment="bottom")
    chosen = choice.selectbox(
        _("Bon à annuler"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=_("Choisissez un bon"),
        key=_CHOSEN,
    )
    button.button(_("Annuler ce bon"), disabled=chosen is None, on_click=_ask, width="stretch")
    asked, key = st.session_state.get(_ASKED, (None, ""))
    if chosen is not None and chosen == asked:
        _draw_confirmation(open_still[chosen], key)
    refusal_notes.of_the_form(st.session_state.get(_REFUSED, ()), drawn=())


def _label(voucher: Voucher) -> str:
    return " — ".join((day(voucher.spent_on), voucher.payee, voucher.purpose, money(voucher.amount)))


def _draw_confirmation(voucher: Voucher, key: str) -> None:
    with st.container(border=True, key="concerns"):
        question = _("Annuler le bon de {amount} à {payee} ? L'argent doit être revenu dans la caisse.")
        st.markdown(inert(question.format(amount=money(voucher.amount), payee=voucher.payee)))
        st.button(_("Confirmer l'annulation"), type="primary", on_click=_cancel, args=(voucher.posting_id, key))


@callback
def _ask(_by: Agent) -> None:
    st.session_state[_ASKED] = (st.session_state.get(_CHOSEN), secrets.token_urlsafe(16))
    st.session_state[_REFUSED] = ()


@callback
def _cancel(by: Agent, posting_id: int, key: str) -> None:
    """The key came with the question: a second click on its button takes back nothing more."""
    refused: refusal_notes.Notes = ()
    try:
        petty_cash.reverse_voucher(database(), posting_id, key, by=by, at=now())
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[_REFUSED] = refused
    st.session_state[_ASKED] = (None, "")
