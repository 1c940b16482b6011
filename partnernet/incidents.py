"""Unexpected errors: the screen shows a short number, the log keeps where it happened, and nobody's data.

Messages of exceptions are left out on purpose: those of a database driver quote the row (a name, an account,
a cheque number), and those of a parser quote what was typed. Types and places are enough to find the line.
"""

from __future__ import annotations

import logging
import secrets
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, 1/I: the number is read out over the telephone
_log = logging.getLogger("partnernet")


def start_logging() -> None:
    """Send the application's own log to the console, once per process, whatever else configures logging."""
    if not _log.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        _log.addHandler(handler)
        _log.setLevel(logging.INFO)


def record_incident(error: BaseException, *, where: str) -> str:
    """Log an unexpected error and return its incident number, such as `7F3K-Q2MD`.

    `where` names the screen or the command, never an address with its query: that carries an account number.
    """
    number = _new_number()
    _log.error("incident %s in %s\n%s", number, where, "\n".join(_describe(error)))
    return number


def _new_number() -> str:
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def _describe(error: BaseException) -> Iterator[str]:
    """Types and places of an error and of what led to it, outermost first, without any message or value."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield f"  {type(current).__module__}.{type(current).__qualname__}"
        for frame in traceback.extract_tb(current.__traceback__, limit=-30):
            yield f"    {_shorten(frame.filename)}:{frame.lineno} in {frame.name}"
        current = current.__cause__ or current.__context__


def _shorten(filename: str) -> str:
    """The path below the folder it was imported from: a home folder carries a person's name."""
    path = Path(filename)
    for folder in sorted(filter(None, sys.path), key=len, reverse=True):
        if path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return path.name
