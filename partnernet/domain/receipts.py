"""What was saved: the receipt, and the day's payments of a branch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from partnernet.domain.accounts import Allocation
from partnernet.domain.agents import Agent, Branch
from partnernet.domain.cheques import Cheque
from partnernet.domain.customers import Customer
from partnernet.domain.money import Money, total
from partnernet.domain.permissions import Role
from partnernet.domain.refusals import Refusal
from partnernet.domain.tenders import Tender


@dataclass(eq=False)
class ReceiptNotFound(Refusal):
    """No such receipt in the person's branch (another branch's paper is answered the same way)."""

    number: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A payment as it was posted and printed: it never changes, even when it is reversed later.

    ``total_due_before`` and ``total_due_after`` are signed (below zero: credit); ``unallocated`` became
    credit on account.
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
    reversed_at: datetime | None


@dataclass(frozen=True, slots=True)
class DayPayment:
    """One line of « Paiements du jour »."""

    receipt_number: str
    at: datetime
    customer_number: str
    customer_name: str
    tender: Tender
    amount: Money
    received: Money
    rounding: Money
    cheque_number: str
    agent_login: str
    agent_name: str
    post_dated: bool
    reversed: bool


@dataclass(frozen=True, slots=True)
class DayPayments:
    """A branch's payments of one business date in the order taken. Totals are of payments that were not reversed."""

    branch: Branch
    day: date
    payments: tuple[DayPayment, ...]
    by_tender: tuple[tuple[Tender, int, Money], ...]
    by_agent: tuple[tuple[str, str, int, Money], ...]
    rounding: Money

    @property
    def count(self) -> int:
        """How many payments were not reversed."""
        return sum(count for _tender, count, _amount in self.by_tender)

    @property
    def amount(self) -> Money:
        """What they credited to the customers' accounts."""
        return total(amount for _tender, _count, amount in self.by_tender)


def lists_only_own(agent: Agent) -> bool:
    """An agent lists the payments that they took; a supervisor or an auditor those of the whole branch."""
    return agent.role is Role.AGENT


def day_totals(branch: Branch, day: date, payments: tuple[DayPayment, ...]) -> DayPayments:
    """The day's list with its totals: amounts credited, by tender and by agent, of payments not reversed."""
    kept = [payment for payment in payments if not payment.reversed]
    by_tender = tuple(
        (tender, len(of_tender), total(payment.amount for payment in of_tender))
        for tender in Tender
        if (of_tender := [payment for payment in kept if payment.tender is tender])
    )
    agents = dict.fromkeys((payment.agent_login, payment.agent_name) for payment in kept)
    by_agent = tuple(
        (login, name, len(of_agent), total(payment.amount for payment in of_agent))
        for login, name in sorted(agents)
        if (of_agent := [payment for payment in kept if payment.agent_login == login])
    )
    return DayPayments(branch, day, payments, by_tender, by_agent, total(payment.rounding for payment in kept))
