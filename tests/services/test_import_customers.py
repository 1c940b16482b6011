"""`customers.csv` as it comes: encodings, delimiters, faults named by their line, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import func, select

from partnernet.domain.agents import console_operator
from partnernet.domain.customers import Customer, SearchCriteria, Terms
from partnernet.domain.exchanges import (
    Caution,
    Fault,
    FileEmpty,
    FileUnreadable,
    Imported,
    NothingImported,
)
from partnernet.domain.refusals import NotPermitted
from partnernet.i18n.sentences import sentence
from partnernet.services import customers
from partnernet.services.exchanges import import_customers
from partnernet.services.file_check import Listener
from partnernet.storage import tables
from tests.support.world import World

HEADER = "account_number;name;address_line1;address_line2;city;province;postal_code;phone;language;terms"
RICHARD = "0012345;Locations Richard;1200, rue Ontario;;Montréal;QC;h2x1y4;(514) 285-9286 poste 12;fr;open"
GAGNON = "0012346;Cœur d’Or;4, rang St-Jean;app. 2;St-Jérôme;QC;J7Z 1A1;;en;cash_only"


@dataclass
class Heard:
    """What an import told."""

    faults: list[Fault] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    progress: list[float] = field(default_factory=list)

    @property
    def listener(self) -> Listener:
        return Listener(self.faults.append, self.cautions.append, self.progress.append)

    @property
    def reasons(self) -> dict[int, str]:
        return {fault.line: type(fault.reason).__name__ for fault in self.faults}


def write(folder: Path, *lines: str, encoding: str = "utf-8", newline: str = "\r\n") -> Path:
    path = folder / "customers.csv"
    path.write_bytes((newline.join(lines) + newline).encode(encoding))
    return path


def run(world: World, path: Path, heard: Heard | None = None, *, set_aside: bool = False) -> Imported:
    listener = (heard or Heard()).listener
    return import_customers(world.db, path, listener, set_aside=set_aside, by=console_operator("root"), at=world.now)


def account(world: World, number: str) -> Customer:
    return customers.account(world.db, number, by=world.agent, at=world.now).customer


def count(world: World) -> int:
    with world.db.read() as connection:
        return connection.execute(select(func.count()).select_from(tables.customer)).scalar_one()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_usual_encoding_gives_the_same_names(world: World, tmp_path: Path, encoding: str) -> None:
    imported = run(world, write(tmp_path, HEADER, RICHARD, GAGNON, encoding=encoding))

    assert imported == Imported(2, 0, 0)
    assert account(world, "0012346").name == "Cœur d’Or"
    assert account(world, "0012346").city == "St-Jérôme"


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_usual_delimiter_is_recognised(world: World, tmp_path: Path, delimiter: str) -> None:
    quoted = [delimiter.join(f'"{value}"' for value in line.split(";")) for line in (RICHARD, GAGNON)]

    run(world, write(tmp_path, HEADER.replace(";", delimiter), *quoted, newline="\n"))

    assert account(world, "0012345").address_line1 == "1200, rue Ontario"


def test_a_customer_is_stored_as_it_is_searched_and_shown(world: World, tmp_path: Path) -> None:
    run(world, write(tmp_path, HEADER, RICHARD))

    richard = account(world, "0012345")
    found = customers.search(
        world.db,
        SearchCriteria(name="*richard*", city="MONTREAL", postal_code="h2x 1y4", phone="514 285-9286"),
        by=world.agent,
        at=world.now,
    )
    assert (richard.postal_code, richard.phone, richard.phone_extension) == ("H2X 1Y4", "+15142859286", "12")
    assert (richard.language, richard.terms) == ("fr", Terms.OPEN)
    assert [row.number for row in found.rows] == ["0012345"]


def test_columns_come_in_any_order_with_others_beside_them(world: World, tmp_path: Path) -> None:
    names, values = HEADER.split(";"), RICHARD.split(";")

    run(world, write(tmp_path, ";".join(["Rep", *map(str.upper, reversed(names))]), ";".join(["7", *reversed(values)])))

    assert account(world, "0012345").name == "Locations Richard"


def test_a_line_break_inside_quotes_is_a_blank_and_lines_are_counted_in_the_file(world: World, tmp_path: Path) -> None:
    broken = RICHARD.replace("1200, rue Ontario", '"1200,\r\nrue ""Ontario"""')
    heard = Heard()

    with pytest.raises(NothingImported):
        run(
            world, write(tmp_path, HEADER, "", broken, GAGNON.replace("cash_only", "maybe"), "", ";;;;;;;;;", ""), heard
        )

    assert heard.reasons == {5: "NotOneOf"}
    run(world, write(tmp_path, HEADER, "", broken, GAGNON, "", ";;;;;;;;;", ""))
    assert account(world, "0012345").address_line1 == '1200,  rue "Ontario"'


