"""An agent's own submissions, for their screen: what is ready to be submitted, and what became of earlier ones."""

from __future__ import annotations

from datetime import datetime

from partnernet.domain.agents import Agent, branch_of
from partnernet.domain.permissions import Permission, require
from partnernet.domain.reconciliations import Reconciliation
from partnernet.domain.submissions import ReadyCount, Submission
from partnernet.storage import counts, people, reconciliations, submissions
from partnernet.storage.database import Database


def prepared(db: Database, *, by: Agent, at: datetime, till_of: str = "") -> ReadyCount | None:
    """A frozen count with what its submission would put into the bag; ``None`` when no count is frozen.

    Of one's own till, or of that of the absent agent whose login is ``till_of``.
    """
    require(by, Permission.COUNT_FOR_ABSENT if till_of else Permission.KEEP_TILL)
    branch = branch_of(by)
    with db.read() as connection:
        agent_id = people.id_in_branch(connection, branch.id, till_of) if till_of else by.id
        session_id = counts.session_to_count(connection, agent_id) if agent_id else None
        if agent_id is None or session_id is None:
            return None
        return submissions.ready_count(connection, branch, session_id, agent_id, branch.business_date(at))


def by_key(db: Database, key: str, *, by: Agent, at: datetime) -> Reconciliation | None:
    """One's own submission that a form's key already made; ``None`` when it made none."""
    require(by, Permission.KEEP_TILL)
    branch = branch_of(by)
    with db.read() as connection:
        found = reconciliations.by_key(connection, key)
        if found is None or found[1][0] != by.id:
            return None
        return reconciliations.one(connection, branch, found[0], branch.business_date(at))


def own(db: Database, *, by: Agent) -> tuple[Submission, ...]:
    """One's own last submissions in the branch served, newest first."""
    require(by, Permission.KEEP_TILL)
    with db.read() as connection:
        return submissions.of_agent(connection, branch_of(by), by.id)
