"""Free text that people type or files bring: what must never be stored or shown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from partnernet.domain.refusals import Refusal

_LINE_BREAKS = re.compile("[\t\r\n\u2028\u2029]")


@dataclass(eq=False)
class HiddenCharacters(Refusal):
    """The text holds characters that cannot be seen (NUL, bidirectional or zero-width controls)."""

    code_points: tuple[str, ...]
    field: str | None = None  # type: ignore[misc]


@dataclass(eq=False)
class TextTooLong(Refusal):
    """The text is longer than the field keeps."""

    limit_chars: int
    field: str | None = None  # type: ignore[misc]


def clean(text: str, *, field: str | None = None, limit_chars: int = 500) -> str:
    """The text in composed form (NFC) without blanks around it; refuses what cannot be seen and what is too long.

    Refused: every control, format, private-use and unassigned character (Unicode categories Cc, Cf, Co, Cs, Cn), which
    covers NUL, bidirectional overrides and zero-width characters. A tab or a line break counts as a blank. The limit
    counts what was typed and what is kept: composing can lengthen a text.
    """
    typed, text = text, unicodedata.normalize("NFC", _LINE_BREAKS.sub(" ", text)).strip()
    if max(len(typed), len(text)) > limit_chars:
        raise TextTooLong(limit_chars, field)
    hidden = tuple(f"U+{ord(mark):04X}" for mark in text if unicodedata.category(mark).startswith("C"))
    if hidden:
        raise HiddenCharacters(tuple(dict.fromkeys(hidden)), field)
    return text
