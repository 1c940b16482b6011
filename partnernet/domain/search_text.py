"""Search text: one key for what is stored and for what is typed, and patterns with ``*``.

Case, accents, ligatures, hyphens, apostrophes and repeated blanks make no difference. A key holds letters, digits and
single blanks only, so that no wildcard of a database can hide in it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

WILDCARD = "*"

# Taking accents off (NFKD) leaves these whole.
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})


class _WithoutMarks(dict[int, int | None]):
    """A table of translation that takes accents away, filled as characters come: files bring millions of them."""

    def __missing__(self, character: int) -> int | None:
        self[character] = None if unicodedata.category(chr(character)).startswith("M") else character
        return self[character]


_WITHOUT_MARKS = _WithoutMarks()
_NOT_IN_A_KEY = re.compile(r"[\W_]+")
_SPELLED_OUT = {"st": "saint", "ste": "sainte"}


def search_key(text: str) -> str:
    """The key under which a name or a city is stored and looked for: ``St-Jérôme`` gives ``saint jerome``."""
    return " ".join(_SPELLED_OUT.get(word, word) for word in _words(text))


@dataclass(frozen=True, slots=True)
class SearchPattern:
    """What a key must look like: one of the ``alternatives``, each made of the parts between the ``*``.

    A single part is the whole key. Of several, the first begins the key and the last ends it (either may be empty), and
    the others follow in that order.
    """

    alternatives: tuple[tuple[str, ...], ...]

    @property
    def whole(self) -> bool:
        """Whether there is no ``*`` in it."""
        return len(self.alternatives[0]) == 1

    @property
    def letter_count(self) -> int:
        """How many letters and digits it gives."""
        return sum(len(part.replace(" ", "")) for part in self.alternatives[0])


def read_pattern(typed: str) -> SearchPattern:
    """The pattern of a name, typed whole or in parts with ``*``.

    A word that touches ``*`` is matched as typed: ``*st*`` finds « Stanley ». When it is ``st`` or ``ste``, it is also
    matched as keys spell it out: ``*St-Jean*`` finds « Dépanneur St-Jean ».
    """
    segments = typed.strip().split(WILDCARD)
    last = len(segments) - 1
    as_typed = [_segment(text, after=i > 0, before=i < last) for i, text in enumerate(segments)]
    spelled_out = [search_key(text) for text in segments]
    return SearchPattern(tuple(dict.fromkeys([_parts(as_typed), _parts(spelled_out)])))


def _segment(text: str, *, after: bool, before: bool) -> str:
    """The key of what stands between two wildcards, the words that touch them left as typed."""
    words = _words(text)
    spelled_out = [_SPELLED_OUT.get(word, word) for word in words]
    if words and after and text[0].isalnum():
        spelled_out[0] = words[0]
    if words and before and text[-1].isalnum():
        spelled_out[-1] = words[-1]
    return " ".join(spelled_out)


def _parts(segments: list[str]) -> tuple[str, ...]:
    """The segments without those that ask for nothing, but for the ends: they say where the key is open."""
    first, *others = segments
    if not others:
        return (first,)
    *middle, last = others
    return (first, *filter(None, middle), last)


def _words(text: str) -> list[str]:
    lowered = text.casefold()
    if not lowered.isascii():
        decomposed = unicodedata.normalize("NFKD", lowered.translate(_LIGATURES))
        lowered = decomposed.translate(_WITHOUT_MARKS).casefold()
    return _NOT_IN_A_KEY.sub(" ", lowered).split()
