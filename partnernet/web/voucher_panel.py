"""After a voucher is paid: what was paid, and the way to the next one."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from partnernet.domain.petty_cash import Voucher
from partnernet.i18n import _
from partnernet.i18n.formats import money


def draw(voucher: Voucher, open_form: Callable[[], None]) -> None:
    """Draw the voucher that this form has paid; ``open_form`` is the callback that opens a fresh one."""
    paid = _("Bon payé : {amount}").format(amount=money(voucher.amount))
    st.html(
        '<section class="pn-saved" role="status">'
        f'<p class="pn-saved-number">{escape(paid)}</p>'
        f'<p class="pn-customer-name">{escape(voucher.payee)}</p><p>{escape(voucher.purpose)}</p></section>'
    )
    if voucher.reversed:
        st.warning(_("Ce bon a été annulé : il ne compte plus."))
    elif not voucher.receipt_kept:
        st.warning(_("Sans pièce justificative : dites-le à votre superviseur, qui le verra à l'approbation."))
    with st.container(key="focus-here-voucher-paid"):
        st.button(_("Nouveau bon"), on_click=open_form)
