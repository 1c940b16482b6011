"""Cheques on hand as a table, each numbered in its list so that their count can be checked."""

from __future__ import annotations

from collections.abc import Sequence

from fpdf.enums import Align

from partnernet.documents.paper import Paper
from partnernet.documents.sheets import SHEET_MM
from partnernet.documents.table import Head, Line, Sums, Table, running
from partnernet.documents.wording import Both, Wording, clipped, masked
from partnernet.domain.cheques import INSTITUTIONS
from partnernet.domain.counts import HeldCheque
from partnernet.domain.deposits import Deposit
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import day, figure

_DRAWER_MAX_CHARS = 80


def cheque_table(
    paper: Paper, cheques: Sequence[HeldCheque], dated: Wording, both: Both, *, void: bool = False
) -> Table:
    """Number, bank, account, drawer, date (headed ``dated``) and face amount of each cheque, and their total.

    Accounts are masked but for their last four digits. Amounts that are ``void`` are crossed out, and not added.
    """
    heads = (
        Head(Wording(""), Align.R),
        Head(both(lambda: _("Chèque no"))),
        Head(both(lambda: _("Transit"))),
        Head(both(lambda: _("Institution")), most_mm=42),
        Head(both(lambda: _("Compte"))),
        Head(both(lambda: _("Titulaire")), fills=True),
        Head(dated),
        Head(both(lambda: _("Montant")), Align.R),
    )
    lines = [_line(place, cheque, void=void) for place, cheque in enumerate(cheques, start=1)]
    if void:
        return Table(paper, SHEET_MM, heads, lines, None)
    sums = [("",) * 7 + (figure(amount),) for amount in running(cheque.amount for cheque in cheques)]
    count = len(cheques)
    label = both(lambda: ngettext("Total, {count} chèque", "Total, {count} chèques", count).format(count=count))
    return Table(paper, SHEET_MM, heads, lines, Sums(label, sums))


def cheques_of(deposit: Deposit) -> tuple[HeldCheque, ...]:
    """The cheques of all its bags."""
    return tuple(cheque for bag in deposit.bags for cheque in bag.cheques)


def _line(place: int, cheque: HeldCheque, *, void: bool) -> Line:
    cells = (
        "" if void else str(place),
        cheque.number,
        cheque.transit,
        _bank(cheque),
        masked(cheque.account),
        clipped(cheque.drawer, _DRAWER_MAX_CHARS),
        day(cheque.dated),
        figure(cheque.amount),
    )
    return Line(cells, void=void)


def _bank(cheque: HeldCheque) -> str:
    return " ".join((cheque.institution, INSTITUTIONS.get(cheque.institution, ""))).strip()
