"""The parts of a deposit slip: what it comes to, its cash by denomination, and what the bank fills in."""

from __future__ import annotations

from fpdf.enums import Align

from partnernet.documents.cheque_list import cheques_of
from partnernet.documents.column import Column
from partnernet.documents.faces import AMOUNT, NAME, SMALL, STRONG
from partnernet.documents.paper import HAIRLINE_MM, Paper
from partnernet.documents.sheets import GUTTER_MM, SHEET_MM, shares, signature
from partnernet.documents.table import Head, Line, Sums, Table
from partnernet.documents.wording import Both, Pair, Wording
from partnernet.domain.deposits import Deposit
from partnernet.domain.money import Money, total
from partnernet.domain.pieces import COINS, NOTES, Pieces
from partnernet.i18n import _
from partnernet.i18n.formats import denomination, figure, moment, money

_PADDING_MM = 3.0
_STAMP_PADDING_MM = 1.0
_NONE = "–"  # a blank could be filled in later


def summary(paper: Paper, deposit: Deposit, both: Both) -> Column:
    """Cash and cheques, and what they come to as the strongest figure."""
    left, right = shares(paper, 2, width_mm=SHEET_MM - 2 * _PADDING_MM)
    cheques = cheques_of(deposit)
    counted = both(lambda: _("Chèques ({count})").format(count=len(cheques)))
    pairs = (
        Pair(both(lambda: _("Espèces")), figure(deposit.pieces.total())),
        Pair(counted, figure(total(cheque.amount for cheque in cheques))),
    )
    label = both(lambda: _("Total du dépôt"))
    right.text(label.french, NAME, align=Align.R)
    if label.english:
        right.text(label.english, SMALL, align=Align.R)
    right.text(money(deposit.amount), AMOUNT, align=Align.R)
    left.figures([(pair, STRONG) for pair in pairs])
    inside = Column(paper, right.width_mm * 2 + GUTTER_MM)
    inside.place(left, 0, (right.height_mm - left.height_mm) / 2)
    inside.place(right, left.width_mm + GUTTER_MM, 0)
    inside.gap(right.height_mm)
    column = Column(paper, SHEET_MM)
    column.framed(inside, _PADDING_MM)
    return column


def cash(paper: Paper, pieces: Pieces, both: Both) -> Column:
    """Coins beside notes: every denomination, how many and what they are worth."""
    coins, notes = shares(paper, 2)
    coins.append(_denominations(coins, pieces, COINS, both(lambda: _("Pièces de monnaie")), both))
    notes.append(_denominations(notes, pieces, NOTES, both(lambda: _("Billets de banque")), both))
    column = Column(paper, SHEET_MM)
    column.side_by_side([coins, notes], GUTTER_MM)
    return column


def _denominations(
    column: Column, pieces: Pieces, denominations: tuple[int, ...], title: Wording, both: Both
) -> Column:
    heads = (
        Head(title, fills=True),
        Head(both(lambda: _("Quantité")), Align.R),
        Head(both(lambda: _("Valeur")), Align.R),
    )
    lines = []
    for each in denominations:
        count = pieces.of(each)
        value = figure(Money(each * count)) if count else _NONE
        lines.append(Line((denomination(each), f"{count:,}".replace(",", "\u00a0") if count else _NONE, value)))
    sums = Sums(both(lambda: _("Total")), [("", "", figure(_worth(pieces, denominations)))])
    return Table(column.paper, column.width_mm, heads, lines, sums).whole()


def _worth(pieces: Pieces, denominations: tuple[int, ...]) -> Money:
    return Money(sum(each * pieces.of(each) for each in denominations))


def initials(paper: Paper, deposit: Deposit, both: Both) -> Column:
    """Who prepared and checked it, the bank's reference, and room for the bank's stamp."""
    prepared, checked, bank = shares(paper, 3)
    dated = both(lambda: _("Date"))
    signature(prepared, both(lambda: _("Préparé par, initiales")), deposit.made_by, dated)
    signature(checked, both(lambda: _("Vérifié par, initiales")), "", dated)
    left = Column(paper, prepared.width_mm + GUTTER_MM + checked.width_mm)
    left.side_by_side([prepared, checked], GUTTER_MM)
    _fill_reference(left, deposit, both)
    stamp = Column(paper, bank.width_mm - 2 * _STAMP_PADDING_MM)
    stamp.words(both(lambda: _("Timbre et initiales de la banque")), SMALL)
    stamp.gap(left.height_mm - stamp.height_mm - 2 * _STAMP_PADDING_MM)
    bank.framed(stamp, _STAMP_PADDING_MM, weight_mm=HAIRLINE_MM)
    column = Column(paper, SHEET_MM)
    column.gap(3)
    column.side_by_side([left, bank], GUTTER_MM)
    return column


def _fill_reference(column: Column, deposit: Deposit, both: Both) -> None:
    column.gap(5)
    column.text(deposit.bank_reference, NAME)
    column.rule(above_mm=0.5, below_mm=0.6)
    label = both(lambda: _("Référence de la banque"))
    if deposit.settled_at is not None:
        when = moment(deposit.settled_at, deposit.branch.timezone)
        label = both(lambda: _("Référence de la banque, inscrite le {when}").format(when=when))
    column.words(label, SMALL)
