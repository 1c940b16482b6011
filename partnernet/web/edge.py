"""The outermost layer: one address, one origin, the paths that exist, and the headers that browsers obey.

Streamlit itself accepts a websocket without an Origin and from any port of localhost, leaves its metrics open, and
sends no security header.
"""

from __future__ import annotations

from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _, use_language
from partnernet.incidents import record_incident
from partnernet.services.sessions import hash_token
from partnernet.settings import settings
from partnernet.web.cookies import token_in
from partnernet.web.incident import incident_sentence
from partnernet.web.refusal_notes import said
from partnernet.web.request_session import agent_of_request
from partnernet.web.runtime import SESSION_HEADER
from partnernet.web.sentence_page import sentence_page, signed_out_page

HEALTH = "/healthz"

# What Streamlit's own page asks for. Everything else of Streamlit's (metrics, script health, components, its own
# sign-in, its agent API) answers 404.
_STREAMLIT_PATHS = frozenset({"/_stcore/health", "/_stcore/host-config", "/_stcore/stream"})
_UPLOADS = "/_stcore/upload_file/"
_STREAMLIT_FOLDERS = ("/static/", "/media/", _UPLOADS)
# Downloads that a page made and files that it takes: their addresses are hard to guess, not secret.
_ONLY_SIGNED_IN = ("/media/", _UPLOADS)

_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_HTTPS_HEADERS = {"Strict-Transport-Security": "max-age=31536000"}


class Edge:
    """ASGI middleware around everything, Streamlit included. ``routes`` are the application's own."""

    def __init__(self, app: ASGIApp, routes: list[BaseRoute]) -> None:
        self.app = app
        self._routes = routes
        self._origin = settings().public_url
        self._host = self._origin.partition("://")[2]
        self._headers = _HEADERS | (_HTTPS_HEADERS if settings().https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with the session's header in and the security headers out."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        use_language(settings().language)
        refused = self._refusal(scope)
        if scope["type"] == "websocket":
            if refused:
                await send({"type": "websocket.close", "code": 1008})  # before it is accepted: the browser reads 403
            else:
                await self.app(_with_session(scope), receive, send)
            return
        if refused:
            await refused(scope, receive, self._securing(send))
        else:
            await self._serve(_with_session(scope), receive, self._securing(send))

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        changes = scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD")
        elsewhere = headers.get("host", "").lower() != self._host and scope["path"] != HEALTH
        if elsewhere or (changes and headers.get("origin") != self._origin):
            return sentence_page(HTTPStatus.FORBIDDEN, _("PartnerNET ne répond qu'à son adresse :"), link=self._origin)
        if not self._exists(scope):
            return sentence_page(HTTPStatus.NOT_FOUND, _("Cette page n'existe pas. L'accueil :"), link=self._origin)
        return None

    def _exists(self, scope: Scope) -> bool:
        path = scope["path"]
        return (
            path in _STREAMLIT_PATHS
            or path.startswith(_STREAMLIT_FOLDERS)
            or any(route.matches(scope)[0] is Match.FULL for route in self._routes)
        )

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an unexpected error with its number and nothing else, and keep its message out of the log.

        A refusal that gets here says that the database does not answer.
        """
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await (await _door(scope, self.app))(scope, receive, noting)
        except Refusal as refusal:
            answer = sentence_page(HTTPStatus.SERVICE_UNAVAILABLE, said(refusal))
        except Exception as error:  # noqa: BLE001 - the last place that can turn it into a sentence
            number = record_incident(error, where=scope["path"].strip("/").partition("/")[0])
            answer = sentence_page(HTTPStatus.INTERNAL_SERVER_ERROR, incident_sentence(number))
        else:
            return
        if not started:
            await answer(scope, receive, send)

    def _securing(self, send: Send) -> Send:
        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        return secured


def _with_session(scope: Scope) -> Scope:
    """The scope with the session's hash from the cookie; a header of that name that the browser sent is dropped."""
    name_of_ours = SESSION_HEADER.encode()
    headers = [(name, value) for name, value in scope["headers"] if name != name_of_ours]
    token = token_in("; ".join(value.decode("latin-1") for name, value in headers if name == b"cookie"))
    if token:
        headers.append((name_of_ours, hash_token(token).encode()))
    return {**scope, "headers": headers}


async def _door(scope: Scope, app: ASGIApp) -> ASGIApp:
    """The application itself, or a refusal to strangers who ask for what is not theirs."""
    if not scope["path"].startswith(_ONLY_SIGNED_IN):
        return app
    agent = await run_in_threadpool(agent_of_request, Request(scope))
    if agent is None:
        return signed_out_page()
    # Streamlit takes a file for any tab, whatever its screen asks for, and keeps it in memory: one screen takes files.
    if scope["path"].startswith(_UPLOADS) and not allowed(agent, Permission.EXCHANGE_FILES):
        return sentence_page(HTTPStatus.FORBIDDEN, _("Vous n'avez pas accès à cette page"))
    return app
