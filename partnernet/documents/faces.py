"""The sizes of type that papers are set in."""

from __future__ import annotations

from partnernet.documents.paper import Face

SMALL = Face(7.5)
LISTED = Face(8)
SUMMED = Face(8, bold=True)
PLAIN = Face(9)
STRONG = Face(9, bold=True)
NAME = Face(11, bold=True)
MARK = Face(12, bold=True)
TITLE = Face(13, bold=True)
HEADLINE = Face(17, bold=True)
AMOUNT = Face(25, bold=True)
