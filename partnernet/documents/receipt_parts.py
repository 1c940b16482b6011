"""The parts of a receipt that every format is made of, each filled into a column as wide as the format gives it."""

from __future__ import annotations

from fpdf.enums import Align

from partnernet.documents.column import Cell, Column, english_face
from partnernet.documents.faces import AMOUNT, NAME, PLAIN, SMALL, STRONG
from partnernet.documents.paper import Paper
from partnernet.documents.receipt_words import DocumentLine, ReceiptWords
from partnernet.i18n.formats import figure

_DUE_MM = 21.0
_FIGURE_MM = 24.0  # 9 999 999,99


def fill_name(column: Column, name: str) -> None:
    """A name, smaller when it would take more than two lines."""
    lines = len(column.paper.wrap(name, NAME, column.width_mm))
    column.text(name, NAME if lines <= 2 else STRONG)


def fill_customer(column: Column, words: ReceiptWords) -> None:
    """Whose account it is: name, address, account number."""
    column.words(words.customer, SMALL)
    fill_name(column, words.customer_name)
    for line in words.address:
        column.text(line, PLAIN)
    column.gap(0.8)
    column.words(words.account, STRONG)


def fill_payment(column: Column, words: ReceiptWords) -> None:
    """The amount, large, then how it was paid and on what condition."""
    column.words(words.amount.label, SMALL)
    if words.reversed:
        column.struck(words.amount.value, AMOUNT)
    else:
        column.text(words.amount.value, AMOUNT)
    column.gap(0.8)
    for pair in words.settlement:
        column.pair(pair, PLAIN)
    if words.conditions:
        column.gap(1.2)
    for condition in words.conditions:
        column.words(condition, STRONG)


def fill_balances(column: Column, words: ReceiptWords) -> None:
    """What the account owed before and owes after."""
    before, after = words.balances
    column.figures([(before, PLAIN), (after, STRONG)])


def fill_documents_heading(column: Column, words: ReceiptWords) -> None:
    """The title of the list, over the heads of its columns."""
    column.words(words.documents, STRONG)
    column.gap(0.6)
    column.cells(_cells(column.width_mm, *(head.french for head in words.heads)), SMALL)
    if any(head.english for head in words.heads):
        column.cells(_cells(column.width_mm, *(head.english for head in words.heads)), english_face(SMALL))
    column.rule(above_mm=0.4, below_mm=0.6)


def document_row(paper: Paper, width_mm: float, line: DocumentLine) -> Column:
    """One document of the list."""
    row = Column(paper, width_mm)
    row.cells(_cells(width_mm, line.number, line.due, figure(line.amount)), PLAIN)
    return row


def _cells(width_mm: float, number: str, due: str, amount: str) -> list[Cell]:
    number_mm = width_mm - _DUE_MM - _FIGURE_MM
    return [(number, number_mm, Align.L), (due, _DUE_MM, Align.L), (amount, _FIGURE_MM, Align.R)]
