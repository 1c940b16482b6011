"""The reversal slip (avis de contre-passation) as a PDF: what was undone, why and by whom, and what replaces it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from fpdf.enums import Align

from partnernet.documents.column import Column
from partnernet.documents.faces import SMALL
from partnernet.documents.paper import Paper
from partnernet.documents.reversal_slip_parts import (
    meaning,
    note,
    receipts_side_by_side,
    shared_receipts,
    signatures,
    why,
)
from partnernet.documents.sheets import GAP_MM, SHEET_MM, Sheets, headline, origin, reminder
from partnernet.documents.wording import Both, Pair, PaperLanguage, Wording, beside, page_of, wording
from partnernet.domain.corrections import Correction
from partnernet.i18n import _, in_language
from partnernet.i18n.formats import moment


def reversal_slip_pdf(correction: Correction, *, principal: str, language: PaperLanguage) -> bytes:
    """The slip on letter paper, to be signed by the supervisor, by whoever took the payment, and by the customer when
    something was handed back.

    It shows the receipt that was reversed and the one that stands in its place, or every receipt that went with one
    sheet of paper. The same correction gives the same bytes.
    """
    both = partial(wording, language)
    with in_language("fr"):
        title = both(lambda: _("Contre-passation du reçu no {number}").format(number=correction.receipts[0].number))
        paper = Paper(title=title.french, at=correction.reversal.at)
        head = _Head(paper, correction, principal, title, both)
        sheets = Sheets(paper, head.of, lambda number, count: _foot(paper, number, count, language))
        sheets.block(why(paper, correction, both))
        sheets.block(note(paper, correction, both), gap_mm=GAP_MM)
        if len(correction.receipts) > 1:
            sheets.listing(shared_receipts(paper, correction, both), gap_mm=GAP_MM)
        else:
            sheets.block(receipts_side_by_side(paper, correction, both), gap_mm=GAP_MM)
        end = Column(paper, SHEET_MM)
        end.append(meaning(paper, correction, both))
        end.append(signatures(paper, correction, both))
        sheets.block(end, gap_mm=GAP_MM)
        sheets.draw()
        return paper.pdf()


@dataclass(frozen=True, slots=True)
class _Head:
    paper: Paper
    correction: Correction
    principal: str
    title: Wording
    both: Both

    def of(self, number: int) -> Column:
        """What stands above a sheet: everything on the first, a reminder on the others."""
        reversal, branch, both = self.correction.reversal, self.correction.receipts[0].branch, self.both
        pairs = (
            Pair(both(lambda: _("Créancier")), self.principal),
            Pair(both(lambda: _("Succursale")), f"{branch.name} ({branch.code})"),
            Pair(both(lambda: _("Contre-passé par")), f"{reversal.by_name} ({reversal.by_login})"),
        )
        head = headline(self.paper, self.title, moment(reversal.at, branch.timezone), ())
        head.append(origin(self.paper, pairs) if number == 1 else reminder(self.paper, pairs))
        return head


def _foot(paper: Paper, number: int, count: int, language: PaperLanguage) -> Column:
    foot = Column(paper, SHEET_MM)
    foot.rule(above_mm=3, below_mm=1.5)
    foot.text(beside(page_of(number, count, language)), SMALL, align=Align.R)
    return foot
