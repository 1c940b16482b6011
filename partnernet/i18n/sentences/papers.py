"""Refusals of papers."""

from __future__ import annotations

from partnernet.domain import papers, till_report
from partnernet.i18n.catalogues import _
from partnernet.i18n.sentences.registry import says


@says(papers.NoSuchPaper)
def no_such_paper(_refusal: papers.NoSuchPaper) -> str:
    return _("Ce papier n'existe pas.")


@says(till_report.TillReportNotFound)
def till_report_not_found(refusal: till_report.TillReportNotFound) -> str:
    return _("Aucun rapport de caisse {id} que vous puissiez lire dans votre succursale.").format(
        id=refusal.reconciliation_id
    )
