"""The faulty lines of a checked file: few on the screen, all in a file that can be corrected and imported again."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from partnernet.domain.exchanges import Caution, Fault, PhoneUnreadable, ValueMissing
from partnernet.i18n.formats import french_spacing
from partnernet.web.exchange_notebook import Findings, Notebook, csv_of

HEADER = ("account_number", "name", "phone")
REASON = ValueMissing("name")


def findings(*faults: Fault, cautions: int = 0) -> Findings:
    notebook = Notebook("customers.csv", HEADER)
    for fault in faults:
        notebook.fault(fault)
    for line in range(cautions):
        notebook.caution(Caution(line, PhoneUnreadable("phone", "x")))
    return notebook.findings()


def rows(found: Findings) -> list[list[str]]:
    return list(csv.reader(StringIO(csv_of(found).decode("utf-8-sig"), newline=""), delimiter=";"))


def test_each_faulty_line_comes_after_its_reason_as_the_command_line_sets_it_aside() -> None:
    found = findings(Fault(7, ("100245", "", "514 285-9286"), REASON))

    header, line = rows(found)
    assert header == ["reason", *HEADER]
    assert line == [french_spacing("customers.csv:7: name : ne peut pas être vide."), "100245", "", "514 285-9286"]


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3=A1", '=HYPERLINK("x")'])
def test_no_cell_becomes_a_formula(cell: str) -> None:
    found = findings(Fault(2, ("100245", cell, ""), REASON))

    assert rows(found)[1][2] == f"'{cell}"


@pytest.mark.parametrize("cell", ["+1 (514) 285-9286", "-12,50", "+15142859286", "L'Œuvre; des\nSœurs", "ᓄᓇᕗᑦ", ""])
def test_what_is_no_formula_stays_as_it_was(cell: str) -> None:
    found = findings(Fault(2, ("100245", "", cell), REASON))

    assert rows(found)[1][3] == cell


def test_the_first_lines_are_kept_as_they_are_and_all_are_counted() -> None:
    found = findings(*(Fault(line, (str(line),), REASON) for line in range(2, 1002)), cautions=500)

    assert (found.fault_count, len(found.faults), len(rows(found))) == (1000, 200, 1001)
    assert (found.caution_count, len(found.cautions)) == (500, 200)


def test_a_faulty_refused_receipt_is_told_with_its_file_and_is_no_line_of_the_other() -> None:
    found = findings(Fault(2, ("MTL-1",), REASON, "refused.csv"))

    assert [(told.file_name, told.line) for told in found.faults] == [("refused.csv", 2)]
    assert len(rows(found)) == 1


def test_a_long_line_is_shortened_on_the_screen_only() -> None:
    found = findings(Fault(2, ("x" * 5000,), REASON))

    assert len(found.faults[0].content) == 300
    assert len(rows(found)[1][1]) == 5000
