"""Papers read back as a person or a printer would: their words, and where everything is drawn."""

from __future__ import annotations

import io
import re

import pypdfium2
from pypdf import PdfReader
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

PT_PER_MM = 72 / 25.4


def pages(pdf: bytes) -> list[str]:
    """The text of each page, every kind of blank and line break read as one space."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def marks(pdf: bytes, page: int = 0) -> list[tuple[float, ...]]:
    """Where everything is drawn on a page: left, bottom, right, top in millimetres from the bottom left corner."""
    document = pypdfium2.PdfDocument(pdf)
    boxes = [thing.get_bounds() for thing in document[page].get_objects()]
    return [tuple(side / PT_PER_MM for side in box) for box in boxes]


def printed_over(pdf: bytes, page: int = 0) -> list[str]:
    """The texts of a page that another text or a line runs through."""
    sheet = pypdfium2.PdfDocument(pdf)[page]
    reader = sheet.get_textpage()
    texts = [reader.get_rect(index) for index in range(reader.count_rects())]
    lines = [thing.get_bounds() for thing in sheet.get_objects(filter=[FPDF_PAGEOBJ_PATH])]
    lines = [box for box in lines if box[3] - box[1] < 2 * PT_PER_MM]
    return [
        reader.get_text_bounded(*one)
        for number, one in enumerate(texts)
        if any(_overlap(one, other) for other in [*texts[number + 1 :], *lines])
    ]


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    across_pt = min(one[2], other[2]) - max(one[0], other[0])
    down_pt = min(one[3], other[3]) - max(one[1], other[1])
    return across_pt > 1 and down_pt > 1
