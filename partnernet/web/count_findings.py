"""What a count found: how a difference looks, and the payments that would explain it."""

from __future__ import annotations

import streamlit as st

from partnernet.domain.agents import Branch
from partnernet.domain.counts import FrozenCount
from partnernet.domain.money import Money
from partnernet.i18n import _
from partnernet.i18n.formats import hour, moment, money
from partnernet.i18n.labels import tender
from partnernet.web.summary import Column, draw_table


def look_of(difference: Money) -> str:
    """The look of a section about a difference (static/till_count.css)."""
    return "pn-even" if not difference else "pn-over" if difference.cents > 0 else "pn-short"


def draw_suspects(count: FrozenCount, branch: Branch) -> None:
    """Draw the payments that equal the difference, or half of it: counted on the wrong side."""
    if not count.suspects:
        return
    st.subheader(_("Paiements qui expliqueraient l'écart"), anchor=False)
    columns = (
        Column(_("Reçu")),
        Column(_("Heure")),
        Column(_("Client"), long=True),
        Column(_("Type")),
        Column(_("Montant"), figures=True),
        Column(_("Piste")),
    )
    same, half = _("égal à l'écart"), _("la moitié de l'écart")
    counted_on = branch.business_date(count.frozen_at)
    one_day = all(branch.business_date(payment.at) == counted_on for payment in count.suspects)
    written = hour if one_day else moment
    rows = [
        (
            payment.receipt_number,
            written(payment.at, branch.timezone),
            f"{payment.customer_number} · {payment.customer_name}",
            tender(payment.tender),
            money(payment.received),
            same if payment.received == abs(count.difference) else half,
        )
        for payment in count.suspects
    ]
    draw_table(columns, rows)
