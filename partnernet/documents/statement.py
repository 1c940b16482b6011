"""The statement of account (relevé de compte) as a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from fpdf.enums import Align

from partnernet.documents.column import Column
from partnernet.documents.faces import SMALL
from partnernet.documents.paper import Paper
from partnernet.documents.sheets import GAP_MM, GUTTER_MM, SHEET_MM, Sheets, headline, origin, reminder
from partnernet.documents.statement_parts import address_and_balance, aged, closing_words, conditions, imports
from partnernet.documents.statement_table import statement_table
from partnernet.documents.wording import Both, Pair, PaperLanguage, Wording, beside, page_of, wording
from partnernet.domain.statements import Statement
from partnernet.i18n import _, in_language
from partnernet.i18n.formats import day, moment

_PAGE_MM = 34.0


def statement_pdf(statement: Statement, *, principal: str, language: PaperLanguage) -> bytes:
    """The statement on letter paper, to be handed over, or folded in three into an envelope with a window.

    Whoever adds up its lines comes from the opening balance to the closing one, whose age stands below it. It names the
    imports of the principal's books that it rests on. The same statement gives the same bytes.
    """
    both = partial(wording, language)
    with in_language("fr"):
        title = both(lambda: _("Relevé de compte"))
        paper = Paper(title=f"{title.french} {statement.customer.number}", at=statement.at)
        drawn = _Drawn(paper, statement, principal, title, language, both)
        sheets = Sheets(paper, drawn.head, drawn.foot)
        sheets.block(address_and_balance(paper, statement, both))
        table = statement_table(paper, statement, principal, both, closing_words(statement, both))
        lines = table.listing(None, both)
        lines.end.append(aged(paper, statement, both))
        sheets.listing(lines, gap_mm=GAP_MM)
        sheets.block(conditions(paper, statement, principal, both), gap_mm=GAP_MM)
        sheets.listing(imports(paper, statement, both))
        sheets.draw()
        return paper.pdf()


@dataclass(frozen=True, slots=True)
class _Drawn:
    paper: Paper
    statement: Statement
    principal: str
    title: Wording
    language: PaperLanguage
    both: Both

    def head(self, number: int) -> Column:
        """What stands above a sheet: everything on the first, a reminder on the others."""
        period = self.statement.period
        made_at = moment(self.statement.at, self.statement.timezone)
        pairs = (
            Pair(self.both(lambda: _("Créancier")), self.principal),
            Pair(self.both(lambda: _("Compte")), self.statement.customer.number),
            Pair(self.both(lambda: _("Relevé fait le")), made_at),
        )
        head = headline(self.paper, self.title, f"{day(period.start)} – {day(period.end)}", ())
        head.append(origin(self.paper, pairs) if number == 1 else reminder(self.paper, pairs))
        return head

    def foot(self, number: int, count: int) -> Column:
        foot, who, page = (
            Column(self.paper, width_mm) for width_mm in (SHEET_MM, SHEET_MM - _PAGE_MM - GUTTER_MM, _PAGE_MM)
        )
        who.text(f"{self.principal} · {self.statement.customer.number}", SMALL)
        page.text(beside(page_of(number, count, self.language)), SMALL, align=Align.R)
        foot.rule(above_mm=3, below_mm=1.5)
        foot.side_by_side([who, page], GUTTER_MM)
        return foot
