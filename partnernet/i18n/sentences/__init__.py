"""A sentence for each refusal: what is wrong, by which rule, and what to do. One module per subject."""

from __future__ import annotations

from importlib import import_module

from partnernet.i18n.sentences.registry import has_sentence, sentence

__all__ = ["has_sentence", "sentence"]

_SUBJECTS = ("general", "text", "money", "cheques", "payments", "concerns", "reversals", "search")

for _subject in _SUBJECTS:
    import_module(f"{__name__}.{_subject}")
