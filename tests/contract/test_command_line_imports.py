"""Importing the principal's files from the command line: all or nothing, each faulty line named."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnernet.clock import now
from partnernet.domain.customers import SearchCriteria
from partnernet.services import customers
from partnernet.storage.schema import open_database
from tests.support.console import CUSTOMERS, OPEN_ITEMS, Command, agent, write


def test_the_files_of_the_principal_are_imported(counter: Command, url: str, tmp_path: Path) -> None:
    imported = counter("import", "customers", write(tmp_path, "customers.csv", CUSTOMERS))
    items = counter("import", "open-items", write(tmp_path, "items.csv", OPEN_ITEMS), "--as-of", "2026-09-20T18:00")

    assert (imported.status, imported.out) == (0, "2 clients importés.\n")
    assert (items.status, items.out) == (0, "1 document importé.\n")
    account = customers.account(open_database(url), "0012345", by=agent(url), at=now())
    assert account.standing.total_due.cents == 412_37
    assert account.snapshot_as_of is not None
    assert account.snapshot_as_of.isoformat() == "2026-09-20T22:00:00+00:00"


def test_each_faulty_line_is_one_line_of_stderr_with_file_and_number(
    counter: Command, url: str, tmp_path: Path
) -> None:
    path = write(tmp_path, "customers.csv", CUSTOMERS.replace("open", "?").replace("0012346", "00 12"))

    failed = counter("import", "customers", path)

    assert failed.status == 1
    lines = failed.err.splitlines()
    assert lines[0] == f"{path}:2: terms\u00a0: «\u00a0?\u00a0» n'est pas l'un de open, cash_only, blocked."
    assert lines[1].startswith(f"{path}:3: account_number")
    assert lines[2:] == ["Rien n'a été importé\u00a0: 2 points sont à corriger."]
    found = customers.search(open_database(url), SearchCriteria(city="Montréal"), by=agent(url), at=now())
    assert found.rows == ()


def test_lines_set_aside_can_be_corrected_and_imported_as_they_are(counter: Command, url: str, tmp_path: Path) -> None:
    aside = tmp_path / "aside.csv"
    faulty = write(tmp_path, "customers.csv", CUSTOMERS.replace("cash_only", "maybe"))

    first = counter("import", "customers", faulty, "--set-aside", aside)
    again = counter("import", "customers", faulty, "--set-aside", aside)

    assert first.status == 0
    assert f"{faulty}:3: terms" in first.err
    assert str(aside) in again.complaint
    corrected = aside.read_text("utf-8-sig").replace(";maybe", ";cash_only")
    assert counter("import", "customers", write(tmp_path, "corrected.csv", corrected)).status == 0
    assert customers.by_number(open_database(url), "12346", by=agent(url)) == "0012346"


def test_a_file_set_aside_does_not_outlive_an_import_that_did_not_take_place(counter: Command, tmp_path: Path) -> None:
    aside = tmp_path / "aside.csv"
    path = write(tmp_path, "customers.csv", CUSTOMERS.replace(";terms", ";conditions"))

    failed = counter("import", "customers", path, "--set-aside", aside)

    assert failed.status == 1
    assert f"{path}:1: l'en-tête ne nomme pas la colonne terms." in failed.err
    assert not aside.exists()


@pytest.mark.parametrize(
    "as_of", ["2099-01-01T00:00", "2026-09-20", "hier", "2026-02-31T10:00", "20/09/2026 18:00", ""]
)
def test_an_impossible_moment_is_refused(counter: Command, tmp_path: Path, as_of: str) -> None:
    counter("import", "customers", write(tmp_path, "customers.csv", CUSTOMERS))

    refused = counter("import", "open-items", write(tmp_path, "items.csv", OPEN_ITEMS), "--as-of", as_of)

    assert refused.complaint


def test_a_batch_that_was_never_exported_is_refused(counter: Command, tmp_path: Path) -> None:
    counter("import", "customers", write(tmp_path, "customers.csv", CUSTOMERS))
    path = write(tmp_path, "items.csv", OPEN_ITEMS)

    refused = counter("import", "open-items", path, "--as-of", "2026-09-20T18:00", "--through-batch", "3")

    assert "3" in refused.complaint


def test_a_file_to_set_lines_aside_in_is_never_written_over(counter: Command, tmp_path: Path) -> None:
    source = write(tmp_path, "customers.csv", CUSTOMERS)
    kept = write(tmp_path, "kept.csv", "kept")

    assert "il existe déjà" in counter("import", "customers", source, "--set-aside", kept).complaint
    assert kept.read_text("utf-8") == "kept"
