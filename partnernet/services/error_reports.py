"""« Signaler une erreur »: agents report errors in payments that they took; supervisors settle them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Agent, branch_of
from partnernet.domain.error_reports import (
    ErrorOutcome,
    ErrorReport,
    ErrorReportRequest,
    NothingToReport,
    NotOwnPayment,
    ReportedAlready,
    ReportNotOpen,
    checked_dismissal,
)
from partnernet.domain.keys import checked_key, is_key
from partnernet.domain.permissions import Permission, require
from partnernet.domain.receipts import Receipt, ReceiptNotFound, lists_only_own
from partnernet.domain.refusals import OtherContentForKey
from partnernet.services import audit
from partnernet.storage import branches, error_reports, ledger, receipts
from partnernet.storage.database import Database


def report(db: Database, request: ErrorReportRequest, *, by: Agent, at: datetime) -> ErrorReport:
    """Report an error in a payment that one took; the same key again gives the same report.

    Raises `ReceiptNotFound`, `NotOwnPayment`, `NothingToReport`, `ReportedAlready`, `ErrorNoteMissing`, and
    `OtherContentForKey` when the key already carried something else.
    """
    require(by, Permission.TAKE_PAYMENT)
    branch = branch_of(by)
    checked_key(request.key)
    note = request.checked_note()

    def work(connection: Connection) -> ErrorReport:
        instant = ledger.lock_branch(connection, branch).instant(at)
        existing = error_reports.by_key(connection, branch, request.key)
        if existing:
            made = (existing.by_login, existing.payment.receipt_number, existing.reason, existing.note)
            if made != (by.login, request.receipt_number, request.reason, note):
                raise OtherContentForKey(request.key)
            return existing
        if error_reports.key_is_taken(connection, request.key):
            raise OtherContentForKey(request.key)
        paid = receipts.by_number(connection, branch, request.receipt_number)
        if paid is None:
            raise ReceiptNotFound(request.receipt_number)
        _check(connection, paid, by)
        report_id = error_reports.keep(connection, branch, paid.posting_id, request, note=note, by_id=by.id, at=instant)
        audit.record(connection, "error.reported", paid.number, by=by, at=instant, reason=request.reason.value)
        return _one(connection, report_id, by)

    return db.run_write(work)


def by_key(db: Database, key: str, *, by: Agent) -> ErrorReport | None:
    """One's own report that a form's key has already made; ``None`` while it has made none."""
    require(by, Permission.TAKE_PAYMENT)
    branch = branch_of(by)
    if not is_key(key):
        return None
    with db.read() as connection:
        found = error_reports.by_key(connection, branch, key)
        return found if found and found.by_login == by.login else None


def of_payment(db: Database, receipt_number: str, *, by: Agent) -> tuple[ErrorReport, ...]:
    """Every report about a payment of the branch, oldest first; an agent reads those about their own payments.

    Raises `ReceiptNotFound`.
    """
    require(by, Permission.VIEW_PAYMENTS)
    branch = branch_of(by)
    with db.read() as connection:
        paid = receipts.by_number(connection, branch, receipt_number)
        if paid is None or (lists_only_own(by) and paid.agent_login != by.login):
            raise ReceiptNotFound(receipt_number)
        return error_reports.of_payment(connection, branch, paid.posting_id)


def of_day(db: Database, day: date, *, by: Agent) -> tuple[ErrorReport, ...]:
    """Every report about the branch's payments of a business date, oldest first; an agent reads their own."""
    require(by, Permission.VIEW_PAYMENTS)
    branch = branch_of(by)
    with db.read() as connection:
        reporter_id = by.id if lists_only_own(by) else None
        return error_reports.of_day(connection, branch, day, reported_by_id=reporter_id)


def open_reports(db: Database, branch_code: str | None = None, *, by: Agent) -> tuple[ErrorReport, ...]:
    """The reports that wait for a supervisor, oldest first: of one's branch, or of the one that an auditor names.

    Raises `NoBranch` and `BranchNotFound`.
    """
    require(by, Permission.VIEW_CORRECTIONS)
    with db.read() as connection:
        return error_reports.open_of_branch(connection, branches.to_read(connection, by, branch_code))


def dismiss(db: Database, report_id: int, note: str, *, by: Agent, at: datetime) -> ErrorReport:
    """Settle a report without correcting anything, and say why; the same person's second click changes nothing.

    Raises `ReportNotOpen` and `DismissalNoteMissing`.
    """
    require(by, Permission.REVERSE_PAYMENT)
    branch = branch_of(by)
    kept = checked_dismissal(note)

    def work(connection: Connection) -> ErrorReport:
        instant = ledger.lock_branch(connection, branch).instant(at)
        found = error_reports.one(connection, branch, report_id)
        if found is None:
            raise ReportNotOpen()
        if found.answer:
            if (found.answer.outcome, found.answer.by_login, found.answer.note) == (
                ErrorOutcome.DISMISSED,
                by.login,
                kept,
            ):
                return found
            raise ReportNotOpen()
        error_reports.answer(connection, report_id, ErrorOutcome.DISMISSED, note=kept, by_id=by.id, at=instant)
        audit.record(connection, "error.dismissed", found.payment.receipt_number, by=by, at=instant)
        return _one(connection, report_id, by)

    return db.run_write(work)


def _check(connection: Connection, paid: Receipt, by: Agent) -> None:
    if paid.agent_login != by.login:
        raise NotOwnPayment(paid.number)
    if paid.reversal:
        raise NothingToReport(paid.number)
    reports = error_reports.of_payment(connection, paid.branch, paid.posting_id)
    if any(each.answer is None for each in reports):
        raise ReportedAlready(paid.number)


def _one(connection: Connection, report_id: int, by: Agent) -> ErrorReport:
    found = error_reports.one(connection, branch_of(by), report_id)
    if found is None:
        raise ReportNotOpen()
    return found
