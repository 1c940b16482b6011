"""Refusals of free text."""

from __future__ import annotations

from partnernet.domain.free_text import HiddenCharacters, TextTooLong
from partnernet.i18n import labels
from partnernet.i18n.catalogues import _
from partnernet.i18n.sentences.registry import says


@says(HiddenCharacters)
def hidden_characters(refusal: HiddenCharacters) -> str:
    return _("{field} : ce texte contient des caractères invisibles ({code_points}). Retapez-le à la main.").format(
        field=labels.field(refusal.field), code_points=", ".join(refusal.code_points[:5])
    )


@says(TextTooLong)
def text_too_long(refusal: TextTooLong) -> str:
    return _("{field} : {limit} caractères au plus. Raccourcissez le texte.").format(
        field=labels.field(refusal.field), limit=refusal.limit_chars
    )
