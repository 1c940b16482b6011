"""What a branch's books must say after a sequence of acts, worked out in plain integers, without the application."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

WINDOW = timedelta(hours=24)
LARGE_CASH_CENTS = 10_000_00


@dataclass
class Paid:
    """A payment that was acknowledged; ``entered_by`` is the supervisor who entered it again in place of another."""

    number: str
    branch: str
    agent: str
    customer: str
    at: datetime
    amount: int
    received: int
    cheque: str | None
    reversed: bool = False
    entered_by: str = ""


@dataclass
class Books:
    """Invoices of each customer, payments, floats: everything else is worked out from these."""

    invoices: dict[str, list[tuple[date, int]]]
    cash_only: str
    payments: list[Paid] = field(default_factory=list)
    floats: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    last_at: dict[str, datetime] = field(default_factory=dict)

    def kept(self) -> list[Paid]:
        """The payments that were not reversed."""
        return [paid for paid in self.payments if not paid.reversed]

    def dues(self, customer: str, today: date) -> tuple[int, int]:
        """Total due and past due: payments go to the oldest documents, and the late ones are the oldest."""
        paid = sum(payment.amount for payment in self.kept() if payment.customer == customer)
        late = sum(cents for due, cents in self.invoices[customer] if due < today)
        return sum(cents for _, cents in self.invoices[customer]) - paid, max(0, late - paid)

    def held(self, agent: str) -> tuple[int, int, int, int]:
        """Cash, cheques, owed to the principal, float of an agent."""
        own = [payment for payment in self.kept() if payment.agent == agent]
        collected = sum(payment.received for payment in own if not payment.cheque)
        cheques = sum(payment.received for payment in own if payment.cheque)
        return self.floats[agent] + collected, cheques, collected + cheques, self.floats[agent]

    def instant(self, branch: str, at: datetime) -> datetime:
        """The moment that a posting gets: time never goes back within a branch."""
        return max(at, self.last_at.get(branch, at))

    def posted(self, branch: str, at: datetime) -> None:
        """A posting was made at that moment."""
        self.last_at[branch] = self.instant(branch, at)

    def next_number(self, branch: str) -> str:
        """The receipt number that the branch's next payment gets."""
        return f"{branch}-{sum(payment.branch == branch for payment in self.payments) + 1:06d}"


@dataclass(frozen=True)
class Act:
    """A submission, as the oracle sees it; ``typed`` is None when a due is chosen by name."""

    customer: str
    choice: str
    typed: int | None
    cheque: str | None
    dated: date | None
    handed: int | None
    seen: tuple[int, int]


@dataclass(frozen=True)
class Outcome:
    """What must happen: a refusal by name, or an amount and what is received, with the concerns asked before."""

    refusal: str | None = None
    amount: int = 0
    received: int = 0
    asked: tuple[str, ...] = ()


def expected(books: Books, act: Act, at: datetime, today: date) -> Outcome:
    """The oracle: the rules of the field, said again from the specification."""
    if act.cheque and act.customer == books.cash_only:
        return Outcome("ChequeNotAccepted")
    total_due, past_due = books.dues(act.customer, today)
    amount = {"total_due": total_due, "past_due": past_due}.get(act.choice, act.typed or 0)
    if amount <= 0:
        return Outcome("NothingDue" if act.typed is None else "AmountNotPositive")
    received = amount
    if not act.cheque:
        if act.typed is not None:
            amount = _settled_by(act.typed, total_due, past_due)
        received = _five(amount)
        if amount not in (total_due, past_due) and amount % 5:
            return Outcome("CashNotMultipleOfFive")
        if received == 0:
            return Outcome("CashTooSmall")
        if act.handed is not None and act.handed < received:
            return Outcome("HandedTooLittle")
    return Outcome(None, amount, received, _asked(books, act, amount, received, at, today))


@dataclass(frozen=True)
class Correction:
    """A payment whose money was kept, as it should have been; ``typed`` is the amount that the supervisor reads off."""

    reason: str
    customer: str
    typed: int
    cheque: str | None


def correcting(paid: Paid, reason: str, customer: str, typed: int) -> Correction:
    """What one reason says was wrong; the rest is as it was."""
    if reason == "wrong_customer":
        return Correction(reason, customer, paid.received, paid.cheque)
    if reason == "wrong_amount":
        return Correction(reason, paid.customer, typed, paid.cheque)
    return Correction(reason, paid.customer, typed, None if paid.cheque else "000009")


def expected_again(books: Books, paid: Paid, correction: Correction, today: date) -> Outcome:
    """What a correction enters in place of a payment, on the account as it stands without it."""
    reason, cheque = correction.reason, correction.cheque
    if reason == "wrong_customer" and correction.customer == paid.customer:
        return Outcome("NothingCorrected")
    if reason == "wrong_amount" and correction.typed == paid.received:
        return Outcome("NothingCorrected")
    if cheque and reason != "wrong_amount" and correction.customer == books.cash_only:
        return Outcome("AccountKeptToCash")
    paid.reversed = True
    total_due, past_due = books.dues(correction.customer, today)
    paid.reversed = False
    amount = received = correction.typed
    if not cheque:
        amount = _settled_by(correction.typed, total_due, past_due)
        received = _five(amount)
        if amount not in (total_due, past_due) and amount % 5:
            return Outcome("CashNotMultipleOfFive")
        if received == 0:
            return Outcome("CashTooSmall")
    if reason == "wrong_amount" and received == paid.received:
        return Outcome("NothingCorrected")
    return Outcome(None, amount, received)


def _settled_by(typed: int, total_due: int, past_due: int) -> int:
    for due in (total_due, past_due):
        if due > 0 and due == typed:
            return due
    for due in (total_due, past_due):
        if due > 0 and _five(due) == typed:
            return due
    return typed


def _five(cents: int) -> int:
    return cents + {0: 0, 1: -1, 2: -2, 3: 2, 4: 1}[cents % 5]


def _asked(books: Books, act: Act, amount: int, received: int, at: datetime, today: date) -> tuple[str, ...]:
    total_due, past_due = books.dues(act.customer, today)
    recent = [paid for paid in books.kept() if paid.customer == act.customer and paid.at > at - WINDOW]
    asked = []
    if act.seen != (total_due, past_due):
        asked.append("BalanceChanged")
    if amount > max(total_due, 0):
        asked.append("Overpayment")
    if any(paid.amount == amount for paid in recent):
        asked.append("LooksLikeEarlierPayment")
    if act.cheque:
        assert act.dated is not None
        if any(paid.cheque == act.cheque for paid in books.kept()):
            asked.append("ChequeOnRecord")
        if act.dated > today:
            asked.append("PostDatedCheque")
        if (today - act.dated).days > 200:
            asked.append("StaleCheque")
    elif received + sum(paid.received for paid in recent if not paid.cheque) >= LARGE_CASH_CENTS:
        asked.append("LargeCash")
    return tuple(asked)
