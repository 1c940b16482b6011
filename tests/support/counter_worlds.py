"""Two branches, their people and four accounts, prepared once and copied for each run of the counter machine."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import URL

from partnernet.domain.agents import Agent
from partnernet.domain.customers import Terms
from partnernet.domain.money import Money
from partnernet.domain.permissions import Role
from partnernet.storage import schema
from tests.support.postgres import new_database
from tests.support.requests import new_key
from tests.support.world import World

OpenWorld = Callable[[], AbstractContextManager[World]]

INVOICES = {
    "100001": [(date(2026, 10, 15), 10_02), (date(2026, 11, 25), 75_04), (date(2026, 12, 18), 25_000_00)],
    "100002": [(date(2026, 10, 15), 2)],
    "100003": [(date(2026, 10, 15), 412_37), (date(2026, 11, 26), 30_00)],
    "100004": [],
}
CASH_ONLY = "100003"


def prepare(url: str) -> tuple[World, dict[str, Agent]]:
    """The world to copy, its database closed, and everybody who takes or reverses payments by login."""
    world = World(schema.open_database(url))
    people = people_of(world)
    add_customers(world)
    world.db.dispose()
    return world, people


def people_of(world: World) -> dict[str, Agent]:
    """Everybody who takes or reverses payments; SU3000 supervises Québec."""
    quebec = world.new_branch("QUE", "Québec")
    return {
        **{person.login: person for person in (world.agent, world.other_agent, world.supervisor)},
        "SU2000": world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch),
        "SU3000": world.person("SU3000", "Eva Roy", Role.SUPERVISOR, quebec),
        "PB0001": world.person("PB0001", "Léo Roy", Role.AGENT, quebec),
    }


def add_customers(world: World) -> None:
    for number, invoices in INVOICES.items():
        due = [(f"F-{number}-{n}", str(Money(cents)), day) for n, (day, cents) in enumerate(invoices)]
        world.customer(number, due=due, terms=Terms.CASH_ONLY if number == CASH_ONLY else Terms.OPEN)


@contextmanager
def on_sqlite(template: World, file: Path, folder: Path) -> Iterator[World]:
    """The world of the template on a copy of its file."""
    path = folder / f"{new_key()}.db"
    shutil.copyfile(file, path)
    world = copy.copy(template)
    world.db = schema.open_database(f"sqlite:///{path}")
    yield world
    world.db.dispose()
    path.unlink()


@contextmanager
def on_postgresql(template: World, server: URL) -> Iterator[World]:
    """The world of the template on a copy of its database."""
    with new_database(server, template=str(template.db.url.database)) as url:
        world = copy.copy(template)
        world.db = schema.open_database(url.render_as_string(hide_password=False))
        yield world
        world.db.dispose()
