"""The reversals (contre-passations) of a till report: those that moved the till, and those since its submission."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fpdf.enums import Align

from partnernet.documents.paper import Paper
from partnernet.documents.sheets import GAP_MM, SHEET_MM, Sheets
from partnernet.documents.table import Head, Line, Sums, Table, running
from partnernet.documents.wording import Both, Wording, clipped
from partnernet.domain.money import ZERO, Money
from partnernet.domain.till_report import TillReport, TillReversal
from partnernet.i18n import _, labels, ngettext
from partnernet.i18n.formats import figure, moment

_HIDDEN = "••••"
_NAME_MAX_CHARS = 80


def list_reversals(sheets: Sheets, paper: Paper, report: TillReport, principal: str, both: Both) -> None:
    """Reversals that moved the till, of earlier sessions' payments too: without them the drawer cannot be explained.

    While a count is open the amounts of payments in cash are hidden, and so is what each changed.
    """
    title = both(lambda: _("Contre-passations"))
    if not report.reversals:
        return
    if report.blind:
        _list_amounts(sheets, paper, report, report.reversals, title, both)
        return
    columns = [
        (both(head), read) for head, read in _columns(principal) if any(read(reversal) for reversal in report.reversals)
    ]
    heads = (*_heads(both), *(Head(words, Align.R) for words, _read in columns))
    lines = [
        Line((*_who(reversal, report), *(figure(read(reversal)) for _words, read in columns)), _notes(reversal, both))
        for reversal in report.reversals
    ]
    sums = zip(*(running(read(reversal) for reversal in report.reversals) for _words, read in columns), strict=True)
    total = Sums(_total(len(lines), both), [("", "", "", *(figure(amount) for amount in row)) for row in sums])
    sheets.listing(Table(paper, SHEET_MM, heads, lines, total).listing(title, both), gap_mm=GAP_MM)


def list_reversals_since(sheets: Sheets, paper: Paper, report: TillReport, both: Both) -> None:
    """What was undone of a submission afterwards, when anything was; its figures stay those of the submission."""
    if report.since:
        title = both(lambda: _("Contre-passé depuis la soumission"))
        _list_amounts(sheets, paper, report, report.since, title, both)


def _list_amounts(
    sheets: Sheets, paper: Paper, report: TillReport, reversals: Sequence[TillReversal], title: Wording, both: Both
) -> None:
    heads = (*_heads(both), Head(both(lambda: _("Montant")), Align.R))
    lines = [
        Line(
            (*_who(reversal, report), _HIDDEN if reversal.amount is None else figure(reversal.amount)),
            _notes(reversal, both),
        )
        for reversal in reversals
    ]
    sums = None
    if not report.blind:
        amounts = running(reversal.amount or ZERO for reversal in reversals)
        sums = Sums(_total(len(lines), both), [("", "", "", figure(amount)) for amount in amounts])
    sheets.listing(Table(paper, SHEET_MM, heads, lines, sums).listing(title, both), gap_mm=GAP_MM)


def _columns(principal: str) -> list[tuple[Callable[[], str], Callable[[TillReversal], Money]]]:
    """What a reversal may change; a column that none of them changes is left out."""
    return [
        (lambda: _("Espèces"), lambda reversal: reversal.moved.cash),
        (lambda: _("Chèques"), lambda reversal: reversal.moved.cheques),
        (lambda: _("En sac"), lambda reversal: reversal.moved.bags),
        (lambda: _("Fonds de caisse"), lambda reversal: reversal.moved.float_present),
        (lambda: _("Dû à {principal}").format(principal=principal), lambda reversal: reversal.moved.due),
    ]


def _heads(both: Both) -> tuple[Head, ...]:
    return (
        Head(both(lambda: _("Reçu"))),
        Head(both(lambda: _("Contre-passé le"))),
        Head(both(lambda: _("Client")), fills=True),
    )


def _who(reversal: TillReversal, report: TillReport) -> tuple[str, str, str]:
    name = clipped(reversal.customer_name, _NAME_MAX_CHARS)
    when = moment(reversal.at, report.branch.timezone)
    return reversal.receipt_number, when, f"{reversal.customer_number} {name}"


def _notes(reversal: TillReversal, both: Both) -> tuple[Wording, ...]:
    reason = both(lambda: labels.reversal_reason(reversal.reason))
    where = both(lambda: labels.where_is_the_money(reversal.where))
    english = " · ".join(text for text in (reason.english, where.english) if text)
    return (Wording(f"{reason.french} · {where.french} · {reversal.by_name}", english),)


def _total(count: int, both: Both) -> Wording:
    return both(
        lambda: ngettext("Total, {count} contre-passation", "Total, {count} contre-passations", count).format(
            count=count
        )
    )
