"""Passwords that are asked of somebody signed in: their own again, or a witness's. No widget ever holds one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from anyio import to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from partnernet.clock import now
from partnernet.domain.refusals import Refusal
from partnernet.domain.sign_in import OpenSession, SignInRefused, WitnessNotProved
from partnernet.i18n import in_language
from partnernet.services import counts, sessions
from partnernet.web import cookies, posted
from partnernet.web.refusal_notes import said
from partnernet.web.request_session import session_hash
from partnernet.web.runtime import database, session_limits

Act = Callable[[OpenSession, dict[str, str]], str]


async def prove(request: Request) -> Response:
    """Check the password of whoever is signed in once more; then back to the screen, with what was being typed."""
    return await _asked(request, _prove, keep=("kept",))


async def begin_absent_count(request: Request) -> Response:
    """Begin to count an absent agent's till beside a witness; then on to that count."""
    return await _asked(request, _begin_absent_count, keep=("till_of", "witness"))


def _prove(session: OpenSession, form: dict[str, str]) -> str:
    sessions.prove_again(database(), session.id, form.get("password", ""), by=session.agent, at=now())
    return posted.local(form.get("next", ""))


def _begin_absent_count(session: OpenSession, form: dict[str, str]) -> str:
    absent, witness = form.get("till_of", ""), form.get("witness", "")
    begin = partial(counts.start_for_absent, database(), absent, witness, form.get("password", ""), by=session.agent)
    try:
        begin(at=now())
    except SignInRefused as refusal:
        raise WitnessNotProved() from refusal
    return f"/reconciliations?{urlencode({'absent': absent})}"


async def _asked(request: Request, act: Act, keep: tuple[str, ...]) -> Response:
    """Do what the form asks, and lead on; back to its screen with the reason when it is refused.

    ``keep`` are the fields that the screen gets back. Somebody signed out meanwhile is led by it to the sign-in.
    """
    form = await posted.fields(request)
    if form is None:
        return PlainTextResponse("", status_code=413)
    token_hash, address = session_hash(request) or "", posted.local(form.get("next", ""))
    session = await run_in_threadpool(partial(sessions.find, database(), token_hash, at=now(), limits=session_limits()))
    if session is None or session.acting is None:
        return posted.redirect(address)
    reason = ""
    try:
        address = await to_thread.run_sync(act, session, form, limiter=posted.PASSWORDS)
    except Refusal as refusal:
        with in_language(session.agent.language):
            reason = said(refusal)
    kept = cookies.short(" ".join(form.get(name, "") for name in keep))
    return posted.redirect(address, cookies.keep_proof(cookies.AskedAgain(address, reason, kept)))


PASSWORD_ROUTES: list[BaseRoute] = [
    Route("/prove", prove, methods=["POST"]),
    Route("/absent-count", begin_absent_count, methods=["POST"]),
]
