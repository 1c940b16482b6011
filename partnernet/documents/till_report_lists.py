"""The lists of a till report: payments, petty-cash vouchers, cheques that are not payable yet."""

from __future__ import annotations

from fpdf.enums import Align

from partnernet.documents.cheque_list import cheque_table
from partnernet.documents.paper import Paper
from partnernet.documents.sheets import GAP_MM, SHEET_MM, Sheets, none_listed
from partnernet.documents.table import Head, Line, Sums, Table, running
from partnernet.documents.wording import Both, Wording, beside, clipped
from partnernet.domain.money import ZERO
from partnernet.domain.petty_cash import Voucher
from partnernet.domain.receipts import DayPayment
from partnernet.domain.tenders import Tender
from partnernet.domain.till_report import TillReport
from partnernet.i18n import _, labels, ngettext
from partnernet.i18n.formats import day, figure, hour, moment, signed

_HIDDEN = "••••"
_NAME_MAX_CHARS = 80  # the account number says the rest


def list_payments(sheets: Sheets, paper: Paper, report: TillReport, both: Both) -> None:
    """Every payment since the last submission, cheques and cash in columns of their own.

    While a count is open the amounts in cash are hidden one by one, not only their totals: a list is an addition away
    from its total, and with the float that total is what the drawer should hold. Cheques keep their amounts, since they
    are counted by ticking each one.
    """
    title = both(lambda: _("Paiements depuis la dernière soumission"))
    if not report.payments:
        sheets.block(none_listed(paper, title, both(lambda: _("Aucun paiement."))))
        return
    blind = report.position.figures is None
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
    one_day = {report.branch.business_date(payment.at) for payment in report.payments} == {
        report.branch.business_date(report.at)
    }
    written = hour if one_day else moment
    lines = [
        _payment_line(payment, written(payment.at, report.branch.timezone), blind, both) for payment in report.payments
    ]
    sums = None if blind else _payment_sums(report.payments, both)
    sheets.listing(Table(paper, SHEET_MM, heads, lines, sums).listing(title, both))


def _payment_line(payment: DayPayment, when: str, blind: bool, both: Both) -> Line:
    by_cheque = payment.tender is Tender.CHEQUE
    cash = _HIDDEN if blind else figure(payment.amount)
    rounding = signed(payment.rounding) if payment.rounding and not blind else ""
    notes = []
    if payment.reversed:
        notes.append(both(lambda: _("contre-passé")))
    elif payment.post_dated:
        notes.append(both(lambda: _("postdaté, pas encore payable")))
    cells = (
        payment.receipt_number,
        when,
        payment.customer_number,
        clipped(payment.customer_name, _NAME_MAX_CHARS),
        payment.cheque_number,
        figure(payment.amount) if by_cheque else "",
        "" if by_cheque else cash,
        rounding,
    )
    return Line(cells, tuple(notes), void=payment.reversed and (by_cheque or not blind))


def _payment_sums(payments: tuple[DayPayment, ...], both: Both) -> Sums:
    kept = [not payment.reversed for payment in payments]
    by_cheque = [payment.tender is Tender.CHEQUE for payment in payments]
    amounts = [payment.amount if counts else ZERO for payment, counts in zip(payments, kept, strict=True)]
    columns = zip(
        running(amount if cheque else ZERO for amount, cheque in zip(amounts, by_cheque, strict=True)),
        running(ZERO if cheque else amount for amount, cheque in zip(amounts, by_cheque, strict=True)),
        running(payment.rounding if counts else ZERO for payment, counts in zip(payments, kept, strict=True)),
        strict=True,
    )
    count = sum(kept)
    label = both(lambda: ngettext("Total, {count} paiement", "Total, {count} paiements", count).format(count=count))
    return Sums(label, [("",) * 5 + (figure(one), figure(two), signed(three)) for one, two, three in columns])


def list_vouchers(sheets: Sheets, paper: Paper, report: TillReport, both: Both) -> None:
    """Petty-cash vouchers, those without their receipt marked; their amounts are cash, hidden during a count."""
    title = both(lambda: _("Bons de petite caisse"))
    if not report.vouchers:
        sheets.block(none_listed(paper, title, both(lambda: _("Aucun bon."))), gap_mm=GAP_MM)
        return
    blind = report.position.figures is None
    heads = (
        Head(both(lambda: _("Date"))),
        Head(both(lambda: _("Bénéficiaire et objet")), fills=True),
        Head(both(lambda: _("Catégorie"))),
        Head(both(lambda: _("Pièce justificative"))),
        Head(both(lambda: _("Montant")), Align.R),
    )
    lines = [_voucher_line(voucher, blind, both) for voucher in report.vouchers]
    sums = None if blind else _voucher_sums(report.vouchers, both)
    sheets.listing(Table(paper, SHEET_MM, heads, lines, sums).listing(title, both), gap_mm=GAP_MM)


def _voucher_line(voucher: Voucher, blind: bool, both: Both) -> Line:
    notes = [Wording(voucher.purpose)]
    if voucher.reversed:
        notes.append(both(lambda: _("contre-passé")))
    proof = both(lambda: _("conservée") if voucher.receipt_kept else _("manquante"))
    category = both(lambda: labels.voucher_category(voucher.category))
    amount = _HIDDEN if blind else figure(voucher.amount)
    payee = clipped(voucher.payee, _NAME_MAX_CHARS)
    cells = (day(voucher.spent_on), payee, beside(category), beside(proof), amount)
    return Line(cells, tuple(notes), void=voucher.reversed and not blind, strong_at=None if voucher.receipt_kept else 3)


def _voucher_sums(vouchers: tuple[Voucher, ...], both: Both) -> Sums:
    count = sum(not voucher.reversed for voucher in vouchers)
    label = both(lambda: ngettext("Total, {count} bon", "Total, {count} bons", count).format(count=count))
    sums = running(ZERO if voucher.reversed else voucher.amount for voucher in vouchers)
    return Sums(label, [("", "", "", "", figure(sum_)) for sum_ in sums])


def list_post_dated(sheets: Sheets, paper: Paper, report: TillReport, both: Both) -> None:
    """Cheques on hand whose date has not come, when there are any."""
    if not report.post_dated:
        return
    title = both(lambda: _("Chèques postdatés, pas encore payables"))
    table = cheque_table(paper, report.post_dated, both(lambda: _("Payable à compter du")), both)
    sheets.listing(table.listing(title, both), gap_mm=GAP_MM)
