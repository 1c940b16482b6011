"""Reversals of an older version come through the migration that lets money be kept: none lost, none changeable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from partnernet.domain.permissions import Role
from partnernet.storage import schema, tables
from partnernet.storage.database import Database
from tests.support.older import upgrade_to
from tests.support.world import World

BEFORE, WORDS = "0003", ("handed_back", "never_received", "returned_by_bank")


@pytest.fixture
def old(empty: str, tmp_path: Path) -> str:
    """The address of an empty database that reversals were kept in before money could be kept."""
    upgrade_to(BEFORE, empty, tmp_path)
    return empty


def keep_reversals(world: World, words: tuple[str, ...]) -> list[dict[str, Any]]:
    """A posting and its reversal for each answer to « Où est l'argent ? »."""
    agent = world.person("PA9999", "L'Œuvre", Role.AGENT, world.branch)
    kept = []
    with world.db.write() as connection:
        for number, where in enumerate(words):
            undone_id = None
            for sequence in (2 * number + 1, 2 * number + 2):
                header = {
                    "branch_id": world.branch.id,
                    "sequence": sequence,
                    "kind": "reversal" if undone_id else "float",
                    "key": f"key-of-posting-{sequence:04d}",
                    "fingerprint": "-",
                    "posted_at": world.now,
                    "business_date": world.today,
                    "agent_id": agent.id,
                    "reverses_id": undone_id,
                    "previous_hash": "0" * 64,
                    "hash": "0" * 64,
                }
                undone_id = connection.execute(
                    insert(tables.posting).values(**header).returning(tables.posting.c.id)
                ).scalar_one()
            row = {
                "posting_id": undone_id,
                "reason": "duplicate",
                "where_is_the_money": where,
                "note": f"n'œud {where}",
            }
            connection.execute(insert(tables.reversal).values(**row))
            kept.append(row)
    return kept


def reversals(db: Database) -> list[dict[str, Any]]:
    with db.read() as connection:
        rows = connection.execute(select(tables.reversal).order_by(tables.reversal.c.posting_id)).mappings()
        return [dict(row) for row in rows]


def test_every_reversal_is_there_after_the_upgrade_and_money_can_be_kept_from_then_on(old: str) -> None:
    db = Database(old)
    world = World(db)
    kept = keep_reversals(world, WORDS)
    with pytest.raises(IntegrityError, match="where_is_the_money"), db.write() as connection:
        connection.execute(insert(tables.reversal).values({**kept[0], "posting_id": 1, "where_is_the_money": "kept"}))
    db.dispose()

    schema.upgrade(old)

    upgraded = schema.open_database(old)
    assert reversals(upgraded) == kept
    with upgraded.write() as connection:
        connection.execute(insert(tables.reversal).values({**kept[0], "posting_id": 1, "where_is_the_money": "kept"}))
    for word in ("lost", "KEPT", ""):
        with pytest.raises(IntegrityError, match="where_is_the_money"), upgraded.write() as connection:
            connection.execute(insert(tables.reversal).values({**kept[0], "posting_id": 3, "where_is_the_money": word}))
    upgraded.dispose()


def test_a_reversal_can_neither_be_changed_nor_removed_after_the_upgrade(old: str) -> None:
    db = Database(old)
    kept = keep_reversals(World(db), WORDS)
    db.dispose()
    schema.upgrade(old)
    upgraded = schema.open_database(old)

    for act in (tables.reversal.update().values(note="autre"), tables.reversal.delete()):
        with pytest.raises(Exception, match="append-only"), upgraded.write() as connection:
            connection.execute(act)

    assert reversals(upgraded) == kept
    upgraded.dispose()
