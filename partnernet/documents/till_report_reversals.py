"""The reversals (contre-passations) of a till report, and what was entered again in their place: those that moved the
till, and those since its submission."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fpdf.enums import Align

from partnernet.documents.paper import Paper
from partnernet.documents.sheets import GAP_MM, SHEET_MM, Sheets
from partnernet.documents.table import Head, Line, Sums, Table, running
from partnernet.documents.wording import Both, Wording, clipped
from partnernet.domain.money import ZERO, Money
from partnernet.domain.till_report import TillReport, TillReversal, TillSums
from partnernet.i18n import _, labels, ngettext
from partnernet.i18n.formats import figure, moment, money

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
    rows = [_Row(_who(each, report), _notes(each, both), each.moved) for each in report.reversals]
    table = _table(paper, _heads(both), rows, _total(len(rows), both), principal, both)
    sheets.listing(table.listing(title, both), gap_mm=GAP_MM)
    again = [_reentered(each, both) for each in report.reversals if each.reentry]
    if again:
        table = _table(paper, _reentry_heads(both), again, _reentry_total(len(again), both), principal, both)
        sheets.listing(table.listing(both(lambda: _("Réinscriptions")), both), gap_mm=GAP_MM)


def list_reversals_since(sheets: Sheets, paper: Paper, report: TillReport, both: Both) -> None:
    """What was undone of a submission afterwards, when anything was; its figures stay those of the submission."""
    if report.since:
        title = both(lambda: _("Contre-passé depuis la soumission"))
        _list_amounts(sheets, paper, report, report.since, title, both)


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands beside what was moved."""

    cells: tuple[str, str, str]
    notes: tuple[Wording, ...]
    moved: TillSums


def _table(
    paper: Paper, heads: tuple[Head, ...], rows: Sequence[_Row], total: Wording, principal: str, both: Both
) -> Table:
    """The rows with what each moved, and what they come to."""
    columns = [(both(head), read) for head, read in _columns(principal) if any(read(row.moved) for row in rows)]
    lines = [Line((*row.cells, *(figure(read(row.moved)) for _words, read in columns)), row.notes) for row in rows]
    moved = zip(*(running(read(row.moved) for row in rows) for _words, read in columns), strict=True)
    sums = Sums(total, [("", "", "", *(figure(amount) for amount in row)) for row in moved])
    figures = tuple(Head(words, Align.R) for words, _read in columns)
    return Table(paper, SHEET_MM, (*heads, *figures), lines, sums if columns else None)


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


def _columns(principal: str) -> list[tuple[Callable[[], str], Callable[[TillSums], Money]]]:
    """What a correction may change; a column that none of them changes is left out."""
    return [
        (lambda: _("Espèces"), lambda moved: moved.cash),
        (lambda: _("Chèques"), lambda moved: moved.cheques),
        (lambda: _("En sac"), lambda moved: moved.bags),
        (lambda: _("Fonds de caisse"), lambda moved: moved.float_present),
        (lambda: _("Dû à {principal}").format(principal=principal), lambda moved: moved.due),
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
    why = Wording(f"{reason.french} · {where.french} · {reversal.by_name}", english)
    if reversal.reentry is None:
        return (why,)
    number, amount = reversal.reentry.receipt_number, _amount(reversal.reentry.amount)
    return why, both(lambda: _("Réinscrit au reçu no {number} : {amount}").format(number=number, amount=amount))


def _reentered(reversal: TillReversal, both: Both) -> _Row:
    again = reversal.reentry
    assert again is not None  # noqa: S101 - asked by whoever lists them
    who = f"{again.customer_number} {clipped(again.customer_name, _NAME_MAX_CHARS)}"
    tender, amount = again.tender, _amount(again.amount)
    notes = both(lambda: f"{labels.tender(tender)} · {amount}")
    return _Row((again.receipt_number, reversal.receipt_number, who), (notes,), again.moved)


def _amount(amount: Money | None) -> str:
    return _HIDDEN if amount is None else money(amount)


def _reentry_heads(both: Both) -> tuple[Head, ...]:
    return (
        Head(both(lambda: _("Reçu"))),
        Head(both(lambda: _("Au lieu du reçu"))),
        Head(both(lambda: _("Client")), fills=True),
    )


def _reentry_total(count: int, both: Both) -> Wording:
    return both(
        lambda: ngettext("Total, {count} réinscription", "Total, {count} réinscriptions", count).format(count=count)
    )


def _total(count: int, both: Both) -> Wording:
    return both(
        lambda: ngettext("Total, {count} contre-passation", "Total, {count} contre-passations", count).format(
            count=count
        )
    )
