"""Days at the counter: payments by cheque and in cash, at believable hours, with the corrections that follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from partnernet.demo import closings
from partnernet.domain.accounts import Account
from partnernet.domain.agents import Agent, Branch, branch_of
from partnernet.domain.cheques import INSTITUTIONS, Cheque
from partnernet.domain.concerns import ConfirmationNeeded
from partnernet.domain.handovers import HandoverRequest
from partnernet.domain.money import ZERO, Money, to_five_cents
from partnernet.domain.payments import AmountChoice, CashTooSmall, PaymentRequest
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason, ReversalRequest, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.services import customers, handovers, payments, reversals
from partnernet.storage.database import Database

PAST_DAYS = 10
_OPENING, _CLOSING = time(8, 30), time(16, 45)
_MOST_CASH = Money(1_500_00)
_NOTE = Money(20_00)


@dataclass(frozen=True, slots=True)
class Counter:
    """A branch's counter: who serves it, who corrects, and how many customers come in a day."""

    agents: tuple[Agent, ...]
    supervisor: Agent
    payments_a_day: int

    @property
    def branch(self) -> Branch:
        return branch_of(self.agents[0])


def business_days(today: date) -> list[date]:
    """The last weekdays before today, oldest first."""
    days: list[date] = []
    day = today
    while len(days) < PAST_DAYS:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            days.append(day)
    return days[::-1]


def fill_past(db: Database, counter: Counter, numbers: Sequence[str], now: datetime, random: Random) -> None:
    """Let a counter work through its past days, each closed in the evening."""
    days = business_days(counter.branch.business_date(now))
    for agent in counter.agents:
        _issue_float(db, counter, agent, _at(counter.branch, days[0], time(8, 15)), random)
    for left, day in zip(range(len(days), 0, -1), days, strict=True):
        evening = _work(db, counter, numbers, day, left, now, random)
        closings.close(evening, counter.agents)


def fill_today(db: Database, counter: Counter, numbers: Sequence[str], now: datetime, random: Random) -> None:
    """Let a counter work through today until ``now``."""
    _work(db, counter, numbers, counter.branch.business_date(now), 0, now, random)


def _work(
    db: Database, counter: Counter, numbers: Sequence[str], day: date, left: int, now: datetime, random: Random
) -> closings.Evening:
    """A day that is worked; ``left`` is how many come up to today, which has none."""
    taken = [_pay(db, counter, numbers, at, random) for at in _moments(counter, day, now, random)]
    _correct(db, counter, [receipt for receipt in taken if receipt], now, random)
    evening = closings.branch_evening(db, counter.supervisor, day, left - 1, random)
    if left % 3 == 0:
        spends = counter.agents[left % len(counter.agents)]
        closings.spend(evening, spends, min(evening.at(-60), now - timedelta(minutes=1)), replenished=left > 0)
    return evening


def _issue_float(db: Database, counter: Counter, agent: Agent, at: datetime, random: Random) -> None:
    """The supervisor hands the float over, the agent confirms it."""
    request = HandoverRequest(_key(random), "", agent.login, counter.branch.float_authorised)
    offered = handovers.offer(db, request, by=counter.supervisor, at=at)
    handovers.accept(db, offered.id, by=agent, at=at + timedelta(minutes=2))


def _moments(counter: Counter, day: date, now: datetime, random: Random) -> Iterator[datetime]:
    """When customers come: any time of an open day; today, however early it is, in the hours just before now."""
    first, last = _at(counter.branch, day, _OPENING), _at(counter.branch, day, _CLOSING)
    if last > now:
        last = now - timedelta(minutes=2)
        first = max(min(first, last - timedelta(hours=2)), _at(counter.branch, day, time(0, 0)))
    seconds = max(int((last - first).total_seconds()), 0)
    yield from sorted(first + timedelta(seconds=random.randint(0, seconds)) for _ in range(counter.payments_a_day))


