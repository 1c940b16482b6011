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
from partnernet.storage import reviews
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
    branch_id = by.branch.id if by.branch else None

    def work(connection: Connection) -> AloneDecision:
        found = reviews.one(connection, reconciliation_id, branch_id)
        if found is None or found[2] not in (None, by.id):
            raise NothingToReview()
        if found[0].reviewed_at is None:
            reviews.keep(connection, reconciliation_id, decided_by_id=found[1], by_id=by.id, at=at, note=kept)
            audit.record(connection, "reconciliation.reviewed", str(reconciliation_id), by=by, at=at)
        again = reviews.one(connection, reconciliation_id, branch_id)
        return again[0] if again else found[0]

    return db.run_write(work)
