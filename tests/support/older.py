"""The schema as an older version made it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from partnernet.storage import schema, tables, triggers


def upgrade_to(revision: str, url: str, folder: Path) -> None:
    """Give an empty database the schema of a revision, with the triggers of the tables that there were then."""
    with pytest.MonkeyPatch.context() as patched:
        migrations = folder / "migrations"
        shutil.copytree(Path(schema.__file__).parent / "migrations", migrations)
        for script in (migrations / "versions").glob("[0-9]*.py"):
            if script.name[:4] > revision:
                script.unlink()
        created_then = "".join(script.read_text("utf-8") for script in (migrations / "versions").glob("[0-9]*.py"))
        known = tuple(table for table in tables.APPEND_ONLY if f'"{table.name}"' in created_then)
        patched.setattr(schema, "_MIGRATIONS", migrations)
        patched.setattr(triggers, "APPEND_ONLY", known)
        schema.known_revisions.cache_clear()
        schema.upgrade(url)
    schema.known_revisions.cache_clear()
