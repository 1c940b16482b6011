"""The parts of a reversal slip: why and how much, the receipts concerned, what it means, and the lines to sign."""

from __future__ import annotations

from fpdf.enums import Align

from partnernet.documents.column import Column
from partnernet.documents.faces import AMOUNT, NAME, PLAIN, SMALL, STRONG
from partnernet.documents.paper import Paper
from partnernet.documents.receipt_parts import fill_name
from partnernet.documents.sheets import GUTTER_MM, SHEET_MM, Listing, shares, signature
from partnernet.documents.table import Head, Line, Sums, Table, running
from partnernet.documents.wording import Both, Pair, Wording, beside, clipped, masked
from partnernet.domain.cheques import INSTITUTIONS, Cheque
from partnernet.domain.corrections import Correction
from partnernet.domain.money import total
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import WhereIsTheMoney
from partnernet.i18n import _, labels, ngettext
from partnernet.i18n.formats import day, figure, moment, money, signed

_PADDING_MM = 3.0
_NAME_MAX_CHARS = 80


def why(paper: Paper, correction: Correction, both: Both) -> Column:
    """The reason and where the money is, beside the amount as the strongest figure."""
    left, right = shares(paper, 2, width_mm=SHEET_MM - 2 * _PADDING_MM)
    reversal = correction.reversal
    left.words(both(lambda: _("Raison")), SMALL)
    left.words(both(lambda: labels.reversal_reason(reversal.reason)), NAME)
    left.gap(1.5)
    left.words(both(lambda: _("Où est l'argent")), SMALL)
    left.words(both(lambda: labels.where_is_the_money(reversal.where)), STRONG)
    label = both(lambda: _("Montant contre-passé"))
    right.text(label.french, NAME, align=Align.R)
    if label.english:
        right.text(label.english, SMALL, align=Align.R)
    right.text(money(total(receipt.amount for receipt in correction.receipts)), AMOUNT, align=Align.R)
    inside = Column(paper, SHEET_MM - 2 * _PADDING_MM)
    inside.side_by_side([left, right], GUTTER_MM)
    column = Column(paper, SHEET_MM)
    column.framed(inside, _PADDING_MM)
    return column


def note(paper: Paper, correction: Correction, both: Both) -> Column:
    """What the supervisor says about it, in the supervisor's own words."""
    column = Column(paper, SHEET_MM)
    column.words(both(lambda: _("Note")), SMALL)
    column.text(correction.reversal.note, PLAIN)
    return column


def receipts_side_by_side(paper: Paper, correction: Correction, both: Both) -> Column:
    """The receipt that does not count any more, and at its right the one that stands in its place."""
    column = Column(paper, SHEET_MM)
    old, new = shares(paper, 2)
    _fill_receipt(old, correction.receipts[0], both(lambda: _("Reçu contre-passé")), both, void=True)
    if correction.reentered:
        _fill_receipt(new, correction.reentered, both(lambda: _("Inscrit à la place")), both)
    column.side_by_side([old, new], GUTTER_MM)
    return column


def _fill_receipt(column: Column, receipt: Receipt, title: Wording, both: Both, *, void: bool = False) -> None:
    column.words(title, STRONG)
    column.rule(above_mm=0.6, below_mm=1.2)
    column.words(both(lambda: _("Reçu no {number}").format(number=receipt.number)), NAME)
    if void:
        column.struck(money(receipt.amount), NAME)
    else:
        column.text(money(receipt.amount), NAME)
    column.gap(1.5)
    fill_name(column, receipt.customer.name)
    column.words(both(lambda: _("Compte no {number}").format(number=receipt.customer.number)), PLAIN)
    column.gap(1.5)
    for pair in _how_paid(receipt, both):
        column.pair(pair, PLAIN)


def _how_paid(receipt: Receipt, both: Both) -> list[Pair]:
    tender = both(lambda: _("Type de paiement"))
    pairs = [Pair(tender, beside(both(lambda: labels.tender(receipt.tender))))]
    if receipt.cheque is not None:
        pairs += _cheque(receipt.cheque, both)
    if receipt.rounding:
        pairs.append(Pair(both(lambda: _("Espèces reçues")), figure(receipt.received)))
        pairs.append(Pair(both(lambda: _("Arrondi")), signed(receipt.rounding)))
    pairs.append(Pair(both(lambda: _("Inscrit le")), moment(receipt.at, receipt.branch.timezone)))
    return pairs


def _cheque(cheque: Cheque, both: Both) -> list[Pair]:
    bank = " ".join((cheque.institution, INSTITUTIONS.get(cheque.institution, ""))).strip()
    return [
        Pair(both(lambda: _("Chèque no")), cheque.number),
        Pair(both(lambda: _("Date du chèque")), day(cheque.dated)),
        Pair(both(lambda: _("Institution")), bank),
        Pair(both(lambda: _("Compte bancaire")), masked(cheque.account)),
    ]


def shared_receipts(paper: Paper, correction: Correction, both: Both) -> Listing:
    """Every receipt that one sheet of paper paid, and what they come to."""
    heads = (
        Head(both(lambda: _("Reçu"))),
        Head(both(lambda: _("Client")), fills=True),
        Head(both(lambda: _("Montant")), Align.R),
    )
    lines = [
        Line((receipt.number, f"{receipt.customer.number} {_clipped(receipt)}", figure(receipt.amount)), void=True)
        for receipt in correction.receipts
    ]
    count = len(correction.receipts)
    label = both(lambda: ngettext("Total, {count} reçu", "Total, {count} reçus", count).format(count=count))
    sums = [("", "", figure(amount)) for amount in running(receipt.amount for receipt in correction.receipts)]
    cheque = correction.receipts[0].cheque
    title = both(
        lambda: _("Reçus payés par le chèque no {number}, tous contre-passés").format(
            number=cheque.number if cheque else ""
        )
    )
    return Table(paper, SHEET_MM, heads, lines, Sums(label, sums)).listing(title, both)


def _clipped(receipt: Receipt) -> str:
    return clipped(receipt.customer.name, _NAME_MAX_CHARS)


def meaning(paper: Paper, correction: Correction, both: Both) -> Column:
    """What it means for whoever holds the receipts."""
    column = Column(paper, SHEET_MM)
    count = len(correction.receipts)
    void = both(
        lambda: ngettext(
            "Le reçu no {number} ne vaut plus paiement : le compte n'en est plus crédité.",
            "Ces {count} reçus ne valent plus paiement : les comptes n'en sont plus crédités.",
            count,
        ).format(number=correction.receipts[0].number, count=count)
    )
    column.words(void, STRONG)
    new = correction.reentered
    if new:
        column.gap(0.8)
        column.words(both(lambda: _("Le reçu no {number} le remplace.").format(number=new.number)), STRONG)
    return column


def signatures(paper: Paper, correction: Correction, both: Both) -> Column:
    """The supervisor, whoever took the payment, and the customer when something was handed back."""
    dated = both(lambda: _("Date"))
    signers = [
        (both(lambda: _("Superviseur, signature")), correction.reversal.by_name),
        (both(lambda: _("Agent, signature")), correction.receipts[0].agent_name),
    ]
    if correction.reversal.where is WhereIsTheMoney.HANDED_BACK:
        signers.append((both(lambda: _("Client, pour ce qui lui est remis")), ""))
    columns = shares(paper, len(signers))
    for column, (label, name) in zip(columns, signers, strict=True):
        signature(column, label, name, dated)
    row = Column(paper, SHEET_MM)
    row.gap(3)
    row.side_by_side(columns, GUTTER_MM)
    return row
