"""« Rapport de caisse en cours » as a PDF: what an agent holds for the principal, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from textwrap import wrap

from fpdf.enums import Align

from partnernet.documents.column import Column
from partnernet.documents.faces import SMALL
from partnernet.documents.paper import Face, Paper
from partnernet.documents.sheets import GAP_MM, SHEET_MM, Sheets, headline, origin, reminder
from partnernet.documents.stamps import Stamp, duplicate
from partnernet.documents.till_report_figures import closing
from partnernet.documents.till_report_lists import list_payments, list_post_dated, list_vouchers
from partnernet.documents.wording import Both, Pair, PaperLanguage, Wording, beside, page_of, wording
from partnernet.domain.till_report import TillReport
from partnernet.i18n import _, in_language
from partnernet.i18n.formats import moment

_ANCHOR = Face(6.5)
_PAGE_MM = 34.0
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
        head = _Head(paper, report, principal, title, (*duplicate(copy_number, both), *_blind(report, both)), both)
        sheets = Sheets(paper, head.of, lambda number, count: _foot(paper, report.anchor, number, count, language))
        list_payments(sheets, paper, report, both)
        list_vouchers(sheets, paper, report, both)
        list_post_dated(sheets, paper, report, both)
        if report.position.figures is not None:
            sheets.block(closing(paper, report, report.position.figures, principal, both), gap_mm=GAP_MM)
        sheets.draw()
        return paper.pdf()


def _blind(report: TillReport, both: Both) -> tuple[Stamp, ...]:
    if report.position.figures is not None:
        return ()
    mark = both(lambda: _("Décompte en cours : les totaux d'espèces sont masqués"))
    detail = both(lambda: _("ainsi que chaque montant en espèces et le total dû, jusqu'à ce que le décompte soit figé"))
    return (Stamp(mark, detail),)


@dataclass(frozen=True, slots=True)
class _Head:
    paper: Paper
    report: TillReport
    principal: str
    title: Wording
    stamps: tuple[Stamp, ...]
    both: Both

    def of(self, number: int) -> Column:
        """What stands above a sheet: everything on the first, a reminder on the others."""
        branch = self.report.branch
        opened_at = self.report.position.opened_at
        since = moment(opened_at, branch.timezone) if opened_at else "–"
        pairs = (
            Pair(self.both(lambda: _("Pour le compte de")), self.principal),
            Pair(self.both(lambda: _("Succursale")), f"{branch.name} ({branch.code})"),
            Pair(self.both(lambda: _("Agent")), f"{self.report.agent_name} ({self.report.agent_login})"),
            Pair(self.both(lambda: _("Session de caisse ouverte le")), since),
        )
        head = headline(self.paper, self.title, moment(self.report.at, branch.timezone), self.stamps)
        head.append(origin(self.paper, pairs) if number == 1 else reminder(self.paper, pairs[:3]))
        return head


def _foot(paper: Paper, anchor: tuple[int, str], number: int, count: int, language: PaperLanguage) -> Column:
    sequence, digest = anchor
    foot, left, right = Column(paper, SHEET_MM), Column(paper, SHEET_MM - _PAGE_MM), Column(paper, _PAGE_MM)
    if digest:
        entry = wording(language, lambda: _("Grand livre, écriture no {sequence}").format(sequence=sequence))
        left.words(entry, _ANCHOR)
        left.text(" ".join(wrap(digest, _HASH_GROUP_CHARS)), _ANCHOR)
    right.text(beside(page_of(number, count, language)), SMALL, align=Align.R)
    foot.rule(above_mm=3, below_mm=1.5)
    foot.side_by_side([left, right], 0)
    return foot
