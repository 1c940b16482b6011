"""The lists of a till report: payments, petty-cash vouchers, cheques that the payments do not show together."""

from __future__ import annotations

from collections.abc import Sequence

from fpdf.enums import Align

from partnernet.documents.cheque_list import cheque_table
from partnernet.documents.paper import Paper
from partnernet.documents.sheets import GAP_MM, SHEET_MM, Sheets, none_listed
from partnernet.documents.table import Head, Line, Sums, Table, running
from partnernet.documents.wording import Both, Wording, clipped
from partnernet.domain.money import ZERO
from partnernet.domain.petty_cash import Voucher
from partnernet.domain.receipts import DayPayment, ListedPayment
from partnernet.domain.tenders import Tender
from partnernet.domain.till_report import TillReport
from partnernet.i18n import _, labels, ngettext
from partnernet.i18n.formats import day, figure, hour, moment, signed

_HIDDEN = "••••"
_NAME_MAX_CHARS = 80  # the account number says the rest


def list_payments(sheets: Sheets, paper: Paper, report: TillReport, both: Both) -> None:
    """Every payment taken, cheques and cash in columns of their own; a reversed one too, since its reversal is listed.

    While a count is open the amounts in cash are hidden one by one, not only their totals: a list is an addition away
    from its total, and with the float that total is what the drawer should hold. Cheques keep their amounts, since they
    are counted by ticking each one.
    """
    title = both(
        lambda: _("Paiements de la session") if report.submission else _("Paiements depuis la dernière soumission")
    )
    if not report.payments:
        sheets.block(none_listed(paper, title, both(lambda: _("Aucun paiement."))))
        return
    heads = (
        Head(both(lambda: _("Reçu"))),
        Head(both(lambda: _("Heure"))),
        Head(both(lambda: _("Compte"))),
        Head(both(lambda: _("Client")), fills=True),
        Head(both(lambda: _("Chèque no"))),
        Head(both(lambda: _("Chèques")), Align.R),
        Head(both(lambda: _("Espèces")), Align.R),
        Head(both(lambda: _("Arrondi")), Align.R),
    )
    timezone, here = report.branch.timezone, {reversal.receipt_number for reversal in report.reversals}
    days = {report.branch.business_date(payment.at) for payment in report.payments}
    written = hour if days == {report.branch.business_date(report.as_of)} else moment
    lines = [_payment_line(payment, written(payment.at, timezone), here, both) for payment in report.payments]
    known = [payment for payment in report.payments if isinstance(payment, DayPayment)]
    sums = None if report.blind else _payment_sums(known, both)
    sheets.listing(Table(paper, SHEET_MM, heads, lines, sums).listing(title, both))


def _payment_line(payment: ListedPayment, when: str, here: set[str], both: Both) -> Line:
    by_cheque, known = payment.tender is Tender.CHEQUE, isinstance(payment, DayPayment)
    amount = figure(payment.amount) if isinstance(payment, DayPayment) else _HIDDEN
    rounding = signed(payment.rounding) if isinstance(payment, DayPayment) and payment.rounding else ""
    notes = []
    if payment.receipt_number in here:
        notes.append(both(lambda: _("contre-passé, voir plus bas")))
    elif payment.reversed:
        notes.append(both(lambda: _("contre-passé depuis la soumission, voir plus bas")))
    elif payment.post_dated:
        notes.append(both(lambda: _("postdaté")))
    cells = (
        payment.receipt_number,
        when,
        payment.customer_number,
        clipped(payment.customer_name, _NAME_MAX_CHARS),
        payment.cheque_number,
        amount if by_cheque else "",
        "" if by_cheque else amount,
        rounding if known else "",
    )
    return Line(cells, tuple(notes))


