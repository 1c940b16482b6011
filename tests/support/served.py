"""A real server over a world of its own, and HTTP requests to it that follow nothing by themselves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from partnernet import clock
from partnernet.domain.agents import Agent, Branch
from partnernet.domain.permissions import Role
from partnernet.storage import schema
from tests.support.screens import open_session
from tests.support.server import Server, running_server
from tests.support.world import World

COOKIE = "partnernet-session"
_numbers = count(7000)


@dataclass(frozen=True)
class Answer:
    """A status, its headers and its body."""

    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def cookies(self) -> dict[str, str]:
        """What each `Set-Cookie` sets: the rest of its line by its name."""
        lines = self.headers.get_all("Set-Cookie") or []
        return {name: rest for name, _equals, rest in (line.partition("=") for line in lines)}


@dataclass
class Served:
    """The server and the world that it serves."""

    server: Server
    world: World

    def request(self, method: str, path: str, *, token: str = "", form: object = None, **headers: str) -> Answer:
        """One request as a browser at our address sends it; a header given as "" is left out."""
        sent = {"Host": self.server.url.partition("://")[2], "Origin": self.server.url} | headers
        if token:
            sent["Cookie"] = f"{COOKIE}={token}"
        body = urlencode(form) if form is not None else None  # type: ignore[arg-type]  # a mapping, or an error here
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_host=True)
            for name, value in sent.items():
                if value:
                    connection.putheader(name.replace("_", "-"), value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body.encode() if body is not None else None)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def get(self, path: str, *, token: str = "", **headers: str) -> Answer:
        """GET."""
        return self.request("GET", path, token=token, **headers)

    def signed_in(self, role: Role = Role.AGENT, branch: Branch | None = None) -> tuple[Agent, str]:
        """A new person with a session of their own, and its token."""
        needs_none = role in (Role.ADMINISTRATOR, Role.AUDITOR)
        serves = branch or (None if needs_none else self.world.branch)
        agent = self.world.person(f"PA{next(_numbers)}", "Josée Bélanger", role, serves)
        return agent, open_session(self.world, agent)


@contextmanager
def serve(template: Path, folder: Path, **settings: str) -> Iterator[Served]:
    """Start a server over a copy of the template, with a world that lives now."""
    path = folder / "served.db"
    shutil.copyfile(template, path)
    database = schema.open_database(f"sqlite:///{path}")
    world = World(database, now=clock.now())
    with running_server(f"sqlite:///{path}", folder, **settings) as server:
        yield Served(server, world)
    database.dispose()
