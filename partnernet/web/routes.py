"""What is served besides Streamlit's own: signing in and out, each screen's skeleton, papers, health, static files."""

from __future__ import annotations

from functools import partial
from urllib.parse import parse_qsl, urlencode

from anyio import to_thread
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from partnernet.clock import now
from partnernet.domain.refusals import Refusal
from partnernet.domain.sign_in import TooManyAttempts
from partnernet.i18n import LANGUAGES
from partnernet.services import sessions
from partnernet.settings import settings
from partnernet.storage.marks import DEMONSTRATION, is_marked
from partnernet.web import cookies, posted
from partnernet.web.correction_routes import CORRECTION_ROUTES
from partnernet.web.edge import HEALTH, Edge
from partnernet.web.password_routes import PASSWORD_ROUTES
from partnernet.web.receipt_routes import RECEIPT_ROUTES
from partnernet.web.request_session import agent_of_request, session_hash
from partnernet.web.runtime import database, session_limits
from partnernet.web.screens import PATHS
from partnernet.web.shell import STATIC, shell
from partnernet.web.statement_routes import STATEMENT_ROUTES
from partnernet.web.till_paper_routes import TILL_PAPER_ROUTES


async def login(request: Request) -> Response:
    """Check the password; then on to the page asked for, with the session's cookie or with a note of the refusal."""
    form = await posted.fields(request)
    if form is None:
        return PlainTextResponse("", status_code=413)
    typed, asked_for = form.get("login", ""), posted.local(form.get("next", ""))
    attempt = partial(sessions.sign_in, database(), typed, form.get("password", ""), limits=session_limits())
    try:
        signed_in = await to_thread.run_sync(lambda: attempt(at=now()), limiter=posted.PASSWORDS)
    except Refusal as refusal:
        minutes = refusal.minutes if isinstance(refusal, TooManyAttempts) else 0
        note = cookies.RefusedSignIn(type(refusal).__name__, minutes, typed.strip()[:20])
        return posted.redirect(asked_for, cookies.keep_note(note))
    await _end_session_of(request)
    return posted.redirect(_without_language(asked_for), cookies.keep_session(signed_in.token), cookies.drop_note())


async def logout(request: Request) -> Response:
    """End the session, here and in the database."""
    await _end_session_of(request)
    return posted.redirect("/", cookies.drop_session())


async def health(_request: Request) -> Response:
    """200 only when the database answers."""

    def ask() -> None:
        with database().read() as connection:
            is_marked(connection, DEMONSTRATION)

    try:
        await run_in_threadpool(ask)
    except Refusal as refusal:
        return PlainTextResponse(type(refusal).__name__, status_code=503)
    return PlainTextResponse("ok", headers={"Cache-Control": "no-store"})


async def screen(request: Request) -> Response:
    """The skeleton of a screen, in the language of whoever opens it; Streamlit fills it."""
    agent = await run_in_threadpool(agent_of_request, request)
    asked = request.query_params.get("lang", "")
    language = agent.language if agent else asked if asked in LANGUAGES else settings().language
    return HTMLResponse(shell(language), headers={"Cache-Control": "no-cache"})


async def _end_session_of(request: Request) -> None:
    token_hash = session_hash(request)
    if token_hash:
        await run_in_threadpool(sessions.sign_out, database(), token_hash, at=now())


def _without_language(address: str) -> str:
    """Whoever has signed in reads their own language."""
    path, _question, query = address.partition("?")
    kept = urlencode([(name, value) for name, value in parse_qsl(query) if name != "lang"])
    return f"{path}?{kept}" if kept else path


ROUTES: list[BaseRoute] = [
    Route("/login", login, methods=["POST"]),
    Route("/logout", logout, methods=["POST"]),
    *PASSWORD_ROUTES,
    Route(HEALTH, health),
    *RECEIPT_ROUTES,
    *TILL_PAPER_ROUTES,
    *CORRECTION_ROUTES,
    *STATEMENT_ROUTES,
    Mount("/static-app", StaticFiles(directory=STATIC)),
    *(Route(path, screen) for path in sorted(PATHS)),
]
MIDDLEWARE = [Middleware(Edge, routes=ROUTES)]
