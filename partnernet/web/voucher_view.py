"""« Bons de petite caisse »: the fund, a voucher to pay, those paid, and what the fund lacks."""

from __future__ import annotations

import secrets

import streamlit as st

from partnernet.domain.agents import Agent
from partnernet.domain.keys import is_key
from partnernet.domain.petty_cash import PettyCash
from partnernet.i18n import _
from partnernet.i18n.formats import money
from partnernet.services import petty_cash
from partnernet.web import float_handover, float_offers, float_replenishment, voucher_form, voucher_list, voucher_panel
from partnernet.web.callbacks import finished
from partnernet.web.runtime import database
from partnernet.web.summary import Figure, draw_figures
from partnernet.web.watch import watch

VOUCHERS = "bons"


def address() -> dict[str, str]:
    """View and key enter the URL together: Back to a URL without the key would make a second one."""
    return {"vue": VOUCHERS, "op": secrets.token_urlsafe(16)}


def draw(by: Agent) -> None:
    """Draw the person's own petty cash."""
    key = st.query_params.get("op", "")
    if not is_key(key):
        st.query_params.from_dict(address())
        key = st.query_params["op"]
    cash = petty_cash.of_agent(database(), by=by)
    if cash is None:
        st.header(_("Bons de petite caisse"), anchor=False)
        st.info(_("Décompte en cours : les bons et le fonds de caisse attendent qu'il soit figé ou abandonné."))
        return
    left, right = st.columns([5, 7], gap="large")
    with left:
        st.header(_("Bons de petite caisse"), anchor=False)
        _draw_form(cash, key, by)
    with right:
        float_offers.draw(by)
        _draw_figures(cash)
        st.subheader(_("Bons payés"), anchor=False)
        if cash.vouchers:
            voucher_list.draw_table_of(cash.vouchers)
            voucher_list.draw_cancelling(cash)
        else:
            st.text(_("Aucun bon depuis la dernière soumission."))
        st.subheader(_("Renflouement"), anchor=False)
        float_replenishment.draw(cash, by=by)
        if float_handover.may_hand_over(cash.present, by=by):
            st.subheader(_("Remise du fonds de caisse"), anchor=False)
            float_handover.draw(cash.present, by=by)


def _draw_form(cash: PettyCash, key: str, by: Agent) -> None:
    paid = petty_cash.by_key(database(), key, by=by)
    if paid:
        voucher_panel.draw(paid, open_form)
        return
    voucher_form.draw(cash, key, by=by)
    _watch(key)


def _draw_figures(cash: PettyCash) -> None:
    authorised = _("autorisé : {amount}").format(amount=money(cash.authorised))
    draw_figures(
        [
            Figure(_("Fonds présent"), money(cash.present), authorised, main=True),
            Figure(_("Bons payés"), money(cash.spent), _("depuis la dernière soumission")),
            Figure(_("À renflouer"), money(cash.missing), _("bons et écarts de caisse")),
        ]
    )


@finished
def open_form() -> None:
    """A fresh form, with a key of its own."""
    st.query_params.from_dict(address())


def _watch(key: str) -> None:
    """Look the key up while the form is open: a reload in mid-transaction ends at the voucher by itself."""

    watch(lambda by: petty_cash.by_key(database(), key, by=by))
