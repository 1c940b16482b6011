"""The lines of a statement as a table: what moved the balance, when, and what it came to."""

from __future__ import annotations

from fpdf.enums import Align

from partnernet.documents.paper import Paper
from partnernet.documents.sheets import SHEET_MM
from partnernet.documents.table import Cells, Head, Line, Sums, Table, running
from partnernet.documents.wording import Both, Wording
from partnernet.domain.accounts import DocumentKind, OpenItem
from partnernet.domain.money import ZERO, Money
from partnernet.domain.statements import Posted, Statement, StatementLine
from partnernet.domain.tenders import Tender
from partnernet.i18n import _, labels
from partnernet.i18n.formats import CREDIT, day, figure

_REFERENCE_MM = 32.0
_FIGURE_MM = 20.0


def statement_table(paper: Paper, statement: Statement, principal: str, both: Both, closing: Wording) -> Table:
    """Opening balance, lines, and ``closing`` with what debits and credits come to; balances are carried over."""
    debits = running(max(line.change, ZERO) for line in statement.lines)
    credits_ = running(max(-line.change, ZERO) for line in statement.lines)
    balances = [statement.opening + debit - credit for debit, credit in zip(debits, credits_, strict=True)]
    written = _written(balances)
    lines = [_opening(statement, written[0], both)]
    lines += [
        _line(line, balance, statement, principal, both)
        for line, balance in zip(statement.lines, written[1:], strict=True)
    ]
    sums = [
        ("", "", "", figure(debit), figure(credit), *balance)
        for debit, credit, balance in zip(debits, credits_, written, strict=True)
    ]
    heads = [
        Head(both(lambda: _("Date"))),
        Head(both(lambda: _("Description")), fills=True),
        Head(both(lambda: _("Référence")), most_mm=_REFERENCE_MM),
        Head(both(lambda: _("Débit")), Align.R, least_mm=_FIGURE_MM),
        Head(both(lambda: _("Crédit")), Align.R, least_mm=_FIGURE_MM),
        Head(both(lambda: _("Solde")), Align.R, least_mm=_FIGURE_MM),
        *(Head(Wording("")) for _mark in written[0][1:]),
    ]
    # The opening balance is a line too: what is carried before and after it is the same.
    return Table(paper, SHEET_MM, heads, lines, Sums(closing, [sums[0], *sums]))


def _written(balances: list[Money]) -> list[Cells]:
    """What the account stands at; when it is ever in credit, the mark of that in a column of its own, so that figures
    line up on their cents."""
    if min(balances) >= ZERO:
        return [(figure(balance),) for balance in balances]
    return [(figure(abs(balance)), CREDIT if balance < ZERO else "") for balance in balances]


def _opening(statement: Statement, balance: Cells, both: Both) -> Line:
    words = both(lambda: _("Solde d'ouverture"))
    notes = [Wording(words.english)] if words.english else []
    if not statement.lines:
        notes.append(both(lambda: _("Aucun mouvement dans la période.")))
    cells = (day(statement.period.start), words.french, "", "", "", *balance)
    return Line(cells, tuple(notes), strong_at=5)


def _line(line: StatementLine, balance: Cells, statement: Statement, principal: str, both: Both) -> Line:
    words = both(lambda: _description(line.about, principal))
    notes = [Wording(words.english)] if words.english else []
    debit, credit = (figure(line.change), "") if line.change > ZERO else ("", figure(-line.change))
    if isinstance(line.about, Posted):
        notes += _notes(line.about, statement, both)
    reference = _reference(line.about)
    return Line((day(line.day), words.french, reference, debit, credit, *balance), tuple(notes))


def _description(about: Posted | OpenItem | None, principal: str) -> str:
    if about is None:
        return _("Règlements et ajustements chez {principal}").format(principal=principal)
    if isinstance(about, OpenItem):
        if about.kind is DocumentKind.CREDIT_NOTE:
            return _("Note de crédit du {day}").format(day=day(about.document_date))
        return _("Facture du {day}, échéance {due}").format(day=day(about.document_date), due=day(about.due_date))
    if about.reason is not None:
        return _("Contre-passation : {reason}").format(reason=labels.reversal_reason(about.reason).lower())
    if about.tender is Tender.CHEQUE:
        return _("Paiement par chèque no {number}").format(number=about.cheque_number)
    return _("Paiement en espèces")


def _reference(about: Posted | OpenItem | None) -> str:
    if about is None:
        return ""
    return about.document_number if isinstance(about, OpenItem) else about.receipt_number


def _notes(posted: Posted, statement: Statement, both: Both) -> list[Wording]:
    """What sets a payment apart: a cheque that is not payable yet, a receipt that it replaces."""
    notes = []
    dated = posted.cheque_dated
    if dated and posted.not_due_at(statement.span.closed_at, statement.period.end):
        notes.append(both(lambda: _("postdaté au {day}, sous réserve d'encaissement").format(day=day(dated))))
    if posted.corrects:
        notes.append(both(lambda: _("réinscrit à la place du reçu no {number}").format(number=posted.corrects)))
    return notes
