"""Errors that agents report in their payments, and what became of them, from their rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select

from partnernet.domain.agents import Branch
from partnernet.domain.error_reports import ErrorAnswer, ErrorOutcome, ErrorReason, ErrorReport, ErrorReportRequest
from partnernet.domain.receipts import listed
from partnernet.storage import counts, day_payments
from partnernet.storage import tables as t

_it, _answer = t.error_report.c, t.error_report_answer.c
_reporter, _answerer = t.app_user.alias("reporter"), t.app_user.alias("answerer")
_QUERY = (
    select(
        t.error_report,
        _reporter.c.login,
        _reporter.c.name,
        _answer.outcome,
        _answer.answered_at,
        _answer.note.label("answer_note"),
        _answerer.c.login.label("answerer_login"),
        _answerer.c.name.label("answerer_name"),
    )
    .join(_reporter, _reporter.c.id == _it.reported_by_id)
    .outerjoin(t.error_report_answer, _answer.report_id == _it.id)
    .outerjoin(_answerer, _answerer.c.id == _answer.answered_by_id)
    .order_by(_it.id)
)


def keep(
    connection: Connection,
    branch: Branch,
    posting_id: int,
    request: ErrorReportRequest,
    *,
    note: str,
    by_id: int,
    at: datetime,
) -> int:
    """Keep a reported error and return its id."""
    values = {
        "branch_id": branch.id,
        "key": request.key,
        "posting_id": posting_id,
        "reason": request.reason.value,
        "note": note,
        "reported_by_id": by_id,
        "reported_at": at,
    }
    return connection.execute(insert(t.error_report).values(**values).returning(_it.id)).scalar_one()


def answer(
    connection: Connection, report_id: int, outcome: ErrorOutcome, *, note: str, by_id: int, at: datetime
) -> None:
    """Keep how a report was settled; the primary key keeps it single."""
    values = {
        "report_id": report_id,
        "outcome": outcome.value,
        "answered_by_id": by_id,
        "answered_at": at,
        "note": note,
    }
    connection.execute(insert(t.error_report_answer).values(**values))


def open_of_branch(connection: Connection, branch: Branch) -> tuple[ErrorReport, ...]:
    """The branch's reports that wait for an answer, oldest first."""
    return _reports(connection, branch, _QUERY.where(_it.branch_id == branch.id, _answer.report_id.is_(None)))


def of_day(connection: Connection, branch: Branch, day: date, *, reported_by_id: int | None) -> tuple[ErrorReport, ...]:
    """The reports about the branch's payments of a business date, oldest first; one person's with their id."""
    query = _QUERY.join(t.posting, t.posting.c.id == _it.posting_id)
    query = query.where(_it.branch_id == branch.id, t.posting.c.business_date == day)
    if reported_by_id is not None:
        query = query.where(_it.reported_by_id == reported_by_id)
    return _reports(connection, branch, query)


def of_payment(connection: Connection, branch: Branch, posting_id: int) -> tuple[ErrorReport, ...]:
    """Every report about a payment, oldest first."""
    return _reports(connection, branch, _QUERY.where(_it.posting_id == posting_id))


def open_about(connection: Connection, posting_id: int) -> list[int]:
    """The ids of the reports about a payment that wait for an answer."""
    query = select(_it.id).outerjoin(t.error_report_answer, _answer.report_id == _it.id)
    return list(connection.execute(query.where(_it.posting_id == posting_id, _answer.report_id.is_(None))).scalars())


def one(connection: Connection, branch: Branch, report_id: int) -> ErrorReport | None:
    """One report of the branch."""
    return _first(_reports(connection, branch, _QUERY.where(_it.branch_id == branch.id, _it.id == report_id)))


def by_key(connection: Connection, branch: Branch, key: str) -> ErrorReport | None:
    """The report of the branch that a form's key has made."""
    return _first(_reports(connection, branch, _QUERY.where(_it.branch_id == branch.id, _it.key == key)))


def key_is_taken(connection: Connection, key: str) -> bool:
    """Whether a key has made a report, in whatever branch."""
    return connection.execute(select(_it.id).where(_it.key == key)).first() is not None


def _first(reports: tuple[ErrorReport, ...]) -> ErrorReport | None:
    return next(iter(reports), None)


def _reports(connection: Connection, branch: Branch, query: Select[Any]) -> tuple[ErrorReport, ...]:
    rows = connection.execute(query).all()
    if not rows:
        return ()
    ids: Iterable[int] = dict.fromkeys(row.posting_id for row in rows)
    paid = day_payments.by_posting(connection, branch, list(ids))
    shown = dict(zip(paid, listed(paid.values(), counts.being_counted(connection, branch.id)), strict=True))
    return tuple(
        ErrorReport(
            id=row.id,
            key=row.key,
            payment=shown[row.posting_id],
            reason=ErrorReason(row.reason),
            note=row.note,
            by_login=row.login,
            by_name=row.name,
            at=row.reported_at,
            answer=_answer_of(row),
        )
        for row in rows
    )


def _answer_of(row: Row[Any]) -> ErrorAnswer | None:
    if row.outcome is None:
        return None
    outcome = ErrorOutcome(row.outcome)
    return ErrorAnswer(outcome, row.answerer_login, row.answerer_name, row.answered_at, row.answer_note)
