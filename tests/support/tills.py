"""Till reports to print: a day like that of ``tests/test_counter_day.py``, its submission, and longer ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from partnernet.documents import till_report_pdf
from partnernet.documents.wording import PaperLanguage
from partnernet.domain.counts import FrozenCount, HeldCheque
from partnernet.domain.money import Money, parse_amount, total
from partnernet.domain.papers import Printed
from partnernet.domain.petty_cash import Voucher, VoucherCategory
from partnernet.domain.pieces import pieces
from partnernet.domain.receipts import DayPayment, listed
from partnernet.domain.reconciliations import Bag, DifferenceReason, Reconciliation, ReconciliationState
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.domain.till_report import MovementKind, TillMovement, TillReentry, TillReport, TillReversal, TillSums
from tests.support.receipts import MTL

AT = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)
OPENED_AT = datetime(2026, 11, 24, 13, 2, tzinfo=UTC)
SUBMITTED_AT = datetime(2026, 11, 24, 22, 10, tzinfo=UTC)
HASH = "3f9a0c51d2e47b886a1f5c0e9d3b72484f6ea1907c25d8b31e0f94a6c7d52b18"


def money(text: str) -> Money:
    """``-60.00`` included."""
    return -parse_amount(text[1:]) if text.startswith("-") else parse_amount(text)


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


def reversal(number: int, amount: str, **other: object) -> TillReversal:
    """A payment in cash of that receipt, handed back."""
    back = -parse_amount(amount)
    ordinary = TillReversal(
        posting_id=900 + number,
        receipt_number=f"MTL-{number:06}",
        at=AT - timedelta(minutes=40),
        by_name="Anne Lavoie",
        reason=ReversalReason.WRONG_AMOUNT,
        where=WhereIsTheMoney.HANDED_BACK,
        paid_at=OPENED_AT,
        customer_number="000100900",
        customer_name="Zéphir Ouellet",
        tender=Tender.CASH,
        cheque_id=None,
        cheque_number="",
        amount=-back,
        moved=TillSums(cash=back, due=back),
    )
    return replace(ordinary, **other)  # type: ignore[arg-type]


def reentry(number: int, amount: str, **other: object) -> TillReentry:
    """A payment by cheque in place of a reversed one in cash."""
    exact = parse_amount(amount)
    ordinary = TillReentry(
        posting_id=950 + number,
        receipt_number=f"MTL-{number:06}",
        customer_number="000100901",
        customer_name="L'Œuvre des Sœurs",
        tender=Tender.CHEQUE,
        cheque_id=9,
        cheque_number="000900",
        amount=exact,
        moved=TillSums(cheques=exact, due=exact),
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
IN_BAG = replace(POST_DATED, id=4, number="000485", dated=date(2026, 11, 24), amount=money("412.37"), post_dated=False)


def movement(
    kind: MovementKind, *, at: datetime = OPENED_AT, bag_number: int | None = None, **sums: str
) -> TillMovement:
    """One movement; each sum is written as people write it."""
    moved = TillSums(**{name: money(amount) for name, amount in sums.items()})
    return TillMovement(kind, at, moved, bag_number=bag_number)


def report(
    payments: tuple[DayPayment, ...] = (),
    vouchers: tuple[Voucher, ...] = (),
    post_dated: tuple[HeldCheque, ...] = (),
    reversals: tuple[TillReversal, ...] = (),
    others: Iterable[TillMovement] = (movement(MovementKind.FLOAT, cash="200.00", float_present="200.00"),),
) -> TillReport:
    """The report of a till that these, and ``others``, have moved: nothing else has."""
    return TillReport(
        branch=MTL,
        agent_login="PA1234",
        agent_name="Marie Tremblay",
        at=AT,
        opened_at=OPENED_AT,
        float_authorised=MTL.float_authorised,
        blind=False,
        payments=payments,
        reversals=reversals,
        vouchers=vouchers,
        cheques=(),
        post_dated=post_dated,
        movements=(
            *(moved for paid in payments for moved in _paid(paid)),
            *(TillMovement(MovementKind.REVERSAL, each.at, each.moved) for each in reversals),
            *(TillMovement(MovementKind.VOUCHER, each.at, _spent(each)) for each in vouchers if not each.reversed),
            *others,
        ),
        closing=(),
        later=(),
        anchor=(48213, HASH),
    )


def _paid(paid: DayPayment) -> list[TillMovement]:
    if paid.tender is Tender.CHEQUE:
        sums = TillSums(cheques=paid.amount, due=paid.amount)
        return [TillMovement(MovementKind.CHEQUE_PAYMENT, paid.at, sums)]
    moved = [TillMovement(MovementKind.CASH_PAYMENT, paid.at, TillSums(cash=paid.amount, due=paid.amount))]
    if paid.rounding:
        rounded = TillSums(cash=paid.rounding, due=paid.rounding)
        moved.append(TillMovement(MovementKind.ROUNDING, paid.at, rounded))
    return moved


def _spent(paid_out: Voucher) -> TillSums:
    return TillSums(cash=-paid_out.amount, float_present=-paid_out.amount)


def blind(seen: TillReport) -> TillReport:
    """The same report while a count is open."""
    payments = [paid for paid in seen.payments if isinstance(paid, DayPayment)]
    return replace(
        seen,
        blind=True,
        payments=listed(payments, {seen.agent_login}),
        reversals=tuple(each.without_cash() for each in seen.reversals),
        movements=(),
        closing=(),
    )


# The worked day of the ledger, before its count: a payment of the day before was handed back, 32.50 replenished. One
# more payment, and its reversal, make nothing.
WORKED_DAY = report(
    (
        payment(1, "10.02", received=parse_amount("10.00")),
        payment(2, "75.04", received=parse_amount("75.05"), customer_name="Boulangerie Ô Cœur"),
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
    (
        reversal(6, "55.55", customer_number="000123462", customer_name="Garage Lévesque et Fils"),
        reversal(900, "60.00", paid_at=OPENED_AT - timedelta(days=1), reason=ReversalReason.WRONG_CUSTOMER),
    ),
    (
        movement(MovementKind.FLOAT, cash="200.00", float_present="200.00"),
        movement(MovementKind.REPLENISHMENT, at=AT, cash="32.50", float_present="32.50"),
    ),
)

COUNTED = pieces({5: 1, 500: 1, 2000: 5, 10000: 2})
COUNT = FrozenCount(
    id=7,
    session_id=3,
    number=1,
    blind=True,
    frozen_at=SUBMITTED_AT - timedelta(minutes=12),
    pieces=COUNTED,
    counted=money("305.05"),
    expected=money("325.05"),
    cheques=(IN_BAG, POST_DATED),
    missing=(),
    suspects=(),
)
SUBMISSION = Reconciliation(
    id=12,
    number=9,
    agent_id=1,
    agent_login="PA1234",
    agent_name="Marie Tremblay",
    submitted_by_id=1,
    submitted_at=SUBMITTED_AT,
    state=ReconciliationState.SUBMITTED,
    count=COUNT,
    recounts=(),
    reason=DifferenceReason.CHANGE_ERROR,
    note="monnaie rendue deux fois",
    vouchers=WORKED_DAY.vouchers,
    bag=Bag(41, 41, SUBMITTED_AT, pieces({5: 1, 500: 1, 2000: 1, 10000: 1}), money("125.05"), (IN_BAG,)),
    decided_at=None,
    decided_by="",
    decision_note="",
    alone=False,
)


def submitted(seen: TillReport, submission: Reconciliation = SUBMISSION, **other: object) -> TillReport:
    """The report once its till was submitted: 20.00 short, 537.42 in the bag, the rest carried forward."""
    left = seen.expected + TillSums(cash=-money("20.00"), float_present=-money("20.00"))
    sealed = movement(
        MovementKind.SEALED, at=SUBMITTED_AT, bag_number=41, cash="-125.05", cheques="-412.37", bags="537.42"
    )
    rest = TillSums(bags=money("537.42"), due=money("537.42")) - left - sealed.sums
    closing = (
        movement(MovementKind.DIFFERENCE, at=SUBMITTED_AT, cash="-20.00", float_present="-20.00"),
        sealed,
        TillMovement(MovementKind.CARRIED_OUT, SUBMITTED_AT, rest),
    )
    after = replace(seen, submission=submission, cheques=(IN_BAG,), closing=closing, at=SUBMITTED_AT)
    return replace(after, **other)  # type: ignore[arg-type]


SUBMITTED_DAY = submitted(WORKED_DAY)


def printed_report(seen: TillReport, *, language: PaperLanguage = "fr", copy_number: int = 1) -> bytes:
    """The report's PDF."""
    counted = replace(seen, printed=Printed(copy_number, SUBMITTED_AT))
    return till_report_pdf(counted, principal="BOC", language=language)


def sum_of(payments: Iterable[DayPayment], tender: Tender) -> Money:
    """What was taken in one tender."""
    return total(paid.amount for paid in payments if paid.tender is tender)
