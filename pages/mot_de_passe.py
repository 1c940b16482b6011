"""« Mot de passe »: change one's own."""

from __future__ import annotations

from partnernet.domain.permissions import Permission
from partnernet.web import password_form
from partnernet.web.guard import require_session

password_form.draw(require_session(Permission.MANAGE_OWN_ACCOUNT))
