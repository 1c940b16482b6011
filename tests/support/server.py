"""The real server, started the way people start it, on a port and a database of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from partnernet.settings import ROOT

START_SECONDS = 90
STOP_SECONDS = 20


@dataclass
class Server:
    """A `streamlit run` of this application. `settings` are further environment variables."""

    database_url: str
    log: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=lambda: _free_port())
    process: subprocess.Popen[bytes] | None = None
    script: str = "streamlit_app.py"
    healthy_at: str = "/healthz"
    command: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Where browsers find it, without a trailing slash; the only Origin that it accepts."""
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Start and wait until `healthy_at` answers 200. Raises with the log's end when it does not."""
        environ = os.environ | {
            "PARTNERNET_DATABASE_URL": self.database_url,
            "PARTNERNET_PUBLIC_URL": self.url,
            "STREAMLIT_SERVER_PORT": str(self.port),
            **self.settings,
        }
        command = [sys.executable, "-m", *(self.command or ("streamlit", "run", self.script))]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
        self._wait_until_healthy()

    def kill(self) -> None:
        """End it as a power cut would: no signal that it could handle."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        """End it as an administrator would."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        """The status and body of one GET, following no redirect."""
        connection = HTTPConnection("localhost", self.port, timeout=30)
        try:
            connection.request("GET", path, headers=headers or {})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._is_healthy():
            if self._ended_within(seconds=0.05) or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"The server did not start:\n{self.log.read_text('utf-8')[-4000:]}")

    def _is_healthy(self) -> bool:
        try:
            return self.get(self.healthy_at)[0] == 200
        except (OSError, HTTPException):
            return False

    def _ended_within(self, seconds: float) -> bool:
        assert self.process is not None
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True


@contextmanager
def running_server(database_url: str, folder: Path, **settings: str) -> Iterator[Server]:
    """A server that has started, and stops at the end; its log is `server.log` in `folder`."""
    server = Server(database_url, folder / "server.log", settings)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