def _pay(db: Database, counter: Counter, numbers: Sequence[str], at: datetime, random: Random) -> Receipt | None:
    """One customer pays, and the agent confirms whatever the form asks; nothing when nothing can be paid."""
    agent = random.choice(counter.agents)
    account = customers.account(db, random.choice(numbers), by=agent, at=at)
    if account.standing.total_due < Money(3):
        return None
    request = _request(account, counter.branch.business_date(at), random)
    try:
        return payments.record(db, request, by=agent, at=at)
    except ConfirmationNeeded as needed:
        return payments.record(db, replace(request, confirmed=frozenset(needed.concerns)), by=agent, at=at)
    except CashTooSmall:
        return None


def _request(account: Account, today: date, random: Random) -> PaymentRequest:
    standing = account.standing
    choice = AmountChoice.PAST_DUE if standing.past_due >= Money(3) else AmountChoice.TOTAL_DUE
    due = standing.past_due if choice is AmountChoice.PAST_DUE else standing.total_due
    amount = None
    if random.random() < 0.3:
        choice = random.choice([AmountChoice.TOTAL_DUE, AmountChoice.OTHER])
        due = standing.total_due
    if choice is AmountChoice.OTHER:
        amount = due = max(Money(5_00), to_five_cents(Money(round(due.cents * random.uniform(0.2, 1.02)))))
    must_be_cash = account.customer.cash_only
    in_cash = must_be_cash or (due <= _MOST_CASH and random.random() < 0.55)
    return PaymentRequest(
        key=_key(random),
        customer_number=account.customer.number,
        choice=choice,
        amount=amount,
        tender=Tender.CASH if in_cash else Tender.CHEQUE,
        cheque=None if in_cash else _cheque(account, today, random),
        handed=_handed(due, random) if in_cash else None,
        seen_total_due=standing.total_due,
        seen_past_due=standing.past_due,
    )


def _cheque(account: Account, today: date, random: Random) -> Cheque:
    days = random.choices([0, random.randint(-5, -1), random.randint(5, 25)], [70, 25, 5])[0]
    return Cheque(
        number=f"{random.randint(1, 2400):04}",
        transit=f"{random.randint(1, 99999):05}",
        institution=random.choice([code for code in INSTITUTIONS if code != "016"]),
        account=f"{random.randint(10**6, 10**9)}".zfill(7),
        dated=today + timedelta(days=days),
        drawer=account.customer.name,
    )


def _handed(due: Money, random: Random) -> Money | None:
    """Notes of twenty dollars, or the exact amount, which nobody types."""
    received = to_five_cents(due)
    if received == ZERO or random.random() < 0.4:
        return None
    return Money(-(-received.cents // _NOTE.cents) * _NOTE.cents)


def _correct(db: Database, counter: Counter, taken: Sequence[Receipt], now: datetime, random: Random) -> None:
    """Now and then the supervisor reverses a payment, an hour after the counter closed or so."""
    if len(taken) < 4 or random.random() > 0.4:
        return
    receipt = random.choice(taken[-4:])
    reason, where, note = random.choice(
        [
            (
                ReversalReason.WRONG_AMOUNT,
                WhereIsTheMoney.HANDED_BACK,
                "Montant inversé : le client a repris son argent.",
            ),
            (ReversalReason.DUPLICATE, WhereIsTheMoney.NEVER_RECEIVED, "Saisi deux fois pour une seule visite."),
        ]
    )
    request = ReversalRequest(_key(random), receipt.number, reason, where, note)
    at = min(taken[-1].at + timedelta(minutes=random.randint(5, 40)), now)
    reversals.reverse(db, request, by=counter.supervisor, at=at, proved_at=at)


def _at(branch: Branch, day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ZoneInfo(branch.timezone)).astimezone(UTC)


def _key(random: Random) -> str:
    return f"{random.getrandbits(128):032x}"
