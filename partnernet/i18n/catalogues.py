"""The catalogues, read from the .po files at start, and the language in force for whoever is being served.

French sentences are the message identifiers. The French catalogue holds the plurals only, because French
counts zero as singular and gettext's own rule does not. How to translate is in ``docs/languages.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("fr", "en")
CATALOGUES = Path(__file__).parent / "locale"

# One value per thread or task: two people served at the same moment each keep their own language.
_language: ContextVar[str] = ContextVar("language", default="fr")


def language() -> str:
    """The language in force here: ``fr`` or ``en``."""
    return _language.get()


def use_language(code: str) -> None:
    """Speak ``fr`` or ``en`` from here on, in this thread or task; anything else is a programming error."""
    if code not in LANGUAGES:
        raise ValueError(f"no such language: {code!r}")
    _language.set(code)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Speak ``code`` inside the block only: a receipt is in French whatever its agent reads."""
    before = language()
    use_language(code)
    try:
        yield
    finally:
        _language.set(before)


def _(message: str) -> str:
    """The sentence in the language in force; the French itself where it has no translation."""
    return _translations(language()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The sentence that fits ``count``, in the language in force."""
    return _translations(language()).ngettext(singular, plural, count)


@cache
def _translations(code: str) -> GNUTranslations:
    source = CATALOGUES / code / "LC_MESSAGES" / "partnernet.po"
    compiled = BytesIO()
    with source.open("rb") as lines:
        write_mo(compiled, read_po(lines, locale=code, abort_invalid=True))
    compiled.seek(0)
    return GNUTranslations(compiled)
