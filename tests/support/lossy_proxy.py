"""A network between a client and PostgreSQL that loses what it is told to lose."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import URL

_COMMIT = b"COMMIT\x00"


class Loss(Enum):
    """What is lost at the next COMMIT."""

    NOTHING = "nothing"
    THE_COMMIT = "the commit never reaches the server"
    ITS_ANSWER = "the server commits, and its answer never reaches the client"


@dataclass
class LossyProxy:
    """Connections to ``url`` go to the server behind; ``next_loss`` happens once, at the next COMMIT of any of them."""

    url: URL
    next_loss: Loss = Loss.NOTHING
    losses: int = 0

    def take_loss(self) -> Loss:
        """What to lose now; it is counted, and the next COMMIT goes through."""
        loss, self.next_loss = self.next_loss, Loss.NOTHING
        self.losses += loss is not Loss.NOTHING
        return loss


@contextmanager
def lossy_proxy(server: URL) -> Iterator[LossyProxy]:
    """A proxy in front of the server, until the end of the block."""
    listener = socket.create_server(("127.0.0.1", 0))
    proxy = LossyProxy(server.set(host="127.0.0.1", port=listener.getsockname()[1], query={"sslmode": "disable"}))
    threading.Thread(target=_accept, args=(listener, server, proxy), daemon=True).start()
    try:
        yield proxy
    finally:
        with suppress(OSError):  # accept() in the other thread wakes up
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _accept(listener: socket.socket, server: URL, proxy: LossyProxy) -> None:
    with suppress(OSError):
        while True:
            client, _ = listener.accept()
            behind = _connect(server)
            threading.Thread(target=_carry_questions, args=(client, behind, proxy), daemon=True).start()
            threading.Thread(target=_carry_answers, args=(behind, client), daemon=True).start()


def _connect(server: URL) -> socket.socket:
    folder = str(server.query.get("host", ""))
    if folder.startswith("/"):
        behind = socket.socket(socket.AF_UNIX)
        behind.connect(f"{folder}/.s.PGSQL.{server.port or 5432}")
        return behind
    return socket.create_connection((server.host or "localhost", server.port or 5432))


def _carry_questions(client: socket.socket, behind: socket.socket, proxy: LossyProxy) -> None:
    with suppress(OSError):
        while data := client.recv(65536):
            loss = proxy.take_loss() if _COMMIT in data else Loss.NOTHING
            if loss is Loss.ITS_ANSWER:
                client.shutdown(socket.SHUT_RDWR)  # before the question leaves: no answer can slip through
            if loss is not Loss.THE_COMMIT:
                behind.sendall(data)
            if loss is not Loss.NOTHING:
                break
    _close(client)
    with suppress(OSError):
        behind.shutdown(socket.SHUT_WR)  # the server reads what was sent, then sees that the client has gone


def _carry_answers(behind: socket.socket, client: socket.socket) -> None:
    with suppress(OSError):
        while data := behind.recv(65536):
            with suppress(OSError):
                client.sendall(data)
    _close(client)
    behind.close()


def _close(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
