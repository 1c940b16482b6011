"""What was done to a receipt, by whom and when, and the papers that go with it."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.domain.agents import Agent
from partnernet.domain.corrections import Correction, Examination
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason
from partnernet.i18n import _
from partnernet.i18n.formats import moment, money
from partnernet.i18n.labels import reversal_reason, where_is_the_money
from partnernet.services import cash_only
from partnernet.web import correction_words, receipt_paper
from partnernet.web.runtime import database


def draw(found: Examination, *, by: Agent) -> None:
    """Draw the correction of a receipt that is reversed; papers are a branch's own."""
    made = found.correction
    if made is None:
        return
    number = _("Reçu no {number} contre-passé").format(number=found.receipt.number)
    lines = (_by_whom(made, found.receipt), _why(made), _("« {note} »").format(note=made.reversal.note))
    text = "".join(f"<p>{escape(line)}</p>" for line in lines)
    st.html(
        f'<section class="pn-saved" role="status"><p class="pn-saved-number">{escape(number)}</p>'
        f"{text}{_others(made)}{_replaced(made)}</section>"
    )
    if by.branch:
        _draw_papers(made)
    if made.reversal.reason is ReversalReason.RETURNED_CHEQUE:
        _draw_cash_only(found.receipt, by)


def _draw_cash_only(paid: Receipt, by: Agent) -> None:
    """That the account was kept to cash because of this cheque, as long as it is."""
    mark = cash_only.last_mark(database(), paid.customer.number, by=by)
    if mark and mark.cash_only and mark.receipt_number == paid.number:
        words = _(
            "Aucun chèque n'est plus accepté du compte {number}. Son relevé de compte permet de lever la restriction."
        )
        st.html(f'<p class="pn-decision-word pn-flag">{escape(words.format(number=paid.customer.number))}</p>')


def _by_whom(made: Correction, paid: Receipt) -> str:
    return _("Par {name}, le {moment}.").format(
        name=made.reversal.by_name, moment=moment(made.reversal.at, paid.branch.timezone)
    )


def _why(made: Correction) -> str:
    return f"{reversal_reason(made.reversal.reason)} · {where_is_the_money(made.reversal.where)}"


def _others(made: Correction) -> str:
    """The other payments of one sheet of paper, which went with it."""
    if len(made.receipts) == 1:
        return ""
    others = ", ".join(f"{each.number} ({each.customer.name})" for each in made.receipts[1:])
    words = _("Contre-passés avec lui : {others}").format(others=others)
    return f"<p>{escape(words)}</p>"


def _replaced(made: Correction) -> str:
    new = made.reentered
    if new is None:
        return ""
    words = _("Réinscrit au reçu no {number} : {amount}, {tender}").format(
        number=new.number, amount=money(new.amount), tender=correction_words.paid_with(new)
    )
    who = f"{new.customer.number} · {new.customer.name}"
    return f'<p class="pn-replaced"><strong>{escape(words)}</strong></p><p>{escape(who)}</p>'


def _draw_papers(made: Correction) -> None:
    """The slip, first in reach of the keyboard; then the receipt to hand to the customer in place of the first."""
    slip, receipt, format_place, language_place = st.columns(4, vertical_alignment="bottom")
    new = made.reentered
    if new:
        paper = receipt_paper.choose(format_place, language_place)
        language = paper.language
        with receipt:
            _caption(_("Reçu no {number}").format(number=new.number))
            st.link_button(_("Imprimer le reçu"), paper.print_address(new.number), width="stretch")
    else:
        language = receipt_paper.choose_language(receipt)
    with slip:
        _caption(_("Avis de contre-passation"))
        with st.container(key="focus-here-slip"):
            address = f"/print/reversal/{made.reversal.receipt_number}?lang={language}"
            st.link_button(_("Imprimer"), address, type="primary", width="stretch")


def _caption(text: str) -> None:
    """What a button prints, like the label of the fields beside it."""
    st.html(f'<p class="pn-caption">{escape(text)}</p>')
