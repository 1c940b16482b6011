"""Receipts to print, and their paper read back as a person or a printer would."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from partnernet.documents import receipt_pdf
from partnernet.documents.receipt import ReceiptFormat
from partnernet.documents.wording import PaperLanguage
from partnernet.domain.accounts import Allocation, DocumentKind
from partnernet.domain.agents import Branch
from partnernet.domain.cheques import Cheque
from partnernet.domain.customers import Customer, Terms
from partnernet.domain.money import ZERO, Money, parse_amount
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import Reversal, ReversalReason, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from tests.support.papers import pages

MTL = Branch(1, "MTL", "Montréal", "America/Toronto", parse_amount("200.00"))
RICHARD = Customer(
    1, "000123456", "Locations Richard", "1200, rue Ontario", "", "Montréal", "QC", "H2X 1Y4", "", "", "fr", Terms.OPEN
)
CHEQUE = Cheque("000482", "12345", "003", "001234567", date(2026, 11, 24), "Locations Richard inc.")


def undone(receipt: Receipt, at: datetime) -> Receipt:
    """The receipt after its cash was handed back."""
    wrong, back, note = ReversalReason.WRONG_AMOUNT, WhereIsTheMoney.HANDED_BACK, "Mauvais montant."
    reversal = Reversal(9, receipt.number, at, receipt.amount, wrong, back, note, "SU1000", "Anne Lavoie")
    return replace(receipt, reversal=reversal)


def paid(number: str, amount: str, due: date = date(2026, 9, 14)) -> Allocation:
    """An invoice that the payment paid."""
    return Allocation(number, DocumentKind.INVOICE, due, parse_amount(amount))


# Cash of 10.00 for a due of 10.02, from a bill of 20.00.
CASH = Receipt(
    number="MTL-000001",
    posting_id=1,
    key="form-1",
    at=datetime(2026, 11, 24, 19, 5, tzinfo=UTC),
    business_date=date(2026, 11, 24),
    branch=MTL,
    agent_login="PA1234",
    agent_name="Marie Tremblay",
    customer=RICHARD,
    tender=Tender.CASH,
    amount=parse_amount("10.02"),
    received=parse_amount("10.00"),
    rounding=Money(-2),
    handed=parse_amount("20.00"),
    change=parse_amount("10.00"),
    cheque=None,
    allocations=(paid("F-1001", "10.02"),),
    unallocated=ZERO,
    total_due_before=parse_amount("10.02"),
    total_due_after=ZERO,
    past_due_after=ZERO,
    post_dated=False,
    snapshot_as_of=datetime(2026, 11, 23, 23, 0, tzinfo=UTC),
)

# A cheque of 412.37 on a due of 700.48.
BY_CHEQUE = replace(
    CASH,
    tender=Tender.CHEQUE,
    amount=parse_amount("412.37"),
    received=parse_amount("412.37"),
    rounding=ZERO,
    handed=None,
    change=None,
    cheque=CHEQUE,
    allocations=(paid("F-1001", "412.37"),),
    total_due_before=parse_amount("700.48"),
    total_due_after=parse_amount("288.11"),
)

# Cash of 100.00 on a due of 60.00.
OVERPAID = replace(
    CASH,
    amount=parse_amount("100.00"),
    received=parse_amount("100.00"),
    rounding=ZERO,
    handed=None,
    change=None,
    allocations=(paid("F-1001", "60.00"),),
    unallocated=parse_amount("40.00"),
    total_due_before=parse_amount("60.00"),
    total_due_after=-parse_amount("40.00"),
)


def printed(
    receipt: Receipt,
    *,
    paper: ReceiptFormat = "roll",
    language: PaperLanguage = "fr",
    copy_number: int = 1,
    principal: str = "BOC",
) -> bytes:
    """The receipt's PDF."""
    return receipt_pdf(
        receipt,
        principal=principal,
        support_contact="1 800 555-0199",
        format=paper,
        language=language,
        copy_number=copy_number,
    )


def text(receipt: Receipt, **how: object) -> str:
    """Everything the receipt says."""
    return " ".join(pages(printed(receipt, **how)))  # type: ignore[arg-type]


def copies(receipt: Receipt) -> tuple[str, str]:
    """What the customer's and the principal's copy say on one sheet of letter paper."""
    both = text(receipt, paper="letter")
    customer, _, principal = both.partition("Copie du client")
    return customer, principal
