"""What a submitted till was counted at and what went into its bag, who decided, and the lines to sign."""

from __future__ import annotations

from fpdf.enums import Align

from partnernet.documents.column import Column
from partnernet.documents.faces import PLAIN, SMALL, STRONG
from partnernet.documents.paper import Face, Paper
from partnernet.documents.sheets import GAP_MM, GUTTER_MM, SHEET_MM, Sheets, shares, signature
from partnernet.documents.table import Head, Line, Sums, Table
from partnernet.documents.wording import Both, Pair
from partnernet.domain.agents import Branch
from partnernet.domain.counts import FrozenCount
from partnernet.domain.money import Money, total
from partnernet.domain.pieces import DENOMINATIONS, Pieces
from partnernet.domain.reconciliations import Reconciliation, ReconciliationState
from partnernet.domain.till_report import TillReport
from partnernet.i18n import _, labels
from partnernet.i18n.formats import denomination, figure, moment, signed

_NONE = "–"  # a blank could be filled in later


def counted_and_decided(paper: Paper, report: TillReport, submission: Reconciliation, both: Both) -> Column:
    """The count, what was decided on it, and the lines to sign."""
    column = _count(paper, report, submission, both)
    column.gap(GAP_MM)
    column.words(both(lambda: _decision(submission, report)), STRONG)
    if submission.decision_note:
        column.text(submission.decision_note, PLAIN)
    column.append(signatures(paper, report, both))
    return column


def _count(paper: Paper, report: TillReport, submission: Reconciliation, both: Both) -> Column:
    """The pieces counted, those in the bag and those left; what the count came to and why; what the bag holds."""
    column = Column(paper, SHEET_MM)
    column.words(both(lambda: _("Décompte")), STRONG)
    column.gap(0.8)
    column.append(_pieces(paper, submission, both))
    column.gap(3)
    found, bag = shares(paper, 2)
    _fill_found(found, submission, report.branch, both)
    bag.figures(_bag(report, submission, both))
    column.side_by_side([found, bag], GUTTER_MM)
    return column


def _fill_found(column: Column, submission: Reconciliation, branch: Branch, both: Both) -> None:
    count = submission.count
    column.figures(
        [
            (Pair(both(lambda: _("Espèces comptées")), figure(count.counted)), PLAIN),
            (Pair(both(lambda: _("Espèces attendues")), figure(count.expected)), PLAIN),
            (Pair(both(lambda: _name_of(count.difference)), signed(count.difference)), STRONG),
        ]
    )
    if submission.reason:
        reason = submission.reason
        column.words(both(lambda: _("Raison : {reason}").format(reason=labels.difference_reason(reason))), PLAIN)
    if submission.note:
        column.text(submission.note, PLAIN)
    column.gap(0.8)
    column.words(both(lambda: _counted_how(count, branch)), SMALL)
    if count.witness:
        column.words(
            both(
                lambda: _("Agent absent : compté par {name}, en présence de {witness}").format(
                    name=count.counted_by, witness=count.witness
                )
            ),
            SMALL,
        )


def _counted_how(count: FrozenCount, branch: Branch) -> str:
    when = moment(count.frozen_at, branch.timezone)
    text = (
        _("Décompte no {number} à l'aveugle, figé le {when}")
        if count.blind
        else _("Décompte no {number} non à l'aveugle, figé le {when}")
    )
    return text.format(number=count.number, when=when)


def _bag(report: TillReport, submission: Reconciliation, both: Both) -> list[tuple[Pair, Face]]:
    """What was sealed: the cheques are those listed, one that was reversed since included."""
    cash, cheques = submission.bag.cash, total(cheque.amount for cheque in report.cheques)
    count = len(report.cheques)
    return [
        (Pair(both(lambda: _("Espèces")), figure(cash)), PLAIN),
        (Pair(both(lambda: _("Chèques ({count})").format(count=count)), figure(cheques)), PLAIN),
        (Pair(both(lambda: _("Sac no {number}").format(number=submission.bag.number)), figure(cash + cheques)), STRONG),
    ]


