"""Submissions to decide on, and the screens of whoever decides, as page tests read and press them."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.reconciliations import DifferenceReason, Reconciliation, ReconciliationState
from partnernet.services import approvals
from partnernet.services.sessions import hash_token
from partnernet.storage.tables import user_session
from tests.support.counting import count, submit, take_cash
from tests.support.screens import Screens, words
from tests.support.world import World


def short_of_20(world: World, *, agent: Agent | None = None) -> Reconciliation:
    """60.00 taken in cash, 40.00 counted and submitted: 20.00 are missing."""
    take_cash(world, "60.00", agent=agent)
    counted = count(world, {"20": 2}, agent=agent)
    return submit(world, counted, reason=DifferenceReason.CHANGE_ERROR, note="monnaie rendue deux fois", agent=agent)


def said(app: AppTest) -> str:
    """Everything that our own HTML says, as a person reads it."""
    return unescape(words(app)).replace("\u00a0", " ")


def buttons(app: AppTest) -> list[str]:
    """The buttons on the screen, in order."""
    return [button.label for button in app.button]


def press(app: AppTest, label: str) -> AppTest:
    """Press the first button of this name."""
    return next(button for button in app.button if button.label == label).click().run()


def state_of(screens: Screens, number: int = 1) -> ReconciliationState:
    """Where a submission of the world's branch stands."""
    found = approvals.examined(screens.world.db, str(number), by=screens.world.supervisor, at=now())
    return found.reconciliation.state


def let_proofs_grow_old(world: World, token: str | None = None) -> None:
    """Every session, or one, proved its password six minutes ago."""
    old = update(user_session).values(password_proved_at=now() - timedelta(minutes=6))
    if token is not None:
        old = old.where(user_session.c.token_hash == hash_token(token))
    with world.db.write() as connection:
        connection.execute(old)
