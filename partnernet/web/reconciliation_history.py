"""An agent's differences over time, the one to decide on among them."""

from __future__ import annotations

from html import escape

import altair as alt
import pandas as pd
import streamlit as st

from partnernet.domain.approvals import Examination
from partnernet.domain.money import total
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import day, dollars, money
from partnernet.i18n.labels import difference

_HEIGHT_PIXELS = 150
_SHORT, _OVER = "#A4161A", "#C7772E"


def draw(found: Examination) -> None:
    """Draw a bar for each submission, oldest first, and what they come to."""
    st.subheader(_("Ses derniers écarts"), anchor=False)
    if not found.history:
        first = _("C'est la première réconciliation de cette personne.")
        st.html(f'<p class="pn-quiet">{escape(first)}</p>')
        return
    _draw_figures(found)
    _draw_chart(found)


def _draw_figures(found: Examination) -> None:
    """How often short and over before this one, and by how much together."""
    before = [past.difference for past in found.history]
    short, over = [d for d in before if d.cents < 0], [d for d in before if d.cents > 0]
    count = len(before)
    lines = (
        ngettext("{count} réconciliation avant celle-ci", "{count} réconciliations avant celle-ci", count).format(
            count=count
        ),
        ngettext("{count} déficit : {amount}", "{count} déficits : {amount}", len(short)).format(
            count=len(short), amount=money(abs(total(short)))
        ),
        ngettext("{count} excédent : {amount}", "{count} excédents : {amount}", len(over)).format(
            count=len(over), amount=money(total(over))
        ),
    )
    st.html(f'<div class="pn-history">{"".join(f"<p>{escape(line)}</p>" for line in lines)}</div>')


def _draw_chart(found: Examination) -> None:
    number, amount, what, when = _("Réconciliation"), _("Écart ($)"), _("Écart"), _("Soumise le")
    this = found.reconciliation
    timezone = found.branch
    lines = [
        *((past.number, past.difference, past.submitted_at) for past in reversed(found.history)),
        (this.number, this.count.difference, this.submitted_at),
    ]
    rows = [
        (
            _("no {number}").format(number=each),
            float(dollars(found_difference)),
            difference(found_difference),
            day(timezone.business_date(at)),
        )
        for each, found_difference, at in lines
    ]
    table = pd.DataFrame(rows, columns=[number, amount, what, when])
    bars = (
        alt.Chart(table)
        .mark_bar()
        .encode(
            x=alt.X(f"{number}:N", title=None, sort=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y(f"{amount}:Q", title=None),
            color=alt.condition(alt.datum[amount] < 0, alt.value(_SHORT), alt.value(_OVER)),
            tooltip=[number, when, what],
        )
        .properties(height=_HEIGHT_PIXELS)
    )
    st.altair_chart(bars, key="reconciliation_history", alt=_("Écarts des dernières réconciliations"))