def _name_of(difference: Money) -> str:
    if not difference:
        return _("Écart de caisse")
    return _("Écart de caisse : excédent") if difference.cents > 0 else _("Écart de caisse : déficit")


def _pieces(paper: Paper, submission: Reconciliation, both: Both) -> Column:
    counted, bagged = submission.count.pieces, submission.bag.pieces
    kept = counted - bagged
    heads = [Head(both(lambda: _("Pièces et billets")), fills=True)]
    for title in (
        both(lambda: _("Comptés")),
        both(lambda: _("Dans le sac")),
        both(lambda: _("Laissés en caisse")),
    ):
        heads += [Head(title, Align.R), Head(both(lambda: _("Valeur")), Align.R)]
    piles = (counted, bagged, kept)
    lines = [
        Line((denomination(each), *(cell for pieces in piles for cell in _pile(pieces, each))))
        for each in DENOMINATIONS
    ]
    sums = ("", *(cell for pieces in piles for cell in ("", figure(pieces.total()))))
    added = Sums(both(lambda: _("Total")), [sums])
    return Table(paper, SHEET_MM, heads, lines, added).whole()


def _pile(pieces: Pieces, denomination_cents: int) -> tuple[str, str]:
    count = pieces.of(denomination_cents)
    if not count:
        return _NONE, _NONE
    return f"{count:,}".replace(",", "\u00a0"), figure(Money(denomination_cents * count))


def list_recounts(sheets: Sheets, paper: Paper, submission: Reconciliation, branch: Branch, both: Both) -> None:
    """The counts before the one submitted, when it was counted again."""
    if not submission.recounts:
        return
    heads = (
        Head(both(lambda: _("Décompte précédent")), fills=True),
        Head(both(lambda: _("Compté")), Align.R),
        Head(both(lambda: _("Attendu")), Align.R),
        Head(both(lambda: _("Écart")), Align.R),
    )
    lines = [
        Line(
            (
                both(lambda count=count: _counted_how(count, branch)),  # type: ignore[misc]
                figure(count.counted),
                figure(count.expected),
                signed(count.difference),
            )
        )
        for count in submission.recounts
    ]
    table = Table(paper, SHEET_MM, heads, lines, None)
    sheets.listing(table.listing(None, both), gap_mm=GAP_MM)


def signatures(paper: Paper, report: TillReport, both: Both) -> Column:
    """Lines to sign: the agent, or who counted for an absent one and the witness; and a second person, who approved."""
    count = report.submission.count if report.submission else None
    lines = [(both(lambda: _("Agent")), f"{report.agent_name} ({report.agent_login})")]
    if count and count.witness:
        lines = [(both(lambda: _("Compté par")), count.counted_by), (both(lambda: _("Témoin")), count.witness)]
    lines.append((both(lambda: _("Deuxième personne, nom et signature")), _second_person(report)))
    dated, columns = both(lambda: _("Date et heure")), shares(paper, len(lines))
    for column, (label, name) in zip(columns, lines, strict=True):
        signature(column, label, name, dated)
    row = Column(paper, SHEET_MM)
    row.side_by_side(columns, GUTTER_MM)
    return row


def _second_person(report: TillReport) -> str:
    """Who approved; after an approval by the same person, who has reviewed it from outside."""
    if report.alone:
        return report.alone.reviewed_by
    approved = (ReconciliationState.APPROVED, ReconciliationState.DEPOSITED)
    return report.submission.decided_by if report.submission and report.submission.state in approved else ""


def _decision(submission: Reconciliation, report: TillReport) -> str:
    if submission.decided_at is None:
        return labels.reconciliation_state(submission.state)
    when = moment(submission.decided_at, report.branch.timezone)
    said = (
        _("Retournée par {name} le {when}")
        if submission.state is ReconciliationState.RETURNED
        else _("Approuvée par {name} le {when}")
    ).format(name=submission.decided_by, when=when)
    if report.alone is None:
        return said
    if report.alone.reviewed_at is None:
        return _("{decided}, sans deuxième personne").format(decided=said)
    reviewed = moment(report.alone.reviewed_at, report.branch.timezone)
    return _("{decided}, revue par {name} le {when}").format(decided=said, name=report.alone.reviewed_by, when=reviewed)
