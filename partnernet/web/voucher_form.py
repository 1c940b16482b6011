"""The form of a petty-cash voucher: what was paid out of the float, to whom, for what.

As with a payment, nothing here says whether it was saved: each render looks the form's key up first.
"""

from __future__ import annotations

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent, branch_of
from partnernet.domain.money import ZERO
from partnernet.domain.petty_cash import PettyCash, VoucherCategory
from partnernet.domain.refusals import FormRefused, Refusal
from partnernet.domain.voucher_form import VoucherForm, read_voucher
from partnernet.i18n import _
from partnernet.i18n.formats import day, figure, money
from partnernet.i18n.labels import voucher_category
from partnernet.services import petty_cash
from partnernet.web import refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.runtime import database

_FIELDS = ("payee", "purpose", "category", "amount", "spent_on", "receipt_kept")


def draw(cash: PettyCash, key: str, *, by: Agent) -> None:
    """Draw the form for one key."""
    refused = st.session_state.get(_name(key, "refused"), ())
    st.session_state.setdefault(_name(key, "spent_on"), day(branch_of(by).business_date(now())))
    most = _("En espèces, du fonds de caisse : au plus {limit} par bon.").format(limit=money(cash.limit))
    st.html(f'<p class="pn-quiet">{most}</p>')
    with st.form(_name(key, "form"), border=False):
        with st.container(key="focus-here-voucher"):
            _text(_("Bénéficiaire"), "payee", key, refused)
            _text(_("Objet"), "purpose", key, refused)
        category, amount = st.columns(2)
        with category:
            _category(key, refused)
        with amount:
            _text(_("Montant"), "amount", key, refused, figure(ZERO))
        spent_on, receipt = st.columns(2)
        with spent_on:
            _text(_("Date"), "spent_on", key, refused, _("AAAA-MM-JJ"))
        with receipt:
            _receipt(key, refused)
        st.form_submit_button(_("Payer le bon"), type="primary", on_click=_submit, args=(key,))
    refusal_notes.of_the_form(refused, drawn=_FIELDS)


def _name(key: str, field: str) -> str:
    """The session-state name of a field: another form's values never leak into this one."""
    return f"voucher_{field}:{key}"


def _text(label: str, field: str, key: str, refused: refusal_notes.Notes, hint: str | None = None) -> None:
    st.text_input(label, key=_name(key, field), placeholder=hint)
    refusal_notes.beside(field, refused)


def _category(key: str, refused: refusal_notes.Notes) -> None:
    st.selectbox(
        _("Catégorie"),
        list(VoucherCategory),
        index=None,
        format_func=voucher_category,
        placeholder=_("Choisissez"),
        key=_name(key, "category"),
    )
    refusal_notes.beside("category", refused)


def _receipt(key: str, refused: refusal_notes.Notes) -> None:
    """Neither answer is chosen beforehand: a missing receipt is not to be said kept by an oversight."""
    labels = {True: _("Conservée"), False: _("Manquante")}
    st.radio(
        _("Pièce justificative"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        horizontal=True,
        key=_name(key, "receipt_kept"),
    )
    refusal_notes.beside("receipt_kept", refused)


@callback
def _submit(by: Agent, key: str) -> None:
    """Read every field into one frozen form, then make the one service call; nothing of Streamlit in between."""
    form = _read(key)
    refused: refusal_notes.Notes = ()
    try:
        petty_cash.pay_voucher(database(), read_voucher(form), by=by, at=now())
    except FormRefused as several:
        refused = refusal_notes.of(*several.refusals)
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[_name(key, "refused")] = refused


def _read(key: str) -> VoucherForm:
    state = st.session_state

    def typed(field: str) -> str:
        return str(state.get(_name(key, field)) or "")

    return VoucherForm(
        key=key,
        payee=typed("payee"),
        purpose=typed("purpose"),
        category=state.get(_name(key, "category")),
        amount=typed("amount"),
        spent_on=typed("spent_on"),
        receipt_kept=state.get(_name(key, "receipt_kept")),
    )
