"""Exporting payments from the command line: the next batch, an old one again, and what an interruption leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from partnernet.clock import now
from partnernet.domain.agents import console_operator
from partnernet.services import exports, payments, verification
from partnernet.settings import ROOT, settings
from partnernet.storage.schema import open_database
from tests.support import counter_process
from tests.support.console import CUSTOMERS, Command, agent, write
from tests.support.requests import new_key

OPERATOR = console_operator("tests")


@pytest.fixture
def shop(counter: Command, tmp_path: Path) -> Command:
    """A counter with two customers, and an empty folder « out »."""
    assert counter("import", "customers", write(tmp_path, "customers.csv", CUSTOMERS)).status == 0
    (tmp_path / "out").mkdir()
    return counter


def pay(url: str, cents: int, account: str = "0012345") -> str:
    """A payment in cash, of which nobody asks anything; its receipt's number."""
    database = open_database(url)
    request = counter_process.submission(new_key(), account, cents)
    number = counter_process.insist(database, request, by=agent(url)).number
    database.dispose()
    return number


def test_the_next_batch_is_written_and_named_with_its_totals_and_anchors(
    shop: Command, url: str, tmp_path: Path
) -> None:
    first, second = pay(url, 60_00), pay(url, 1_234_55)

    exported = shop("export", "payments", "--out", tmp_path / "out")

    path = tmp_path / "out" / "payments-000001.csv"
    said = exported.out.replace("\u00a0", " ").splitlines()
    assert (exported.status, exported.err) == (0, "")
    assert said[:2] == ["Lot 1 : 2 paiements (1 294,55 $).", str(path)]
    (head,) = verification.verify(open_database(url), by=OPERATOR).heads
    assert said[2:] == [f"MTL : dernière écriture 2, empreinte {head[2]}"]
    assert [line.split(",")[3] for line in path.read_text("utf-8").splitlines()[1:]] == [first, second]
    assert [each.name for each in (tmp_path / "out").iterdir()] == [path.name], "no mark is left"


def test_nothing_to_send_makes_no_batch_says_so_and_names_the_last_one(shop: Command, url: str, tmp_path: Path) -> None:
    never = shop("export", "payments", "--out", tmp_path / "out")
    pay(url, 60_00)
    shop("export", "payments", "--out", tmp_path / "out")
    again = shop("export", "payments", "--out", tmp_path / "out")

    assert (never.status, never.out) == (0, "aucun paiement à exporter\n")
    assert (again.status, again.out.splitlines()[0]) == (0, "aucun paiement à exporter")
    assert "--batch 1" in again.out
    assert len(exports.batches(open_database(url), by=OPERATOR)) == 1
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["payments-000001.csv"]


def test_an_old_batch_comes_again_byte_for_byte(shop: Command, url: str, tmp_path: Path) -> None:
    pay(url, 60_00)
    shop("export", "payments", "--out", tmp_path / "out")
    content = (tmp_path / "out" / "payments-000001.csv").read_bytes()
    pay(url, 5_00)
    shop("import", "customers", write(tmp_path, "renamed.csv", CUSTOMERS.replace("Richard", "Tremblay")))
    (tmp_path / "elsewhere").mkdir()

    same = shop("export", "payments", "--out", tmp_path / "out", "--batch", "1")
    other = shop("export", "payments", "--out", tmp_path / "elsewhere", "--batch", "1")

    assert (same.status, other.status) == (0, 0)
    assert "Lot 1" in other.out
    assert (tmp_path / "out" / "payments-000001.csv").read_bytes() == content
    assert (tmp_path / "elsewhere" / "payments-000001.csv").read_bytes() == content
    assert len(exports.batches(open_database(url), by=OPERATOR)) == 1


def test_a_file_with_another_content_is_never_written_over(shop: Command, url: str, tmp_path: Path) -> None:
    theirs = write(tmp_path / "out", "payments-000001.csv", "theirs")
    pay(url, 60_00)

    refused = shop("export", "payments", "--out", tmp_path / "out")

    assert str(theirs) in refused.complaint
    assert "--batch 1" in refused.complaint
    assert theirs.read_text("utf-8") == "theirs"
    assert shop("export", "payments", "--out", tmp_path / "out").status == 1, "it is not forgotten"
    theirs.rename(tmp_path / "moved.csv")
    assert "lot 1" in shop("export", "payments", "--out", tmp_path / "out").out
    assert theirs.read_text("utf-8").startswith("batch,")


