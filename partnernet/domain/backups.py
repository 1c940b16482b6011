"""What can keep a backup or a restoration from taking place."""

from __future__ import annotations

from dataclasses import dataclass

from partnernet.domain.refusals import Refusal


@dataclass(eq=False)
class BackupElsewhere(Refusal):
    """PostgreSQL has its own tools, which know its server."""


@dataclass(eq=False)
class BackupExists(Refusal):
    """A file of this name is already there: a backup never replaces another."""

    path: str


@dataclass(eq=False)
class BackupDamaged(Refusal):
    """The file does not hold what SQLite wrote into it."""

    path: str
