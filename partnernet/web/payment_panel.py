"""After saving: the receipt number, the amounts, the new balance, and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from partnernet.domain.agents import Agent
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import Reversal
from partnernet.domain.tenders import Tender
from partnernet.i18n import _
from partnernet.i18n.formats import due, moment, money, signed
from partnernet.i18n.labels import tender as tender_label
from partnernet.services import payments
from partnernet.web import error_report_form, receipt_paper, unfinished_cheques
from partnernet.web.inert import inert
from partnernet.web.runtime import database
from partnernet.web.screens import PAGES

Figure = tuple[str, str]


def draw(receipt: Receipt, open_form: Callable[[str], None], *, by: Agent) -> None:
    """Draw the saved payment; ``open_form`` opens a fresh form for an account number."""
    rows = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in _figures(receipt))
    number = _("Reçu no {number}").format(number=receipt.number)
    st.html(
        '<section class="pn-saved" role="status">'
        f'<p class="pn-saved-number">{escape(number)}</p>'
        f'<p class="pn-customer-name">{escape(receipt.customer.number)} · {escape(receipt.customer.name)}</p>'
        f'{_change(receipt)}<dl class="pn-saved-figures">{rows}</dl></section>'
    )
    if receipt.reversal:
        st.warning(inert(_reversed(receipt.reversal)))
    _draw_rest(receipt, by)
    _draw_paper(receipt)
    new, again, close = st.columns(3)
    if new.button(_("Nouveau paiement"), width="stretch"):
        st.switch_page(PAGES.payment)
    if again.button(_("Nouveau paiement, même client"), width="stretch"):
        open_form(receipt.customer.number)
        st.rerun()
    if close.button(_("Fermer"), width="stretch"):
        st.switch_page(PAGES.home)
    if receipt.agent_login == by.login:
        error_report_form.draw(receipt.number, reversed_already=receipt.reversal is not None, by=by)


def _reversed(reversal: Reversal) -> str:
    """That the payment does not count any more, and which one does."""
    if not reversal.reentered:
        return _("Ce paiement a été contre-passé : il ne compte plus.")
    return _("Ce paiement a été contre-passé : le reçu no {number} le remplace.").format(number=reversal.reentered)


def _draw_rest(receipt: Receipt, by: Agent) -> None:
    """What is left of a cheque that pays several accounts, and the way to the next of them."""
    if receipt.cheque_id is None or not receipt.shares_cheque:
        return
    sheet = payments.unfinished_cheque(database(), receipt.cheque_id, by=by)
    if sheet:
        rest = _("Il reste {rest} de ce chèque à répartir").format(rest=money(sheet.rest))
        unfinished_cheques.draw_one(sheet, rest)


def _figures(receipt: Receipt) -> list[Figure]:
    figures = [
        (_("Montant crédité"), money(receipt.amount)),
        (_("Type de paiement"), _tender(receipt)),
    ]
    if receipt.face_amount and receipt.shares_cheque:
        figures.append((_("Montant du chèque"), money(receipt.face_amount)))
    if receipt.rounding:
        figures.append((_("Reçu en espèces"), money(receipt.received)))
        figures.append((_("Arrondi"), signed(receipt.rounding)))
    if receipt.handed is not None:
        figures.append((_("Montant remis"), money(receipt.handed)))
    if receipt.unallocated:
        figures.append((_("Crédit au compte"), money(receipt.unallocated)))
    figures.append((_("Total dû avant"), due(receipt.total_due_before)))
    figures.append((_("Total dû après"), due(receipt.total_due_after)))
    figures.append((_("Pris le"), moment(receipt.at, receipt.branch.timezone)))
    return figures


def _tender(receipt: Receipt) -> str:
    label = tender_label(receipt.tender)
    if receipt.tender is Tender.CASH or receipt.cheque is None:
        return label
    number = _("no {number}").format(number=receipt.cheque.number)
    post_dated = _("postdaté")
    return f"{label} {number}" + (f" ({post_dated})" if receipt.post_dated else "")


def _change(receipt: Receipt) -> str:
    """The change to hand back, larger than everything else: the customer is waiting for it."""
    if receipt.change is None:
        return ""
    label = _("Monnaie à rendre")
    return f'<p class="pn-change">{escape(label)} <strong>{escape(money(receipt.change))}</strong></p>'


def _draw_paper(receipt: Receipt) -> None:
    """« Imprimer », first in reach of the keyboard, then the paper that this counter prints on."""
    button, format_place, language_place = st.columns(3, vertical_alignment="bottom")
    paper = receipt_paper.choose(format_place, language_place)
    with button.container(key="paper" if error_report_form.about() else "focus-here-receipt"):
        st.link_button(_("Imprimer"), paper.print_address(receipt.number), type="primary", width="stretch")
