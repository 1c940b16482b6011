"""The demonstration: invented people and amounts, only ever in a database of their own."""

from __future__ import annotations

from dataclasses import dataclass

from partnernet.domain.refusals import Refusal


@dataclass(eq=False)
class DatabaseNotEmpty(Refusal):
    """The database already holds a branch, a person or a customer that may be real."""


@dataclass(eq=False)
class DemonstrationUnfinished(Refusal):
    """An earlier filling was interrupted: the database is a demonstration, and an incomplete one."""
