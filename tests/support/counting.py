"""Counting, submitting and depositing a till as its people do: pieces are written ``{"20": 5, "0.05": 1}``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import func, select

from partnernet.domain.agents import Agent, console_operator
from partnernet.domain.concerns import Concern, PostDatedCheque
from partnernet.domain.counts import FrozenCount
from partnernet.domain.deposits import Deposit
from partnernet.domain.entries import DUE_TO_PRINCIPAL
from partnernet.domain.money import Money
from partnernet.domain.receipts import Receipt
from partnernet.domain.reconciliations import DifferenceReason, Reconciliation, SubmitRequest
from partnernet.domain.till import FloatRequest
from partnernet.services import approvals, counts, deposits, payments, reconciliations, till, verification
from partnernet.storage import settings_of_branch, tables
from tests.support.requests import a_cheque, holding, money, new_key, paying
from tests.support.world import World

# --- money comes in -------------------------------------------------------------------------------------------------


def receive_float(world: World, amount: str = "200.00", *, agent: Agent | None = None) -> None:
    """The branch hands over a float, and the agent confirms it."""
    at = world.later(minutes=1)
    till.receive_float(world.db, FloatRequest(new_key(), money(amount)), by=agent or world.agent, at=at)


def take_cash(world: World, amount: str, *, agent: Agent | None = None) -> Receipt:
    """A customer never seen before pays all that is due in cash."""
    return _paid(world, amount, agent, None, [])


def take_cheque(world: World, amount: str, *, dated: date | None = None, agent: Agent | None = None) -> Receipt:
    """A customer never seen before pays all that is due by cheque, dated today unless said otherwise."""
    ahead = dated is not None and dated > world.today
    return _paid(world, amount, agent, dated or world.today, [PostDatedCheque(dated)] if dated and ahead else [])


def _paid(world: World, amount: str, agent: Agent | None, dated: date | None, confirmed: Iterable[Concern]) -> Receipt:
    number = f"{500001 + _customers(world)}"
    customer = world.customer(number, f"Client {number}", due=[(f"F-{number}", amount, date(2026, 1, 15))])
    cheque = a_cheque(number, dated=dated, drawer=f"Client {number}") if dated else None
    request = paying(world, customer, cheque=cheque, confirmed=confirmed)
    return payments.record(world.db, request, by=agent or world.agent, at=world.later(minutes=1))


def _customers(world: World) -> int:
    with world.db.read() as connection:
        return connection.execute(select(func.count()).select_from(tables.customer)).scalar_one()


# --- it is counted, accounted for and handed over -------------------------------------------------------------------


def typed(pieces: Mapping[str, int]) -> dict[int, str]:
    """``{"0.05": 1, "20": 5}`` as it would be typed beside each denomination."""
    return {round(float(dollars) * 100): str(quantity) for dollars, quantity in pieces.items()}


def count(world: World, pieces: Mapping[str, int], *, agent: Agent | None = None, untick: int = 0) -> FrozenCount:
    """Begin, type, tick every cheque but the last ``untick``, and freeze."""
    by = agent or world.agent
    draft = counts.start(world.db, by=by, at=world.later(minutes=1))
    ticked = [cheque.id for cheque in draft.cheques]
    kept = frozenset(ticked[: len(ticked) - untick])
    return counts.freeze(world.db, draft.id, typed(pieces), {}, kept, by=by, at=world.later(minutes=1))


def submit(
    world: World,
    counted: FrozenCount,
    *,
    reason: DifferenceReason | None = None,
    note: str = "",
    key: str = "",
    agent: Agent | None = None,
) -> Reconciliation:
    """« Soumettre la réconciliation »."""
    request = SubmitRequest(key or new_key(), counted.id, reason, note)
    return reconciliations.submit(world.db, request, by=agent or world.agent, at=world.later(minutes=1))


def approve(world: World, submitted: Reconciliation, *, by: Agent | None = None) -> Reconciliation:
    """« Approuver », by the supervisor unless said otherwise, who has just proved their password."""
    at = world.later(minutes=1)
    return reconciliations.approve(world.db, submitted.id, by=by or world.supervisor, at=at, proved_at=at)


def send_back(world: World, submitted: Reconciliation, *, by: Agent | None = None) -> Reconciliation:
    """« Retourner », by the supervisor unless said otherwise, who has just proved their password."""
    at, reason = world.later(minutes=1), "Recomptez les billets de 20 $."
    return reconciliations.send_back(world.db, submitted.id, reason, by=by or world.supervisor, at=at, proved_at=at)


def waiting_bags(world: World) -> frozenset[int]:
    """The approved bags that are on no slip yet."""
    return frozenset(bag.bag.id for bag in deposits.waiting(world.db, by=world.supervisor, at=world.now))


def make_slip(world: World, bags: frozenset[int] | None = None, *, key: str = "") -> Deposit:
    """These bags, or every waiting one, on one slip."""
    chosen = waiting_bags(world) if bags is None else bags
    return deposits.make(world.db, chosen, key or new_key(), by=world.supervisor, at=world.later(minutes=1))


def deposit(world: World, *, reference: str = "BNC-20261124-001") -> Deposit:
    """Every waiting bag on one slip, with the bank's reference."""
    made = make_slip(world)
    return deposits.settle(world.db, made.id, reference, by=world.supervisor, at=world.later(minutes=1))


# --- what is left ---------------------------------------------------------------------------------------------------


def assert_holds(world: World, agent: Agent, *, drawer: str, cheques: str, owed: str, float_present: str) -> None:
    """The agent's four figures, nobody counting."""
    held = holding(world, agent)
    figures = (held.expected_cash, held.cheques, held.due_to_principal, held.float_present)
    assert tuple(map(str, figures)) == (drawer, cheques, owed, float_present)


def change_settings(world: World, **changed: Money | str | bool) -> None:
    """Other settings of the world's branch, as an administrator would leave them."""
    with world.db.write() as connection:
        before = settings_of_branch.read(connection, world.branch)
        settings_of_branch.write(connection, world.branch, replace(before, **changed))  # type: ignore[arg-type]


def differences_before(world: World, submitted: Reconciliation) -> tuple[Money, ...]:
    """The agent's differences before a submission, newest first, as the approver reads them beside it."""
    found = approvals.examined(world.db, str(submitted.number), by=world.supervisor, at=world.now)
    return tuple(past.difference for past in found.history)


def owed_by_branch(world: World) -> Money:
    """« Dû à BOC » of the branch itself: what was approved and not deposited yet."""
    line = tables.ledger_line.c
    due = select(func.sum(line.credit_cents - line.debit_cents)).where(
        line.holder_id.is_(None), line.account.in_(DUE_TO_PRINCIPAL)
    )
    with world.db.read() as connection:
        return Money(int(connection.execute(due).scalar_one() or 0))


def assert_verified(world: World) -> None:
    """The ledger keeps every invariant."""
    assert verification.verify(world.db, by=console_operator("tests")).problems == ()


def postings(world: World) -> int:
    """How many postings the ledger holds."""
    with world.db.read() as connection:
        return connection.execute(select(func.count()).select_from(tables.posting)).scalar_one()


def acts_in_journal(world: World, since: datetime | None = None) -> list[str]:
    """What the audit log says was done, in order."""
    log = tables.audit_event.c
    query = select(log.action).order_by(log.id)
    if since:
        query = query.where(log.at >= since)
    with world.db.read() as connection:
        return list(connection.execute(query).scalars())
