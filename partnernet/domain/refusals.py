"""The base of every refusal: a rule of the field that said no to a person's request.

A refusal is expected, carries its facts, and becomes one sentence in the user's language
(``partnernet.i18n.sentences``).
A programming error is not a refusal: it is logged with an incident number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


class Refusal(Exception):
    """A rule said no. Subclasses stand beside their rule and carry its facts as dataclass fields.

    ``field`` names the form field beside which the sentence stands; ``None`` means the form as a whole.
    """

    field: ClassVar[str | None] = None


@dataclass(eq=False)
class FormRefused(Refusal):
    """One or more fields cannot be read; nothing was saved. One refusal a field, in the order of the form."""

    refusals: tuple[Refusal, ...]


@dataclass(eq=False)
class NotPermitted(Refusal):
    """The person's role does not allow this action, whatever the branch."""

    permission: str


@dataclass(eq=False)
class OtherContentForKey(Refusal):
    """An idempotency key that was already used came back with other content."""

    key: str


@dataclass(eq=False)
class DatabaseBusy(Refusal):
    """The database did not give the lock in time; nothing was written, the same key may be sent again."""


@dataclass(eq=False)
class DatabaseUnavailable(Refusal):
    """The database cannot be reached or written (disk full, read-only file, server down); nothing was saved."""

    reason: str


@dataclass(eq=False)
class DatabaseMissing(Refusal):
    """The database does not exist or is empty; only ``init`` and ``demo`` make one off the default path."""

    path: str


@dataclass(eq=False)
class DatabaseForeign(Refusal):
    """The file or database is not one of this application, or is damaged."""

    where: str


@dataclass(eq=False)
class SchemaOlder(Refusal):
    """The database was made by an older version: ``python -m partnernet init`` upgrades it."""

    where: str


@dataclass(eq=False)
class SchemaNewer(Refusal):
    """The database was made by a newer version of the application, which must be used instead."""

    where: str
