"""What moved a till, line by line, down to the expected cash and the total due."""

from __future__ import annotations

from collections.abc import Callable

from fpdf.enums import Align

from partnernet.documents.column import Column, english_face
from partnernet.documents.faces import AMOUNT, NAME, PLAIN, SMALL
from partnernet.documents.paper import Paper
from partnernet.documents.sheets import GAP_MM, GUTTER_MM, SHEET_MM, Sheets, shares
from partnernet.documents.table import Head, Line, Table
from partnernet.documents.wording import Both, Pair, Wording
from partnernet.domain.money import Money, total
from partnernet.domain.till_report import TillMovement, TillReport, TillSums, statement, summed
from partnernet.i18n import _
from partnernet.i18n.formats import figure, moment, money
from partnernet.i18n.movements import movement_name

_PADDING_MM = 2.5


def list_movements(
    sheets: Sheets, paper: Paper, report: TillReport, principal: str, both: Both, *, end: Column | None = None
) -> None:
    """Every movement with what it changed, then the amounts due, and the ``end`` on the same sheet.

    The lists above add up to these lines, and these to the sums among them.
    """
    heads = (
        Head(Wording(""), fills=True),
        Head(both(lambda: _("Espèces")), Align.R),
        Head(both(lambda: _("Chèques")), Align.R),
        Head(both(lambda: _("En sac")), Align.R),
        Head(both(lambda: _("Fonds de caisse")), Align.R),
        Head(both(lambda: _("Dû à {principal}").format(principal=principal)), Align.R),
    )
    lines = [_line(movement, report, both) for movement in statement(report.movements)]
    at_submission = both(lambda: _("Dans la caisse à la soumission") if report.submission else _("Dans la caisse"))
    lines.append(_sum(at_submission, report.expected))
    if report.closing:
        lines += [_line(movement, report, both) for movement in report.closing]
        left = both(lambda: _("Après la soumission") if report.submission else _("Tenu en tout"))
        lines.append(_sum(left, report.left))
    if report.later:
        lines += [_line(movement, report, both) for movement in report.later]
        now = both(lambda: _("Au {when}").format(when=moment(report.at, report.branch.timezone)))
        lines.append(_sum(now, report.left + summed(report.later)))
    table = Table(paper, SHEET_MM, heads, lines, None)
    tail = Column(paper, SHEET_MM)
    tail.gap(1)
    rule = both(lambda: _("Dans chaque ligne : espèces + chèques + sacs = fonds de caisse + dû à {principal}"))
    tail.words(Wording(*(words.format(principal=principal) for words in (rule.french, rule.english))), SMALL)
    tail.gap(GAP_MM)
    tail.append(_amounts_due(paper, report, principal, both))
    if end:
        tail.append(end)
    sheets.together(table.listing(both(lambda: _("Mouvements de la caisse")), both), tail, gap_mm=GAP_MM)


def _line(movement: TillMovement, report: TillReport, both: Both) -> Line:
    name = both(lambda: movement_name(movement, report))
    return Line((name, *_figures(movement.sums, blank=True)))


def _sum(name: Wording, sums: TillSums) -> Line:
    return Line((name, *_figures(sums, blank=False)), sums=True)


def _figures(sums: TillSums, *, blank: bool) -> tuple[str, ...]:
    amounts = (sums.cash, sums.cheques, sums.bags, sums.float_present, sums.due)
    return tuple("" if blank and not amount else figure(amount) for amount in amounts)


def _amounts_due(paper: Paper, report: TillReport, principal: str, both: Both) -> Column:
    """Where the money is, and « Total dû à » the principal as the strongest figure, in a frame."""
    places, due = shares(paper, 2, width_mm=SHEET_MM - 2 * _PADDING_MM)
    pairs = [
        Pair(both(lambda: _("Espèces attendues")), figure(report.expected.cash)),
        Pair(both(lambda: _("Chèques en main")), figure(report.expected.cheques)),
        Pair(both(lambda: _("Fonds de caisse présent")), figure(report.expected.float_present)),
        Pair(both(lambda: _("Fonds de caisse autorisé")), figure(report.float_authorised)),
    ]
    places.figures([(pair, PLAIN) for pair in pairs])
    label = both(lambda: _("Total dû à {principal}").format(principal=principal))
    due.text(label.french, NAME, align=Align.R)
    if label.english:
        due.text(label.english, SMALL, align=Align.R)
    due.text(money(report.due), AMOUNT, align=Align.R)
    for words in _parts_of_due(report, both):
        due.text(words.french, SMALL, align=Align.R)
        if words.english:
            due.text(words.english, english_face(SMALL), align=Align.R)
    inside = Column(paper, SHEET_MM - 2 * _PADDING_MM)
    height_mm = max(places.height_mm, due.height_mm)
    inside.place(places, 0, (height_mm - places.height_mm) / 2)
    inside.place(due, places.width_mm + GUTTER_MM, (height_mm - due.height_mm) / 2)
    inside.gap(height_mm)
    column = Column(paper, SHEET_MM)
    column.framed(inside, _PADDING_MM)
    return column


def _parts_of_due(report: TillReport, both: Both) -> list[Wording]:
    """What of the total is not on its way to the principal yet, or is already in a bag."""
    parts = [both(lambda: _("à la soumission"))] if report.submission else []
    later = total(cheque.amount for cheque in report.post_dated)
    if later:
        parts.append(_part(both, later, lambda: _("dont {amount} en chèques postdatés, pas encore payables")))
    in_bags = report.left.bags
    if in_bags:
        parts.append(_part(both, in_bags, lambda: _("dont {amount} en sacs scellés")))
    return parts


def _part(both: Both, amount: Money, say: Callable[[], str]) -> Wording:
    words = both(say)
    return Wording(*(text.format(amount=money(amount)) for text in (words.french, words.english)))