@pytest.mark.parametrize(
    ("folder", "reason"), [("nowhere", "il n'existe pas"), ("customers.csv", "ce n'est pas un dossier")]
)
def test_a_folder_that_is_none_is_one_sentence_and_no_batch(
    shop: Command, url: str, tmp_path: Path, folder: str, reason: str
) -> None:
    pay(url, 60_00)

    complaint = shop("export", "payments", "--out", tmp_path / folder).complaint

    assert str(tmp_path / folder) in complaint
    assert reason in complaint
    assert exports.batches(open_database(url), by=OPERATOR) == ()


def test_a_folder_that_takes_no_file_is_noticed_before_there_is_a_batch(shop: Command, url: str) -> None:
    pay(url, 60_00)

    assert shop("export", "payments", "--out", "/sys").complaint
    assert exports.batches(open_database(url), by=OPERATOR) == ()


def test_a_file_that_cannot_be_written_leaves_the_batch_to_be_had_again(
    shop: Command, url: str, tmp_path: Path
) -> None:
    pay(url, 60_00)
    in_the_way = tmp_path / "out" / "payments-000001.csv.part"
    in_the_way.mkdir()

    complaint = shop("export", "payments", "--out", tmp_path / "out").complaint

    assert "Le lot 1 est préparé" in complaint
    assert "--batch 1" in complaint
    in_the_way.rmdir()
    assert shop("export", "payments", "--out", tmp_path / "out", "--batch", "1").status == 0
    assert [each.name for each in (tmp_path / "out").glob("[!.]*")] == ["payments-000001.csv"]


@pytest.mark.parametrize(("number", "said"), [("2", "numéro 2"), ("0", "--batch"), ("-1", "--batch"), ("x", "--batch")])
def test_a_batch_that_does_not_exist_is_refused(
    shop: Command, url: str, tmp_path: Path, number: str, said: str
) -> None:
    pay(url, 60_00)
    shop("export", "payments", "--out", tmp_path / "out")

    assert said in shop("export", "payments", "--out", tmp_path / "out", "--batch", number).complaint


def test_a_folder_has_to_be_named(shop: Command) -> None:
    assert "--out" in shop("export", "payments").complaint


# --- interrupted ----------------------------------------------------------------------------------------------------


def start(url: str, folder: Path) -> subprocess.Popen[str]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "partnernet", "export", "payments", "--out", str(folder)]
    environ = os.environ | {"PARTNERNET_DATABASE_URL": url}
    return subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=_hears_ctrl_c,
    )  # fmt: skip


def _hears_ctrl_c() -> None:
    """A shell that puts the tests in the background lets them, and what they start, ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def waiting_between(url: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The command at the moment when the batch exists and its file does not.

    A pipe stands where the file is begun: nobody reads it, so that the command waits.
    """
    pipe = folder / "payments-000001.csv.part"
    os.mkfifo(pipe)
    running = start(url, folder)
    database = open_database(url)
    while not exports.batches(database, by=OPERATOR):
        with pytest.raises(subprocess.TimeoutExpired):  # it would say why it ended
            running.wait(timeout=0.05)
    database.dispose()
    try:
        yield running
    finally:
        running.kill()
        running.wait()
        pipe.unlink(missing_ok=True)


def stopped_between(url: str, folder: Path, with_signal: signal.Signals) -> tuple[str, str]:
    """Stop the command there; what it said."""
    with waiting_between(url, folder) as running:
        running.send_signal(with_signal)
        return running.communicate(timeout=30)


