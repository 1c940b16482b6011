"""Signing in: how often one may try, how long a session lasts, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

from partnernet.domain.agents import Agent
from partnernet.domain.refusals import Refusal

FREE_FAILURES = 5
LONGEST_WAIT_MINUTES = 15
MOST_FAILURES = 100
CODE_HOURS = 24
# Approving and reversing ask the password again when it was proved longer ago than this.
PROOF_HOLDS = timedelta(minutes=5)


@dataclass(eq=False)
class SignInRefused(Refusal):
    """No such person, a wrong password, an old code, a disabled account: which one is nobody's business."""


@dataclass(eq=False)
class TooManyAttempts(Refusal):
    """Failed too often of late: the next attempt is not even looked at before ``minutes`` have passed."""

    minutes: int


@dataclass(eq=False)
class AccountStopped(Refusal):
    """Failed a hundred times: only a reset opens the account again."""


@dataclass(eq=False)
class CurrentPasswordWrong(Refusal):
    """The person who wants a new password did not give the one in force."""

    field: ClassVar[str | None] = "current_password"


@dataclass(eq=False)
class PasswordNotProved(Refusal):
    """Whoever is at the session of a person did not show, by that person's password, that they are this person."""


@dataclass(eq=False)
class WitnessNotProved(Refusal):
    """Whoever witnesses a count did not sign with their own password."""


@dataclass(eq=False)
class SessionNotFound(Refusal):
    """The person has no such open session (somebody else's is answered the same way)."""


def wait_after(failures: int) -> timedelta:
    """How long an account refuses to be tried after so many failures: 1 minute at the fifth, then doubling to 15."""
    if failures < FREE_FAILURES:
        return timedelta(0)
    return timedelta(minutes=min(2 ** (failures - FREE_FAILURES), LONGEST_WAIT_MINUTES))


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lasts: without activity, and at most."""

    idle_minutes: int = 60
    day_hours: int = 10


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that just opened. The token goes into the cookie and nowhere else: the database keeps its SHA-256."""

    token: str = field(repr=False)
    new_password_due: bool
    language: str


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session in force, and the person as they are now.

    ``password_mark`` changes with the person's password and says nothing of it.
    """

    id: int
    agent: Agent
    new_password_due: bool
    password_proved_at: datetime
    password_mark: str

    @property
    def acting(self) -> Agent | None:
        """The person, when they may act: whoever has a new password to choose may do nothing else first."""
        return None if self.new_password_due else self.agent

    def is_proved(self, at: datetime) -> bool:
        """Whether the password was proved so lately that it need not be asked again."""
        return at - self.password_proved_at <= PROOF_HOLDS


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One of a person's open sessions, as « Mon compte » lists them."""

    id: int
    opened_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class PasswordChange:
    """What the form « Mot de passe » asks, in which session. ``current`` is empty when a one-time code opened it."""

    session_id: int
    current: str = field(repr=False)
    new: str = field(repr=False)
    again: str = field(repr=False)
