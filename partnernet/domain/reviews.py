"""Reviews: what was approved without a second person is looked at by somebody from outside the branch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from partnernet.domain.money import Money
from partnernet.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class AloneDecision:
    """A reconciliation decided « sans deuxième personne »; ``reviewed_…`` are set once it was reviewed."""

    reconciliation_id: int
    branch_code: str
    number: int
    agent_name: str
    difference: Money
    decided_at: datetime
    decided_by: str
    reviewed_at: datetime | None
    reviewed_by: str


@dataclass(eq=False)
class NothingToReview(Refusal):
    """It was decided by a second person, or it is reviewed already, or it does not exist."""
