"""The questions of a correction: the reason, and only what that reason needs to know."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.correction_form import BankReason, FoundCustomer, other_tender, reasons_for, ways
from partnernet.domain.corrections import Examination
from partnernet.domain.customers import Customer
from partnernet.domain.error_reports import ErrorReason
from partnernet.domain.money import ZERO
from partnernet.domain.refusals import Refusal
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.i18n import _
from partnernet.i18n.correction_labels import bank_reason
from partnernet.i18n.formats import day, figure
from partnernet.i18n.labels import reversal_reason, where_is_the_money
from partnernet.i18n.labels import tender as tender_label
from partnernet.services import customers
from partnernet.web import payment_form_cheque, proof_form, refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.payment_form_fields import name
from partnernet.web.runtime import database
from partnernet.web.screens import PAGES

_CHEQUE_FIELDS = ("cheque_number", "cheque_date", "transit", "institution", "cheque_account", "drawer")


def draw(found: Examination, key: str, refused: refusal_notes.Notes, *, by: Agent) -> tuple[str, ...]:
    """Draw the questions; the answer names the fields drawn, beside which their refusals stand."""
    reason = _reason(found, key, refused)
    if reason is None or found.where is None:
        return ("reason",)
    if reason is ReversalReason.RETURNED_CHEQUE:
        return ("reason", *_returned(key, refused))
    answers = ways(reason, found.where)
    if len(answers) == 1:
        only = _("Le chèque est à la banque : il ne revient que d'elle.")
        st.html(f'<p class="pn-decision-word">{escape(only)}</p>')
        return ("reason",)
    where = st.radio(
        _("Où est l'argent ?"),
        answers,
        index=None,
        format_func=where_is_the_money,
        key=name(key, "where"),
    )
    refusal_notes.beside("where", refused)
    if where is not WhereIsTheMoney.KEPT:
        return "reason", "where"
    return "reason", "where", *_right(found, reason, key, refused, by)


def _reason(found: Examination, key: str, refused: refusal_notes.Notes) -> ReversalReason | None:
    """What is wrong; what the agent has reported is chosen beforehand, for the supervisor to confirm or change."""
    reasons = reasons_for(found.receipt)
    reported = [report.reason for report in found.reports if report.answer is None]
    if reported and reported[-1] is not ErrorReason.OTHER:
        st.session_state.setdefault(name(key, "reason"), ReversalReason(reported[-1].value))
    # After the password was asked, the note has the focus (correction_form.py).
    with st.container(key="reason" if proof_form.was_asked() else "focus-here-reason"):
        reason: ReversalReason | None = st.radio(
            _("Raison"),
            reasons,
            index=None,
            format_func=reversal_reason,
            key=name(key, "reason"),
            on_change=_forget_amount,
            args=(key,),
        )
    refusal_notes.beside("reason", refused)
    return reason


@callback
def _forget_amount(_by: Agent, key: str) -> None:
    """Another reason asks other questions: the amount that was proposed belongs to those that are gone."""
    st.session_state.pop(name(key, "amount"), None)


def _right(
    found: Examination, reason: ReversalReason, key: str, refused: refusal_notes.Notes, by: Agent
) -> tuple[str, ...]:
    """The payment as it should have been: only what the reason says was wrong."""
    if reason is ReversalReason.WRONG_CUSTOMER:
        return _right_customer(key, refused, by)
    if reason is ReversalReason.WRONG_AMOUNT:
        _amount(_("Bon montant"), key, refused)
        return ("amount",)
    tender = other_tender(found.receipt)
    words = _("Bon type de paiement : {tender}").format(tender=tender_label(tender))
    st.html(f'<p class="pn-decision-word"><strong>{escape(words)}</strong></p>')
    refusal_notes.beside("tender", refused)
    st.session_state.setdefault(name(key, "amount"), figure(found.receipt.amount))
    if tender is Tender.CASH:
        _amount(_("Montant reçu en espèces"), key, refused)
        return "tender", "amount"
    _cheque(found, key, refused)
    return "tender", "amount", *_CHEQUE_FIELDS


def _amount(label: str, key: str, refused: refusal_notes.Notes) -> None:
    st.text_input(label, key=name(key, "amount"), placeholder=figure(ZERO))
    refusal_notes.beside("amount", refused)


def _cheque(found: Examination, key: str, refused: refusal_notes.Notes) -> None:
    """The fields of the payment form; the date that is proposed is that of the payment."""
    _amount(_("Montant du chèque"), key, refused)
    st.session_state.setdefault(name(key, "cheque_date"), day(found.receipt.business_date))
    payment_form_cheque.draw_fields(key, refused)
    st.text_input(_("Titulaire"), key=name(key, "drawer"))
    refusal_notes.beside("drawer", refused)


# --- the right customer ---------------------------------------------------------------------------------------------


def _right_customer(key: str, refused: refusal_notes.Notes, by: Agent) -> tuple[str, ...]:
    """Never chosen by the screen: the number is typed, and who it belongs to is shown for confirmation."""
    number, search = st.columns([3, 2], vertical_alignment="bottom")
    typed = number.text_input(_("Bon numéro de client"), key=name(key, "account"))
    search.link_button(_("Chercher un client"), f"/{PAGES.customers.url_path}", width="stretch")
    customer, why = _found(typed, by)
    st.session_state[name(key, "found")] = FoundCustomer(typed, customer.number if customer else "")
    if not any(field == "account" for field, _text in refused):
        refused = refusal_notes.of(why) if why else ()
        refused = tuple(("account", text) for _field, text in refused)
    _draw_found(customer)
    refusal_notes.beside("account", refused)
    return ("account",)


def _found(typed: str, by: Agent) -> tuple[Customer | None, Refusal | None]:
    if not typed.strip():
        return None, None
    try:
        number = customers.by_number(database(), typed, by=by)
        return customers.account(database(), number, by=by, at=now()).customer, None
    except Refusal as refusal:
        return None, refusal


def _draw_found(customer: Customer | None) -> None:
    """Who it is, in a place that is always there so that naming them moves nothing."""
    who = where = ""
    if customer:
        who = f"{customer.number} · {customer.name}"
        where = ", ".join(filter(None, (customer.address_line1, customer.city, customer.postal_code)))
    st.html(
        f'<section class="pn-right-customer" role="status"><p><strong>{escape(who)}</strong>&nbsp;</p>'
        f"<p>{escape(where)}&nbsp;</p></section>"
    )


# --- a cheque that the bank has returned ----------------------------------------------------------------------------


def _returned(key: str, refused: refusal_notes.Notes) -> tuple[str, ...]:
    st.selectbox(
        _("Raison de la banque"),
        list(BankReason),
        index=None,
        format_func=bank_reason,
        placeholder=_("Choisissez"),
        key=name(key, "bank_reason"),
    )
    refusal_notes.beside("bank_reason", refused)
    st.checkbox(_("Ne plus accepter de chèque de ce compte"), key=name(key, "cash_only"))
    return ("bank_reason",)
