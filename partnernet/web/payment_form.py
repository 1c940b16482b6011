"""The payment form: the three ways of choosing the amount, the tender, « Soumettre » and what may come back.

Nothing here says whether a payment was saved: each render of the page looks the key up first, and shows the receipt
instead of this form once it is posted.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.accounts import Account
from partnernet.domain.agents import Agent, branch_of
from partnernet.domain.concerns import ConfirmationNeeded
from partnernet.domain.money import ZERO
from partnernet.domain.payment_form import preview, read_form
from partnernet.domain.refusals import FormRefused, Refusal
from partnernet.domain.shared_cheques import SharedCheque
from partnernet.domain.tenders import Tender
from partnernet.i18n import _
from partnernet.i18n.formats import due, figure, money, signed
from partnernet.i18n.labels import tender as tender_label
from partnernet.i18n.sentences import sentence
from partnernet.services import payments
from partnernet.web import customer_card, payment_form_cheque, refusal_notes, statement_link
from partnernet.web.callbacks import callback
from partnernet.web.payment_form_fields import name, read
from partnernet.web.runtime import database
from partnernet.web.screens import PAGES
from partnernet.web.watch import watch

_WAYS = ("past_due", "total_due", "other")


def draw(account: Account, key: str, *, by: Agent, sheet: SharedCheque | None) -> None:
    """Draw the form for one account and one key; ``sheet`` is the cheque on record with which this account is paid."""
    standing = account.standing
    st.session_state.setdefault(name(key, "seen"), (standing.total_due.cents, standing.past_due.cents))
    st.title(_("Paiement de compte"), anchor=False)
    customer_card.draw(account, branch_of(by).timezone)
    statement_link.draw(account.customer.number)
    left, right = st.columns([5, 7], gap="large")
    if sheet:
        st.session_state.setdefault(name(key, "other"), figure(sheet.rest))
    with left.container(key="focus-here-amounts"):
        _draw_amounts(account, key)
    with right:
        tender = _draw_tender(key, sheet)
        _draw_form(account, key, tender, sheet)
    _draw_answer(account, key, sheet)
    _watch(key)


def _refused(key: str) -> refusal_notes.Notes:
    notes: refusal_notes.Notes = st.session_state.get(name(key, "refused"), ())
    return notes


def _id(sheet: SharedCheque | None) -> int | None:
    return sheet.id if sheet else None


# --- the amount -----------------------------------------------------------------------------------------------------


def _draw_amounts(account: Account, key: str) -> None:
    st.subheader(_("Sélectionner montant"), anchor=False)
    standing = account.standing
    for way, label, amount in (
        ("past_due", _("Montant en souffrance"), standing.past_due),
        ("total_due", _("Total dû"), standing.total_due),
    ):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.checkbox(
                label,
                key=name(key, way),
                disabled=amount.cents <= 0,
                on_change=_choose,
                args=(key, way),
                width="content",
            )
            st.html(f'<p class="pn-amount">{due(amount)}</p>', width="content")
    st.text_input(
        _("Autre montant"), key=name(key, "other"), placeholder=figure(ZERO), on_change=_choose, args=(key, "other")
    )
    refusal_notes.beside("amount", _refused(key))


@callback
def _choose(_by: Agent, key: str, way: str) -> None:
    """One way in force: choosing one clears the others."""
    if not st.session_state.get(name(key, way)):
        return
    for other in _WAYS:
        if other != way:
            st.session_state[name(key, other)] = "" if other == "other" else False


# --- the tender and the buttons -------------------------------------------------------------------------------------


def _draw_tender(key: str, sheet: SharedCheque | None) -> Tender | None:
    """The tender and, for a cheque, its fields; a cheque on record is shown instead, and ``None`` is returned."""
    refused = _refused(key)
    if sheet:
        payment_form_cheque.draw_sheet(sheet)
        refusal_notes.beside("tender", refused)
        return None
    tender = st.radio(
        _("Type de paiement"),
        list(Tender),
        format_func=tender_label,
        index=None,
        horizontal=True,
        key=name(key, "tender"),
    )
    refusal_notes.beside("tender", refused)
    if tender is Tender.CHEQUE:
        payment_form_cheque.draw_fields(key, refused)
    return tender


def _draw_form(account: Account, key: str, tender: Tender | None, sheet: SharedCheque | None) -> None:
    # Enter in the last field submits: it stands in the form, with the buttons.
    with st.form(name(key, "form"), border=False):
        if tender is Tender.CHEQUE:
            payment_form_cheque.draw_drawer(key, _refused(key))
        elif tender is Tender.CASH:
            hint = _("facultatif, pour la monnaie")
            st.text_input(_("Montant remis"), key=name(key, "handed"), placeholder=hint)
            refusal_notes.beside("handed", _refused(key))
        _draw_summary(account, key, sheet)
        submit, close, _rest = st.columns([3, 2, 2])
        submit.form_submit_button(
            _("Soumettre"),
            type="primary",
            width="stretch",
            on_click=_submit,
            args=(key, account.customer.number, _id(sheet)),
        )
        if close.form_submit_button(_("Fermer"), width="stretch"):
            st.switch_page(PAGES.home)


def _draw_summary(account: Account, key: str, sheet: SharedCheque | None) -> None:
    """What will be received, in a line that is always there so that nothing moves under the pointer."""
    form = read(key, account.customer.number, _id(sheet), confirming=False)
    settlement = preview(form, account.standing)
    amount = money(settlement.received) if settlement else "—"
    note = ""
    if settlement and settlement.rounding:
        note = _("arrondi {difference}").format(difference=signed(settlement.rounding))
    if settlement and sheet and settlement.amount <= sheet.rest:
        note = _("il restera {rest} du chèque").format(rest=money(sheet.rest - settlement.amount))
    label = _("Sur ce compte") if sheet else _("À recevoir")
    st.html(
        f'<p class="pn-summary"><span>{escape(label)}</span> <strong>{amount}</strong> '
        f'<span class="pn-quiet">{note}</span></p>'
    )


# --- submitting -----------------------------------------------------------------------------------------------------


@callback
def _submit(by: Agent, key: str, number: str, sheet_id: int | None, confirming: bool = False) -> None:
    """Read every field into one frozen form, then make the one service call; nothing of Streamlit in between."""
    form = read(key, number, sheet_id, confirming=confirming)
    refused: refusal_notes.Notes = ()
    concerns: tuple[object, ...] = ()
    try:
        payments.record(database(), read_form(form), by=by, at=now())
    except ConfirmationNeeded as needed:
        concerns = needed.concerns
    except FormRefused as several:
        refused = refusal_notes.of(*several.refusals)
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[name(key, "refused")] = refused
    st.session_state[name(key, "concerns")] = concerns


# --- what came back -------------------------------------------------------------------------------------------------


def _draw_answer(account: Account, key: str, sheet: SharedCheque | None) -> None:
    """Below the buttons, where it moves nothing: refusals of the form as a whole, or the concerns to confirm."""
    refusal_notes.of_the_form(_refused(key))
    concerns = st.session_state.get(name(key, "concerns"), ())
    if not concerns:
        return
    with st.container(border=True, key="concerns"):
        refusal_notes.to_confirm(_("Avant d'enregistrer, confirmez avec le client :"), map(sentence, concerns))
        st.button(
            _("Confirmer le paiement"),
            type="primary",
            on_click=_submit,
            args=(key, account.customer.number, _id(sheet), True),
        )


def _watch(key: str) -> None:
    """Look the key up while the form is open: a reload in mid-transaction ends at the receipt by itself."""

    watch(lambda by: payments.by_key(database(), key, by=by))
