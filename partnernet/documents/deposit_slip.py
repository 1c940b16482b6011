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
from partnernet.documents.stamps import Stamp, duplicate
from partnernet.documents.wording import Both, Pair, PaperLanguage, Wording, beside, page_of, wording
from partnernet.domain.deposit_slip import DepositSlip
from partnernet.domain.deposits import Deposit
from partnernet.i18n import _, in_language, ngettext
from partnernet.i18n.formats import moment

_TO_FILL_IN = "_" * 16


def deposit_slip_pdf(slip: DepositSlip, *, principal: str, language: PaperLanguage) -> bytes:
    """The slip on letter paper, once for the bank and once for the branch, each complete on sheets of its own.

    The first sheet is a whole slip by itself: totals, cash, first cheques, initials and the bank's reference (a line to
    fill in while it is not known); further cheques follow on more sheets. From its second print on it is marked
    DUPLICATA, and it says which cheques were withdrawn since the first: the bank must not expect them. The same slip
    gives the same bytes.
    """
    both = partial(wording, language)
    with in_language("fr"):
        title = both(lambda: _("Bordereau de dépôt no {number}").format(number=slip.deposit.number))
        drawn = _Slip(Paper(title=title.french, at=slip.deposit.made_at), slip, principal, title, language)
        drawn.draw(both(lambda: _("Copie de la banque")))
        drawn.draw(both(lambda: _("Copie de la succursale")))
        return drawn.paper.pdf()


@dataclass(frozen=True, slots=True)
class _Slip:
    paper: Paper
    slip: DepositSlip
    principal: str
    title: Wording
    language: PaperLanguage

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
        self._list_withdrawn(sheets)
        sheets.draw()

    def _list_withdrawn(self, sheets: Sheets) -> None:
        cheques = [withdrawn.cheque for withdrawn in self.slip.withdrawn]
        if cheques:
            title = self._both(lambda: _("Chèques retirés depuis la première impression, à ne pas attendre"))
            table = cheque_table(self.paper, cheques, self._both(lambda: _("Date du chèque")), self._both, void=True)
            sheets.listing(table.listing(title, self._both), gap_mm=GAP_MM)

    @property
    def deposit(self) -> Deposit:
        """What is deposited."""
        return self.slip.deposit

    @property
    def _both(self) -> Both:
        return partial(wording, self.language)

    @property
    def _stamps(self) -> tuple[Stamp, ...]:
        marked = duplicate(self.slip.printed.copy_number, self._both)
        if not self.slip.withdrawn:
            return marked
        last = max(withdrawn.at for withdrawn in self.slip.withdrawn)
        count, when = len(self.slip.withdrawn), moment(last, self.deposit.branch.timezone)
        detail = self._both(
            lambda: ngettext(
                "{count} chèque retiré depuis la première impression, le {when}",
                "{count} chèques retirés depuis la première impression, le dernier le {when}",
                count,
            ).format(count=count, when=when)
        )
        return (*marked, Stamp(self._both(lambda: _("BORDEREAU MODIFIÉ")), detail))

    def _head(self, number: int) -> Column:
        made_at = moment(self.deposit.made_at, self.deposit.branch.timezone)
        head = headline(self.paper, self.title, made_at, self._stamps)
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
