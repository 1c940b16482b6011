"""« Rapport de caisse en cours » as a PDF: what an agent holds for the principal, and why."""

from __future__ import annotations

from functools import partial
from textwrap import wrap

from fpdf.enums import Align

from partnernet.documents.column import Column
from partnernet.documents.faces import SMALL
from partnernet.documents.paper import Face, Paper
from partnernet.documents.sheets import SHEET_MM, Sheets, headline, origin
from partnernet.documents.stamps import Stamp, duplicate
from partnernet.documents.till_report_figures import closing
from partnernet.documents.till_report_lists import list_payments, list_post_dated, list_vouchers
from partnernet.documents.wording import Both, Pair, PaperLanguage, Wording, beside, page_of, wording
from partnernet.domain.till_report import TillReport
from partnernet.i18n import _, in_language
from partnernet.i18n.formats import moment

_ANCHOR = Face(6.5)
_PAGE_MM = 32.0
_HASH_GROUP_CHARS = 4  # as people compare long numbers


def till_report_pdf(report: TillReport, *, principal: str, language: PaperLanguage, copy_number: int) -> bytes:
    """The report on letter paper, to be signed by the agent and a second person.

    Every sheet carries the chain anchor. While a count is open (the position has no figures) nothing on it tells what
    the drawer should hold, and there is nothing to sign. ``copy_number`` counts how often it was printed: from 2 on it
    is marked DUPLICATA. The same report and arguments give the same bytes.
    """
    both = partial(wording, language)
    with in_language("fr"):
        title = both(lambda: _("Rapport de caisse en cours"))
        paper = Paper(title=f"{title.french} {report.agent_login}", at=report.at)
        stamps = (*duplicate(copy_number, both), *_blind(report, both))
        sheets = Sheets(
            paper,
            lambda number: _head(paper, report, principal, title, stamps, number, both),
            lambda number, count: _foot(paper, report, number, count, language),
        )
        list_payments(sheets, paper, report, both)
        list_vouchers(sheets, paper, report, both)
        list_post_dated(sheets, paper, report, both)
        if report.position.figures is not None:
            sheets.block(closing(paper, report, report.position.figures, principal, both), gap_mm=5)
        sheets.draw()
        return paper.pdf()


def _blind(report: TillReport, both: Both) -> tuple[Stamp, ...]:
    if report.position.figures is not None:
        return ()
    mark = both(lambda: _("Décompte en cours : les totaux d'espèces sont masqués"))
    return (
        Stamp(mark, both(lambda: _("ainsi que chaque montant en espèces et le total dû, jusqu'à ce qu'il soit figé"))),
    )


def _head(
    paper: Paper,
    report: TillReport,
    principal: str,
    title: Wording,
    stamps: tuple[Stamp, ...],
    number: int,
    both: Both,
) -> Column:
    head = headline(paper, title, moment(report.at, report.branch.timezone), stamps)
    opened = report.position.opened_at
    since = moment(opened, report.branch.timezone) if opened else _("aucune")
    branch, agent = f"{report.branch.name} ({report.branch.code})", f"{report.agent_name} ({report.agent_login})"
    if number > 1:
        head.text(" · ".join((principal, branch, agent)), SMALL)
        head.gap(3)
        return head
    pairs = (
        Pair(both(lambda: _("Pour le compte de")), principal),
        Pair(both(lambda: _("Succursale")), branch),
        Pair(both(lambda: _("Agent")), agent),
        Pair(both(lambda: _("Session de caisse ouverte le")), since),
    )
    head.append(origin(paper, pairs))
    return head


def _foot(paper: Paper, report: TillReport, number: int, count: int, language: PaperLanguage) -> Column:
    sequence, digest = report.anchor
    foot = Column(paper, SHEET_MM)
    foot.rule(above_mm=1, below_mm=1.5)
    anchor = Column(paper, SHEET_MM - _PAGE_MM)
    label = wording(language, lambda: _("Ancrage du registre, écriture no {sequence}").format(sequence=sequence))
    anchor.words(label, _ANCHOR)
    anchor.text(" ".join(wrap(digest, _HASH_GROUP_CHARS)), _ANCHOR)
    page = Column(paper, _PAGE_MM)
    page.text(beside(page_of(number, count, language)), SMALL, align=Align.R)
    foot.side_by_side([anchor, page], 0)
    return foot
