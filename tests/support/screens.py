"""Screens run in Streamlit's own test harness, from the script that the server runs, signed in as anyone."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from partnernet import clock, settings
from partnernet.domain.agents import Agent
from partnernet.domain.receipts import Receipt
from partnernet.services import payments
from partnernet.services.sessions import hash_token
from partnernet.storage.tables import user_session
from partnernet.web import runtime
from tests.support.requests import a_cheque, paying
from tests.support.world import World

_RUN_SECONDS = 30
_account_numbers = count(100_001)


class Screens:
    """The screens of one world. Pages read the real clock, so the world lives now."""

    def __init__(self, world: World) -> None:
        self.world = world

    def open(self, file: str, agent: Agent, **query: str) -> AppTest:
        """The screen of ``pages/<file>.py`` as the person sees it; it has run once."""
        return open_as(open_session(self.world, agent), file, **query)

    def read_settings_again(self) -> None:
        """Take up what the test has just put into the environment."""
        settings.settings.cache_clear()


def open_as(token: str | None, file: str, **query: str) -> AppTest:
    """A screen for whoever has this token in their cookie, or for a stranger; it has run once."""
    app = AppTest.from_file(str(settings.ROOT / "partnernet" / "web" / "main.py"), default_timeout=_RUN_SECONDS)
    if token is not None:
        app.user = {"session": hash_token(token)}
    app.run().switch_page(f"../../pages/{file}.py")
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def open_session(world: World, agent: Agent) -> str:
    """A session of the person that starts now; the answer is the token that the cookie holds."""
    token, at = secrets.token_urlsafe(), clock.now()
    row = {
        "token_hash": hash_token(token),
        "user_id": agent.id,
        "created_at": at,
        "last_seen_at": at,
        "expires_at": at + timedelta(hours=1),
        "password_proved_at": at,
        "new_password_due": False,
    }
    with world.db.write() as connection:
        connection.execute(insert(user_session).values(row))
    return token


def pay(screens: Screens, amount: str, by: Agent, *, name: str = "Locations Richard", cheque: str = "") -> Receipt:
    """A payment a second later, in cash unless a cheque's number is given, by a customer of its own who owes more."""
    world = screens.world
    due = [("F-1", "2500000.00", world.today - timedelta(days=9))]
    customer = world.customer(str(next(_account_numbers)), name, due=due)
    sheet = a_cheque(cheque, dated=world.today) if cheque else None
    request = paying(world, customer, amount, cheque=sheet)
    return payments.record(world.db, request, by=by, at=world.later(seconds=1))


def words(app: AppTest) -> str:
    """Everything that our own HTML says, with ordinary spaces."""
    return " ".join(element.proto.body for element in app.get("html")).replace("\u00a0", " ")


@contextmanager
def open_screens(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Screens]:
    """Screens over the database of this address, a world of today in it."""
    monkeypatch.setenv("PARTNERNET_DATABASE_URL", url)
    settings.settings.cache_clear()
    runtime.database.cache_clear()
    runtime.is_demonstration.cache_clear()
    yield Screens(World(runtime.database(), now=clock.now()))
    runtime.database().dispose()
    runtime.database.cache_clear()
    settings.settings.cache_clear()
