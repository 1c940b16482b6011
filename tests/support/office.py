"""A branch with two supervisors who have passwords, and the server that they use, for the browser tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page

from partnernet.clock import now
from partnernet.domain.permissions import Role
from partnernet.domain.reconciliations import DifferenceReason, Reconciliation
from partnernet.domain.users import NewUser
from partnernet.services import sessions, users
from partnernet.storage import schema
from tests.services.people import CONSOLE, PASSWORD
from tests.support.counting import approve, count, submit, take_cash, take_cheque
from tests.support.server import Server, running_server
from tests.support.world import World

LOGINS = ("SU9001", "SU9002")
SHOWN_MS = 20_000


@dataclass
class Office:
    """The branch and its server; the world's time is yesterday's."""

    server: Server
    world: World

    def submitted(self) -> Reconciliation:
        """60.00 in cash and a cheque of 40.00 taken, 20.00 missing when counted."""
        take_cash(self.world, "60.00")
        take_cheque(self.world, "40.00")
        counted = count(self.world, {"20": 2})
        return submit(self.world, counted, reason=DifferenceReason.UNKNOWN, note="à voir")

    def approved(self) -> Reconciliation:
        """The same, approved by the world's own supervisor."""
        return approve(self.world, self.submitted())

    def sign_in(self, page: Page, login: str = LOGINS[0]) -> str:
        """Give the tab the cookie of a session of its own; the answer is its token."""
        token = sessions.sign_in(self.world.db, login, PASSWORD, at=now()).token
        page.context.add_cookies(
            [{"name": "partnernet-session", "value": token, "url": self.server.url, "httpOnly": True}]
        )
        return token


def button(page: Page, name: str) -> Locator:
    """A button by its exact name."""
    return page.get_by_role("button", name=name, exact=True)


@contextmanager
def open_office(template: Path, folder: Path) -> Iterator[Office]:
    """An office over a copy of an empty database."""
    path = folder / "office.db"
    shutil.copyfile(template, path)
    database = schema.open_database(f"sqlite:///{path}")
    world = World(database, now=now() - timedelta(days=1))
    for login, name in zip(LOGINS, ("Anne Lavoie", "Guy Roy"), strict=True):
        new = NewUser(login, name, Role.SUPERVISOR, world.branch.code, password=PASSWORD)
        users.add(database, new, by=CONSOLE, at=world.now)
    with running_server(f"sqlite:///{path}", folder) as server:
        yield Office(server, world)
    database.dispose()


@contextmanager
def watched(page: Page, server: Server) -> Iterator[Page]:
    """A tab where the content security policy refuses nothing, no script fails and nobody else is asked."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if server.url in request.url else complaints.append(request.url))
    yield page
    assert [complaint for complaint in complaints if not complaint.startswith(("data:", "blob:"))] == []
