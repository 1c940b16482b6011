"""What a receipt is printed on, and in which language: chosen once, kept while the session lasts."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from partnernet.i18n import _

_FORMAT = "paper_format"
_LANGUAGE = "paper_language"


@dataclass(frozen=True, slots=True)
class Paper:
    """``format`` is letter or roll (80 mm), ``language`` fr or fr-en, as in the address of a receipt."""

    format: str
    language: str

    def print_address(self, receipt_number: str) -> str:
        """The page that counts a copy and opens the print dialogue."""
        return f"/print/receipt/{receipt_number}?format={self.format}&lang={self.language}"


def kept() -> Paper:
    """What was chosen last in this session, or letter and French."""
    return Paper(st.session_state.get(_FORMAT, "letter"), st.session_state.get(_LANGUAGE, "fr"))


def choose(format_place: DeltaGenerator, language_place: DeltaGenerator) -> Paper:
    """Draw the two choices, each in its place; what was chosen holds on every page of the session."""
    formats = {"letter": _("Lettre"), "roll": _("Rouleau 80 mm")}
    chosen_format = format_place.selectbox(
        _("Format"), list(formats), format_func=formats.__getitem__, key=_FORMAT, persist_state="session"
    )
    return Paper(chosen_format, choose_language(language_place))


def choose_language(place: DeltaGenerator) -> str:
    """Draw the choice of the language alone, for a paper that has one format."""
    languages = {"fr": _("Français"), "fr-en": _("Français et anglais")}
    return place.selectbox(
        _("Langue"), list(languages), format_func=languages.__getitem__, key=_LANGUAGE, persist_state="session"
    )
