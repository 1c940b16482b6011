"""An agent's own submissions: what a frozen count is about to hand over, and what became of earlier ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from partnernet.domain.counts import FrozenCount, HeldCheque
from partnernet.domain.money import Money
from partnernet.domain.pieces import Pieces, take
from partnernet.domain.reconciliations import (
    BagDiffers,
    ChangeNeeded,
    ChequesMissing,
    ReconciliationState,
    TillMoved,
    cash_to_bag,
)


@dataclass(frozen=True, slots=True)
class ReadyCount:
    """A frozen count with what its submission would put into the bag; nothing of it is posted yet.

    The bag takes exactly ``cash``, for which ``pieces`` are proposed, large ones first (``None`` when change must be
    made), and ``cheques``; those of ``post_dated`` stay until their date. ``earlier`` are the counts before it, oldest
    first. A difference above ``tolerance`` must be explained. ``obstacle`` is why it cannot be submitted now, if so.
    """

    count: FrozenCount
    earlier: tuple[FrozenCount, ...]
    tolerance: Money
    cash: Money
    pieces: Pieces | None
    cheques: tuple[HeldCheque, ...]
    post_dated: tuple[HeldCheque, ...]
    obstacle: TillMoved | ChequesMissing | ChangeNeeded | None

    def bag(self, chosen: Pieces | None) -> Pieces:
        """The pieces to seal: those chosen, or those proposed. Raises `BagDiffers` when they are not what it takes."""
        pieces = self.pieces if chosen is None else chosen
        if pieces is None or pieces.total() != self.cash or not self.count.pieces.contains(pieces):
            raise BagDiffers(self.cash)
        return pieces


def ready(
    count: FrozenCount,
    earlier: tuple[FrozenCount, ...],
    *,
    on_hand: tuple[HeldCheque, ...],
    tolerance: Money,
    expected: Money,
    float_expected: Money,
    today: date,
) -> ReadyCount:
    """What submitting this count today would do.

    ``on_hand`` are the cheques that the till holds at this moment, ``expected`` and ``float_expected`` its drawer and
    its float by the ledger.
    """
    ticked = tuple(cheque for cheque in count.cheques if cheque in on_hand)
    cash = cash_to_bag(count.counted, float_expected, count.expected)
    pieces = take(count.pieces, cash)
    obstacle: TillMoved | ChequesMissing | ChangeNeeded | None = None
    if expected != count.expected:
        obstacle = TillMoved()
    elif count.missing:
        obstacle = ChequesMissing(len(count.missing))
    elif pieces is None:
        obstacle = ChangeNeeded(cash)
    return ReadyCount(
        count=count,
        earlier=earlier,
        tolerance=tolerance,
        cash=cash,
        pieces=pieces,
        cheques=tuple(cheque for cheque in ticked if cheque.dated <= today),
        post_dated=tuple(cheque for cheque in ticked if cheque.dated > today),
        obstacle=obstacle,
    )


@dataclass(frozen=True, slots=True)
class Submission:
    """One line of an agent's own list. ``total`` is what the bag holds, cash and cheques."""

    id: int
    number: int
    submitted_at: datetime
    state: ReconciliationState
    difference: Money
    total: Money
    decided_at: datetime | None
    decided_by: str
    decision_note: str


def submission_key(count_id: int) -> str:
    """The idempotency key of a frozen count's submission: whoever submits it, from whatever tab, submits one thing."""
    return f"submission-of-count-{count_id}"


def to_recount(own: Iterable[Submission], since: datetime | None = None) -> tuple[Submission, ...]:
    """Those sent back and not counted again: decided after the last submission and after ``since``, the last freeze."""
    lines = tuple(own)
    last = max((line.submitted_at for line in lines), default=None)
    limits = [moment for moment in (last, since) if moment is not None]
    return tuple(
        line
        for line in lines
        if line.state is ReconciliationState.RETURNED
        and line.decided_at is not None
        and all(line.decided_at > limit for limit in limits)
    )
