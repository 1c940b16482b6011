"""The receipt on an 80 mm roll: one page, as long as what it says."""

from __future__ import annotations

from partnernet.documents.column import Column
from partnernet.documents.faces import PLAIN, SMALL, TITLE
from partnernet.documents.paper import Face, Paper
from partnernet.documents.receipt_parts import (
    document_row,
    fill_balances,
    fill_customer,
    fill_documents_heading,
    fill_payment,
)
from partnernet.documents.receipt_words import ReceiptWords, on_letter_paper
from partnernet.documents.stamps import fill_stamp
from partnernet.documents.wording import Pair, PaperLanguage
from partnernet.domain.money import total
from partnernet.i18n.formats import figure

WIDTH_MM = 80.0
_MARGIN_MM = 4.0  # counter printers print 72 mm of the 80
_LINES_MAX = 150  # two thirds of a metre; the letter format lists any number
_PRINCIPAL = Face(18, bold=True)


def draw_roll(paper: Paper, words: ReceiptWords, language: PaperLanguage) -> None:
    """Measure the whole receipt, then draw it on a page that ends where it ends."""
    column = Column(paper, WIDTH_MM - 2 * _MARGIN_MM)
    _fill_head(column, words)
    column.rule(above_mm=2.5, below_mm=2)
    fill_customer(column, words)
    column.rule(above_mm=2.5, below_mm=2)
    fill_payment(column, words)
    column.gap(4)
    _fill_documents(column, words, language)
    column.rule(above_mm=1.5, below_mm=1.5)
    fill_balances(column, words)
    column.rule(above_mm=1.5, below_mm=2)
    for pair in words.origin[1:]:
        column.pair(pair, SMALL)
    for note in words.notes:
        column.gap(1.2)
        column.words(note, SMALL)
    paper.add_page(WIDTH_MM, column.height_mm + 2 * _MARGIN_MM)
    column.draw(_MARGIN_MM, _MARGIN_MM)


def _fill_head(column: Column, words: ReceiptWords) -> None:
    creditor = words.origin[0]
    column.text(creditor.value, _PRINCIPAL)
    column.words(creditor.label, SMALL)
    column.gap(3)
    column.words(words.title, TITLE)
    column.text(words.at, PLAIN)
    for stamp in words.stamps:
        column.gap(2)
        fill_stamp(column, stamp)


def _fill_documents(column: Column, words: ReceiptWords, language: PaperLanguage) -> None:
    fill_documents_heading(column, words)
    for line in words.lines[:_LINES_MAX]:
        column.append(document_row(column.paper, column.width_mm, line))
    rest = words.lines[_LINES_MAX:]
    if rest:
        amount = figure(total(line.amount for line in rest))
        column.pair(Pair(on_letter_paper(len(rest), language), amount), PLAIN)
    if words.credit:
        column.pair(words.credit, PLAIN)
