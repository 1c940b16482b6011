"""Evenings at the counter: tills counted, submitted, approved, deposited; the last leaves something to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from partnernet.domain.agents import Agent, Branch, branch_of
from partnernet.domain.counts import FrozenCount
from partnernet.domain.money import ZERO, Money
from partnernet.domain.petty_cash import VoucherCategory, VoucherRequest
from partnernet.domain.pieces import COINS, DENOMINATIONS, NO_PIECES, Pieces, pieces
from partnernet.domain.reconciliations import DifferenceReason, Reconciliation, SubmitRequest
from partnernet.services import counts, deposits, petty_cash, reconciliations, replenishments, till
from partnernet.storage.database import Database

_EVENING = time(16, 50)
# 200.00 in what a counter needs to give change.
_FLOAT = pieces({20_00: 5, 10_00: 5, 5_00: 6, 200: 5, 100: 5, 25: 16, 10: 8, 5: 4})
_SHORTAGE = Money(20_00)
_VOUCHERS = (
    ("Papeterie du Plateau", "rouleaux pour l'imprimante de reçus", VoucherCategory.OFFICE, Money(18_40)),
    ("Postes Canada", "envoi recommandé", VoucherCategory.POSTAGE, Money(14_10)),
    ("Quincaillerie L'Écrou", "clé du tiroir-caisse", VoucherCategory.REPAIRS, Money(9_75)),
)


@dataclass(frozen=True, slots=True)
class Evening:
    """One evening of a branch; ``left`` is how many evenings come after it before today."""

    db: Database
    branch: Branch
    supervisor: Agent
    day: date
    left: int
    random: Random

    def at(self, minutes: int) -> datetime:
        """That many minutes after the counter has closed."""
        closed = datetime.combine(self.day, _EVENING, ZoneInfo(self.branch.timezone)).astimezone(UTC)
        return closed + timedelta(minutes=minutes)

    def key(self) -> str:
        return f"{self.random.getrandbits(128):032x}"


def close(evening: Evening, agents: tuple[Agent, ...]) -> None:
    """Every agent counts and submits; the supervisor approves, and the bags go to the bank.

    Of the last evening a shortage waits for approval and an approved bag for its slip; the slip of the evening before
    is still without the bank's reference.
    """
    for place, agent in enumerate(agents):
        first, last = place == 0, evening.left == 0
        minutes = 10 * place
        if first and evening.left == 4:
            _send_back_once(evening, agent, minutes)
        short = _SHORTAGE if first and last else ZERO
        submitted = _submit(evening, agent, minutes + 3, short)
        if not (first and last):
            _approve(evening, submitted, minutes + 30)
    if evening.left > 0:
        _deposit(evening, settled=evening.left > 1)


def spend(evening: Evening, agent: Agent, at: datetime, *, replenished: bool) -> None:
    """A voucher paid from the float, and what it took asked back."""
    payee, purpose, category, amount = evening.random.choice(_VOUCHERS)
    request = VoucherRequest(
        evening.key(), evening.day, payee, purpose, category, amount, receipt_kept=evening.random.random() < 0.8
    )
    petty_cash.pay_voucher(evening.db, request, by=agent, at=at)
    replenishments.ask(evening.db, evening.key(), by=agent, at=at + timedelta(minutes=2))
    if replenished:
        asked = replenishments.listed(evening.db, by=evening.supervisor)[0]
        later = at + timedelta(minutes=9)
        replenishments.grant(evening.db, asked.id, by=evening.supervisor, at=later)


def _send_back_once(evening: Evening, agent: Agent, minutes: int) -> None:
    """A count that forgot a note, explained too lightly: it is sent back."""
    submitted = _submit(evening, agent, minutes, Money(5_00))
    at = evening.at(minutes + 2)
    why = "Un billet de 5 $ est resté sous le tiroir : recomptez."
    reconciliations.send_back(evening.db, submitted.id, why, by=evening.supervisor, at=at, proved_at=at)


def _submit(evening: Evening, agent: Agent, minutes: int, short: Money) -> Reconciliation:
    counted = _count(evening, agent, minutes, short)
    reason = DifferenceReason.CHANGE_ERROR if counted.difference else None
    note = "Monnaie rendue deux fois, je crois, pendant la cohue de midi." if counted.difference else ""
    request = SubmitRequest(evening.key(), counted.id, reason, note)
    return reconciliations.submit(evening.db, request, by=agent, at=evening.at(minutes + 2))


def _count(evening: Evening, agent: Agent, minutes: int, short: Money) -> FrozenCount:
    figures = till.position(evening.db, by=agent).figures
    held = figures.expected_cash if figures else ZERO
    draft = counts.start(evening.db, by=agent, at=evening.at(minutes))
    in_drawer = _drawer(held - short)
    typed = {each: str(in_drawer.of(each)) for each in DENOMINATIONS}
    ticked = frozenset(cheque.id for cheque in draft.cheques)
    return counts.freeze(evening.db, draft.id, typed, {}, ticked, by=agent, at=evening.at(minutes + 1))


def _drawer(amount: Money) -> Pieces:
    """What a drawer of that amount holds: the float in small pieces, the rest as it was collected."""
    base = _FLOAT if amount > _FLOAT.total() else NO_PIECES
    return base + _collected(amount - base.total())


def _collected(amount: Money) -> Pieces:
    """Notes first, few of a hundred, as customers pay."""
    rest, found = max(amount, ZERO).cents, {}
    for each in reversed(DENOMINATIONS):
        most = rest // each
        found[each] = most if each in (*COINS, 5_00, 10_00, 20_00) else most // 2
        rest -= found[each] * each
    return pieces(found)


def _approve(evening: Evening, submitted: Reconciliation, minutes: int) -> None:
    at = evening.at(minutes)
    reconciliations.approve(evening.db, submitted.id, by=evening.supervisor, at=at, proved_at=at)


def _deposit(evening: Evening, *, settled: bool) -> None:
    """Every bag that waits, on one slip; the bank's reference is that of its night safe."""
    by, at = evening.supervisor, evening.at(60)
    waiting = deposits.waiting(evening.db, by=by, at=at)
    if not waiting:
        return
    bags = frozenset(waiting_bag.bag.id for waiting_bag in waiting)
    made = deposits.make(evening.db, bags, evening.key(), by=by, at=at)
    if settled:
        reference = f"BNC-{evening.day:%Y%m%d}-{made.number:03}"
        deposits.settle(evening.db, made.id, reference, by=by, at=evening.at(70))


def branch_evening(db: Database, supervisor: Agent, day: date, left: int, random: Random) -> Evening:
    """The evening of a day in the supervisor's branch."""
    return Evening(db, branch_of(supervisor), supervisor, day, left, random)
