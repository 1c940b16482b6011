"""What a till report comes to: where the total owed comes from, where the money is, and who signs for it."""

from __future__ import annotations

from fpdf.enums import Align

from partnernet.documents.column import Column
from partnernet.documents.faces import AMOUNT, NAME, PLAIN, SMALL, STRONG
from partnernet.documents.paper import Paper
from partnernet.documents.sheets import GUTTER_MM, SHEET_MM, shares, signature
from partnernet.documents.wording import Both, Pair
from partnernet.domain.money import ZERO, total
from partnernet.domain.tenders import Tender
from partnernet.domain.till import TillFigures
from partnernet.domain.till_report import TillReport
from partnernet.i18n import _
from partnernet.i18n.formats import figure, money, signed

_PADDING_MM = 2.5


def closing(paper: Paper, report: TillReport, figures: TillFigures, principal: str, both: Both) -> Column:
    """The figures, « Total dû à » the principal as the strongest, and the lines to sign: all on one sheet."""
    column = Column(paper, SHEET_MM)
    column.rule(below_mm=3)
    left, right = shares(paper, 2)
    left.words(both(lambda: _("D'où vient le total dû")), STRONG)
    left.gap(0.8)
    left.figures([(pair, PLAIN) for pair in _sources(report, figures, both)])
    right.words(both(lambda: _("Où est l'argent")), STRONG)
    right.gap(0.8)
    right.figures([(pair, PLAIN) for pair in _places(figures, both)])
    authorised = figure(report.position.float_authorised)
    right.words(both(lambda: _("Fonds de caisse autorisé : {amount}").format(amount=authorised)), SMALL)
    column.side_by_side([left, right], GUTTER_MM)
    column.gap(4)
    column.append(_total_due(paper, report, figures, principal, both))
    column.append(_signatures(paper, report, both))
    return column


def _sources(report: TillReport, figures: TillFigures, both: Both) -> list[Pair]:
    """Payments since the last submission, by tender, and what else moved the debt: together the total owed.

    The rest is what was carried forward, less reversals of earlier payments and bags that passed to the branch.
    """
    by_tender = {tender: (count, amount) for tender, count, amount in report.by_tender}
    cheques, cash = (by_tender.get(tender, (0, ZERO)) for tender in (Tender.CHEQUE, Tender.CASH))
    rest = figures.due_to_principal - cheques[1] - cash[1] - report.rounding
    pairs = [
        Pair(both(lambda: _("Paiements par chèque ({count})").format(count=cheques[0])), figure(cheques[1])),
        Pair(both(lambda: _("Paiements en espèces ({count})").format(count=cash[0])), figure(cash[1])),
        Pair(both(lambda: _("Arrondi")), signed(report.rounding)),
    ]
    if rest:
        label = both(lambda: _("Reports, contre-passations et sacs approuvés"))
        pairs.append(Pair(label, signed(rest)))
    return pairs


def _places(figures: TillFigures, both: Both) -> list[Pair]:
    """The drawer, the cheques and the bags, less the branch's float: together the total owed (ledger.md's check)."""
    in_bags = figures.due_to_principal + figures.float_present - figures.expected_cash - figures.cheques
    pairs = [
        Pair(both(lambda: _("Espèces attendues")), figure(figures.expected_cash)),
        Pair(both(lambda: _("Chèques en main")), figure(figures.cheques)),
    ]
    if in_bags:
        pairs.append(Pair(both(lambda: _("En sac, pas encore approuvé")), figure(in_bags)))
    pairs.append(Pair(both(lambda: _("Moins : fonds présent")), figure(figures.float_present)))
    return pairs


def _total_due(paper: Paper, report: TillReport, figures: TillFigures, principal: str, both: Both) -> Column:
    inside = Column(paper, SHEET_MM - 2 * _PADDING_MM)
    label = both(lambda: _("Total dû à {principal}").format(principal=principal))
    amount = Column(paper, inside.width_mm)
    amount.text(money(figures.due_to_principal), AMOUNT, align=Align.R)
    words = Column(paper, inside.width_mm - paper.width(money(figures.due_to_principal), AMOUNT) - GUTTER_MM)
    words.words(label, NAME)
    if report.post_dated:
        later = money(total(cheque.amount for cheque in report.post_dated))
        words.words(
            both(lambda: _("dont {amount} en chèques postdatés, pas encore payables").format(amount=later)), SMALL
        )
    inside.gap(max(words.height_mm, amount.height_mm))
    inside.place(words, 0, (inside.height_mm - words.height_mm) / 2)
    inside.place(amount, 0, (inside.height_mm - amount.height_mm) / 2)
    column = Column(paper, SHEET_MM)
    column.framed(inside, _PADDING_MM)
    return column


def _signatures(paper: Paper, report: TillReport, both: Both) -> Column:
    agent, second = shares(paper, 2)
    dated = both(lambda: _("Date et heure"))
    signature(agent, both(lambda: _("Agent")), f"{report.agent_name} ({report.agent_login})", dated)
    signature(second, both(lambda: _("Deuxième personne, nom et signature")), "", dated)
    column = Column(paper, SHEET_MM)
    column.side_by_side([agent, second], GUTTER_MM)
    return column
