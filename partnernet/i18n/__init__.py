"""Language: sentences in French (the source) and English, and how figures and dates are written."""

from __future__ import annotations

from partnernet.i18n.catalogues import LANGUAGES, _, in_language, language, ngettext, use_language

__all__ = ["LANGUAGES", "_", "in_language", "language", "ngettext", "use_language"]
