"""Statements as tests make them: amounts as people write them, each line's balance left to the statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from partnernet.documents import statement_pdf
from partnernet.documents.wording import PaperLanguage
from partnernet.domain.accounts import DocumentKind, OpenItem, standing
from partnernet.domain.aging import aging
from partnernet.domain.customers import Customer, Terms
from partnernet.domain.money import Money, total
from partnernet.domain.periods import Period, span
from partnernet.domain.reversals import ReversalReason
from partnernet.domain.statements import Posted, Snapshot, Statement, StatementLine, awaited
from partnernet.domain.tenders import Tender
from tests.support.requests import money

AT = datetime(2026, 11, 24, 19, 5, tzinfo=UTC)  # 14:05 in Montréal
FIRST_IMPORT = datetime(2026, 11, 1, 23, 0, tzinfo=UTC)
TIMEZONE = "America/Toronto"
WHO = Customer(
    1, "100001", "Locations Richard inc.", "1200, rue Ontario Est", "bureau 300", "Montréal", "QC", "H2X 1Y4",
    "+15142859286", "", "fr", Terms.OPEN,
)  # fmt: skip


def invoice(number: str, amount: str, *, day: int = 10, due: date = date(2026, 12, 10)) -> StatementLine:
    """An invoice that an import of this November showed, with its full amount."""
    dated = date(2026, 11, max(1, day - 2))
    item = OpenItem(number, DocumentKind.INVOICE, dated, due, money(amount), money(amount))
    return StatementLine(date(2026, 11, day), money(amount), item, day)


def credit_note(number: str, amount: str, *, day: int = 10) -> StatementLine:
    dated = date(2026, 11, day)
    item = OpenItem(number, DocumentKind.CREDIT_NOTE, dated, dated, money(amount), money(amount))
    return StatementLine(dated, -money(amount), item, day)


def payment(
    number: int, amount: str, *, day: int = 12, cheque: str = "", dated: date | None = None, corrects: str = ""
) -> StatementLine:
    """A payment at the counter: by cheque when it has a number, else in cash."""
    return StatementLine(
        date(2026, 11, day), -money(amount), _posted(number, f"-{amount}", day, cheque, dated, corrects)
    )


def reversal(
    number: int, amount: str, *, day: int = 14, reason: ReversalReason = ReversalReason.RETURNED_CHEQUE
) -> StatementLine:
    return StatementLine(date(2026, 11, day), money(amount), _posted(number, amount, day, "000123", None, "", reason))


def other_ways(amount: str, *, day: int = 15) -> StatementLine:
    return StatementLine(date(2026, 11, day), money(amount), None, day)


def _posted(
    number: int, change: str, day: int, cheque: str, dated: date | None, corrects: str,
    reason: ReversalReason | None = None,
) -> Posted:  # fmt: skip
    return Posted(
        posting_id=number,
        at=datetime(2026, 11, day, 16, 0, tzinfo=UTC),
        branch_id=1,
        receipt_number=f"MTL-{number:06d}",
        tender=Tender.CHEQUE if cheque else Tender.CASH,
        change=money(change),
        cheque_number=cheque,
        cheque_dated=(dated or date(2026, 11, day)) if cheque else None,
        reason=reason,
        reversed_at=None,
        corrects=corrects,
        batch=None,
    )


def a_statement(
    lines: Sequence[StatementLine] = (),
    *,
    opening: str = "0.00",
    who: Customer = WHO,
    end: date = date(2026, 11, 24),
    dues: Sequence[date] = (),
    snapshots: int = 1,
    unchanged: int = 0,
) -> Statement:
    """A statement from the first of November; what it closes on is open in equal parts on documents due on ``dues``."""
    zone, closing = ZoneInfo(TIMEZONE), money(opening) + total(line.change for line in lines)
    period = Period(date(2026, 11, 1), end)
    items = _documents(closing, dues or [end + timedelta(days=10)])
    where = standing(items, money("0.00") if items else -closing, end)
    between = span(period, first_as_of=FIRST_IMPORT, at=AT, zone=zone)
    posted = [line.about for line in lines if isinstance(line.about, Posted)]
    return Statement(
        customer=who,
        period=period,
        span=between,
        timezone=TIMEZONE,
        at=AT,
        opening=money(opening),
        lines=tuple(lines),
        closing=where,
        aging=aging(where, end),
        awaited=awaited(posted, between.closed_at, end),
        snapshots=tuple(Snapshot(n, FIRST_IMPORT + timedelta(days=n), 0) for n in range(snapshots)),
        unchanged=unchanged,
    )


def _documents(closing: Money, dues: Sequence[date]) -> list[OpenItem]:
    if closing.cents <= 0:
        return []
    part, rest = divmod(closing.cents, len(dues))
    amounts = [part + rest] + [part] * (len(dues) - 1)
    return [
        OpenItem(f"F-{place}", DocumentKind.INVOICE, due - timedelta(days=30), due, Money(cents), Money(cents))
        for place, (due, cents) in enumerate(zip(dues, amounts, strict=True))
        if cents
    ]


def printed_statement(statement: Statement, *, language: PaperLanguage = "fr") -> bytes:
    """The statement's PDF, with BOC as the creditor."""
    return statement_pdf(statement, principal="BOC Canada Limitée", language=language)
