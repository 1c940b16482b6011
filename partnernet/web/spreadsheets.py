"""Downloads that spreadsheets open safely: nothing that a person typed becomes a formula, zeros and amounts survive."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from io import BytesIO, StringIO

import xlsxwriter
from xlsxwriter.utility import xl_range

from partnernet.domain.money import Money
from partnernet.i18n.formats import dollars

CSV_TYPE = "text/csv; charset=utf-8"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int | Money | date | time

# What makes a spreadsheet read a cell as a formula (OWASP, « CSV Injection »): at its start, or after a character that
# another locale takes for the end of a cell, because a file with semicolons may be opened where commas are expected.
_FORMULA = re.compile(r"(?P<before>^|[,;\t\r\n][\s\"]*)(?P<mark>[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])")
_WORKBOOK_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_SHEET_NAME_LIMIT_CHARS = 31  # Excel's own
_WIDEST_COLUMN_PIXELS = 320


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table for a spreadsheet: one heading per column, rows of typed cells, written as ``language`` writes figures.

    The name may not hold ``[ ] : * ? / \\``, which Excel refuses.
    """

    name: str
    language: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def csv_file(sheet: Sheet) -> bytes:
    """One sheet as Excel opens it by a double click: UTF-8 with a byte order mark, the separators of its language.

    Text that would be read as a formula gets an apostrophe in front; account numbers keep their zeros in the file.
    """
    text = StringIO()
    french = sheet.language == "fr"
    rows = csv.writer(text, delimiter=";" if french else ",")
    rows.writerow(sheet.headings)
    rows.writerows([_as_text(cell, decimal_mark="," if french else ".") for cell in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def excel_file(sheets: Sequence[Sheet]) -> bytes:
    """A workbook: text stays text even when it is edited, amounts and times are numbers that can be summed."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, _WORKBOOK_OPTIONS) as workbook:
        for sheet in sheets:
            _write(workbook, sheet)
    return file.getvalue()


def safe(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would take for the beginning of a formula."""
    return _FORMULA.sub(r"\g<before>'\g<mark>", text)


def _as_text(cell: Cell, decimal_mark: str) -> str:
    if isinstance(cell, Money):
        return f"{dollars(cell):.2f}".replace(".", decimal_mark)
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, str):
        return safe(cell)
    return str(cell)


def _write(workbook: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page = workbook.add_worksheet(sheet.name[:_SHEET_NAME_LIMIT_CHARS])
    heading = workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF1"})
    # The code of a number format is always written the American way; Excel shows it in the reader's own.
    formats = {
        str: workbook.add_format({"quote_prefix": True}),
        int: workbook.add_format({"num_format": "0"}),
        Money: workbook.add_format({"num_format": '#,##0.00\\ "$"' if sheet.language == "fr" else '"$"#,##0.00'}),
        date: workbook.add_format({"num_format": "yyyy-mm-dd"}),
        time: workbook.add_format({"num_format": "hh:mm"}),
    }
    page.write_row(0, 0, sheet.headings, heading)
    for row, cells in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(cells):
            _write_cell(page, row, column, cell, formats[type(cell)])
    page.ignore_errors({"number_stored_as_text": xl_range(0, 0, len(sheet.rows), len(sheet.headings))})
    page.freeze_panes(1, 0)
    page.autofit(_WIDEST_COLUMN_PIXELS)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write_cell(
    page: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, look: xlsxwriter.format.Format
) -> None:
    if isinstance(cell, Money):
        page.write_number(row, column, float(dollars(cell)), look)
    elif isinstance(cell, int):
        page.write_number(row, column, cell, look)
    elif isinstance(cell, str):
        page.write_string(row, column, cell, look)
    else:
        page.write_datetime(row, column, cell, look)
