"""The parts of a statement around its lines: who it goes to, what it comes to, how old that is, what it rests on."""

from __future__ import annotations

from fpdf.enums import Align

from partnernet.documents.address import address_lines
from partnernet.documents.column import Column, english_face
from partnernet.documents.faces import AMOUNT, LISTED, PLAIN, SMALL, STRONG, SUMMED
from partnernet.documents.paper import Face, Paper
from partnernet.documents.receipt_parts import fill_name
from partnernet.documents.sheets import GUTTER_MM, SHEET_MM, Listing
from partnernet.documents.wording import Both, Pair, Wording
from partnernet.domain.money import ZERO, total
from partnernet.domain.statements import Statement
from partnernet.i18n import _, labels, ngettext
from partnernet.i18n.formats import balance, day, due, figure, moment, money

# From the sheet's margin and the end of its head to where the window of a No. 10 envelope is, once folded in three:
# 25 mm from its left edge, 51 mm from its top.
_WINDOW_LEFT_MM, _WINDOW_TOP_MM = 9.0, 11.0
_ADDRESS_MM = 82.0
_MOMENTS_PER_ROW, _MOMENT_MM = 6, 30.0
_PADDING_MM = 3.0


def address_and_balance(paper: Paper, statement: Statement, both: Both) -> Column:
    """The customer's address where a window shows it, and what the account comes to beside it."""
    address = Column(paper, _ADDRESS_MM)
    fill_name(address, statement.customer.name)
    for line in address_lines(statement.customer):
        address.text(line, PLAIN)
    summary = Column(paper, SHEET_MM - _WINDOW_LEFT_MM - _ADDRESS_MM - GUTTER_MM)
    summary.framed(_balance(paper, statement, both, summary.width_mm - 2 * _PADDING_MM), _PADDING_MM)
    row = Column(paper, SHEET_MM)
    row.place(address, _WINDOW_LEFT_MM, _WINDOW_TOP_MM)
    row.place(summary, SHEET_MM - summary.width_mm, 0)
    row.gap(max(_WINDOW_TOP_MM + address.height_mm, summary.height_mm))
    return row


def closing_words(statement: Statement, both: Both) -> Wording:
    """« Solde de clôture » with its moment, or its day when that is over."""
    closed_at = statement.span.closed_at
    when = moment(closed_at, statement.timezone) if statement.to_date else day(statement.period.end)
    return both(lambda: _("Solde de clôture au {when}").format(when=when))


def _balance(paper: Paper, statement: Statement, both: Both, width_mm: float) -> Column:
    column, closing = Column(paper, width_mm), statement.closing
    debits = total(line.change for line in statement.lines if line.change > ZERO)
    credits_ = total(line.change for line in statement.lines if line.change < ZERO)
    pairs = [
        Pair(both(lambda: _("Solde d'ouverture")), balance(statement.opening)),
        Pair(both(lambda: _("Débits")), figure(debits)),
        Pair(both(lambda: _("Crédits")), figure(credits_)),
    ]
    column.figures([(pair, PLAIN) for pair in pairs])
    column.rule(above_mm=1.5, below_mm=1.5)
    label = closing_words(statement, both)
    column.text(label.french, STRONG, align=Align.R)
    if label.english:
        column.text(label.english, english_face(SMALL), align=Align.R)
    column.text(due(closing.total_due), AMOUNT, align=Align.R)
    if closing.past_due:
        column.pair(Pair(both(lambda: _("dont en souffrance")), figure(closing.past_due)), STRONG)
    return column


def aged(paper: Paper, statement: Statement, both: Both) -> Column:
    """What is open by how late it is, side by side; what is owed without a document too, so that all is there."""
    column, aging = Column(paper, SHEET_MM), statement.aging
    column.gap(5)
    if statement.closing.total_due <= ZERO:
        column.words(both(lambda: _("Rien n'est dû à cette date.")), PLAIN)
        return column
    cells = [(both(lambda band=each.band: labels.age_band(band)), each.amount) for each in aging.bands]  # type: ignore[misc]
    if aging.undocumented:
        cells.append((both(lambda: _("Sans document")), aging.undocumented))
    cells.append((both(lambda: _("Total dû")), statement.closing.total_due))
    column.words(both(lambda: _("Âge du solde, en jours après l'échéance")), STRONG)
    column.rule(above_mm=0.8, below_mm=0.8)
    parts = [Column(paper, SHEET_MM / len(cells)) for _cell in cells]
    for part, (label, amount) in zip(parts, cells, strict=True):
        face = SUMMED if part is parts[-1] else LISTED
        part.text(label.french, SMALL, align=Align.R)
        if label.english:
            part.text(label.english, english_face(SMALL), align=Align.R)
        part.text(figure(amount), Face(face.size_pt + 1, face.bold), align=Align.R)
    column.side_by_side(parts, 0)
    return column


def conditions(paper: Paper, statement: Statement, principal: str, both: Both) -> Column:
    """On what condition the balance stands, and what it rests on."""
    column = Column(paper, SHEET_MM)
    if statement.awaited:
        label = both(lambda: _("Chèques postdatés déjà déduits, sous réserve d'encaissement"))
        column.pair(Pair(label, money(statement.awaited)), STRONG)
        column.gap(1)
    column.words(both(lambda: _("Les chèques sont acceptés sous réserve d'encaissement.")), SMALL)
    books = both(
        lambda: _("Ce relevé repose sur les livres de {principal} et sur les paiements pris au comptoir.").format(
            principal=principal
        )
    )
    column.words(books, SMALL)
    return column


def imports(paper: Paper, statement: Statement, both: Both) -> Listing:
    """The imports of the principal's books that it rests on, several to a row, and how many more there were."""
    moments = [moment(snapshot.as_of, statement.timezone) for snapshot in statement.snapshots]
    rows = []
    for start in range(0, len(moments), _MOMENTS_PER_ROW):
        row = Column(paper, SHEET_MM)
        row.cells([(each, _MOMENT_MM, Align.L) for each in moments[start : start + _MOMENTS_PER_ROW]], SMALL)
        rows.append(row)
    end = Column(paper, SHEET_MM)
    if statement.unchanged:
        end.words(_unchanged(statement.unchanged, both), SMALL)

    def top(_done: int) -> Column:
        heading = Column(paper, SHEET_MM)
        heading.words(both(lambda: _("Livres importés au")), SMALL)
        return heading

    return Listing(top, rows, lambda _done: Column(paper, SHEET_MM), end)


def _unchanged(count: int, both: Both) -> Wording:
    return both(
        lambda: ngettext(
            "{count} autre import de la période n'a rien changé à ce compte.",
            "{count} autres imports de la période n'ont rien changé à ce compte.",
            count,
        ).format(count=count)
    )