def test_importing_again_updates_by_number_and_removes_nobody(world: World, tmp_path: Path) -> None:
    run(world, write(tmp_path, HEADER, RICHARD, GAGNON))
    before = account(world, "0012345")

    run(world, write(tmp_path, HEADER, RICHARD.replace("Locations Richard", "Location Richard inc.")))

    after = account(world, "0012345")
    assert (after.id, after.name) == (before.id, "Location Richard inc.")
    assert customers.search(world.db, SearchCriteria(name="*richard inc*"), by=world.agent, at=world.now).rows
    assert count(world) == 2


FAULTS = {
    "": "ValueMissing",
    "00 12": "AccountNumberMalformed",
    "=1+1": "AccountNumberMalformed",
    "1" * 21: "ValueTooLong",
    "12\u202e34": "ValueHidden",
}


@pytest.mark.parametrize(("number", "reason"), FAULTS.items())
def test_an_account_number_that_cannot_be_is_named(world: World, tmp_path: Path, number: str, reason: str) -> None:
    heard = Heard()

    with pytest.raises(NothingImported):
        run(world, write(tmp_path, HEADER, RICHARD.replace("0012345", number), GAGNON), heard)

    assert heard.reasons == {2: reason}
    assert count(world) == 0


def test_every_faulty_line_is_named_and_nothing_is_imported(world: World, tmp_path: Path) -> None:
    heard = Heard()
    lines = [
        RICHARD,
        GAGNON.replace("Cœur d’Or", ""),
        GAGNON.replace("cash_only", "credit"),
        RICHARD,
        GAGNON + ";",
        GAGNON.replace("rang", "a\x00b"),
        GAGNON.replace("Cœur d’Or", '"Chez "Bob""'),
        GAGNON.replace("Cœur d’Or", "x" * 201),
    ]

    with pytest.raises(NothingImported) as refused:
        run(world, write(tmp_path, HEADER, *lines), heard)

    assert refused.value.fault_count == len(heard.faults) == 7
    assert heard.reasons == {
        3: "ValueMissing",
        4: "NotOneOf",
        5: "RowRepeated",
        6: "FieldCountWrong",
        7: "ValueHidden",
        8: "QuoteMisplaced",
        9: "ValueTooLong",
    }
    assert all(sentence(fault.reason) for fault in heard.faults)
    assert count(world) == 0


def test_faulty_lines_are_set_aside_when_asked_and_the_rest_is_imported(world: World, tmp_path: Path) -> None:
    heard = Heard()

    imported = run(world, write(tmp_path, HEADER, RICHARD, GAGNON.replace("cash_only", "?")), heard, set_aside=True)

    assert imported == Imported(1, 1, 0)
    assert heard.faults[0].fields[:2] == ("0012346", "Cœur d’Or")
    assert count(world) == 1


def test_setting_everything_aside_imports_nothing(world: World, tmp_path: Path) -> None:
    with pytest.raises(NothingImported):
        run(world, write(tmp_path, HEADER, RICHARD.replace("open", "?")), set_aside=True)


@pytest.mark.parametrize("set_aside", [False, True])
def test_a_missing_column_is_named_and_cannot_be_set_aside(world: World, tmp_path: Path, set_aside: bool) -> None:
    heard = Heard()

    with pytest.raises(NothingImported):
        run(
            world,
            write(tmp_path, HEADER.replace(";phone", "").replace("city", "town"), RICHARD),
            heard,
            set_aside=set_aside,
        )

    assert [sentence(fault.reason) for fault in heard.faults] == [
        "l'en-tête ne nomme pas la colonne city.",
        "l'en-tête ne nomme pas la colonne phone.",
    ]
    assert {fault.line for fault in heard.faults} == {1}
    assert count(world) == 0


