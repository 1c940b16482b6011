"""« Aide »."""

from __future__ import annotations

from partnernet.domain.permissions import Permission
from partnernet.web.guard import require_agent

require_agent(Permission.OPEN_HOME)
