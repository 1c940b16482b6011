"""Spreadsheets open our files without running anything that a person typed, and read amounts as amounts."""

from __future__ import annotations

import csv
from datetime import date, time
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest

from partnernet.domain.money import Money
from partnernet.web.spreadsheets import Cell, Sheet, csv_file, excel_file
from tests.support.requests import money

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\uff1d1+1")
NAMES = ("ᓄᓇᕗᑦ", "<b>x</b>", "Soudure Côté & Frères inc.", "Location « Chez Paul » - Laval", "L'Œuvre, atelier")


def sheet(*cells: Cell, language: str = "fr") -> Sheet:
    """One row."""
    return Sheet("MTL 2026-11-24", language, tuple(f"C{number}" for number in range(len(cells))), (cells,))


def csv_row(of: Sheet) -> list[str]:
    """The row as a program reads it."""
    text = csv_file(of).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";" if of.language == "fr" else ","))[1]


def excel_row(*sheets: Sheet, title: str = "MTL 2026-11-24") -> tuple[Any, ...]:
    """The first row under the headings, as cells."""
    cells: tuple[Any, ...] = openpyxl.load_workbook(BytesIO(excel_file(sheets)))[title][2]
    return cells


@pytest.mark.parametrize("typed", FORMULAS)
def test_a_name_that_looks_like_a_formula_is_only_text_in_a_csv(typed: str) -> None:
    assert csv_row(sheet(typed)) == [f"'{typed}"]


@pytest.mark.parametrize("typed", ["Gaz;=1+1", "Gaz, =1+1", 'Gaz,"=1+1', "Gaz\t=1+1"])
def test_a_formula_hidden_behind_another_locale_s_separator_is_only_text_too(typed: str) -> None:
    (cell,) = csv_row(sheet(typed))

    assert "'=1+1" in cell
    assert cell.replace("'", "") == typed


@pytest.mark.parametrize("typed", NAMES)
def test_other_names_stand_in_both_files_as_they_were_typed(typed: str) -> None:
    assert csv_row(sheet(typed)) == [typed]
    assert excel_row(sheet(typed))[0].value == typed


def test_a_french_csv_opens_in_french_excel_with_its_accents_columns_and_cents() -> None:
    file = csv_file(sheet("Côté", money("1234.56"), date(2026, 11, 24), time(14, 5), 3))

    assert file == b"\xef\xbb\xbfC0;C1;C2;C3;C4\r\n" + "Côté;1234,56;2026-11-24;14:05;3\r\n".encode()


def test_an_english_csv_has_commas_and_points() -> None:
    file = csv_file(sheet("Roy, Ltd", money("1234.56"), language="en"))

    assert file == b'\xef\xbb\xbfC0,C1\r\n"Roy, Ltd",1234.56\r\n'


def test_cents_below_zero_are_a_number_and_not_a_formula_made_harmless() -> None:
    assert csv_row(sheet(Money(-2))) == ["-0,02"]
    assert excel_row(sheet(Money(-2)))[0].value == -0.02


def test_account_numbers_keep_their_zeros() -> None:
    assert csv_row(sheet("00012345")) == ["00012345"]
    cell = excel_row(sheet("00012345"))[0]
    assert (cell.value, cell.data_type) == ("00012345", "s")


@pytest.mark.parametrize("typed", [formula for formula in FORMULAS if "\r" not in formula])
def test_a_name_that_looks_like_a_formula_stays_text_in_excel_even_when_it_is_edited(typed: str) -> None:
    cell = excel_row(sheet(typed))[0]

    assert (cell.value, cell.data_type) == (typed, "s")
    assert cell.quotePrefix, "without it, Excel would compute the cell after an edit"


@pytest.mark.parametrize(("language", "code"), [("fr", '#,##0.00\\ "$"'), ("en", '"$"#,##0.00')])
def test_amounts_and_times_are_numbers_in_excel_written_as_the_language_writes_them(language: str, code: str) -> None:
    amount, at = excel_row(sheet(money("1000000.05"), time(14, 5), language=language))

    assert (amount.value, amount.data_type, amount.number_format) == (1000000.05, "n", code)
    assert (at.value, at.number_format) == (time(14, 5), "hh:mm")


def test_a_workbook_holds_each_sheet_under_its_name() -> None:
    totals = Sheet("Totaux", "fr", ("Nombre",), ((7,),))

    assert excel_row(sheet("x"), totals, title="Totaux")[0].value == 7
