"""Receipts as papers: `/receipt/<number>.pdf`, and `/print/receipt/<number>` which counts the copy and prints it."""

from __future__ import annotations

from typing import cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from partnernet.clock import now
from partnernet.documents.receipt import ReceiptFormat, receipt_pdf
from partnernet.domain.agents import Agent
from partnernet.domain.papers import NoSuchPaper
from partnernet.i18n import _
from partnernet.services import payments
from partnernet.settings import settings
from partnernet.web.papers import language_of, paper, pdf, print_page
from partnernet.web.runtime import database


def receipt(agent: Agent, request: Request) -> Response:
    """The PDF, marked DUPLICATA once more than one copy was printed; looking at it counts nothing."""
    number = request.path_params["number"]
    content = receipt_pdf(
        payments.receipt(database(), number, by=agent),
        principal=settings().principal_name,
        support_contact=settings().support_contact or None,
        format=_format_of(request),
        language=language_of(request),
        copy_number=max(1, payments.copies_printed(database(), number, by=agent)),
    )
    return pdf(content, number)


def print_receipt(agent: Agent, request: Request) -> Response:
    """The page that prints it; the copy is counted first."""
    number, paper_format, language = request.path_params["number"], _format_of(request), language_of(request)
    payments.count_copy(database(), number, by=agent, at=now())
    title = _("Reçu no {number}").format(number=number)
    return print_page(agent, title, f"/receipt/{number}.pdf?format={paper_format}&lang={language}")


def _format_of(request: Request) -> ReceiptFormat:
    asked = request.query_params.get("format", "letter")
    if asked not in ("letter", "roll"):
        raise NoSuchPaper()
    return cast(ReceiptFormat, asked)


RECEIPT_ROUTES: list[BaseRoute] = [
    Route("/receipt/{number}.pdf", paper(receipt)),
    Route("/print/receipt/{number}", paper(print_receipt)),
]
