"""What whoever approves tills looks at: what waits and what was decided in a branch, and one submission in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from partnernet.domain.agents import Agent, Branch
from partnernet.domain.money import Money
from partnernet.domain.petty_cash import Replenishment
from partnernet.domain.reconciliations import Reconciliation, ReconciliationState
from partnernet.domain.refusals import Refusal


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

    ``replenishments`` are asked for, or were granted within the last day.
    """

    branch: Branch
    pending: tuple[ApprovalRow, ...]
    decided: tuple[ApprovalRow, ...]
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

    ``next_pending`` is the number of the other submission to decide on next.
    """

    branch: Branch
    reconciliation: Reconciliation
    history: tuple[PastDifference, ...]
    next_pending: int | None
    one_person: bool

    def is_own(self, agent: Agent) -> bool:
        """Whether the person would decide on their own work."""
        return agent.id in (self.reconciliation.agent_id, self.reconciliation.submitted_by_id)


@dataclass(eq=False)
class ReconciliationNotFound(Refusal):
    """No such submission in the branch that the person reads."""

    number: str
