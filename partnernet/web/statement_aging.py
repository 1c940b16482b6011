"""The age of a balance: a bar for the eye, and the same as figures for everybody."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.domain.aging import Aged, Aging
from partnernet.i18n import _, labels, ngettext
from partnernet.i18n.formats import money


def draw(aging: Aging) -> None:
    """Draw every band with its share of the bar, when something is due.

    The bar repeats the figures: a screen reader passes it over.
    """
    if not (aging.amount or aging.undocumented):
        return
    title, figures = _("Âge du solde"), "".join(map(_figure, aging.bands))
    note = ""
    if aging.undocumented:
        words = _("En plus, {amount} dus sans document : le crédit d'un paiement contre-passé avait déjà servi.")
        note = f'<p class="pn-quiet">{escape(words.format(amount=money(aging.undocumented)))}</p>'
    st.html(f'<section class="pn-aging"><h2>{escape(title)}</h2>{_bar(aging)}<dl>{figures}</dl>{note}</section>')


def _bar(aging: Aging) -> str:
    shares = "".join(
        f'<span class="pn-band-{aged.band}" style="flex-grow: {aged.amount.cents}"></span>'
        for aged in aging.bands
        if aged.amount
    )
    return f'<div class="pn-aging-bar" aria-hidden="true">{shares}</div>'


def _figure(aged: Aged) -> str:
    count = ngettext("{count} document", "{count} documents", aged.count).format(count=aged.count) if aged.count else ""
    return (
        f'<div><dt class="pn-band-{aged.band}">{escape(labels.age_band(aged.band))}</dt>'
        f"<dd>{escape(money(aged.amount))}</dd><dd class=pn-note>{escape(count)}</dd></div>"
    )
