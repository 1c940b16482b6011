"""Files of reality: what can be read is read the same however it is written, and the rest is named by its line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from partnernet.domain.exchanges import FileEmpty, Imported, NothingImported
from partnernet.i18n.sentences import sentence
from partnernet.services import exchanges
from partnernet.storage.database import Database
from tests.support.importing import ITEMS, OPERATOR, PEOPLE, Heard, documents, import_items, item, person
from tests.support.world import World

F1, F2 = item("100001", "F-1", "1412.37", "412.37"), item("100001", "F-2", "30.00")
READ = {("100001", "F-1"): 412_37, ("100001", "F-2"): 30_00}
Import = Callable[[Path, Heard], Imported]


@pytest.fixture
def world(sqlite_db: Database) -> World:
    """One customer; reading a file is the same whatever the database."""
    world = World(sqlite_db)
    world.customer("100001")
    return world


def read(world: World, folder: Path, content: bytes) -> dict[tuple[str, str], int]:
    """The open amounts that an import of these bytes puts in force."""
    path = folder / "open_items.csv"
    path.write_bytes(content)
    import_items(world, path)
    return {key: cents for key, (cents, _since) in documents(world.db).items()}


def refused(world: World, folder: Path, content: bytes) -> list[tuple[int, str]]:
    """The faults for which an import of these bytes changes nothing; each can be said."""
    path, heard, before = folder / "open_items.csv", Heard(), documents(world.db)
    path.write_bytes(content)
    with pytest.raises(NothingImported):
        import_items(world, path, heard=heard)
    assert documents(world.db) == before, "nothing must be imported"
    assert all(sentence(fault.reason) for fault in heard.faults)
    return heard.reasons


def text(*lines: str, encoding: str = "utf-8", newline: str = "\n") -> bytes:
    return (newline.join(lines) + newline).encode(encoding)


# --- read the same ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_encoding_a_delimiter_and_an_end_of_line_change_nothing(
    world: World, tmp_path: Path, encoding: str, delimiter: str, newline: str
) -> None:
    mark = "\ufeff" if encoding.startswith("utf-16-") else ""
    lines = [line.replace(",", delimiter).replace("F-1", "F-1 é") for line in (mark + ITEMS, F1, F2)]

    found = read(world, tmp_path, text(*lines, encoding=encoding, newline=newline))

    assert found == {("100001", "F-1 é"): 412_37, ("100001", "F-2"): 30_00}


@pytest.mark.parametrize(
    ("amount", "open_amount"),
    [("1412,37", "412,37"), ("1 412,37", "412,37"), ("1\u202f412,37 $", "412,37 $"), ("1,412.37", "$412.37")],
)
def test_amounts_come_as_people_and_spreadsheets_write_them(
    world: World, tmp_path: Path, amount: str, open_amount: str
) -> None:
    line = f"100001;F-1;invoice;2026-09-15;2026-10-15;{amount};{open_amount}"

    assert read(world, tmp_path, text(ITEMS.replace(",", ";"), line)) == {("100001", "F-1"): 412_37}


def test_a_quoted_field_may_hold_a_line_break(world: World, tmp_path: Path) -> None:
    broken = F1.replace("F-1", '"F\r\n1"')

    assert read(world, tmp_path, text(ITEMS, broken)) == {("100001", "F  1"): 412_37}


def test_blank_lines_and_lines_of_nothing_but_delimiters_are_no_documents(world: World, tmp_path: Path) -> None:
    assert read(world, tmp_path, text(ITEMS, "", F1, ",,,,,,", F2, "", "   ", ",,,,,,", "")) == READ


def test_a_file_need_not_end_with_an_end_of_line(world: World, tmp_path: Path) -> None:
    assert read(world, tmp_path, text(ITEMS, F1, F2).rstrip(b"\n")) == READ


def test_columns_beside_those_that_are_needed_are_left_alone(world: World, tmp_path: Path) -> None:
    lines = [f"Région, {line},x" for line in (ITEMS.upper().replace("_", " "), F1, F2)]

    assert read(world, tmp_path, text(*lines)) == READ


def test_days_come_in_every_order_that_begins_with_the_year(world: World, tmp_path: Path) -> None:
    lines = (F1.replace("2026-09-15", "2026/09/15"), F2.replace("2026-09-15", "20260915"))

    assert read(world, tmp_path, text(ITEMS, *lines)) == READ


# --- named by its line ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (F2.replace("F-2", "F-1"), "RowRepeated"),
        (F2.replace("2026-10-15", "2026-02-31"), "NotADate"),
        (F2.replace("2026-10-15", "15/10/2026"), "NotADate"),
        (F2.replace("30.00,30.00", "30.00,-30.00"), "AmountNotAboveZero"),
        (F2.replace("30.00,30.00", "(30.00),30.00"), "AmountNotAboveZero"),
        (F2.replace("30.00,30.00", "0.00,0.00"), "AmountNotAboveZero"),
        (F2.replace("30.00,30.00", "30.00,30.01"), "OpenAboveAmount"),
        (F2.replace("30.00,30.00", '"1,234","1,234"'), "NotAnAmount"),
        (F2.replace("30.00,30.00", "3E2,30.00"), "NotAnAmount"),
        (F2.replace("F-2", ""), "ValueMissing"),
        (F2.replace("F-2", '"F"-2'), "QuoteMisplaced"),
        (F2.replace("invoice", "facture"), "NotOneOf"),
        (F2.replace("100001", "=1+1"), "AccountNumberMalformed"),
        (F2.replace("100001", "999999"), "AccountUnknown"),
        (F2 + ",", "FieldCountWrong"),
        (F2.rsplit(",", 1)[0], "FieldCountWrong"),
    ],
)
def test_a_faulty_line_is_named_by_its_number_in_the_file(world: World, tmp_path: Path, line: str, reason: str) -> None:
    assert refused(world, tmp_path, text(ITEMS, F1, "", line)) == [(4, reason)]


def test_every_faulty_line_is_named_not_only_the_first(world: World, tmp_path: Path) -> None:
    lines = (F1, F1, F2.replace("30.00", "x"), F2.replace("F-2", '"F\n2"').replace("2026-10-15", "soon"), F1)

    found = refused(world, tmp_path, text(ITEMS, *lines))

    assert found == [(3, "RowRepeated"), (4, "NotAnAmount"), (5, "NotADate"), (7, "RowRepeated")]


def test_the_repeated_document_says_where_it_stands_first(world: World, tmp_path: Path) -> None:
    path, heard = tmp_path / "open_items.csv", Heard()
    path.write_bytes(text(ITEMS, F1, F2, F1))

    with pytest.raises(NothingImported):
        import_items(world, path, heard=heard)

    assert sentence(heard.faults[0].reason) == "F-1 est déjà à la ligne 2."


@pytest.mark.parametrize(
    ("header", "reasons"),
    [
        (ITEMS.replace("due_date", "échéance"), [(1, "ColumnMissing")]),
        (ITEMS.replace(",open_amount", ""), [(1, "ColumnMissing")]),
        (ITEMS.replace("due_date", "document_date"), [(1, "ColumnMissing"), (1, "ColumnRepeated")]),
        (F1, [(1, "HeaderMissing")]),
        ("", [(1, "HeaderMissing")]),
    ],
)
def test_a_column_that_is_missing_renamed_or_there_twice_is_named(
    world: World, tmp_path: Path, header: str, reasons: list[tuple[int, str]]
) -> None:
    assert refused(world, tmp_path, text(header, F1)) == reasons


def test_a_workbook_named_csv_is_called_what_it_is(world: World, tmp_path: Path) -> None:
    workbook = io.BytesIO()
    with zipfile.ZipFile(workbook, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")

    assert refused(world, tmp_path, workbook.getvalue()) == [(1, "FileIsAnArchive")]


@pytest.mark.parametrize(
    ("content", "reasons"),
    [
        (text(ITEMS, F1, encoding="utf-16-le"), [(1, "EncodingUnknown")]),
        (text(ITEMS, F1).replace(b"F-1", "é".encode() + b"\xe9"), [(2, "EncodingUnknown")]),
        (b"\xef\xbb\xbf" + text(ITEMS, F1).replace(b"F-1", b"\xe9"), [(2, "EncodingUnknown")]),
        (text(ITEMS, '"' + F1, F2), [(2, "QuoteNotClosed")]),
        (text(ITEMS, F1, "x" * 1_500_000), [(3, "LineTooLong")]),
    ],
)
def test_what_is_no_text_or_no_table_is_named_where_it_stops_making_sense(
    world: World, tmp_path: Path, content: bytes, reasons: list[tuple[int, str]]
) -> None:
    assert refused(world, tmp_path, content) == reasons


# --- nothing to import ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", text(ITEMS), text(ITEMS, "", ",,,,,,", "")])
def test_a_file_without_a_document_wipes_nothing(world: World, tmp_path: Path, content: bytes) -> None:
    read(world, tmp_path, text(ITEMS, F1, F2))
    (tmp_path / "nothing.csv").write_bytes(content)

    with pytest.raises(FileEmpty) as empty:
        import_items(world, tmp_path / "nothing.csv")

    assert sentence(empty.value)
    assert {key: cents for key, (cents, _since) in documents(world.db).items()} == READ


@pytest.mark.parametrize("content", [b"", text(PEOPLE)])
def test_a_file_without_a_customer_is_refused(world: World, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes(content)

    with pytest.raises(FileEmpty):
        exchanges.import_customers(world.db, path, by=OPERATOR, at=world.now)


def test_names_of_every_script_and_length_come_whole_and_a_longer_one_is_named(world: World, tmp_path: Path) -> None:
    path, heard = tmp_path / "customers.csv", Heard()
    names = ("L'Œuvre des Sœurs", "=1+1", "<b>", "ᓄᓇᕗᑦ", "x" * 200, "y" * 201)
    lines = [person(f"20000{place}", name) for place, name in enumerate(names)]
    path.write_bytes(text(PEOPLE, *lines))

    exchanges.import_customers(world.db, path, heard.listener, set_aside=True, by=OPERATOR, at=world.now)

    assert heard.reasons == [(7, "ValueTooLong")]
