"""Idempotency keys: born with a form, carried in its URL, good for one posting."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from partnernet.domain.refusals import Refusal

_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(eq=False)
class KeyMalformed(Refusal):
    """The form's address was cut or typed by hand: its key is not one that a form makes."""


def is_key(text: str) -> bool:
    """Whether a form could have made this key: 16 to 64 letters, digits, hyphens and underscores."""
    return _KEY.fullmatch(text) is not None


def part_of(key: str, part: str) -> str:
    """The key of one of several postings that a single act makes, always the same for the same act.

    No form can carry it (`is_key`): whoever writes an address by hand must not take it away from the act.
    """
    return "/" + hashlib.sha256(f"{key}/{part}".encode()).hexdigest()[:40]


def checked_key(key: str) -> str:
    """The key; raises `KeyMalformed`."""
    if not is_key(key):
        raise KeyMalformed()
    return key
