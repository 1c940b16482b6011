"""« Réglages »: what a branch decides for its tills; changed by an administrator, read by those who watch."""

from __future__ import annotations

from partnernet.domain.permissions import Permission, allowed
from partnernet.i18n import _
from partnernet.services import branch_settings
from partnernet.web import branch_choice, branch_settings_form
from partnernet.web.guard import require_agent
from partnernet.web.runtime import database
from partnernet.web.summary import draw_heading

agent = require_agent(Permission.VIEW_SETTINGS)
settings_by_branch = dict(branch_settings.visible(database(), by=agent))
acts = allowed(agent, Permission.CHANGE_SETTINGS)

how = _("Chaque changement est inscrit au journal d'audit.") if acts else _("Un administrateur les change.")
draw_heading(_("Réglages"), branch_choice.under_title(tuple(settings_by_branch), how))
branch = branch_choice.draw(tuple(settings_by_branch))
if branch and acts:
    branch_settings_form.draw(branch, settings_by_branch[branch])
elif branch:
    branch_settings_form.draw_to_read(settings_by_branch[branch])
