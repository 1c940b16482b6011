"""Postal codes: stored ``A1A 1A1`` where they can be read so, and searched whatever their letters."""

from __future__ import annotations

import re

# Canada Post never issues D, F, I, O, Q, U, nor W and Z in first place (Addressing Guidelines).
_ISSUED = re.compile(r"[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z] [0-9][ABCEGHJ-NPRSTV-Z][0-9]")
_CANADIAN = re.compile(r"([A-Z][0-9][A-Z])[ -]*([0-9][A-Z][0-9])")
_SEPARATORS = re.compile(r"[\W_]+")


def read_postal_code(text: str) -> str:
    """``h2x1y4`` becomes ``H2X 1Y4``; what is not of that form (another country's) is kept as it is."""
    found = _CANADIAN.fullmatch(text.strip().upper())
    return f"{found[1]} {found[2]}" if found else text.strip()


def can_be_issued(postal_code: str) -> bool:
    """Whether Canada Post could have issued this code. The manual's own sample, ``D6H 8L9``, could not."""
    return _ISSUED.fullmatch(postal_code) is not None


def postal_key(text: str) -> str:
    """The key under which a postal code is stored and looked for: ``H2X 1Y4`` gives ``h2x1y4``."""
    return _SEPARATORS.sub("", text).casefold()
