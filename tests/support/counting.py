"""Counting, submitting and depositing a till as its people do: pieces are written ``{"20": 5, "0.05": 1}``."""

from __future__ import annotations

from collections.abc import Mapping

from partnernet.domain.agents import Agent
from partnernet.domain.counts import FrozenCount
from partnernet.domain.deposits import Deposit
from partnernet.domain.reconciliations import DifferenceReason, Reconciliation, SubmitRequest
from partnernet.services import counts, deposits, reconciliations
from tests.support.requests import new_key
from tests.support.world import World


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
    world: World, counted: FrozenCount, *, reason: DifferenceReason | None = None, note: str = "", key: str = ""
) -> Reconciliation:
    """« Soumettre la réconciliation »."""
    request = SubmitRequest(key or new_key(), counted.id, reason, note)
    return reconciliations.submit(world.db, request, by=world.agent, at=world.later(minutes=1))


def approve(world: World, submitted: Reconciliation, *, by: Agent | None = None) -> Reconciliation:
    """« Approuver », by the supervisor unless said otherwise, who has just proved their password."""
    at = world.later(minutes=1)
    return reconciliations.approve(world.db, submitted.id, by=by or world.supervisor, at=at, proved_at=at)


def deposit(world: World, *, reference: str = "BNC-20261124-001") -> Deposit:
    """Every waiting bag on one slip, with the bank's reference."""
    waiting = deposits.waiting(world.db, by=world.supervisor, at=world.now)
    bags = frozenset(bag.bag.id for bag in waiting)
    made = deposits.make(world.db, bags, new_key(), by=world.supervisor, at=world.later(minutes=1))
    return deposits.settle(world.db, made.id, reference, by=world.supervisor, at=world.later(minutes=1))
