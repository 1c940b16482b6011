"""The columns of a batch's files (``docs/exchanges.md``): UTF-8, commas, decimal points, a line feed after each line.

No cell holds free text, so none can become a formula in a spreadsheet: codes, digits, dates and numbers that begin with
a letter or a digit, and amounts.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import StringIO

from partnernet.domain.money import Money
from partnernet.domain.reversals import ReversalReason
from partnernet.domain.tenders import Tender

PAYMENT_COLUMNS = (
    "batch", "line", "kind", "reference", "receipt_number", "branch", "account_number", "business_date", "posted_at",
    "tender", "amount", "received", "cheque_number", "cheque_institution", "cheque_date", "agent", "reason",
)  # fmt: skip
DEPOSIT_COLUMNS = (
    "batch", "branch", "deposit_number", "bank_reference", "settled_at", "bag_number", "receipt_number",
    "account_number", "tender", "amount",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """A payment, or the reversal of one when ``reason`` is given: its date and agent are then those of the reversal.

    ``amount`` is what the customer was credited, or what is taken back; ``received`` what came in for it. The agent of
    a payment is whoever took the money.
    """

    receipt_number: str
    branch_code: str
    account_number: str
    business_date: date
    posted_at: datetime
    tender: Tender
    amount: Money
    received: Money
    cheque_number: str
    cheque_institution: str
    cheque_date: date | None
    agent_login: str
    reason: ReversalReason | None

    @property
    def reference(self) -> str:
        """What names it for ever in the principal's books: a reversal is its receipt's number with ``-R``."""
        return f"{self.receipt_number}-R" if self.reason else self.receipt_number


@dataclass(frozen=True, slots=True)
class DepositLine:
    """A receipt in a bag that the bank has, and what it brought into it.

    Without a receipt it is the rest of a bag's cash, of either sign: cash is counted by the bag. What one holds beyond
    its receipts came from earlier ones; what it lacks went into another bag, back to a customer, or is missing.
    """

    branch_code: str
    deposit_number: int
    bank_reference: str
    settled_at: datetime
    bag_number: int
    receipt_number: str
    account_number: str
    tender: Tender
    amount: Money


def payments_csv(batch_number: int, lines: Iterable[PaymentLine]) -> str:
    """The file of a batch's payments and reversals, in the order given."""
    return _csv(PAYMENT_COLUMNS, ((batch_number, at, *_payment(line)) for at, line in enumerate(lines, start=1)))


def deposits_csv(batch_number: int, lines: Iterable[DepositLine]) -> str:
    """The file that ties receipts to bags and bank references."""
    return _csv(DEPOSIT_COLUMNS, ((batch_number, *_deposit(line)) for line in lines))


def _payment(line: PaymentLine) -> tuple[object, ...]:
    return (
        "reversal" if line.reason else "payment",
        line.reference,
        line.receipt_number,
        line.branch_code,
        line.account_number,
        line.business_date,
        _utc(line.posted_at),
        line.tender,
        line.amount,
        line.received,
        line.cheque_number,
        line.cheque_institution,
        line.cheque_date or "",
        line.agent_login,
        line.reason or "",
    )


def _deposit(line: DepositLine) -> tuple[object, ...]:
    return (
        line.branch_code,
        line.deposit_number,
        line.bank_reference,
        _utc(line.settled_at),
        line.bag_number,
        line.receipt_number,
        line.account_number,
        line.tender,
        line.amount,
    )


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _csv(columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
