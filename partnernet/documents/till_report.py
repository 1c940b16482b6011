"""The till report (rapport de caisse) as a PDF: what an agent holds for the principal, or has submitted, and why."""

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
from partnernet.documents.till_report_count import counted_and_decided, list_recounts, signatures
from partnernet.documents.till_report_lists import list_cheques, list_payments, list_post_dated, list_vouchers
from partnernet.documents.till_report_reversals import list_reversals, list_reversals_since
from partnernet.documents.till_report_statement import list_movements
from partnernet.documents.wording import Both, Pair, PaperLanguage, Wording, beside, page_of, wording
from partnernet.domain.till_report import TillReport
from partnernet.i18n import _, in_language
from partnernet.i18n.formats import moment

_ANCHOR = Face(6.5)
_PAGE_MM = 34.0
_HASH_GROUP_CHARS = 4  # as people compare long numbers


def till_report_pdf(report: TillReport, *, principal: str, language: PaperLanguage) -> bytes:
    """The report on letter paper, to be signed by the agent and a second person.

    Whoever adds up its lists comes to each line of its movements, and from these to the expected cash and the total
    due. Every sheet carries the moment of its figures and the chain anchor. While a count is open nothing on it tells
    what the drawer should hold, and there is nothing to sign. The report of a submission is marked DUPLICATA from its
    second print on; that of a till as it stands is another paper at every moment. The same report gives the same bytes.
    """
    both = partial(wording, language)
    with in_language("fr"):
        title = both(lambda: _title(report))
        paper = Paper(title=f"{title.french} {report.agent_login}", at=report.as_of)
        head = _Head(paper, report, principal, title, _stamps(report, both), both)
        sheets = Sheets(paper, head.of, lambda number, count: _foot(paper, report, number, count, language))
        list_payments(sheets, paper, report, both)
        list_reversals(sheets, paper, report, principal, both)
        list_reversals_since(sheets, paper, report, both)
        list_vouchers(sheets, paper, report, both)
        list_cheques(sheets, paper, report, both)
        list_post_dated(sheets, paper, report, both)
        if report.submission:
            list_recounts(sheets, paper, report.submission, report.branch, both)
            list_movements(sheets, paper, report, principal, both)
            sheets.block(counted_and_decided(paper, report, report.submission, both), gap_mm=GAP_MM)
        elif not report.blind:
            list_movements(sheets, paper, report, principal, both, end=signatures(paper, report, both))
        sheets.draw()
        return paper.pdf()


def _title(report: TillReport) -> str:
    if report.submission is None:
        return _("Rapport de caisse en cours")
    return _("Rapport de caisse no {number}").format(number=report.submission.number)


def _stamps(report: TillReport, both: Both) -> tuple[Stamp, ...]:
    if report.submission:
        return duplicate(report.printed.copy_number, both)
    if not report.blind:
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
        report, branch, both = self.report, self.report.branch, self.both
        since = moment(report.opened_at, branch.timezone) if report.opened_at else "–"
        pairs = (
            Pair(both(lambda: _("Pour le compte de")), self.principal),
            Pair(both(lambda: _("Succursale")), f"{branch.name} ({branch.code})"),
            Pair(both(lambda: _("Agent")), f"{report.agent_name} ({report.agent_login})"),
            Pair(both(lambda: _("Session de caisse ouverte le")), since),
        )
        head = headline(self.paper, self.title, moment(report.as_of, branch.timezone), self.stamps)
        head.append(origin(self.paper, pairs) if number == 1 else reminder(self.paper, pairs[:3]))
        return head


def _foot(paper: Paper, report: TillReport, number: int, count: int, language: PaperLanguage) -> Column:
    sequence, digest = report.anchor
    when = moment(report.at, report.branch.timezone)
    foot, left, right = Column(paper, SHEET_MM), Column(paper, SHEET_MM - _PAGE_MM), Column(paper, _PAGE_MM)
    entry = wording(
        language,
        lambda: _("Grand livre au {when}, écriture no {sequence}").format(when=when, sequence=sequence),
    )
    left.words(entry, _ANCHOR)
    left.text(" ".join(wrap(digest, _HASH_GROUP_CHARS)), _ANCHOR)
    right.text(beside(page_of(number, count, language)), SMALL, align=Align.R)
    foot.rule(above_mm=3, below_mm=1.5)
    foot.side_by_side([left, right], 0)
    return foot
