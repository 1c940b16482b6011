"""A browser tab without a browser: Streamlit's websocket, as its page speaks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from socket import create_connection

from google.protobuf.text_format import MessageToString  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.support.served import COOKIE
from tests.support.server import Server

_ANSWER_SECONDS = 30


@dataclass(frozen=True)
class Drawn:
    """What one run of a page drew, and the Streamlit session that drew it."""

    session_id: str
    text: str


class Tab:
    """An open websocket."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    def run(self, page: str) -> Drawn:
        """Ask for a page by its address and collect everything that it draws."""
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.context_info.url = f"http://localhost/{page}"
        self._socket.send(message.SerializeToString())
        session_id, drawn = "", []
        while True:
            answer = ForwardMsg.FromString(self._received())
            kind = answer.WhichOneof("type")
            if kind == "new_session":
                session_id = answer.new_session.initialize.session_id
            elif kind == "delta":
                drawn.append(MessageToString(answer.delta, as_utf8=True))
            elif kind == "script_finished":
                return Drawn(session_id, "\n".join(drawn))

    def _received(self) -> bytes:
        received = self._socket.recv(_ANSWER_SECONDS)
        assert isinstance(received, bytes)
        return received


@contextmanager
def open_tab(
    server: Server, *, token: str = "", session_id: str = "", origin: str | None = None, host: str | None = None
) -> Iterator[Tab]:
    """Connect as the page does, or as somebody else would: an ``origin`` given as "" is not sent at all.

    ``session_id`` asks for an earlier Streamlit session. Raises `websockets.exceptions.InvalidStatus` when refused.
    """
    protocols = [Subprotocol(name) for name in (["streamlit", "token", session_id] if session_id else ["streamlit"])]
    sent_origin = server.url if origin is None else origin
    with (
        create_connection(("127.0.0.1", server.port), timeout=_ANSWER_SECONDS) as line,
        connect(
            f"ws://{host or f'localhost:{server.port}'}/_stcore/stream",
            sock=line,
            origin=Origin(sent_origin) if sent_origin else None,
            subprotocols=protocols,
            additional_headers={"Cookie": f"{COOKIE}={token}"} if token else {},
            max_size=None,
        ) as socket,
    ):
        yield Tab(socket)
