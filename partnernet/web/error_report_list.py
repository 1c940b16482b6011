"""« Erreurs signalées » of one's own day: what was sent, and what the supervisor has answered."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from partnernet.domain.error_reports import ErrorReport
from partnernet.i18n import _
from partnernet.i18n.formats import hour
from partnernet.i18n.labels import error_reason
from partnernet.web import error_report_form
from partnernet.web.summary import Column, draw_table


def draw(reports: Iterable[ErrorReport], timezone: str) -> None:
    """Draw one row per report, the latest first; nothing when there is none."""
    rows = [_row(report, timezone) for report in reports][::-1]
    if not rows:
        return
    st.header(_("Erreurs signalées"), anchor=False)
    columns = (
        Column(_("Reçu")),
        Column(_("Heure")),
        Column(_("Raison")),
        Column(_("Réponse"), long=True),
    )
    draw_table(columns, rows)


def _row(report: ErrorReport, timezone: str) -> tuple[str, str, str, str]:
    answer = error_report_form.state(report, timezone)
    return report.payment.receipt_number, hour(report.at, timezone), error_reason(report.reason), answer
