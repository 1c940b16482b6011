"""The day's payments as sheets of a spreadsheet: the list in one, the totals in another."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from partnernet.domain.money import Money
from partnernet.domain.receipts import DayPayment, DayPayments, ListedPayment
from partnernet.i18n import _, language
from partnernet.i18n.labels import tender as tender_label
from partnernet.web.day_table import state
from partnernet.web.spreadsheets import Cell, Sheet


def payments_sheet(day: DayPayments) -> Sheet:
    """One row per payment, reversed ones included and marked; no row is a total."""
    headings = (
        _("Date"),
        _("Reçu"),
        _("Heure"),
        _("Compte"),
        _("Nom"),
        _("Type"),
        _("Montant"),
        _("Arrondi"),
        _("No de chèque"),
        _("No d'agent"),
        _("Agent"),
        _("État"),
    )
    rows = tuple(_payment_row(day, payment) for payment in day.payments)
    return Sheet(_sheet_name(_("Paiements"), day), language(), headings, rows)


def totals_sheet(day: DayPayments) -> Sheet:
    """The day's totals of payments not reversed, by tender and by agent."""
    by_tender = [(_("Type"), tender_label(tender), count, _cell(amount)) for tender, count, amount in day.by_tender]
    by_agent = [(_("Agent"), f"{login} {name}", count, _cell(amount)) for login, name, count, amount in day.by_agent]
    whole = [
        (_("Total"), _("Montants crédités"), day.count, _cell(day.amount)),
        (_("Total"), _("Arrondi"), day.count, _cell(day.rounding)),
    ]
    headings = (_("Totaux"), _("Nom"), _("Paiements"), _("Montant"))
    return Sheet(_sheet_name(_("Totaux"), day), language(), headings, (*by_tender, *by_agent, *whole))


def file_stem(day: DayPayments, only_of: str = "") -> str:
    """The name of a download without its extension; ``only_of`` is the login when it holds one agent's only."""
    return "-".join(filter(None, (_("paiements"), day.branch.code, only_of, day.day.isoformat())))


def _cell(amount: Money | None) -> Cell:
    """An amount to calculate with, or that it is hidden while its agent counts."""
    return _("masqué") if amount is None else amount


def _sheet_name(subject: str, day: DayPayments) -> str:
    return f"{subject} {day.branch.code} {day.day.isoformat()}"


def _payment_row(day: DayPayments, payment: ListedPayment) -> tuple[Cell, ...]:
    local = payment.at.astimezone(ZoneInfo(day.branch.timezone))
    return (
        day.day,
        payment.receipt_number,
        local.time().replace(second=0, microsecond=0),
        payment.customer_number,
        payment.customer_name,
        tender_label(payment.tender),
        _cell(payment.shown_amount),
        _cell(payment.rounding if isinstance(payment, DayPayment) else None),
        payment.cheque_number,
        payment.agent_login,
        payment.agent_name,
        state(payment),
    )
