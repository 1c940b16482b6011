"""What whoever approves tills reads; deciding is in `partnernet.services.reconciliations`."""

from __future__ import annotations

from datetime import datetime, timedelta

from partnernet.domain.agents import Agent
from partnernet.domain.approvals import Approvals, Examination, ReconciliationNotFound
from partnernet.domain.permissions import Permission, require
from partnernet.storage import approvals, branches, counts, drops, replenishments, reviews, settings_of_branch
from partnernet.storage import reconciliations as kept
from partnernet.storage.database import Database

# A replenishment stays in sight this long after it was answered, so that nothing moves under the pointer.
_ANSWERED_SHOWN = timedelta(days=1)
# More digits are no number of a submission, and more than a database compares.
_LARGEST_NUMBER = 10**9


def listed(db: Database, branch_code: str | None = None, *, by: Agent, at: datetime) -> Approvals:
    """Whatever waits for whoever approves in one's branch, or in the one that an auditor of every branch names.

    Raises `NoBranch` and `BranchNotFound`.
    """
    require(by, Permission.VIEW_RECONCILIATIONS)
    with db.read() as connection:
        branch = branches.to_read(connection, by, branch_code)
        today = branch.business_date(at)
        asked = replenishments.requests(connection, branch.id)[::-1]
        return Approvals(
            branch=branch,
            pending=approvals.pending(connection, branch),
            decided=approvals.decided(connection, branch),
            drops=drops.waiting(connection, branch, today),
            to_review=reviews.waiting(connection, branch.id),
            replenishments=tuple(r for r in asked if r.answer is None or at - r.answer.at < _ANSWERED_SHOWN),
            one_person=settings_of_branch.read(connection, branch).one_person,
        )


def examined(db: Database, number: str, branch_code: str | None = None, *, by: Agent, at: datetime) -> Examination:
    """One submission in full, by its number as an address says it.

    Raises `ReconciliationNotFound`, `NoBranch` and `BranchNotFound`.
    """
    require(by, Permission.VIEW_RECONCILIATIONS)
    with db.read() as connection:
        branch = branches.to_read(connection, by, branch_code)
        is_number = number.isdecimal() and number.isascii() and int(number) < _LARGEST_NUMBER
        found_id = approvals.id_of(connection, branch, int(number)) if is_number else None
        if found_id is None:
            raise ReconciliationNotFound(number)
        reconciliation = kept.one(connection, branch, found_id, branch.business_date(at))
        if reconciliation is None:
            raise ReconciliationNotFound(number)
        involved = (
            reconciliation.agent_id,
            reconciliation.submitted_by_id,
            counts.witness_of(connection, reconciliation.count.id) or 0,
        )
        review = reviews.one(connection, found_id, branch.id)
        return Examination(
            branch=branch,
            reconciliation=reconciliation,
            involved=frozenset(involved),
            history=approvals.differences_before(connection, reconciliation.agent_id, found_id),
            next_pending=approvals.next_pending(connection, branch, found_id),
            review=review[0] if review else None,
            one_person=settings_of_branch.read(connection, branch).one_person,
        )
