"""The help: one file per language in ``help/``, a section per heading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from partnernet.domain.search_text import search_key
from partnernet.i18n import language

_FOLDER = Path(__file__).parent / "help"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the markdown under it."""

    title: str
    body: str

    def has(self, words: str) -> bool:
        """Whether each of these words is in the section, whole or in part, whatever its case and accents."""
        content = search_key(f"{self.title} {self.body}")
        return all(word in content for word in search_key(words).split())


def sections() -> tuple[Section, ...]:
    """Every section, in the language in force."""
    return _read(language())


@cache
def _read(code: str) -> tuple[Section, ...]:
    _before, *parts = ("\n" + (_FOLDER / f"{code}.md").read_text("utf-8")).split("\n## ")
    return tuple(Section(title.strip(), body.strip()) for title, _newline, body in (p.partition("\n") for p in parts))
