"""Reviews from outside: the mark « sans deuxième personne » stands until an auditor has looked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Agent
from partnernet.domain.free_text import clean
from partnernet.domain.permissions import Permission, require
from partnernet.domain.reconciliations import NOTE_LIMIT_CHARS
from partnernet.domain.reviews import AloneDecision, NothingToReview
from partnernet.services import audit
from partnernet.storage import branches, ledger, reviews
from partnernet.storage.database import Database


def to_review(db: Database, *, by: Agent) -> tuple[AloneDecision, ...]:
    """What was decided without a second person and waits for a review: in one's branch, or in all."""
    require(by, Permission.VIEW_RECONCILIATIONS)
    with db.read() as connection:
        return reviews.waiting(connection, by.branch.id if by.branch else None)


def review(db: Database, reconciliation_id: int, note: str, *, by: Agent, at: datetime) -> AloneDecision:
    """Say that somebody from outside has looked; the note may be blank. The same person's second click changes nothing.

    Raises `NothingToReview`, and the refusals of `clean`.
    """
    require(by, Permission.REVIEW_ALONE)
    kept = clean(note, field="note", limit_chars=NOTE_LIMIT_CHARS)

    def work(connection: Connection) -> AloneDecision:
        decision, _decider, _reviewer = _to_review(connection, reconciliation_id, by)
        branch = branches.to_read(connection, by, decision.branch_code)
        instant = ledger.lock_branch(connection, branch).instant(at)
        # Another auditor may have had the turn first.
        decision, decided_by_id, reviewed_by_id = _to_review(connection, reconciliation_id, by)
        if reviewed_by_id is not None:
            return decision
        reviews.keep(connection, reconciliation_id, decided_by_id=decided_by_id, by_id=by.id, at=instant, note=kept)
        audit.record(connection, "reconciliation.reviewed", str(reconciliation_id), by=by, at=instant)
        return _to_review(connection, reconciliation_id, by)[0]

    return db.run_write(work)


def _to_review(connection: Connection, reconciliation_id: int, by: Agent) -> tuple[AloneDecision, int, int | None]:
    """The decision, who made it, and the person's own review if it is there; raises `NothingToReview`."""
    found = reviews.one(connection, reconciliation_id, by.branch.id if by.branch else None)
    if found is None or found[2] not in (None, by.id):
        raise NothingToReview()
    return found
