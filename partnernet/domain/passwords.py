"""Which passwords are good enough: long, and not among those that everyone tries first.

NIST SP 800-63B revision 4: at least 15 characters, no rule on their composition, no expiry, and a list of common ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from partnernet.domain.common_passwords import SERVICE_WORDS, TRACKS, WORDS
from partnernet.domain.leaked_passwords import LONG_ONES
from partnernet.domain.refusals import Refusal

SHORTEST_CHARS = 15
LONGEST_CHARS = 128

# What may be left once the words and sequences that everyone tries are taken out: a year, a number, an initial.
_SPARE_CHARS = 4
_FEWEST_DIFFERENT_CHARS = 5
_SHORTEST_RUN_CHARS = 3
# How people disguise a word; digits are tried both ways, since « 1234 » is also a sequence.
_SYMBOLS = str.maketrans("@$!€", "asie")
_DIGITS = str.maketrans("0134578", "oieastb")


class PasswordRefusal(Refusal):
    """Base of what can be wrong with a new password; the sentence stands beside its field."""

    field: ClassVar[str | None] = "new_password"


@dataclass(eq=False)
class PasswordTooShort(PasswordRefusal):
    """Fewer characters than a guesser needs to be stopped by."""

    chars: int
    shortest_chars: int = SHORTEST_CHARS


@dataclass(eq=False)
class PasswordTooLong(PasswordRefusal):
    """More characters than are kept."""

    longest_chars: int = LONGEST_CHARS


@dataclass(eq=False)
class PasswordTooCommon(PasswordRefusal):
    """Made of what everyone tries first: common words, sequences, repetitions, the person's or the service's names."""


@dataclass(eq=False)
class PasswordsDiffer(Refusal):
    """The password and its repetition are not the same."""

    field: ClassVar[str | None] = "new_password_again"


def normalised(password: str) -> str:
    """The password as it is hashed: the same whichever keyboard composed its accents (NFKC, as NIST asks)."""
    return unicodedata.normalize("NFKC", password)


def acceptable(password: str, *, own_words: Iterable[str] = ()) -> str:
    """The normalised password; raises a `PasswordRefusal` otherwise.

    ``own_words`` are the person's own login and names, which others would try.
    """
    if len(password) > LONGEST_CHARS:
        raise PasswordTooLong()
    password = normalised(password)
    if len(password) < SHORTEST_CHARS:
        raise PasswordTooShort(len(password))
    if is_common(password, own_words):
        raise PasswordTooCommon()
    return password


def is_common(password: str, own_words: Iterable[str] = ()) -> bool:
    """Whether at most four characters of the password are not a common word, a sequence or a repetition."""
    if len({mark for mark in password if not (mark.isalnum() or mark.isspace())}) > _SPARE_CHARS:
        return False
    plain = _folded(password)
    own = frozenset(word for text in own_words for word in map(_folded, text.split()) if len(word) >= 3)
    return any(_is_easy(key, own) for key in {plain, _folded(password.translate(_SYMBOLS)).translate(_DIGITS)})


def _is_easy(key: str, own_words: frozenset[str]) -> bool:
    if len(set(key)) < _FEWEST_DIFFERENT_CHARS or key in LONG_ONES:
        return True
    repeats = any(key[period:] == key[:-period] for period in range(1, len(key) // 2 + 1))
    return repeats or _unexplained(key, own_words) <= _SPARE_CHARS


def _unexplained(key: str, own_words: frozenset[str]) -> int:
    """The fewest characters of ``key`` that no common word or sequence covers."""
    known = _common_pieces() | own_words
    lengths = sorted({len(piece) for piece in known})
    fewest = [0]
    for end in range(1, len(key) + 1):
        best = fewest[end - 1] + 1
        for length in lengths:
            if length <= end and key[end - length : end] in known:
                best = min(best, fewest[end - length])
        fewest.append(best)
    return fewest[-1]


@cache
def _common_pieces() -> frozenset[str]:
    runs = {
        way[start:end]
        for track in TRACKS
        for way in (track, track[::-1])
        for start in range(len(way))
        for end in range(start + _SHORTEST_RUN_CHARS, len(way) + 1)
    }
    same = {mark * count for mark in "abcdefghijklmnopqrstuvwxyz0123456789" for count in (3, 4, 5)}
    return frozenset(WORDS | SERVICE_WORDS | LONG_ONES | runs | same)


def _folded(text: str) -> str:
    """Lower case, without accents, letters and digits only."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", "", "".join(mark for mark in apart if not unicodedata.combining(mark)))
