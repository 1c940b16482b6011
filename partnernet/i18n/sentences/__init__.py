"""A sentence for each refusal: what is wrong, by which rule, and what to do. One module per subject."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from partnernet.i18n.sentences.registry import has_sentence, sentence

__all__ = ["has_sentence", "sentence"]

for _subject in iter_modules(__path__):
    import_module(f"{__name__}.{_subject.name}")
