"""Text from people and files, made safe wherever Streamlit reads markdown: labels, alerts, captions, titles."""

from __future__ import annotations

import re

# Where a backslash is not enough: Streamlit turns web addresses and its own :name: into links and pictures even so.
_TURNED_INTO_SOMETHING = re.compile(r"(:(?=//|streamlit:)|(?<=www)(?=\.)|@)", re.IGNORECASE)
_WORD_JOINER = "\u2060"  # without width, and no line breaks at it
_BLANKS = re.compile(r"\s+", re.ASCII)  # not the no-break spaces of French amounts
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def inert(text: str) -> str:
    """The text on one line, in markdown that shows it as it is: no bold, colour, link, picture, formula or HTML.

    ``st.text``, the cells of ``st.dataframe`` and the options of a select box need none of this.
    """
    one_line = _BLANKS.sub(" ", text).strip(" ")
    return _PUNCTUATION.sub(r"\\\g<0>", _TURNED_INTO_SOMETHING.sub(rf"\g<0>{_WORD_JOINER}", one_line))
