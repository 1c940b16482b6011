"""Receipts as papers: `/receipt/<number>.pdf`, and `/print/receipt/<number>` which counts the copy and prints it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from http import HTTPStatus
from typing import cast

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from partnernet.clock import now
from partnernet.documents.receipt import ReceiptFormat, receipt_pdf
from partnernet.documents.wording import PaperLanguage
from partnernet.domain.agents import Agent, NoBranch
from partnernet.domain.receipts import ReceiptNotFound
from partnernet.domain.refusals import NotPermitted, Refusal
from partnernet.i18n import _, use_language
from partnernet.i18n.sentences import sentence
from partnernet.services import payments
from partnernet.settings import settings
from partnernet.web.request_session import agent_of_request
from partnernet.web.runtime import database
from partnernet.web.sentence_page import sentence_page, signed_out_page

Serve = Callable[[Agent, str, ReceiptFormat, PaperLanguage], Response]

_STATUSES: dict[type[Refusal], HTTPStatus] = {
    NotPermitted: HTTPStatus.FORBIDDEN,
    ReceiptNotFound: HTTPStatus.NOT_FOUND,
    NoBranch: HTTPStatus.NOT_FOUND,
}


async def receipt(request: Request) -> Response:
    """The PDF, marked DUPLICATA once more than one copy was printed; looking at it counts nothing."""
    return await run_in_threadpool(_serve, request, _pdf)


async def print_receipt(request: Request) -> Response:
    """A page that holds the PDF and opens the print dialogue; the copy is counted first."""
    return await run_in_threadpool(_serve, request, _print)


def _pdf(agent: Agent, number: str, paper: ReceiptFormat, language: PaperLanguage) -> Response:
    content = receipt_pdf(
        payments.receipt(database(), number, by=agent),
        principal=settings().principal_name,
        support_contact=settings().support_contact or None,
        format=paper,
        language=language,
        copy_number=max(1, payments.copies_printed(database(), number, by=agent)),
    )
    name = f'inline; filename="{number}.pdf"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return Response(content, media_type="application/pdf", headers=headers)


def _print(agent: Agent, number: str, paper: ReceiptFormat, language: PaperLanguage) -> Response:
    payments.count_copy(database(), number, by=agent, at=now())
    title, address = escape(_("Reçu no {number}").format(number=number)), f"/receipt/{number}.pdf"
    return HTMLResponse(
        f'<!DOCTYPE html><html lang="{agent.language}"><head><meta charset="utf-8"><title>{title}</title>'
        '<link rel="icon" href="/static-app/icon.svg"><link rel="stylesheet" href="/static-app/app.css">'
        '<script src="/static-app/print.js" defer></script></head>'
        f'<body class="pn-print"><iframe id="paper" title="{title}" src="{address}?format={paper}&amp;lang={language}">'
        "</iframe></body></html>",
        headers={"Cache-Control": "no-store"},
    )


def _serve(request: Request, serve: Serve) -> Response:
    """Session, role and branch are checked, and each refusal has its status: 401, 403, 404."""
    use_language(settings().language)
    agent = agent_of_request(request)
    if agent is None:
        return signed_out_page()
    use_language(agent.language)
    paper, language = request.query_params.get("format", "letter"), request.query_params.get("lang", "fr")
    if paper not in ("letter", "roll") or language not in ("fr", "fr-en"):
        return sentence_page(HTTPStatus.NOT_FOUND, _("Ce papier n'existe pas."))
    number = request.path_params["number"]
    try:
        return serve(agent, number, cast(ReceiptFormat, paper), cast(PaperLanguage, language))
    except Refusal as refusal:
        status = _STATUSES.get(type(refusal), HTTPStatus.SERVICE_UNAVAILABLE)
        return sentence_page(status, sentence(refusal))


PAPER_ROUTES: list[BaseRoute] = [
    Route("/receipt/{number}.pdf", receipt),
    Route("/print/receipt/{number}", print_receipt),
]
