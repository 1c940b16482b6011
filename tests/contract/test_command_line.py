"""The commands that scripts and people rely on: what they do, their status, one sentence on stderr, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, text

from partnernet import demo
from partnernet.clock import now
from partnernet.domain.permissions import Role
from partnernet.services import credentials
from partnernet.settings import ROOT, settings
from partnernet.storage import tables
from partnernet.storage.schema import open_database
from tests.support.console import Command, agent


def test_init_makes_the_database_and_may_run_again(command: Command, url: str) -> None:
    assert command("init").status == 0
    assert command("init").status == 0

    open_database(url)


def test_nothing_but_init_and_demo_makes_a_database(command: Command, tmp_path: Path) -> None:
    refused = command("branch", "add", "--code", "MTL", "--name", "Montréal")

    assert "python -m partnernet init" in refused.complaint
    assert list(tmp_path.iterdir()) == []


def test_a_user_gets_a_one_time_code_or_the_password_given(counter: Command, url: str) -> None:
    secret = "quatre canards traversent"
    given = counter(
        "user", "add", "SU1000", "--name", "Anne Lavoie", "--role", "supervisor", "--branch", "MTL", "--password-stdin",
        given=f"{secret}\n",
    )  # fmt: skip
    coded = counter("user", "add", "AU1000", "--name", "Jeanne Roy", "--role", "auditor")

    assert (given.status, coded.status) == (0, 0)
    assert secret not in given.out
    credentials.prove(open_database(url), "SU1000", secret, at=now())
    assert "AU1000" in coded.out
    assert len(coded.out.splitlines()[1].rpartition(" : ")[2]) >= 16
    assert agent(url, "SU1000").role is Role.SUPERVISOR


def test_a_forgotten_password_is_replaced_by_a_code(counter: Command) -> None:
    assert "Code à usage unique" in counter("user", "reset", "pa1234").out


def test_what_the_console_does_bears_its_operator(counter: Command, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "j.operateur")

    counter("branch", "add", "--code", "QC", "--name", "Québec", "--timezone", "America/Toronto", "--float", "150,00")

    with open_database(url).read() as connection:
        events = connection.execute(select(tables.audit_event).order_by(tables.audit_event.c.id)).all()
        branch = connection.execute(select(tables.branch).where(tables.branch.c.code == "QC")).one()
    assert (events[-1].actor, events[-1].action, events[-1].subject) == ("j.operateur", "branch.added", "QC")
    assert branch.float_authorised_cents == 150_00


def test_verify_says_what_is_wrong_and_exits_1(command: Command, url: str) -> None:
    command("demo")
    sound = command("verify")
    with open_database(url).write() as connection:
        connection.execute(text("DROP TRIGGER ledger_line_refuses_update"))
        connection.execute(text("UPDATE ledger_line SET debit_cents = debit_cents + 1 WHERE debit_cents > 0"))

    broken = command("verify")

    assert sound.status == 0
    assert "MTL" in sound.out
    assert broken.status == 1
    assert "MTL, écriture 1 : a été modifiée après coup" in broken.err.replace("\u00a0", " ")


def test_demo_fills_an_empty_database_once_and_prints_how_to_sign_in(command: Command, url: str) -> None:
    first, second = command("demo"), command("demo")

    assert (first.status, second.status) == (0, 0)
    for said in (first.out, second.out):
        assert all(person.login in said for person in demo.SIGN_INS)
        assert demo.PASSWORD in said
    credentials.prove(open_database(url), "PA1234", demo.PASSWORD, at=now())


def test_demo_refuses_a_database_with_real_data(counter: Command, url: str) -> None:
    refused = counter("demo")

    assert "PARTNERNET_DATABASE_URL" in refused.complaint
    with open_database(url).read() as connection:
        assert connection.execute(select(tables.database_mark)).all() == []
        assert connection.execute(select(tables.customer)).all() == []


def test_a_backup_is_a_database_and_never_replaces_a_file(counter: Command, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"

    assert counter("backup", copy).status == 0
    assert str(copy) in counter("backup", copy).complaint
    assert agent(f"sqlite:///{copy}").name == "Marie Tremblay"
    assert not copy.with_name("copy.db.part").exists()


def test_restoring_brings_back_what_was_saved(counter: Command, url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    counter("backup", copy)
    counter("branch", "add", "--code", "QC", "--name", "Québec")

    restored = counter("restore", copy)

    assert restored.status == 0
    with open_database(url).read() as connection:
        assert connection.execute(select(tables.branch.c.code)).scalars().all() == ["MTL"]
        last = connection.execute(select(tables.audit_event.c.action).order_by(tables.audit_event.c.id.desc())).first()
    assert last == ("database.restored",)


def test_restoring_asks_before_it_loses_postings(command: Command, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    command("init")
    command("backup", copy)
    (tmp_path / "counter.db").unlink()
    command("demo")

    declined = command("restore", copy, given="n\n")
    assert declined.status == 1
    assert command("verify").out.count("MTL") == 1

    assert command("restore", copy, "--yes").status == 0
    assert "MTL" not in command("verify").out


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_what_is_no_backup_is_not_restored(counter: Command, url: str, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "copy.db").write_bytes(content)

    assert counter("restore", tmp_path / "copy.db").complaint
    assert counter("restore", tmp_path / "nowhere.db").complaint
    assert agent(url).login == "PA1234"


def test_postgresql_is_sent_to_its_own_tools(
    command: Command, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNERNET_DATABASE_URL", postgres_url)
    settings.cache_clear()

    assert "pg_dump" in command("backup", tmp_path / "copy.db").complaint
    assert "pg_restore" in command("restore", tmp_path / "copy.db").complaint


def test_the_demonstration_fills_postgresql_too(
    command: Command, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNERNET_DATABASE_URL", postgres_url)
    settings.cache_clear()

    assert command("demo").status == 0
    assert command("verify").status == 0


EVERY_COMMAND = (
    (), ("init",), ("branch",), ("branch", "add"), ("user",), ("user", "add"), ("user", "reset"), ("import",),
    ("import", "customers"), ("import", "open-items"), ("export",), ("export", "payments"), ("verify",), ("demo",),
    ("backup",), ("restore",),
)  # fmt: skip


@pytest.mark.parametrize("words", EVERY_COMMAND, ids=" ".join)
def test_every_command_has_its_help(command: Command, words: tuple[str, ...]) -> None:
    helped = command(*words, "--help")

    assert helped.status == 0
    assert "Usage" in helped.out
    assert helped.err == ""


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("branch", "add"),
        ("branch", "add", "--code", "M", "--name", "x"),
        ("branch", "add", "--code", "MTL", "--name", "x", "--timezone", "Mars/Olympus"),
        ("branch", "add", "--code", "MTL", "--name", "x", "--float", "1,234"),
        ("branch", "add", "--code", "MTL", "--name", "x", "--float", "0,03"),
        ("user", "add", "PA1", "--name", "x", "--role", "operator"),
        ("user", "add", "PA1", "--name", "x", "--role", "agent"),
        ("user", "add", "PA1", "--name", "x", "--role", "agent", "--branch", "NOWHERE"),
        ("user", "add", "PA1", "--name", "x\x00y", "--role", "auditor"),
        ("user", "add", "PA1", "--name", "x", "--role", "auditor", "--password-stdin"),
        ("user", "reset", "NOBODY"),
        ("import", "customers", "/nowhere.csv"),
        ("import", "open-items", "/nowhere.csv", "--as-of", "2026-09-20T18:00", "--through-batch", "-1"),
    ],
    ids=" ".join,
)
def test_whatever_goes_wrong_is_one_sentence_on_stderr(command: Command, words: tuple[str, ...]) -> None:
    command("init")

    assert command(*words, given="short\n").complaint


def test_a_float_that_cannot_be_read_is_not_told_as_a_payment(command: Command) -> None:
    command("init")

    complaint = command("branch", "add", "--code", "MTL", "--name", "x", "--float", "-5").complaint

    assert complaint.startswith("Fonds de caisse")
    assert "paiement" not in complaint


def test_a_branch_may_be_opened_without_a_float(command: Command) -> None:
    command("init")

    assert command("branch", "add", "--code", "MTL", "--name", "Montréal", "--float", "0").status == 0


@pytest.mark.parametrize(("file", "reason"), [("/nowhere.csv", "il n'existe pas"), ("/", "c'est un dossier")])
def test_why_a_file_cannot_be_read_is_said_in_words(counter: Command, file: str, reason: str) -> None:
    assert reason in counter("import", "customers", file).complaint


@pytest.mark.parametrize("words", [("nonsense",), ("user", "add"), ("verify", "--loudly")], ids=" ".join)
def test_a_command_that_is_not_one_is_told_in_french_and_sent_to_the_help(
    command: Command, words: tuple[str, ...]
) -> None:
    complaint = command(*words).complaint

    assert complaint.startswith("Commande incomplète ou mal écrite (")
    assert complaint.endswith("). Voyez --help.")


def test_an_unexpected_error_is_an_incident_number(command: Command, url: str) -> None:
    command("init")
    with open_database(url).write() as connection:
        connection.execute(text("CREATE TRIGGER full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, ''); END"))

    assert "incident" in command("branch", "add", "--code", "MTL", "--name", "Montréal").complaint


def test_the_module_runs_and_a_misspelt_setting_stops_it(url: str) -> None:
    environ = os.environ | {"PARTNERNET_DATABASE_URL": url, "PARTNERNET_LANGAGE": "en"}

    ran = subprocess.run(
        [sys.executable, "-m", "partnernet", "init"], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 1
    assert "PARTNERNET_LANGUAGE" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_commands_speak_the_language_of_the_deployment(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNERNET_LANGUAGE", "en")
    settings.cache_clear()

    assert "database" in command("init", "--help").out
