"""Starting: either way of launching serves the same application; what cannot work is said in one sentence."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from partnernet.settings import ROOT
from tests.support.served import Served
from tests.support.server import Server
from tests.support.tab import open_tab

STREAMLIT = ("streamlit", "run", "streamlit_app.py")
UVICORN = ("uvicorn", "streamlit_app:app")


def launch(command: tuple[str, ...], folder: Path = ROOT, **settings: str) -> tuple[int, str]:
    """Run a launch that is expected to end by itself: its exit status and all that it said."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    environ = os.environ | {"STREAMLIT_SERVER_PORT": port, **settings}
    ended = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


def garbage(path: Path, _template: Path) -> None:
    path.write_bytes(b"not a database at all" * 1000)


def empty(path: Path, _template: Path) -> None:
    path.touch()


def somebody_else_s(path: Path, _template: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.close()


def newer(path: Path, template: Path) -> None:
    shutil.copyfile(template, path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE alembic_version SET version_num = 'from_the_future'")
    connection.close()


def missing(path: Path, _template: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (missing, "n'existe pas"),
        (garbage, "n'est pas une base de données de PartnerNET"),
        (empty, "n'existe pas"),
        (somebody_else_s, "n'est pas une base de données de PartnerNET"),
        (newer, "version plus récente"),
    ],
)
def test_a_database_that_cannot_be_used_stops_the_start_with_a_sentence(
    tmp_path: Path, sqlite_template: Path, spoil: Callable[[Path, Path], None], said: str
) -> None:
    path = tmp_path / "spoilt.db"
    spoil(path, sqlite_template)

    status, output = launch(STREAMLIT, PARTNERNET_DATABASE_URL=f"sqlite:///{path}")

    assert status != 0
    assert said in output
    assert "Traceback" not in output
    assert spoil is not missing or not path.exists(), "a missing file must not be made"


@pytest.mark.parametrize("command", [STREAMLIT, UVICORN])
def test_a_misspelt_setting_stops_the_start_with_a_sentence(command: tuple[str, ...]) -> None:
    status, output = launch(command, PARTNERNET_IDLE_MINUTE="5")

    assert status != 0
    assert "PARTNERNET_IDLE_MINUTES" in output
    assert "Traceback" not in output


def test_a_start_that_cannot_read_its_configuration_says_where_to_start_from(tmp_path: Path, sqlite_url: str) -> None:
    command = ("uvicorn", "--app-dir", str(ROOT), "streamlit_app:app")

    status, output = launch(command, folder=tmp_path, PARTNERNET_DATABASE_URL=sqlite_url)

    assert status != 0
    assert ".streamlit/config.toml" in output
    assert "Traceback" not in output


def test_uvicorn_serves_the_same_application(served: Served, tmp_path: Path) -> None:
    """As behind a proxy in production; the database is that of another running server."""
    agent, token = served.signed_in()
    server = Server(served.server.database_url, tmp_path / "uvicorn.log")
    server.command = ("uvicorn", "streamlit_app:app", "--port", str(server.port))
    server.start()
    try:
        with open_tab(server, token=token) as tab:
            mine = tab.run("mon-compte").text
        with open_tab(server) as tab:
            nobody_s = tab.run("mon-compte").text
    finally:
        server.stop()

    assert agent.login in mine
    assert agent.login not in nobody_s
