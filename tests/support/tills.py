"""Till reports to print: a day like that of ``tests/test_counter_day.py``, and longer ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from partnernet.documents import till_report_pdf
from partnernet.documents.wording import PaperLanguage
from partnernet.domain.counts import HeldCheque
from partnernet.domain.money import ZERO, Money, parse_amount, total
from partnernet.domain.petty_cash import Voucher, VoucherCategory
from partnernet.domain.receipts import DayPayment, by_tender
from partnernet.domain.tenders import Tender
from partnernet.domain.till import TillFigures, TillPosition
from partnernet.domain.till_report import TillReport
from tests.support.receipts import MTL

AT = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)
OPENED_AT = datetime(2026, 11, 24, 13, 2, tzinfo=UTC)
HASH = "3f9a0c51d2e47b886a1f5c0e9d3b72484f6ea1907c25d8b31e0f94a6c7d52b18"


def payment(number: int, amount: str, tender: Tender = Tender.CASH, **other: object) -> DayPayment:
    """A payment taken some minutes after the one before; what is not said is that of an ordinary one."""
    exact = parse_amount(amount)
    ordinary = DayPayment(
        receipt_number=f"MTL-{number:06}",
        at=OPENED_AT + timedelta(minutes=3 * number),
        customer_number=f"{123456 + number:09}",
        customer_name="Locations Richard",
        tender=tender,
        amount=exact,
        received=exact,
        rounding=ZERO,
        cheque_number=f"{481 + number:06}" if tender is Tender.CHEQUE else "",
        agent_login="PA1234",
        agent_name="Marie Tremblay",
        post_dated=False,
        reversed=False,
    )
    return replace(ordinary, **other)  # type: ignore[arg-type]


def voucher(amount: str, **other: object) -> Voucher:
    """An ordinary voucher."""
    ordinary = Voucher(
        posting_id=1,
        at=AT,
        spent_on=date(2026, 11, 24),
        payee="Papeterie du Plateau",
        purpose="Rouleaux pour l'imprimante de reçus",
        category=VoucherCategory.OFFICE,
        amount=parse_amount(amount),
        receipt_kept=True,
        reversed=False,
    )
    return replace(ordinary, **other)  # type: ignore[arg-type]


POST_DATED = HeldCheque(
    id=5,
    number="000031",
    transit="30001",
    institution="815",
    account="7654321",
    drawer="Soudure Bélanger inc.",
    dated=date(2026, 12, 15),
    amount=parse_amount("300.00"),
    post_dated=True,
)


def report(
    payments: tuple[DayPayment, ...] = (),
    vouchers: tuple[Voucher, ...] = (),
    post_dated: tuple[HeldCheque, ...] = (),
    *,
    before: Money = ZERO,
    float_present: str = "200.00",
) -> TillReport:
    """The report of a till that holds these, all of it in the drawer but the cheques."""
    collected = by_tender(payments)
    rounding = total(payment.rounding for payment in payments if not payment.reversed)
    cheques = total(amount for tender, _count, amount in collected if tender is Tender.CHEQUE)
    due = total(amount for _tender, _count, amount in collected) + rounding + before
    present = parse_amount(float_present)
    return TillReport(
        branch=MTL,
        agent_login="PA1234",
        agent_name="Marie Tremblay",
        at=AT,
        payments=payments,
        by_tender=collected,
        rounding=rounding,
        vouchers=vouchers,
        post_dated=post_dated,
        position=TillPosition(
            OPENED_AT, MTL.float_authorised, TillFigures(due - cheques + present, cheques, due, present)
        ),
        anchor=(48213, HASH),
    )


def blind(seen: TillReport) -> TillReport:
    """The same report while a count is open."""
    return replace(seen, by_tender=(), position=replace(seen.position, figures=None))


# The worked day of the ledger, before its count: 60.00 of the day before were handed back, 32.50 replenished.
WORKED_DAY = report(
    (
        payment(1, "10.02", received=parse_amount("10.00"), rounding=Money(-2)),
        payment(2, "75.04", received=parse_amount("75.05"), rounding=Money(1), customer_name="Boulangerie Ô Cœur"),
        payment(3, "100.00", customer_name="Garage Lévesque"),
        payment(4, "412.37", Tender.CHEQUE),
        payment(5, "300.00", Tender.CHEQUE, post_dated=True, customer_name="Soudure Bélanger inc."),
        payment(6, "55.55", customer_name="Garage Lévesque et Fils", reversed=True),
    ),
    (
        voucher("18.40"),
        voucher(
            "14.10", payee="Postes Canada", purpose="Timbres", category=VoucherCategory.POSTAGE, receipt_kept=False
        ),
        voucher("41.10", payee="Postes Canada", purpose="Timbres", category=VoucherCategory.POSTAGE, reversed=True),
    ),
    (POST_DATED,),
    before=-parse_amount("60.00"),
)


def printed_report(seen: TillReport, *, language: PaperLanguage = "fr", copy_number: int = 1) -> bytes:
    """The report's PDF."""
    return till_report_pdf(seen, principal="BOC", language=language, copy_number=copy_number)
