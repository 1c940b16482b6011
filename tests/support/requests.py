"""Payment requests as a test writes them: money as people write it, a fresh key unless one is given."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date

from partnernet.domain.accounts import Standing
from partnernet.domain.agents import Agent
from partnernet.domain.cheques import Cheque
from partnernet.domain.concerns import Concern
from partnernet.domain.customers import Customer
from partnernet.domain.handovers import HandoverRequest
from partnernet.domain.money import Money, parse_amount
from partnernet.domain.payments import AmountChoice, PaymentRequest
from partnernet.domain.reversals import Reentry, ReversalReason, ReversalRequest, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.domain.till import TillFigures
from partnernet.services import handovers, till
from partnernet.storage import balances
from tests.support.world import World


def new_key() -> str:
    """An idempotency key as a form makes it."""
    return secrets.token_urlsafe(16)


def money(text: str) -> Money:
    """``-40.00`` included, for balances."""
    return -parse_amount(text[1:]) if text.startswith("-") else parse_amount(text) if text != "0.00" else Money(0)


def a_cheque(number: str = "000123", dated: date = date(2026, 11, 24), drawer: str = "Jean Côté") -> Cheque:
    """A cheque of a National Bank account, dated the world's day."""
    return Cheque(number, "00006", "006", "0123456", dated, drawer)


def standing_of(world: World, customer: Customer) -> Standing:
    """Where the account stands now, as the form would show it."""
    with world.db.read() as connection:
        return balances.standings(connection, [customer.id], world.today)[customer.id]


def holding(world: World, agent: Agent) -> TillFigures:
    """What the agent holds, nobody counting."""
    figures = till.position(world.db, by=agent).figures
    assert figures is not None, "a count is open"
    return figures


def float_received(world: World, amount: str, *, agent: Agent | None = None) -> None:
    """The branch hands over a float, and the agent confirms it."""
    to = agent or world.agent
    request = HandoverRequest(new_key(), "", to.login, money(amount))
    offered = handovers.offer(world.db, request, by=world.supervisor, at=world.later(minutes=1))
    handovers.accept(world.db, offered.id, by=to, at=world.later(minutes=1))


def paying(
    world: World,
    customer: Customer,
    amount: str | None = None,
    *,
    choice: AmountChoice | None = None,
    cheque: Cheque | None = None,
    face: str | None = None,
    sheet: int | None = None,
    handed: str | None = None,
    key: str | None = None,
    confirmed: Iterable[Concern] = (),
    seen: Standing | None = None,
) -> PaymentRequest:
    """A request for ``amount`` or for the due that ``choice`` names, by cheque when one is given, else in cash.

    ``face`` is what a cheque for several accounts is made out for; ``sheet`` is the one on record that this one shares.
    """
    shown = seen or standing_of(world, customer)
    return PaymentRequest(
        key=key or new_key(),
        customer_number=customer.number,
        choice=choice or (AmountChoice.OTHER if amount else AmountChoice.TOTAL_DUE),
        amount=parse_amount(amount) if amount else None,
        tender=Tender.CHEQUE if cheque or sheet else Tender.CASH,
        cheque=cheque,
        handed=parse_amount(handed) if handed else None,
        seen_total_due=shown.total_due,
        seen_past_due=shown.past_due,
        confirmed=frozenset(confirmed),
        face_amount=parse_amount(face) if face else None,
        cheque_id=sheet,
    )


def reversing(
    receipt_number: str,
    *,
    reason: ReversalReason = ReversalReason.WRONG_AMOUNT,
    where: WhereIsTheMoney = WhereIsTheMoney.HANDED_BACK,
    note: str = "montant mal saisi",
    key: str | None = None,
    reentry: Reentry | None = None,
    cash_only: bool = False,
) -> ReversalRequest:
    """A supervisor's request to reverse a receipt, its money handed back; kept when something is entered again."""
    placed = WhereIsTheMoney.KEPT if reentry else where
    return ReversalRequest(key or new_key(), receipt_number, reason, placed, note, reentry, cash_only)
