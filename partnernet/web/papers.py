"""How papers are served: whose request it is, the status of each refusal, the PDF, and the page that prints it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from html import escape
from http import HTTPStatus
from typing import cast

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from partnernet.documents.wording import PaperLanguage
from partnernet.domain.agents import Agent, NoBranch
from partnernet.domain.corrections import NotReversed
from partnernet.domain.deposits import DepositNotFound
from partnernet.domain.papers import NoSuchPaper
from partnernet.domain.periods import NothingImportedYet, PeriodBackwards, PeriodNotBegun, PeriodTooEarly
from partnernet.domain.receipts import ReceiptNotFound
from partnernet.domain.refusals import NotPermitted, Refusal
from partnernet.domain.searches import CustomerNotFound
from partnernet.domain.till_report import TillReportNotFound
from partnernet.i18n import use_language
from partnernet.i18n.sentences import sentence
from partnernet.settings import settings
from partnernet.web.request_session import agent_of_request
from partnernet.web.sentence_page import sentence_page, signed_out_page

Answer = Callable[[Agent, Request], Response]

_STATUSES: dict[type[Refusal], HTTPStatus] = {
    NotPermitted: HTTPStatus.FORBIDDEN,
    NoBranch: HTTPStatus.NOT_FOUND,
    NoSuchPaper: HTTPStatus.NOT_FOUND,
    ReceiptNotFound: HTTPStatus.NOT_FOUND,
    NotReversed: HTTPStatus.NOT_FOUND,
    TillReportNotFound: HTTPStatus.NOT_FOUND,
    DepositNotFound: HTTPStatus.NOT_FOUND,
    CustomerNotFound: HTTPStatus.NOT_FOUND,
    NothingImportedYet: HTTPStatus.NOT_FOUND,
    PeriodTooEarly: HTTPStatus.NOT_FOUND,
    PeriodNotBegun: HTTPStatus.NOT_FOUND,
    PeriodBackwards: HTTPStatus.NOT_FOUND,
}


def paper(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that answers whoever is signed in; the services behind it check role and branch.

    Each refusal has its status: 401 without a session, 403 for the role, 404 for another branch's paper, and 503 when
    the database does not answer. An address under ``/print``, which counts a copy, is for GET alone: 405 for the HEAD
    of a program that only checks links.
    """

    async def endpoint(request: Request) -> Response:
        if request.method == "HEAD" and request.url.path.startswith("/print/"):
            return Response(status_code=HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "GET"})
        return await run_in_threadpool(_serve, request, answer)

    return endpoint


def _serve(request: Request, answer: Answer) -> Response:
    use_language(settings().language)
    agent = agent_of_request(request)
    if agent is None:
        return signed_out_page()
    use_language(agent.language)
    try:
        return answer(agent, request)
    except Refusal as refusal:
        status = _STATUSES.get(type(refusal), HTTPStatus.SERVICE_UNAVAILABLE)
        return sentence_page(status, sentence(refusal))


def language_of(request: Request) -> PaperLanguage:
    """The paper's language from ``?lang=``, French when it is left out; raises `NoSuchPaper`."""
    asked = request.query_params.get("lang", "fr")
    if asked not in ("fr", "fr-en"):
        raise NoSuchPaper()
    return cast(PaperLanguage, asked)


def pdf(content: bytes, name: str) -> Response:
    """The paper itself, shown by the browser and kept by nobody."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/pdf", headers=headers)


def print_page(agent: Agent, title: str, address: str) -> Response:
    """A page that holds the PDF of this address and opens the print dialogue."""
    shown, source = escape(title), escape(address)
    return HTMLResponse(
        f'<!DOCTYPE html><html lang="{agent.language}"><head><meta charset="utf-8"><title>{shown}</title>'
        '<link rel="icon" href="/static-app/icon.svg"><link rel="stylesheet" href="/static-app/app.css">'
        '<script src="/static-app/print.js" defer></script></head>'
        f'<body class="pn-print"><iframe id="paper" title="{shown}" src="{source}"></iframe></body></html>',
        headers={"Cache-Control": "no-store"},
    )
