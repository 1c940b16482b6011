"""The deposit slip (bordereau de dépôt) as a PDF: a copy for the bank, then one that the branch keeps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from fpdf.enums import Align

from partnernet.documents.cheque_list import cheque_table, cheques_of
from partnernet.documents.column import Column
from partnernet.documents.deposit_slip_parts import cash, initials, summary
from partnernet.documents.faces import SMALL, STRONG
from partnernet.documents.paper import Paper
from partnernet.documents.sheets import (
    GAP_MM,
    GUTTER_MM,
    SHEET_MM,
    Sheets,
    headline,
    none_listed,
    origin,
    reminder,
    shares,
)
from partnernet.documents.stamps import duplicate
from partnernet.documents.wording import Both, Pair, PaperLanguage, Wording, beside, page_of, wording
from partnernet.domain.deposits import Deposit
from partnernet.i18n import _, in_language
from partnernet.i18n.formats import moment

_TO_FILL_IN = "_" * 16


def deposit_slip_pdf(deposit: Deposit, *, principal: str, language: PaperLanguage, copy_number: int) -> bytes:
    """The slip on letter paper, once for the bank and once for the branch, each complete on sheets of its own.

    The first sheet is a whole slip by itself: totals, cash, first cheques, initials and the bank's reference (a line to
    fill in while it is not known); further cheques follow on more sheets. ``copy_number`` counts how often it was
    printed: from 2 on it is marked DUPLICATA. The same deposit and arguments give the same bytes.
    """
    both = partial(wording, language)
    with in_language("fr"):
        title = both(lambda: _("Bordereau de dépôt no {number}").format(number=deposit.number))
        slip = _Slip(Paper(title=title.french, at=deposit.made_at), deposit, principal, title, language, copy_number)
        slip.draw(both(lambda: _("Copie de la banque")))
        slip.draw(both(lambda: _("Copie de la succursale")))
        return slip.paper.pdf()


@dataclass(frozen=True, slots=True)
class _Slip:
    paper: Paper
    deposit: Deposit
    principal: str
    title: Wording
    language: PaperLanguage
    copy_number: int

    def draw(self, kept_by: Wording) -> None:
        """One complete slip, for whoever keeps it."""
        sheets = Sheets(self.paper, self._head, lambda number, count: self._foot(kept_by, number, count))
        sheets.block(summary(self.paper, self.deposit, self._both))
        sheets.block(cash(self.paper, self.deposit.pieces, self._both), gap_mm=GAP_MM)
        title = self._both(lambda: _("Chèques"))
        cheques = cheques_of(self.deposit)
        if cheques:
            table = cheque_table(self.paper, cheques, self._both(lambda: _("Date du chèque")), self._both)
            sheets.listing(table.listing(title, self._both), gap_mm=GAP_MM)
        else:
            sheets.block(none_listed(self.paper, title, self._both(lambda: _("Aucun chèque."))), gap_mm=GAP_MM)
        sheets.draw()

    @property
    def _both(self) -> Both:
        return partial(wording, self.language)

    def _head(self, number: int) -> Column:
        made_at = moment(self.deposit.made_at, self.deposit.branch.timezone)
        head = headline(self.paper, self.title, made_at, duplicate(self.copy_number, self._both))
        bags = ", ".join(str(bag.number) for bag in self.deposit.bags)
        pairs = (
            Pair(self._both(lambda: _("Au crédit de")), self.principal),
            Pair(self._both(lambda: _("Compte de dépôt")), self.deposit.account or _TO_FILL_IN),
            Pair(self._both(lambda: _("Déposant")), f"{self.deposit.branch.name} ({self.deposit.branch.code})"),
            Pair(self._both(lambda: _("Sacs scellés")), bags),
        )
        head.append(origin(self.paper, pairs) if number == 1 else reminder(self.paper, pairs[:3]))
        return head

    def _foot(self, kept_by: Wording, number: int, count: int) -> Column:
        foot = Column(self.paper, SHEET_MM)
        if number == 1:
            foot.append(initials(self.paper, self.deposit, self._both))
        foot.rule(above_mm=3, below_mm=1.5)
        left, right = shares(self.paper, 2)
        left.words(kept_by, STRONG)
        right.text(beside(page_of(number, count, self.language)), SMALL, align=Align.R)
        foot.side_by_side([left, right], GUTTER_MM)
        return foot
