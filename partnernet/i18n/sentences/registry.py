"""Which function says which refusal, and which of the concerns that an agent is asked to confirm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from partnernet.domain.concerns import Concern
from partnernet.domain.refusals import Refusal
from partnernet.i18n.catalogues import language
from partnernet.i18n.formats import french_spacing

R = TypeVar("R", bound=Refusal | Concern)

_QUOTE_MAX_CHARS = 40

_SAYERS: dict[type[object], Callable[[Any], str]] = {}


def says(kind: type[R]) -> Callable[[Callable[[R], str]], Callable[[R], str]]:
    """Register the function that says exactly this class."""

    def register(sayer: Callable[[R], str]) -> Callable[[R], str]:
        if kind in _SAYERS:
            raise ValueError(f"{kind.__name__} is said twice")
        _SAYERS[kind] = sayer
        return sayer

    return register


def has_sentence(kind: type[Refusal | Concern]) -> bool:
    """Whether this class can be said."""
    return kind in _SAYERS


def sentence(refusal: Refusal | Concern) -> str:
    """The refusal or concern in the language in force: plain text, to be escaped where markdown is rendered."""
    said = _SAYERS[type(refusal)](refusal)
    return french_spacing(said) if language() == "fr" else said


def quoted(typed: str) -> str:
    """What a person typed, short and visible: at most 40 characters, none that changes the line around it."""
    short = typed if len(typed) <= _QUOTE_MAX_CHARS else typed[:_QUOTE_MAX_CHARS] + "…"
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in short)