def test_utf8_that_was_cut_in_the_middle_of_a_letter_is_not_read_as_something_else(
    world: World, tmp_path: Path
) -> None:
    path = write(tmp_path, HEADER, RICHARD, GAGNON)
    path.write_bytes(path.read_bytes().replace("œ".encode(), b"\x9c"))
    heard = Heard()

    with pytest.raises(NothingImported):
        run(world, path, heard)

    assert list(heard.reasons.values()) == ["EncodingUnknown"]
    assert count(world) == 0


@pytest.mark.parametrize("content", [bytes(range(256)) * 8, f"{HEADER}\n{RICHARD}\n".encode("utf-16-le")])
def test_bytes_of_no_known_text_are_refused_with_a_sentence(world: World, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "customers.csv"
    heard = Heard()
    path.write_bytes(content)

    with pytest.raises(NothingImported):
        run(world, path, heard)

    assert list(heard.reasons.values()) == ["EncodingUnknown"]


def test_a_line_without_end_is_not_read_into_memory(world: World, tmp_path: Path) -> None:
    heard = Heard()

    with pytest.raises(NothingImported):
        run(world, write(tmp_path, HEADER, "x" * 2_000_000), heard, set_aside=True)

    assert heard.reasons == {2: "LineTooLong"}


def test_a_quotation_mark_that_never_closes_is_named_by_the_line_that_opens_it(world: World, tmp_path: Path) -> None:
    heard = Heard()
    lines = [GAGNON.replace("0012346", str(number)) for number in range(3000)]

    with pytest.raises(NothingImported):
        run(world, write(tmp_path, HEADER, '"' + RICHARD, *lines), heard, set_aside=True)

    assert heard.reasons == {2: "QuoteNotClosed"}
    assert count(world) == 0


def test_an_empty_file_and_a_missing_one_are_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(FileEmpty):
        run(world, write(tmp_path, HEADER))
    with pytest.raises(FileUnreadable):
        run(world, tmp_path / "nowhere.csv")
    with pytest.raises(FileUnreadable):
        run(world, tmp_path)


def test_odd_postal_codes_and_phones_are_pointed_out_and_imported(world: World, tmp_path: Path) -> None:
    heard = Heard()
    odd = RICHARD.replace("h2x1y4", "D6H 8L9").replace("(514) 285-9286 poste 12", "à venir")

    imported = run(world, write(tmp_path, HEADER, odd), heard)

    assert imported == Imported(1, 0, 2)
    assert [type(caution.reason).__name__ for caution in heard.cautions] == ["PostalCodeUnusual", "PhoneUnreadable"]
    assert (account(world, "0012345").postal_code, account(world, "0012345").phone) == ("D6H 8L9", "")


def test_empty_language_and_terms_are_french_and_open(world: World, tmp_path: Path) -> None:
    run(world, write(tmp_path, HEADER, RICHARD.replace("fr;open", ";")))

    assert (account(world, "0012345").language, account(world, "0012345").terms) == ("fr", Terms.OPEN)


def test_progress_goes_forward_to_the_end(world: World, tmp_path: Path) -> None:
    heard = Heard()
    lines = [RICHARD.replace("0012345", str(number)) for number in range(12_000)]

    run(world, write(tmp_path, HEADER, *lines), heard)

    assert heard.progress == sorted(heard.progress)
    assert heard.progress[-1] == 1
    assert count(world) == 12_000


def test_an_agent_may_not_import(world: World, tmp_path: Path) -> None:
    with pytest.raises(NotPermitted):
        import_customers(world.db, write(tmp_path, HEADER, RICHARD), by=world.agent, at=world.now)

    assert count(world) == 0


def test_an_import_leaves_its_trace_in_the_audit_log(world: World, tmp_path: Path) -> None:
    run(world, write(tmp_path, HEADER, RICHARD))

    with world.db.read() as connection:
        event = connection.execute(select(tables.audit_event)).one()
    assert (event.actor, event.action, event.subject) == ("root", "customers.imported", "customers.csv")
    assert "Richard" not in event.detail
