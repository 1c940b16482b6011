"""The till report (rapport de caisse): everything an agent holds and why, now or when a till was submitted.

Its movements add up: from the first to the last, each figure is a sum over the ledger, and in each line cash, cheques
and bags together are the float and what is due to the principal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from partnernet.domain.agents import Branch
from partnernet.domain.counts import HeldCheque
from partnernet.domain.entries import DUE_TO_PRINCIPAL, FLOAT_PRESENT, LedgerAccount
from partnernet.domain.money import ZERO, Money, total
from partnernet.domain.papers import NEVER_PRINTED, Printed
from partnernet.domain.petty_cash import Voucher
from partnernet.domain.receipts import ListedPayment
from partnernet.domain.reconciliations import Reconciliation
from partnernet.domain.refusals import Refusal
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.reviews import AloneDecision
from partnernet.domain.tenders import Tender


@dataclass(frozen=True, slots=True)
class TillSums:
    """What a till holds, or what a movement changed: ``cash + cheques + bags == float_present + due``."""

    cash: Money = ZERO
    cheques: Money = ZERO
    bags: Money = ZERO
    float_present: Money = ZERO
    due: Money = ZERO

    def __add__(self, other: TillSums) -> TillSums:
        return TillSums(
            self.cash + other.cash,
            self.cheques + other.cheques,
            self.bags + other.bags,
            self.float_present + other.float_present,
            self.due + other.due,
        )

    def __sub__(self, other: TillSums) -> TillSums:
        return self + TillSums(-other.cash, -other.cheques, -other.bags, -other.float_present, -other.due)

    def __bool__(self) -> bool:
        return self != TillSums()


def till_sums(debits: Mapping[LedgerAccount, Money]) -> TillSums:
    """From the debit less credit of each account of a holder."""

    def of(*accounts: LedgerAccount) -> Money:
        return total(debits.get(account, ZERO) for account in accounts)

    return TillSums(
        cash=of(LedgerAccount.DRAWER),
        cheques=of(LedgerAccount.CHEQUES),
        bags=of(LedgerAccount.BAG),
        float_present=-of(*FLOAT_PRESENT),
        due=-of(*DUE_TO_PRINCIPAL),
    )


class MovementKind(StrEnum):
    """What moved a till, in the order of a report."""

    CARRIED_IN = "carried_in"
    CHEQUE_PAYMENT = "cheque_payment"
    CASH_PAYMENT = "cash_payment"
    ROUNDING = "rounding"
    REVERSAL = "reversal"
    REENTRY = "reentry"
    VOUCHER = "voucher"
    FLOAT = "float"
    REPLENISHMENT = "replenishment"
    OTHER = "other"
    REOPENED = "reopened"
    DIFFERENCE = "difference"
    SEALED = "sealed"
    CARRIED_OUT = "carried_out"
    CUSTODY = "custody"
    WAITING = "waiting"


# These stand one by one in a list of the report, so that their movements are said together.
LISTED = frozenset(
    {
        MovementKind.CHEQUE_PAYMENT,
        MovementKind.CASH_PAYMENT,
        MovementKind.ROUNDING,
        MovementKind.REVERSAL,
        MovementKind.REENTRY,
        MovementKind.VOUCHER,
    }
)


@dataclass(frozen=True, slots=True)
class TillMovement:
    """What one posting did to a till, or ``count`` of them together; ``at`` is when (the first of them).

    ``bag_number`` says which bag it sealed.
    """

    kind: MovementKind
    at: datetime
    sums: TillSums
    count: int = 1
    posting_id: int = 0
    key: str = ""
    bag_number: int | None = None


@dataclass(frozen=True, slots=True)
class TillReentry:
    """The payment that stands in place of a reversed one, whose money was kept; ``moved`` is what it changed in this
    till. ``amount`` is ``None`` when it is hidden."""

    posting_id: int
    receipt_number: str
    customer_number: str
    customer_name: str
    tender: Tender
    cheque_id: int | None
    cheque_number: str
    amount: Money | None
    moved: TillSums = TillSums()

    def without_cash(self) -> TillReentry:
        """What may be shown of it while the agent counts."""
        return replace(self, moved=TillSums(), amount=None if self.tender is Tender.CASH else self.amount)


@dataclass(frozen=True, slots=True)
class TillReversal:
    """A reversal of a payment (contre-passation) that a till shows: what was undone, why, and where the money went.

    ``moved`` is what it changed in this till; nothing when it fell into another one or into the branch's hands.
    ``amount`` is what it took off the customer's account; ``None`` when it is hidden. ``reentry`` stands in its place.
    """

    posting_id: int
    receipt_number: str
    at: datetime
    by_name: str
    reason: ReversalReason
    where: WhereIsTheMoney
    paid_at: datetime
    customer_number: str
    customer_name: str
    tender: Tender
    cheque_id: int | None
    cheque_number: str
    amount: Money | None
    moved: TillSums = TillSums()
    reentry: TillReentry | None = None

    @property
    def postings(self) -> frozenset[int]:
        """Its posting and that of its re-entry, which were made together."""
        return frozenset((self.posting_id, self.reentry.posting_id) if self.reentry else (self.posting_id,))

    @property
    def sheet_left(self) -> bool:
        """Whether its cheque is gone: not so when another account is credited with the same sheet."""
        return self.cheque_id is not None and (self.reentry is None or self.reentry.cheque_id != self.cheque_id)

    def with_moves(self, sums: Mapping[int, TillSums]) -> TillReversal:
        """With what it and its re-entry changed in a till, by posting."""
        reentry = self.reentry and replace(self.reentry, moved=sums.get(self.reentry.posting_id, TillSums()))
        return replace(self, moved=sums.get(self.posting_id, TillSums()), reentry=reentry)

    def without_cash(self) -> TillReversal:
        """What may be shown of it while the agent counts: neither cash, nor the cheque that turned out to be cash."""
        in_cash = Tender.CASH in (self.tender, self.reentry and self.reentry.tender)
        amount = None if in_cash else self.amount
        return replace(self, moved=TillSums(), amount=amount, reentry=self.reentry and self.reentry.without_cash())


@dataclass(frozen=True, slots=True)
class TillReport:
    """The report of one till at one moment: of the sessions not submitted yet, or of one ``submission``.

    ``movements`` lead to what is ``expected`` in the till; ``closing`` are those of the submission itself, or the bags
    of earlier ones that wait for a decision; ``later`` those of the same session since. ``since`` are the reversals,
    made after the submission, of what it contains; ``alone`` is its decision when no second person made it. While a
    count is open the report is ``blind``: it has no movements nor amounts of payments in cash, and whoever shows it
    hides those of vouchers, which are cash too.

    ``cheques`` are those that the lists of payments do not show together: of a submission, all those in its bag; now,
    those that an earlier session has left. Cheques not payable yet stand in ``post_dated``. ``anchor`` is the branch's
    chain head (sequence and hash) at ``at``, printed so that a later recomputation of the chain shows. ``cash_limit``
    is how much collected cash the branch lets a drawer hold now (``None``: no limit, or a report of a submission).
    """

    branch: Branch
    agent_login: str
    agent_name: str
    at: datetime
    opened_at: datetime | None
    float_authorised: Money
    blind: bool
    payments: tuple[ListedPayment, ...]
    reversals: tuple[TillReversal, ...]
    vouchers: tuple[Voucher, ...]
    cheques: tuple[HeldCheque, ...]
    post_dated: tuple[HeldCheque, ...]
    movements: tuple[TillMovement, ...]
    closing: tuple[TillMovement, ...]
    later: tuple[TillMovement, ...]
    anchor: tuple[int, str]
    submission: Reconciliation | None = None
    alone: AloneDecision | None = None
    since: tuple[TillReversal, ...] = ()
    printed: Printed = NEVER_PRINTED
    cash_limit: Money | None = None

    @property
    def above_cash_limit(self) -> bool:
        """Whether the cash beyond the float is more than the branch lets a drawer hold; never told during a count."""
        collected = self.expected.cash - self.expected.float_present
        return self.cash_limit is not None and not self.blind and collected > self.cash_limit

    @property
    def as_of(self) -> datetime:
        """The moment that its figures are of."""
        return self.submission.submitted_at if self.submission else self.at

    @property
    def expected(self) -> TillSums:
        """What the till should hold: when it is counted, or now."""
        return summed(self.movements)

    @property
    def left(self) -> TillSums:
        """What the agent still holds after the submission; of the current till, everything, its waiting bags too."""
        return summed((*self.movements, *self.closing))

    @property
    def due(self) -> Money:
        """« Total dû » to the principal: of everything the agent holds now, or of the submission when it was made."""
        return self.expected.due if self.submission else self.left.due


@dataclass(eq=False)
class TillReportNotFound(Refusal):
    """No such submission among those whose report the person may read (another branch's is answered the same way)."""

    reconciliation_id: int


def summed(movements: Iterable[TillMovement]) -> TillSums:
    """What the movements come to."""
    return sum((movement.sums for movement in movements), start=TillSums())


def statement(movements: Iterable[TillMovement]) -> tuple[TillMovement, ...]:
    """The movements as a report says them: in the order of `MovementKind`, those that it lists elsewhere together.

    Roundings that cancel one another are not said: they changed nothing.
    """
    said: list[TillMovement] = []
    for movement in sorted(movements, key=lambda movement: list(MovementKind).index(movement.kind)):
        if said and said[-1].kind is movement.kind and movement.kind in LISTED:
            together = said.pop()
            movement = replace(together, sums=together.sums + movement.sums, count=together.count + movement.count)
        said.append(movement)
    return tuple(movement for movement in said if movement.sums or movement.kind is not MovementKind.ROUNDING)


def at_submission(
    movements: tuple[TillMovement, ...], keys: frozenset[str]
) -> tuple[tuple[TillMovement, ...], tuple[TillMovement, ...], tuple[TillMovement, ...]]:
    """The movements before a submission, its own (those with its ``keys``), and those since, in ledger order."""
    own = [place for place, movement in enumerate(movements) if movement.key in keys]
    if not own:
        return movements, (), ()
    return movements[: own[0]], movements[own[0] : own[-1] + 1], movements[own[-1] + 1 :]
