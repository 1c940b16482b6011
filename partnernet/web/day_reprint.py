"""What is done to a receipt of the day, for the keyboard: choose it, then print it again, correct it, or report it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from partnernet.domain.agents import Agent
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.receipts import DayPayments, ListedPayment
from partnernet.i18n import _
from partnernet.i18n.formats import hour
from partnernet.web import error_report_form, receipt_paper
from partnernet.web.receipt_paper import Paper
from partnernet.web.screens import PAGES
from partnernet.web.summary import shown


def draw(day: DayPayments, *, by: Agent) -> Paper:
    """Draw the choice of a receipt and of its paper; the answer is the paper, for whoever prints from elsewhere."""
    corrects = allowed(by, Permission.VIEW_CORRECTIONS)
    shares = [5, 2, 2, 1.5, 2] if corrects else [5, 2, 2, 1.5]
    receipt, paper_format, paper_language, button, *correct = st.columns(shares, vertical_alignment="bottom")
    payments = {payment.receipt_number: payment for payment in reversed(day.payments)}
    labels = {number: _label(payment, day.branch.timezone) for number, payment in payments.items()}
    chosen = f"reprint_{day.day.isoformat()}"
    if error_report_form.about() in payments:
        st.session_state.setdefault(chosen, error_report_form.about())
    number = receipt.selectbox(
        _("Reçu à réimprimer ou à corriger"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=_("Choisissez un reçu"),
        key=chosen,
    )
    paper = receipt_paper.choose(paper_format, paper_language)
    if number:
        button.link_button(_("Imprimer"), paper.print_address(number), width="stretch")
    else:  # a link that leads nowhere can still be followed
        button.button(_("Imprimer"), disabled=True, width="stretch")
    payment = payments.get(number or "")
    if correct:
        _draw_correct(correct[0], payment, by)
    if payment and payment.agent_login == by.login:
        error_report_form.draw(payment.receipt_number, reversed_already=payment.reversed, by=by)
    return paper


def _draw_correct(place: DeltaGenerator, payment: ListedPayment | None, by: Agent) -> None:
    """The way to the correction of the receipt, made or to be made; never of one's own."""
    own = payment is not None and payment.agent_login == by.login
    made = payment is not None and payment.reversed
    possible = made or (payment is not None and not own and allowed(by, Permission.REVERSE_PAYMENT))
    label = _("Contre-passation") if made else _("Corriger")
    if place.button(label, disabled=not possible, width="stretch") and payment:
        st.switch_page(PAGES.corrections, query_params={"recu": payment.receipt_number})


def _label(payment: ListedPayment, timezone: str) -> str:
    parts = (payment.receipt_number, hour(payment.at, timezone), payment.customer_name, shown(payment.shown_amount))
    return " — ".join(parts)
