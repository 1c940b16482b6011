"""A PDF of black text and hairlines, in fonts that show what people type. Lengths are in mm, type sizes in points."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fpdf import FPDF, ViewerPreferences
from fpdf.enums import Align

FONTS = Path(__file__).parent / "fonts"
LETTER_WIDTH_MM, LETTER_HEIGHT_MM = 215.9, 279.4
HAIRLINE_MM = 0.25  # two dots of a 203 dpi counter printer: thinner lines drop out
_MM_PER_PT = 25.4 / 72
_LEADING = 1.3
_MISSING = "\ufffd"

_MAIN = "noto"
_FILES = {
    _MAIN: {"": "NotoSans-Regular.ttf", "B": "NotoSans-Bold.ttf"},
    "syllabics": {"": "NotoSansCanadianAboriginal-Regular.ttf", "B": "NotoSansCanadianAboriginal-Bold.ttf"},
    "others": {"": "DejaVuSans.ttf"},
}


@dataclass(frozen=True, slots=True)
class Face:
    """A size of type, regular or bold."""

    size_pt: float
    bold: bool = False

    @property
    def line_mm(self) -> float:
        """The height of one line of text."""
        return self.size_pt * _MM_PER_PT * _LEADING

    @property
    def baseline_mm(self) -> float:
        """How far below the top of its line the text stands (fpdf2 centres it there)."""
        return self.size_pt * _MM_PER_PT * (_LEADING / 2 + 0.3)


class Paper:
    """One PDF being drawn. The same strokes give the same bytes: it is dated ``at``, not by the clock."""

    def __init__(self, *, title: str, at: datetime) -> None:
        self._pdf = FPDF(unit="mm")
        self._pdf.set_title(title)
        self._pdf.set_lang("fr-CA")
        self._pdf.set_creator("PartnerNET")
        self._pdf.set_creation_date(at)
        # Printed at its true size: a roll is cut to fit, and the two copies of a letter are cut on the line.
        self._pdf.viewer_preferences = ViewerPreferences(display_doc_title=True, print_scaling="None")
        self._pdf.set_auto_page_break(False)
        self._pdf.c_margin = 0
        self._pdf.str_alias_nb_pages = ""  # a customer called {nb} is not a page count
        self._families: list[str] = []
        self._widths_mm: dict[tuple[str, Face], float] = {}
        self._load(_MAIN)

    def add_page(self, width_mm: float, height_mm: float) -> None:
        """Turn to a new page of this size."""
        self._pdf.add_page(format=(width_mm, height_mm))

    def width(self, text: str, face: Face) -> float:
        """How wide the text is on one line; measured once, since a table asks for the same words again and again."""
        if (text, face) not in self._widths_mm:
            shown = self._shown(text)
            self._pdf.set_font(_MAIN, "B" if face.bold else "", face.size_pt)
            self._widths_mm[text, face] = self._pdf.get_string_width(shown)
        return self._widths_mm[text, face]

    def wrap(self, text: str, face: Face, width_mm: float) -> list[str]:
        """The text in lines that fit: broken at spaces, and inside a word only when it is wider than the line.

        Then after one of its hyphens, and only without any between two letters.
        """
        lines: list[str] = []
        line = ""
        for word in text.split(" "):
            longer = f"{line} {word}" if line else word
            if self.width(longer, face) <= width_mm:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = self._pieces(word, face, width_mm)
            lines.extend(full)
        return [*lines, line]

    def write(self, text: str, face: Face, x: float, y: float, width_mm: float, *, align: Align = Align.L) -> None:
        """Write one line whose top is at ``y``."""
        shown = self._shown(text)
        self._pdf.set_font(_MAIN, "B" if face.bold else "", face.size_pt)
        self._pdf.set_xy(x, y)
        self._pdf.cell(width_mm, face.line_mm, shown, align=align)

    def line(self, x: float, y: float, width_mm: float, *, weight_mm: float = HAIRLINE_MM, dash_mm: float = 0) -> None:
        """Draw a horizontal line, in dashes when ``dash_mm`` is given."""
        self._pdf.set_line_width(weight_mm)
        self._pdf.set_dash_pattern(dash=dash_mm, gap=dash_mm)
        self._pdf.line(x, y, x + width_mm, y)
        self._pdf.set_dash_pattern()

    def frame(self, x: float, y: float, width_mm: float, height_mm: float, *, weight_mm: float) -> None:
        """Draw an empty rectangle, its line inside these bounds."""
        self._pdf.set_line_width(weight_mm)
        inset_mm = weight_mm / 2
        self._pdf.rect(x + inset_mm, y + inset_mm, width_mm - weight_mm, height_mm - weight_mm)

    def pdf(self) -> bytes:
        """The finished file."""
        return bytes(self._pdf.output())

    def _pieces(self, word: str, face: Face, width_mm: float) -> list[str]:
        pieces = [""]
        for part in re.split(r"(?<=-)", word):
            if pieces[-1] and self.width(pieces[-1] + part, face) > width_mm:
                pieces.append("")
            for mark in part:
                if pieces[-1] and self.width(pieces[-1] + mark, face) > width_mm:
                    pieces.append("")
                pieces[-1] += mark
        return pieces

    def _shown(self, text: str) -> str:
        """The text with a visible mark for what no font has; loads the fonts that it needs."""
        marks = unicodedata.normalize("NFC", text)
        return "".join(mark if self._can_show(mark) else _MISSING for mark in marks)

    def _can_show(self, mark: str) -> bool:
        for family in _FILES:
            if ord(mark) in _covered(family):
                self._load(family)
                return True
        return False

    def _load(self, family: str) -> None:
        if family in self._families:
            return
        for style, file in _FILES[family].items():
            self._pdf.add_font(family, style, FONTS / file)
        self._families.append(family)
        if family != _MAIN:
            fallbacks = [name for name in _FILES if name in self._families and name != _MAIN]
            self._pdf.set_fallback_fonts(fallbacks, exact_match=False)


@cache
def _covered(family: str) -> frozenset[int]:
    """The code points that the family's fonts show: printable ones only, so that a control is seen."""
    with TTFont(FONTS / _FILES[family][""], lazy=True) as font:
        return frozenset(code for code in font.getBestCmap() if unicodedata.category(chr(code))[0] != "C")
