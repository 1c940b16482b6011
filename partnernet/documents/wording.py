"""What papers say: in French, or in French with the English beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from partnernet.i18n import _, in_language
from partnernet.i18n.formats import french_spacing

PaperLanguage = Literal["fr", "fr-en"]
Both = Callable[[Callable[[], str]], "Wording"]  # `wording` for one language of paper


@dataclass(frozen=True, slots=True)
class Wording:
    """The same words in both languages; ``english`` is empty on a paper in French only."""

    french: str
    english: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and what stands against it."""

    label: Wording
    value: str


def wording(language: PaperLanguage, say: Callable[[], str]) -> Wording:
    """Say it in the paper's languages; words that are the same in both stand once."""
    with in_language("fr"):
        french = french_spacing(say())
    if language == "fr":
        return Wording(french)
    with in_language("en"):
        english = say()
    return Wording(french, "" if english == french else english)


def beside(words: Wording) -> str:
    """French and English on one line."""
    return f"{words.french} / {words.english}" if words.english else words.french


def clipped(text: str, limit_chars: int) -> str:
    """The text, its end replaced by an ellipsis when it is longer than a list has room for."""
    return text if len(text) <= limit_chars else text[: limit_chars - 1].rstrip() + "…"


def masked(account: str) -> str:
    """A bank account by its last four digits only, wherever the principal does not need more."""
    return f"••••\u00a0{account[-4:]}"


def page_of(number: int, count: int, language: PaperLanguage) -> Wording:
    """Which page of a copy this is."""
    return wording(language, lambda: _("page {number} de {count}").format(number=number, count=count))
