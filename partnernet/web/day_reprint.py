"""Printing a receipt of the day again, for the keyboard: choose it, then « Imprimer »."""

from __future__ import annotations

import streamlit as st

from partnernet.domain.receipts import DayPayments, ListedPayment
from partnernet.i18n import _
from partnernet.i18n.formats import hour
from partnernet.web import receipt_paper
from partnernet.web.receipt_paper import Paper
from partnernet.web.summary import shown


def draw(day: DayPayments) -> Paper:
    """Draw the choice of a receipt and of its paper; the answer is the paper, for whoever prints from elsewhere."""
    receipt, paper_format, paper_language, button = st.columns([5, 2, 2, 1.4], vertical_alignment="bottom")
    labels = {payment.receipt_number: _label(payment, day.branch.timezone) for payment in reversed(day.payments)}
    number = receipt.selectbox(
        _("Reçu à réimprimer"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=_("Choisissez un reçu"),
        key=f"reprint_{day.day.isoformat()}",
    )
    paper = receipt_paper.choose(paper_format, paper_language)
    if number:
        button.link_button(_("Imprimer"), paper.print_address(number), width="stretch")
    else:  # a link that leads nowhere can still be followed
        button.button(_("Imprimer"), disabled=True, width="stretch")
    return paper


def _label(payment: ListedPayment, timezone: str) -> str:
    parts = (payment.receipt_number, hour(payment.at, timezone), payment.customer_name, shown(payment.shown_amount))
    return " — ".join(parts)
