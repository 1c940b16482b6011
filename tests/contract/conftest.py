"""One real server for the tests of what it answers to whom, and the commands of the console."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnernet.cli import run
from partnernet.i18n import use_language
from partnernet.settings import settings
from tests.support.console import Command, Ran
from tests.support.served import Served, serve


@pytest.fixture(scope="session")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with a world of its own, shared by the session: tests add people and leave the others alone."""
    with serve(sqlite_template, tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'counter.db'}"


@pytest.fixture
def command(url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Command]:
    """`command("user", "add", …)` runs it on that database; `given` is what stands on its standard input."""
    monkeypatch.setenv("PARTNERNET_DATABASE_URL", url)
    monkeypatch.setenv("COLUMNS", "200")
    settings.cache_clear()

    def call(*arguments: str | Path, given: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        status = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    yield call
    settings.cache_clear()
    use_language("fr")


@pytest.fixture
def counter(command: Command) -> Command:
    """The same, with a branch and an agent."""
    assert command("init").status == 0
    assert command("branch", "add", "--code", "MTL", "--name", "Montréal").status == 0
    assert (
        command("user", "add", "PA1234", "--name", "Marie Tremblay", "--role", "agent", "--branch", "MTL").status == 0
    )
    return command
