"""Replenishments that an older version granted come through the migration that lets them be refused."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from partnernet.domain.money import Money
from partnernet.domain.permissions import Role
from partnernet.domain.replenishments import ReplenishmentOutcome
from partnernet.services import replenishments
from partnernet.storage import schema
from partnernet.storage.database import Database
from tests.support.older import upgrade_to
from tests.support.petty_cash import withdraw
from tests.support.world import World

BEFORE = "0004"
GRANT = """
INSERT INTO posting
    (branch_id, sequence, kind, key, fingerprint, posted_at, business_date, agent_id, previous_hash, hash)
VALUES (:branch, 1, 'replenishment', 'key-of-the-grant-0001', '-', '2026-11-24 15:30:00.000000', '2026-11-24', :by,
        :zeros, :zeros)
"""
KEPT = """
INSERT INTO replenishment_grant (request_id, posting_id, asked_by_id, granted_by_id, alone)
SELECT replenishment_request.id, posting.id, :agent, :by, :alone FROM replenishment_request, posting
WHERE replenishment_request.key = 'key-of-the-first-0001'
"""
ASKED = """
INSERT INTO replenishment_request (branch_id, agent_id, key, amount_cents, asked_at)
VALUES (:branch, :agent, :key, 1840, '2026-11-24 15:00:00.000000')
"""


def test_what_was_granted_still_is_and_what_waits_can_be_withdrawn(empty: str, tmp_path: Path) -> None:
    upgrade_to(BEFORE, empty, tmp_path)
    db = Database(empty)
    world = World(db)
    chief = world.person("SU7000", "Zoé Roy", Role.SUPERVISOR, world.branch)
    with db.write() as connection:
        for key in ("key-of-the-first-0001", "key-of-the-other-0001"):
            named = {"branch": world.branch.id, "agent": world.agent.id, "key": key}
            connection.execute(text(ASKED), named)
        connection.execute(text(GRANT), {"branch": world.branch.id, "by": chief.id, "zeros": "0" * 64})
        connection.execute(text(KEPT), {"agent": world.agent.id, "by": chief.id, "alone": False})
    db.dispose()

    schema.upgrade(empty)

    world.db = schema.open_database(empty)
    waiting, granted = replenishments.listed(world.db, by=chief)
    assert granted.answer is not None
    assert (granted.answer.outcome, granted.answer.by_name) == (ReplenishmentOutcome.GRANTED, "Zoé Roy")
    assert (granted.answer.at.hour, granted.amount) == (15, Money(18_40))
    assert waiting.answer is None
    assert withdraw(world, waiting).answer is not None
    world.db.dispose()
