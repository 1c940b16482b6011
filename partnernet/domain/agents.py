"""The people who use the counter, and the branches they serve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from partnernet.domain.money import Money
from partnernet.domain.permissions import Role
from partnernet.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch (succursale): its receipts are numbered ``<code>-000001`` and its day is that of its time zone."""

    id: int
    code: str
    name: str
    timezone: str
    float_authorised: Money

    def business_date(self, at: datetime) -> date:
        """The branch's local date at an aware instant (days of 23 and 25 hours included)."""
        return at.astimezone(ZoneInfo(self.timezone)).date()


@dataclass(frozen=True, slots=True)
class Agent:
    """A signed-in person. ``branch`` comes from the server-side session, never from a widget or a URL."""

    id: int
    login: str
    name: str
    role: Role
    branch: Branch | None
    language: str


@dataclass(eq=False)
class NoBranch(Refusal):
    """The person serves no branch, so there is no till to take money into."""

    login: str


def branch_of(agent: Agent) -> Branch:
    """The branch the agent serves; raises `NoBranch` when there is none."""
    if agent.branch is None:
        raise NoBranch(agent.login)
    return agent.branch


def console_operator(name: str) -> Agent:
    """Whoever runs a console command: named in the audit log, without a row among the users (id 0)."""
    return Agent(0, name, name, Role.OPERATOR, None, "fr")
