"""What was saved: the receipt, and the day's payments of a branch."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import TypeVar

from partnernet.domain.accounts import Allocation
from partnernet.domain.agents import Agent, Branch
from partnernet.domain.cheques import Cheque
from partnernet.domain.customers import Customer
from partnernet.domain.money import Money, total
from partnernet.domain.permissions import Role
from partnernet.domain.refusals import Refusal
from partnernet.domain.reversals import Reversal
from partnernet.domain.tenders import Tender


@dataclass(eq=False)
class ReceiptNotFound(Refusal):
    """No such receipt in the person's branch (another branch's paper is answered the same way)."""

    number: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A payment as it was posted and printed: it never changes, even when it is reversed later.

    ``agent_login`` and ``agent_name`` are who took the money. ``total_due_before`` and ``total_due_after`` are signed
    (below zero: credit); ``unallocated`` became credit on account. ``cheque_id`` is the sheet of paper, and
    ``face_amount`` what it is made out for: more than the amount when it pays other accounts too. ``reversal`` undid
    it. ``corrects`` is the number of the reversed receipt in whose place it stands, entered again by ``entered_by``.
    """

    number: str
    posting_id: int
    key: str
    at: datetime
    business_date: date
    branch: Branch
    agent_login: str
    agent_name: str
    customer: Customer
    tender: Tender
    amount: Money
    received: Money
    rounding: Money
    handed: Money | None
    change: Money | None
    cheque: Cheque | None
    allocations: tuple[Allocation, ...]
    unallocated: Money
    total_due_before: Money
    total_due_after: Money
    past_due_after: Money
    post_dated: bool
    snapshot_as_of: datetime | None
    reversal: Reversal | None = None
    cheque_id: int | None = None
    face_amount: Money | None = None
    corrects: str = ""
    entered_by: str = ""

    @property
    def reversed_at(self) -> datetime | None:
        """When it was reversed; ``None`` while it stands."""
        return self.reversal.at if self.reversal else None

    @property
    def shares_cheque(self) -> bool:
        """Whether the cheque pays other accounts too."""
        return self.face_amount is not None and self.face_amount > self.amount


@dataclass(frozen=True, slots=True)
class ListedPayment:
    """A payment in a list without its amounts: cash of an agent whose till is being counted, who counts blind.

    The agent is who took the money. ``corrects`` is the number of the reversed receipt in whose place it stands,
    ``reentered`` of the one that stands in its own place, ``reentered_in_cash`` whether that one is cash.
    """

    receipt_number: str
    at: datetime
    customer_number: str
    customer_name: str
    tender: Tender
    cheque_number: str
    agent_login: str
    agent_name: str
    post_dated: bool
    reversed: bool
    corrects: str = field(default="", kw_only=True)
    reentered: str = field(default="", kw_only=True)
    reentered_in_cash: bool = field(default=False, kw_only=True)

    @property
    def tells_of_cash(self) -> bool:
        """Whether its amount is that of cash which may lie in the agent's drawer."""
        return self.tender is Tender.CASH or self.reentered_in_cash

    @property
    def shown_amount(self) -> Money | None:
        """What was credited to the customer; ``None`` when it is hidden."""
        return None


@dataclass(frozen=True, slots=True)
class DayPayment(ListedPayment):
    """One line of « Paiements du jour », amounts included."""

    amount: Money
    received: Money

    @property
    def rounding(self) -> Money:
        """What cash was rounded by, to five cents: received less credited."""
        return self.received - self.amount

    @property
    def shown_amount(self) -> Money:
        """What was credited to the customer."""
        return self.amount

    def without_amounts(self) -> ListedPayment:
        """What may be shown of it while its agent counts."""
        return ListedPayment(**{field.name: getattr(self, field.name) for field in fields(ListedPayment)})


P = TypeVar("P", bound=ListedPayment)


@dataclass(frozen=True, slots=True)
class DayPayments:
    """A branch's payments of one business date in the order taken. Totals are of payments that were not reversed.

    ``counting`` names the agents whose cash is hidden here because they are counting it; a total that their cash would
    enter is ``None``.
    """

    branch: Branch
    day: date
    payments: tuple[ListedPayment, ...]
    by_tender: tuple[tuple[Tender, int, Money | None], ...]
    by_agent: tuple[tuple[str, str, int, Money | None], ...]
    rounding: Money | None
    counting: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many payments were not reversed."""
        return sum(count for _tender, count, _amount in self.by_tender)

    @property
    def amount(self) -> Money | None:
        """What they credited to the customers' accounts."""
        return _total(amount for _tender, _count, amount in self.by_tender)


def lists_only_own(agent: Agent) -> bool:
    """An agent lists the payments that they took; a supervisor or an auditor those of the whole branch."""
    return agent.role is Role.AGENT


def listed(payments: Iterable[DayPayment], counting: Collection[str]) -> tuple[ListedPayment, ...]:
    """The payments as they may be shown while the agents with these logins count their tills.

    Each amount in cash is hidden, not only their total: a list is an addition away from it. Cheques keep theirs, since
    they are ticked one by one.
    """
    return tuple(
        payment.without_amounts() if payment.tells_of_cash and payment.agent_login in counting else payment
        for payment in payments
    )


def by_tender(payments: Iterable[DayPayment]) -> tuple[tuple[Tender, int, Money], ...]:
    """Count and amount of each tender among payments not reversed."""
    return tuple(
        (tender, len(of_tender), total(payment.amount for payment in of_tender))
        for tender, of_tender in _of_each_tender(payments)
    )


def day_totals(branch: Branch, day: date, payments: Iterable[DayPayment], counting: Collection[str]) -> DayPayments:
    """The day's list with its totals, by tender and by agent, of payments not reversed.

    ``counting`` are the logins of those whose count is under way.
    """
    shown = listed(payments, counting)
    kept = [payment for payment in shown if not payment.reversed]
    agents = dict.fromkeys((payment.agent_login, payment.agent_name) for payment in kept)
    by_agent = tuple(
        (login, name, len(of_agent), _total(payment.shown_amount for payment in of_agent))
        for login, name in sorted(agents)
        if (of_agent := [payment for payment in kept if payment.agent_login == login])
    )
    hidden = dict.fromkeys(payment.agent_name for payment in shown if not isinstance(payment, DayPayment))
    return DayPayments(
        branch=branch,
        day=day,
        payments=shown,
        by_tender=tuple(
            (tender, len(of_tender), _total(payment.shown_amount for payment in of_tender))
            for tender, of_tender in _of_each_tender(shown)
        ),
        by_agent=by_agent,
        rounding=_total(payment.rounding if isinstance(payment, DayPayment) else None for payment in kept),
        counting=tuple(hidden),
    )


def _of_each_tender(payments: Iterable[P]) -> tuple[tuple[Tender, list[P]], ...]:
    """Those not reversed, tender by tender."""
    kept = [payment for payment in payments if not payment.reversed]
    return tuple(
        (tender, of_tender)
        for tender in Tender
        if (of_tender := [payment for payment in kept if payment.tender is tender])
    )


def _total(amounts: Iterable[Money | None]) -> Money | None:
    """Their sum; ``None`` when one of them is hidden."""
    every = list(amounts)
    known = [amount for amount in every if amount is not None]
    return total(known) if len(known) == len(every) else None
