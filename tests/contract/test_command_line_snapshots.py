"""Snapshots from the command line: up to a batch, but for what was refused, and said beforehand when asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnernet.clock import now
from partnernet.domain.exchanges import FileKind
from partnernet.services import customers, exchanges
from partnernet.storage.schema import open_database
from tests.support import counter_process
from tests.support.console import CUSTOMERS, OPEN_ITEMS, Command, agent, write
from tests.support.importing import OPERATOR
from tests.support.requests import new_key

HEADER = OPEN_ITEMS.splitlines()[0]
OPEN = "0012345,F100,invoice,2026-08-15,2026-09-14,412.37,412.37"


def moment() -> str:
    """Now, as the option takes it: whatever was cut before is in it."""
    return now().isoformat()


def items(folder: Path, *lines: str, name: str = "items.csv") -> Path:
    return write(folder, name, "\n".join([HEADER, *lines]) + "\n")


def due(url: str, number: str = "0012345") -> int:
    database = open_database(url)
    account = customers.account(database, number, by=agent(url), at=now())
    database.dispose()
    return account.standing.total_due.cents


@pytest.fixture
def shop(counter: Command, url: str, tmp_path: Path) -> Command:
    """412.37 owed, of which 12.35 was paid in cash and sent in batch 1."""
    assert counter("import", "customers", write(tmp_path, "customers.csv", CUSTOMERS)).status == 0
    assert counter("import", "open-items", items(tmp_path, OPEN), "--as-of", "2026-09-20T18:00").status == 0
    database = open_database(url)
    request = counter_process.submission(new_key(), "0012345", 12_35)
    assert counter_process.insist(database, request, by=agent(url)).number == "MTL-000001"
    database.dispose()
    (tmp_path / "out").mkdir()
    assert counter("export", "payments", "--out", tmp_path / "out").status == 0
    return counter


def test_a_payment_that_the_file_includes_is_not_deducted_again(shop: Command, url: str, tmp_path: Path) -> None:
    assert due(url) == 400_02
    left = items(tmp_path, OPEN.replace("412.37,412.37", "412.37,400.02"))

    imported = shop("import", "open-items", left, "--as-of", moment(), "--through-batch", "1")

    assert (imported.status, imported.err) == (0, "")
    assert due(url) == 400_02


def test_a_receipt_that_was_refused_is_still_deducted(shop: Command, url: str, tmp_path: Path) -> None:
    refused = write(tmp_path, "refused.csv", "reference\nMTL-000001\n")

    imported = shop(
        "import",
        "open-items",
        items(tmp_path, OPEN),
        "--as-of",
        moment(),
        "--through-batch",
        "1",
        "--not-posted",
        refused,
    )

    assert imported.status == 0
    assert due(url) == 400_02


@pytest.mark.parametrize(
    ("named", "line", "reason"),
    [
        ("MTL-000099", 2, "aucun paiement ni aucune contre-passation n'a la référence MTL-000099."),
        ("MTL-000001-R", 2, "aucun paiement ni aucune contre-passation n'a la référence MTL-000001-R."),
        ("\nMTL-000001\nmtl-1", 4, "MTL-1 est déjà à la ligne 3."),
        ("reçu 1", 2, "« reçu 1 » n'est pas un numéro de reçu comme MTL-000012, suivi de -R pour sa contre-passation."),
    ],
)
def test_a_receipt_that_cannot_have_been_refused_is_named_by_its_own_file_and_line(
    shop: Command, url: str, tmp_path: Path, named: str, line: int, reason: str
) -> None:
    refused = write(tmp_path, "refused.csv", f"Receipt Number\n{named}\n")

    failed = shop(
        "import",
        "open-items",
        items(tmp_path, OPEN),
        "--as-of",
        moment(),
        "--through-batch",
        "1",
        "--not-posted",
        refused,
    )

    said = failed.err.replace("\u00a0", " ").splitlines()
    assert failed.status == 1
    assert said == [f"{refused}:{line}: {reason}", "Rien n'a été importé : un point est à corriger."]
    assert due(url) == 400_02, "the snapshot before stands"


def test_a_receipt_in_no_batch_that_the_file_includes_is_named(shop: Command, tmp_path: Path) -> None:
    refused = write(tmp_path, "refused.csv", "reference\nMTL-000001\n")

    failed = shop("import", "open-items", items(tmp_path, OPEN), "--as-of", moment(), "--not-posted", refused)

    assert failed.err.startswith(f"{refused}:2: MTL-000001 n'est dans aucun des lots")


def test_a_batch_is_refused_that_was_cut_later_and_one_before_that_in_force(shop: Command, tmp_path: Path) -> None:
    path = items(tmp_path, OPEN)

    too_early = shop("import", "open-items", path, "--as-of", "2026-09-21T18:00", "--through-batch", "1")
    in_force = shop("import", "open-items", path, "--as-of", moment(), "--through-batch", "1")
    back = shop("import", "open-items", path, "--as-of", moment())

    assert too_early.complaint.startswith("Le lot 1 a été préparé le")
    assert in_force.status == 0
    assert "inclut déjà le lot 1" in back.complaint


# --- the dry run ------------------------------------------------------------------------------------------------------


def test_a_dry_run_says_what_would_change_and_changes_nothing(shop: Command, url: str, tmp_path: Path) -> None:
    path = items(tmp_path, OPEN, "0012346,C7,credit_note,2026-11-01,2026-11-01,50.00,50.00")

    tried = shop("import", "open-items", path, "--as-of", moment(), "--through-batch", "1", "--dry-run")

    said = tried.out.replace("\u00a0", " ").replace("\u202f", " ").splitlines()
    assert (tried.status, tried.err) == (0, "")
    assert said == [
        "Documents : 1 de plus, 0 de moins, 0 modifiés.",
        "  0012346  Note de crédit C7  – → 50,00 $",
        "2 comptes dont le solde change.",
        "  0012346  Cœur d'Or  0,00 $ → 50,00 CR",
        "  0012345  Locations Richard  400,02 $ → 412,37 $",
        "1 paiement ou contre-passation de plus serait inclus.",
        "Paiements que le fichier dit inclure, mais dont aucun document n'a bougé :",
        "  MTL-000001  0012345  Locations Richard  12,35 $",
        "Rien n'a été importé : c'était un essai.",
    ]
    assert due(url) == 400_02


def test_a_dry_run_names_every_fault_and_what_deserves_a_look(shop: Command, tmp_path: Path) -> None:
    odd = CUSTOMERS.replace("Locations Richard", "Location Richard").replace("J7Z 1A1", "D6H 8L9")
    path = write(tmp_path, "customers.csv", odd + "00 12;X;;;;;;;;\n")

    tried = shop("import", "customers", path, "--dry-run")

    out, err = (text.replace("\u00a0", " ").splitlines() for text in (tried.out, tried.err))
    assert tried.status == 1
    assert err[0].startswith(f"{path}:4: account_number")
    assert err[1:] == ["1 ligne à corriger : le fichier ne serait pas importé."]
    assert out[0].startswith(f"{path}:3: postal_code")
    assert out[1:4] == [
        "0 nouveau client",
        "2 clients modifiés",
        "  0012345  Locations Richard  name : Locations Richard → Location Richard",
    ]


def test_a_dry_run_with_lines_set_aside_writes_no_file(shop: Command, tmp_path: Path) -> None:
    aside = tmp_path / "aside.csv"
    path = write(tmp_path, "customers.csv", CUSTOMERS + "00 12;X;;;;;;;;\n")

    tried = shop("import", "customers", path, "--dry-run", "--set-aside", aside)

    assert tried.status == 0
    assert "1 ligne serait mise de côté." in tried.out.replace("\u00a0", " ")
    assert not aside.exists()


def test_a_dry_run_of_a_file_without_one_good_line_says_no_more_than_what_is_wrong(
    shop: Command, tmp_path: Path
) -> None:
    tried = shop("import", "open-items", items(tmp_path, "404,F,?,,,,"), "--as-of", moment(), "--dry-run")

    assert (tried.status, tried.out) == (1, "")


# --- a file cut short -------------------------------------------------------------------------------------------------


def test_a_file_that_loses_many_documents_is_imported_and_that_is_said(shop: Command, tmp_path: Path) -> None:
    many = [OPEN, *(f"0012345,G-{n},invoice,2026-09-01,2026-10-01,5.00,5.00" for n in range(30))]
    before = shop("import", "open-items", items(tmp_path, *many), "--as-of", moment(), "--through-batch", "1")
    cut = items(tmp_path, OPEN, name="cut.csv")
    said = "cut.csv: 30 des 31 documents ouverts ne sont pas dans le fichier : est-il complet ?"

    tried = shop("import", "open-items", cut, "--as-of", moment(), "--through-batch", "1", "--dry-run")
    imported = shop("import", "open-items", cut, "--as-of", moment(), "--through-batch", "1")

    assert (before.status, before.err) == (0, "")
    for done in (tried, imported):
        assert done.status == 0
        assert said in done.err.replace("\u00a0", " ")


# --- what stays -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("shop")
def test_the_history_keeps_every_import_of_the_console(url: str) -> None:
    database = open_database(url)
    history = exchanges.history(database, by=OPERATOR)
    database.dispose()

    assert [each.kind for each in history] == [FileKind.OPEN_ITEMS, FileKind.CUSTOMERS]
    assert history[0].through_batch == 0
    assert all(each.imported_by for each in history), "whoever ran the command is named"
