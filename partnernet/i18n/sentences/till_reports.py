"""Refusals of till reports."""

from __future__ import annotations

from partnernet.domain import till_report
from partnernet.i18n.catalogues import _
from partnernet.i18n.sentences.registry import says


@says(till_report.TillReportNotFound)
def till_report_not_found(refusal: till_report.TillReportNotFound) -> str:
    return _("Aucun rapport de caisse {id} que vous puissiez lire dans votre succursale.").format(
        id=refusal.reconciliation_id
    )
