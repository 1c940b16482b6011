"""Why the system did not give or take a file, in words; the system itself says it in its own language."""

from __future__ import annotations

import errno
import os

from partnernet.i18n.catalogues import _


def system_reason(number: int) -> str:
    """The reason by its ``errno``: the usual ones in the language in force, the others as the system says them."""
    return {
        errno.ENOENT: _("il n'existe pas"),
        errno.EEXIST: _("il existe déjà"),
        errno.EISDIR: _("c'est un dossier"),
        errno.ENOTDIR: _("ce n'est pas un dossier"),
        errno.EACCES: _("vous n'y avez pas droit"),
        errno.EPERM: _("vous n'y avez pas droit"),
        errno.EROFS: _("il est en lecture seule"),
        errno.ENOSPC: _("le disque est plein"),
    }.get(number) or os.strerror(number)
