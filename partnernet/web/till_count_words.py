"""When something happened, as a count says it."""

from __future__ import annotations

from datetime import datetime

from partnernet.clock import now
from partnernet.domain.agents import Branch
from partnernet.i18n import _
from partnernet.i18n.formats import hour, moment


def when(at: datetime, branch: Branch) -> str:
    """``à 16:45`` today, ``le 2026-11-23 16:45`` on another day."""
    if branch.business_date(at) == branch.business_date(now()):
        return _("à {hour}").format(hour=hour(at, branch.timezone))
    return _("le {moment}").format(moment=moment(at, branch.timezone))
