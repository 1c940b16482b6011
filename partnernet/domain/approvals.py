"""What whoever approves tills looks at: what waits and what was decided in a branch, and one submission in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from partnernet.domain.agents import Agent, Branch
from partnernet.domain.drops import Drop
from partnernet.domain.money import Money
from partnernet.domain.reconciliations import Reconciliation, ReconciliationState
from partnernet.domain.refusals import Refusal
from partnernet.domain.replenishments import Replenishment
from partnernet.domain.reviews import AloneDecision


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """A submission as a line of a list. ``difference`` is counted less expected: below zero, short."""

    number: int
    agent_login: str
    agent_name: str
    submitted_at: datetime
    difference: Money
    bag_total: Money
    state: ReconciliationState
    decided_at: datetime | None
    decided_by: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Approvals:
    """A branch's submissions: ``pending`` wait for a decision, oldest first; ``decided`` are the last, newest first.

    ``drops`` wait to be received, ``to_review`` was decided alone and nobody from outside has looked yet.
    ``replenishments`` are asked for, or were answered within the last day.
    """

    branch: Branch
    pending: tuple[ApprovalRow, ...]
    decided: tuple[ApprovalRow, ...]
    drops: tuple[Drop, ...]
    to_review: tuple[AloneDecision, ...]
    replenishments: tuple[Replenishment, ...]
    one_person: bool


@dataclass(frozen=True, slots=True)
class PastDifference:
    """The difference of an earlier submission, whatever became of it."""

    number: int
    submitted_at: datetime
    difference: Money


@dataclass(frozen=True, slots=True)
class Examination:
    """A submission with what its decision needs besides: the agent's last differences before it, newest first.

    ``involved`` are the agent, who counted, and the witness of a count for an absent agent: none of them decides.
    ``next_pending`` is the number of the other submission to decide on next. ``review`` is there when it was decided
    alone.
    """

    branch: Branch
    reconciliation: Reconciliation
    involved: frozenset[int]
    history: tuple[PastDifference, ...]
    next_pending: int | None
    review: AloneDecision | None
    one_person: bool

    def is_own(self, agent: Agent) -> bool:
        """Whether the person would decide on their own work."""
        return agent.id in self.involved


@dataclass(eq=False)
class ReconciliationNotFound(Refusal):
    """No such submission in the branch that the person reads."""

    number: str