def test_a_run_killed_before_its_file_was_written_is_finished_by_the_next(
    shop: Command, url: str, tmp_path: Path
) -> None:
    first = pay(url, 60_00)
    stopped_between(url, tmp_path / "out", signal.SIGKILL)
    second = pay(url, 5_00)

    found = shop("export", "payments", "--out", tmp_path / "out")

    assert found.status == 0
    assert "Une exportation s'était arrêtée avant d'écrire le lot 1" in found.out
    for number, receipt in ((1, first), (2, second)):
        path = tmp_path / "out" / f"payments-00000{number}.csv"
        assert str(path) in found.out
        assert [line.split(",")[3] for line in path.read_text("utf-8").splitlines()[1:]] == [receipt]
    assert len(list((tmp_path / "out").iterdir())) == 2, "no mark is left"


def test_a_run_killed_before_its_file_was_written_is_finished_even_when_nothing_else_is_to_send(
    shop: Command, url: str, tmp_path: Path
) -> None:
    pay(url, 60_00)
    stopped_between(url, tmp_path / "out", signal.SIGKILL)
    (tmp_path / "elsewhere").mkdir()

    elsewhere = shop("export", "payments", "--out", tmp_path / "elsewhere")
    here = shop("export", "payments", "--out", tmp_path / "out")

    assert "aucun paiement à exporter" in elsewhere.out
    assert "--batch 1" in elsewhere.out
    assert "aucun paiement" not in here.out
    assert (tmp_path / "out" / "payments-000001.csv").exists()


def test_whoever_stops_the_command_reads_that_the_batch_exists(shop: Command, url: str, tmp_path: Path) -> None:
    pay(url, 60_00)

    _out, complaint = stopped_between(url, tmp_path / "out", signal.SIGINT)

    assert "lot 1 est préparé" in complaint
    assert "--batch 1" in complaint
    assert shop("export", "payments", "--out", tmp_path / "out").status == 0
    assert (tmp_path / "out" / "payments-000001.csv").exists()


def test_a_run_that_lives_is_left_alone(shop: Command, url: str, tmp_path: Path) -> None:
    """The first waits where its file is begun; the second finds nothing to send, and does not take its batch away."""
    pay(url, 60_00)
    with waiting_between(url, tmp_path / "out") as running:
        second = shop("export", "payments", "--out", tmp_path / "out")

        assert second.out.startswith("aucun paiement à exporter")
        assert len(list((tmp_path / "out").glob(".export-*"))) == 1
        running.kill()


def test_a_batch_written_by_its_number_meanwhile_is_not_told_again(shop: Command, url: str, tmp_path: Path) -> None:
    pay(url, 60_00)
    stopped_between(url, tmp_path / "out", signal.SIGKILL)

    shop("export", "payments", "--out", tmp_path / "out", "--batch", "1")
    next_one = shop("export", "payments", "--out", tmp_path / "out")

    assert next_one.out.startswith("aucun paiement à exporter")
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["payments-000001.csv"], "no mark is left"


def test_a_mark_without_a_batch_is_cleared_away(shop: Command, url: str, tmp_path: Path) -> None:
    (tmp_path / "out" / f".export-{new_key()}").touch()
    pay(url, 60_00)

    assert shop("export", "payments", "--out", tmp_path / "out").out.startswith("Lot 1")
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["payments-000001.csv"]


def test_two_runs_at_once_send_each_payment_once(
    shop: Command, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNERNET_DATABASE_URL", postgres_url)
    settings.cache_clear()
    shop("branch", "add", "--code", "MTL", "--name", "Montréal")
    shop("user", "add", "PA1234", "--name", "Marie Tremblay", "--role", "agent", "--branch", "MTL")
    shop("import", "customers", tmp_path / "customers.csv")
    paid = [pay(postgres_url, cents) for cents in (60_00, 5_00)]

    runs = [start(postgres_url, tmp_path / "out") for _ in range(2)]
    said = sorted(run.communicate(timeout=60)[0].splitlines()[0] for run in runs)

    assert [run.returncode for run in runs] == [0, 0]
    assert said[0].replace("\u00a0", " ") == "Lot 1 : 2 paiements (65,00 $)."
    assert said[1] == "aucun paiement à exporter"
    lines = (tmp_path / "out" / "payments-000001.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[3] for line in lines[1:]] == paid
    assert payments.receipt(open_database(postgres_url), paid[0], by=agent(postgres_url)).at < now()
