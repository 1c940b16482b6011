"""The form that hands a float over, as it was typed, and its reading: every faulty field is told at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from partnernet.domain.handovers import HandoverRequest, NoSuchColleague
from partnernet.domain.money import ZERO, AmountNotPositive, Money, parse_amount
from partnernet.domain.refusals import FormRefused, Refusal


@dataclass(frozen=True, slots=True)
class HandoverForm:
    """Everything the form held; ``giver`` and ``receiver`` are logins, blank is the branch, ``None`` nobody chosen."""

    key: str
    giver: str
    receiver: str | None
    amount: str


@dataclass(eq=False)
class HandoverAmountNotPositive(Refusal):
    """A float that is handed over is at least five cents."""

    field: ClassVar[str | None] = "amount"


def read_handover(form: HandoverForm) -> HandoverRequest:
    """The request that the form makes; raises `FormRefused` with the refusals of all its fields, in their order."""
    refusals: list[Refusal] = []
    if form.receiver is None:
        refusals.append(NoSuchColleague())
    amount = _amount(form.amount, refusals)
    if refusals or form.receiver is None:
        raise FormRefused(tuple(refusals))
    return HandoverRequest(form.key, form.giver, form.receiver, amount)


def _amount(typed: str, refusals: list[Refusal]) -> Money:
    try:
        return parse_amount(typed)
    except AmountNotPositive:
        refusals.append(HandoverAmountNotPositive())
    except Refusal as refusal:
        refusals.append(refusal)
    return ZERO
