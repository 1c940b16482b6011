"""When the day's payments were taken: one bar for each hour, cheques and cash apart."""

from __future__ import annotations

from collections import Counter
from zoneinfo import ZoneInfo

import altair as alt
import pandas as pd
import streamlit as st

from partnernet.domain.receipts import DayPayments
from partnernet.domain.tenders import Tender
from partnernet.i18n import _
from partnernet.i18n.labels import tender as tender_label

_HEIGHT_PIXELS = 240
_USUAL_HOURS = (8, 16)  # always drawn, so that one day looks like another


def draw(day: DayPayments) -> None:
    """Draw the chart of the payments that were not reversed; there must be at least one."""
    hour, kind, count = _("Heure"), _("Type"), _("Paiements")
    table = pd.DataFrame(counts_by_hour(day), columns=[hour, kind, count])
    chart = (
        alt.Chart(table)
        .mark_bar()
        .encode(
            x=alt.X(f"{hour}:O", title=None, sort=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y(f"{count}:Q", title=None, axis=alt.Axis(format="d", tickMinStep=1)),
            color=alt.Color(f"{kind}:N", title=None, sort=None, legend=alt.Legend(orient="top")),
            tooltip=[hour, kind, count],
        )
        .properties(height=_HEIGHT_PIXELS)
    )
    st.altair_chart(chart, key="day_by_hour", alt=_("Nombre de paiements par heure"))


def counts_by_hour(day: DayPayments) -> list[tuple[str, str, int]]:
    """Hour of the branch's clock, tender, count: the usual hours, and any before or after, empty or not."""
    zone = ZoneInfo(day.branch.timezone)
    counts = Counter(
        (payment.at.astimezone(zone).hour, payment.tender) for payment in day.payments if not payment.reversed
    )
    hours = [*_USUAL_HOURS, *(hour for hour, _tender in counts)]
    return [
        (_("{hour} h").format(hour=hour), tender_label(tender), counts[hour, tender])
        for hour in range(min(hours), max(hours) + 1)
        for tender in Tender
    ]
