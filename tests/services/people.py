"""People who have a password, for the tests of signing in."""

from __future__ import annotations

from partnernet.domain.agents import console_operator
from partnernet.domain.permissions import Role
from partnernet.domain.users import NewUser
from partnernet.services import sessions, users
from tests.support.world import World

CONSOLE = console_operator("exploitation")
PASSWORD = "tulipe brouette zinc nord"
OTHER_PASSWORD = "le héron gris pêche à l'aube"


def add_agent(world: World, login: str = "PA9000", name: str = "Josée Bélanger") -> None:
    """An agent of the world's branch who signs in with `PASSWORD`."""
    new = NewUser(login, name, Role.AGENT, world.branch.code, password=PASSWORD)
    users.add(world.db, new, by=CONSOLE, at=world.now)


def sign_in(world: World, login: str = "PA9000", password: str = PASSWORD) -> str:
    """The hash by which the new session is known."""
    return sessions.hash_token(sessions.sign_in(world.db, login, password, at=world.now).token)
