"""Acting as somebody without rights: root may write into read-only files, and tests often run as root."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def read_only(file: Path) -> Iterator[None]:
    """The file and its folder cannot be written until the end, not even by root."""
    folder = file.parent
    modes = file.stat().st_mode, folder.stat().st_mode
    file.chmod(0o444)
    folder.chmod(0o555)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    # Whoever the user is becomes, the group stays root's.
    modes_above = {parent: parent.stat().st_mode for parent in folder.parents}
    closed = {parent: mode for parent, mode in modes_above.items() if root and mode & 0o011 != 0o011}
    try:
        for parent, mode in closed.items():
            parent.chmod(mode | 0o011)
        if root:
            os.seteuid(NOBODY)
        yield
    finally:
        if root:
            os.seteuid(0)
        for parent, mode in closed.items():
            parent.chmod(mode)
        file.chmod(modes[0])
        folder.chmod(modes[1])
