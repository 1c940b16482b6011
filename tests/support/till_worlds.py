"""A branch of five people, of whom three keep a till, prepared once and copied for each run of the till machine."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update

from partnernet.domain.agents import Agent
from partnernet.domain.permissions import Role
from partnernet.services import credentials
from partnernet.storage import schema, tables
from tests.support.counter_worlds import OpenWorld, on_postgresql, on_sqlite
from tests.support.world import World

__all__ = ["DUES", "ODD_DUES", "OTHER_PAYER", "PASSWORD", "PAYER", "OpenWorld", "on_postgresql", "on_sqlite", "prepare"]

PASSWORD = "sept chats gris au comptoir"  # everybody's: a witness signs with it
PAYER, OTHER_PAYER = "200001", "200002"  # owe so much that no payment of a run settles it
# Dues of each remainder by five, which cash settles whole with its rounding.
ODD_DUES = {"100001": 10_02, "100002": 75_04, "100003": 3, "100004": 412_36, "100005": 60_00}
DUES = {PAYER: 20_000_000_00, OTHER_PAYER: 20_000_000_00, **ODD_DUES}

_DUE = date(2026, 10, 15)


def prepare(url: str) -> tuple[World, dict[str, Agent]]:
    """The world to copy, its database closed, and its people by login."""
    world = World(schema.open_database(url))
    for number, cents in DUES.items():
        world.customer(number, due=[(f"F-{number}", f"{cents // 100}.{cents % 100:02d}", _DUE)])
    others = [
        world.person(*who, Role.SUPERVISOR, world.branch) for who in (("SU2000", "Guy Roy"), ("SU3000", "Eva Roy"))
    ]
    with world.db.write() as connection:
        connection.execute(update(tables.app_user).values(password_hash=credentials.hash_password(PASSWORD)))
    world.db.dispose()
    return world, {person.login: person for person in (world.agent, world.other_agent, world.supervisor, *others)}
