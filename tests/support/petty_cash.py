"""Vouchers and replenishments as people make them: money is written as people write it."""

from __future__ import annotations

from dataclasses import replace

from partnernet.domain.agents import Agent
from partnernet.domain.money import Money
from partnernet.domain.petty_cash import Voucher, VoucherCategory, VoucherRequest
from partnernet.domain.replenishments import Replenishment, ReplenishmentOutcome
from partnernet.services import petty_cash, replenishments
from tests.support.requests import money, new_key
from tests.support.world import World


def voucher(world: World, dollars: str = "18.40", **changed: object) -> VoucherRequest:
    """An ordinary voucher as entered, but for what is said."""
    ordinary = VoucherRequest(
        new_key(),
        world.today,
        "Papeterie du Plateau",
        "Rouleaux",
        VoucherCategory.OFFICE,
        money(dollars),
        receipt_kept=True,
    )
    return replace(ordinary, **changed)  # type: ignore[arg-type]


def pay(world: World, request: VoucherRequest, by: Agent | None = None) -> Voucher:
    """Pay it from one's own float."""
    return petty_cash.pay_voucher(world.db, request, by=by or world.agent, at=world.later(minutes=1))


def take_back(world: World, paid: Voucher, *, key: str = "", by: Agent | None = None) -> Voucher:
    """It was a mistake."""
    at = world.later(minutes=1)
    return petty_cash.reverse_voucher(world.db, paid.posting_id, key or new_key(), by=by or world.agent, at=at)


def ask(world: World, *, key: str = "", by: Agent | None = None) -> Money:
    """Ask for what is missing."""
    return replenishments.ask(world.db, key or new_key(), by=by or world.agent, at=world.later(minutes=1))


def waiting(world: World) -> list[Replenishment]:
    """What was asked and not answered."""
    asked = replenishments.listed(world.db, by=world.supervisor)
    return [request for request in asked if request.answer is None]


def grant(world: World, request: Replenishment, *, by: Agent | None = None) -> Replenishment:
    """Give it, as the supervisor unless said otherwise."""
    at = world.later(minutes=1)
    return replenishments.grant(world.db, request.id, by=by or world.supervisor, at=at)


def granter(request: Replenishment) -> str:
    """Who has given it; empty while nobody has."""
    given = request.answer
    return given.by_name if given and given.outcome is ReplenishmentOutcome.GRANTED else ""


def refuse(
    world: World, request: Replenishment, note: str = "le fonds suffit", *, by: Agent | None = None
) -> Replenishment:
    """Say no, as the supervisor unless said otherwise."""
    at = world.later(minutes=1)
    return replenishments.refuse(world.db, request.id, note, by=by or world.supervisor, at=at)


def withdraw(world: World, request: Replenishment, *, by: Agent | None = None) -> Replenishment:
    """Take it back, as the agent unless said otherwise."""
    at = world.later(minutes=1)
    return replenishments.withdraw(world.db, request.id, by=by or world.agent, at=at)
