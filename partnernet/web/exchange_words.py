"""How the exchanges are spoken of: what is counted, whose clock tells the time, who did it."""

from __future__ import annotations

from typing import Protocol

from partnernet.domain.agents import Agent
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import whole
from partnernet.settings import settings


class Counts(Protocol):
    """Whatever holds so many payments and reversals."""

    @property
    def payment_count(self) -> int:
        """How many payments."""

    @property
    def reversal_count(self) -> int:
        """How many reversals."""


def timezone_of(by: Agent) -> str:
    """The time zone of the person's branch; of the deployment for someone who serves none."""
    return by.branch.timezone if by.branch else settings().timezone


def counted(these: Counts) -> str:
    """« 12 paiements, 1 contre-passation », each only when there is one."""
    parts = []
    if these.payment_count or not these.reversal_count:
        paid = ngettext("{count} paiement", "{count} paiements", these.payment_count)
        parts.append(paid.format(count=whole(these.payment_count)))
    if these.reversal_count:
        undone = ngettext("{count} contre-passation", "{count} contre-passations", these.reversal_count)
        parts.append(undone.format(count=whole(these.reversal_count)))
    return ", ".join(parts)


def batch_named(number: int) -> str:
    """« Lot no 12 »."""
    return _("Lot no {number}").format(number=number)