def _payment_sums(payments: Sequence[DayPayment], both: Both) -> Sums:
    by_cheque = [payment.tender is Tender.CHEQUE for payment in payments]
    columns = zip(
        running(paid.amount if cheque else ZERO for paid, cheque in zip(payments, by_cheque, strict=True)),
        running(ZERO if cheque else paid.amount for paid, cheque in zip(payments, by_cheque, strict=True)),
        running(payment.rounding for payment in payments),
        strict=True,
    )
    count = len(payments)
    label = both(lambda: ngettext("Total, {count} paiement", "Total, {count} paiements", count).format(count=count))
    return Sums(label, [("",) * 5 + (figure(one), figure(two), signed(three)) for one, two, three in columns])


def list_vouchers(sheets: Sheets, paper: Paper, report: TillReport, both: Both) -> None:
    """Petty-cash vouchers, those without their receipt marked; their amounts are cash, hidden during a count.

    A reversed one is crossed out: it is reversed in the session that paid it, so that the two make nothing.
    """
    title = both(lambda: _("Bons de petite caisse"))
    if not report.vouchers:
        sheets.block(none_listed(paper, title, both(lambda: _("Aucun bon."))), gap_mm=GAP_MM)
        return
    heads = (
        Head(both(lambda: _("Date"))),
        Head(both(lambda: _("Bénéficiaire et objet")), fills=True),
        Head(both(lambda: _("Catégorie"))),
        Head(both(lambda: _("Pièce justificative"))),
        Head(both(lambda: _("Montant")), Align.R),
    )
    lines = [_voucher_line(voucher, report.blind, both) for voucher in report.vouchers]
    sums = None if report.blind else _voucher_sums(report.vouchers, both)
    sheets.listing(Table(paper, SHEET_MM, heads, lines, sums).listing(title, both), gap_mm=GAP_MM)


def _voucher_line(voucher: Voucher, blind: bool, both: Both) -> Line:
    notes = [Wording(voucher.purpose)]
    if voucher.reversed:
        notes.append(both(lambda: _("contre-passé")))
    proof = both(lambda: _("conservée") if voucher.receipt_kept else _("manquante"))
    category = both(lambda: labels.voucher_category(voucher.category))
    amount = _HIDDEN if blind else figure(voucher.amount)
    payee = clipped(voucher.payee, _NAME_MAX_CHARS)
    cells = (day(voucher.spent_on), payee, category, proof, amount)
    return Line(cells, tuple(notes), void=voucher.reversed and not blind, strong_at=None if voucher.receipt_kept else 3)


def _voucher_sums(vouchers: Sequence[Voucher], both: Both) -> Sums:
    count = sum(not voucher.reversed for voucher in vouchers)
    label = both(lambda: ngettext("Total, {count} bon", "Total, {count} bons", count).format(count=count))
    sums = running(ZERO if voucher.reversed else voucher.amount for voucher in vouchers)
    return Sums(label, [("", "", "", "", figure(sum_)) for sum_ in sums])


def list_cheques(sheets: Sheets, paper: Paper, report: TillReport, both: Both) -> None:
    """The cheques of a submission's bag; of a till as it stands, those that an earlier session has left."""
    if not report.cheques:
        return
    bag = report.submission.bag.number if report.submission else None
    title = both(
        lambda: (
            _("Chèques mis dans le sac no {number}").format(number=bag)
            if bag
            else _("Chèques reçus avant cette session, à mettre en sac")
        )
    )
    table = cheque_table(paper, report.cheques, both(lambda: _("Date du chèque")), both)
    sheets.listing(table.listing(title, both), gap_mm=GAP_MM)


def list_post_dated(sheets: Sheets, paper: Paper, report: TillReport, both: Both) -> None:
    """Cheques on hand whose date has not come, when there are any."""
    if not report.post_dated:
        return
    title = both(lambda: _("Chèques postdatés, pas encore payables"))
    table = cheque_table(paper, report.post_dated, both(lambda: _("Payable à compter du")), both)
    sheets.listing(table.listing(title, both), gap_mm=GAP_MM)
