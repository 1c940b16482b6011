"""The one clock. Services receive the time as an argument; only the edges (web, cli) read it here."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)
