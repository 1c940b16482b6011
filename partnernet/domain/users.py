"""Making users and branches: what a request says, and what can be wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from partnernet.domain.free_text import clean
from partnernet.domain.money import ZERO, AmountRefusal, Money, parse_amount
from partnernet.domain.permissions import Role
from partnernet.domain.refusals import Refusal

NAME_LIMIT_CHARS = 80

_LOGIN = re.compile(r"[A-Z0-9][A-Z0-9._-]{1,19}")
_BRANCH_CODE = re.compile(r"[A-Z0-9]{2,8}")


@dataclass(eq=False)
class LoginMalformed(Refusal):
    """An agent number is 2 to 20 letters, digits, dots, hyphens or underscores, and starts with a letter or digit."""

    field: ClassVar[str | None] = "login"


@dataclass(eq=False)
class LoginTaken(Refusal):
    """Somebody already has this agent number."""

    login: str
    field: ClassVar[str | None] = "login"


@dataclass(eq=False)
class PersonNameMissing(Refusal):
    """A person has a name: it stands on the receipts."""

    field: ClassVar[str | None] = "person_name"


@dataclass(eq=False)
class BranchNeeded(Refusal):
    """Agents and supervisors serve a branch."""

    role: Role
    field: ClassVar[str | None] = "branch"


@dataclass(eq=False)
class BranchNotFound(Refusal):
    """No branch has this code."""

    code: str
    field: ClassVar[str | None] = "branch"


@dataclass(eq=False)
class UserNotFound(Refusal):
    """Nobody has this agent number."""

    login: str
    field: ClassVar[str | None] = "login"


@dataclass(eq=False)
class BranchCodeMalformed(Refusal):
    """A branch code is 2 to 8 letters or digits: the receipts' numbers start with it."""

    field: ClassVar[str | None] = "branch_code"


@dataclass(eq=False)
class BranchCodeTaken(Refusal):
    """Another branch has this code."""

    code: str
    field: ClassVar[str | None] = "branch_code"


@dataclass(eq=False)
class BranchNameMissing(Refusal):
    """A branch has a name."""

    field: ClassVar[str | None] = "branch_name"


@dataclass(eq=False)
class TimezoneUnknown(Refusal):
    """Not a name of the time zone database, such as America/Toronto."""

    name: str
    field: ClassVar[str | None] = "timezone"


@dataclass(eq=False)
class FloatImpossible(Refusal):
    """A float is cash: zero or more, in multiples of five cents."""

    amount: Money
    field: ClassVar[str | None] = "float"


@dataclass(eq=False)
class FloatUnreadable(Refusal):
    """What was typed is not a sum of money."""

    typed: str
    field: ClassVar[str | None] = "float"


@dataclass(frozen=True, slots=True)
class NewUser:
    """A person to be given access. Without ``password`` they get a one-time code."""

    login: str
    name: str
    role: Role
    branch_code: str | None = None
    language: str = "fr"
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class NewBranch:
    """A branch to be opened; ``float_authorised`` is what each of its tills starts with."""

    code: str
    name: str
    timezone: str
    float_authorised: Money


@dataclass(frozen=True, slots=True)
class Access:
    """How a person gets in for the first time, or again: by a one-time code, unless a password was given."""

    login: str
    code: str | None = field(default=None, repr=False)
    code_expires_at: datetime | None = None


def read_float(typed: str) -> Money:
    """The authorised float, which may be zero; raises `FloatUnreadable`."""
    if typed.strip() in ("0", "0.00", "0,00"):
        return ZERO
    try:
        return parse_amount(typed)
    except AmountRefusal:
        raise FloatUnreadable(typed) from None


def read_login(typed: str) -> str:
    """The agent number as it is stored, in capitals; raises `LoginMalformed`."""
    login = typed.strip().upper()
    if not _LOGIN.fullmatch(login):
        raise LoginMalformed()
    return login


def read_person_name(typed: str) -> str:
    """The name as it will stand on receipts; refuses blanks, hidden characters and excess."""
    name = clean(typed, field="person_name", limit_chars=NAME_LIMIT_CHARS)
    if not name:
        raise PersonNameMissing()
    return name


def read_branch_code(typed: str) -> str:
    """The branch code in capitals; raises `BranchCodeMalformed`."""
    code = typed.strip().upper()
    if not _BRANCH_CODE.fullmatch(code):
        raise BranchCodeMalformed()
    return code


def read_branch_name(typed: str) -> str:
    """The branch's name; refuses blanks, hidden characters and excess."""
    name = clean(typed, field="branch_name", limit_chars=NAME_LIMIT_CHARS)
    if not name:
        raise BranchNameMissing()
    return name
