"""Cheques on hand as a table, each numbered in its list so that their count can be checked."""

from __future__ import annotations

from collections.abc import Sequence

from fpdf.enums import Align

from partnernet.documents.paper import Paper
from partnernet.documents.sheets import SHEET_MM
from partnernet.documents.table import Head, Line, Sums, Table, running
from partnernet.documents.wording import Both, Wording
from partnernet.domain.cheques import INSTITUTIONS
from partnernet.domain.counts import HeldCheque
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import day, figure


def cheque_table(paper: Paper, cheques: Sequence[HeldCheque], dated: Wording, both: Both) -> Table:
    """Number, institution, drawer, date (headed ``dated``) and face amount of each cheque, and their total."""
    heads = (
        Head(Wording(""), Align.R),
        Head(both(lambda: _("Chèque no"))),
        Head(both(lambda: _("Institution"))),
        Head(both(lambda: _("Titulaire")), fills=True),
        Head(dated),
        Head(both(lambda: _("Montant")), Align.R),
    )
    lines = [
        Line((str(place), cheque.number, _bank(cheque), cheque.drawer, day(cheque.dated), figure(cheque.amount)))
        for place, cheque in enumerate(cheques, start=1)
    ]
    sums = [("", "", "", "", "", figure(amount)) for amount in running(cheque.amount for cheque in cheques)]
    return Table(paper, SHEET_MM, heads, lines, Sums(counted_cheques(len(cheques), both), sums))


def counted_cheques(count: int, both: Both) -> Wording:
    """``Total, 3 chèques``."""
    return both(lambda: ngettext("Total, {count} chèque", "Total, {count} chèques", count).format(count=count))


def _bank(cheque: HeldCheque) -> str:
    return " ".join((cheque.institution, INSTITUTIONS.get(cheque.institution, ""))).strip()
