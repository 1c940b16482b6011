"""`python -m partnernet`."""

from __future__ import annotations

from partnernet.cli import run

if __name__ == "__main__":
    raise SystemExit(run())
