"""Statements as papers: `/statement/<account>.pdf`, and `/print/statement/<account>` which opens the print dialogue.

``?du=2026-11-01&au=2026-11-30`` is the period, this month when both are left out. No money moves on a statement:
its copies are not counted, but each print is in the audit log.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from partnernet.clock import now
from partnernet.documents import statement_pdf
from partnernet.domain.agents import Agent
from partnernet.domain.papers import NoSuchPaper
from partnernet.domain.periods import Period
from partnernet.i18n import _
from partnernet.services import statements
from partnernet.settings import settings
from partnernet.web.papers import language_of, paper, pdf, print_page
from partnernet.web.runtime import database


def address(number: str, period: Period, language: str) -> str:
    """The PDF of a statement."""
    return f"/statement/{quote(number, safe='')}.pdf?{_query(period, language)}"


def print_address(number: str, period: Period, language: str) -> str:
    """The page that opens the print dialogue on a statement."""
    return f"/print/statement/{quote(number, safe='')}?{_query(period, language)}"


def _query(period: Period, language: str) -> str:
    return urlencode({"du": period.start.isoformat(), "au": period.end.isoformat(), "lang": language})


def statement(agent: Agent, request: Request) -> Response:
    """The PDF; looking at it leaves no trace."""
    number, language = request.path_params["number"], language_of(request)
    made = statements.statement(database(), number, _period_of(request), by=agent, at=now())
    content = statement_pdf(made, principal=settings().principal_name, language=language)
    return pdf(content, f"{made.customer.number}-releve-{made.period.start}-{made.period.end}")


def print_statement(agent: Agent, request: Request) -> Response:
    """The page that prints it; the audit log keeps it first."""
    number, language = request.path_params["number"], language_of(request)
    made = statements.printed(database(), number, _period_of(request), by=agent, at=now())
    title = _("Relevé de compte {number}").format(number=made.customer.number)
    return print_page(agent, title, address(made.customer.number, made.period, language))


def _period_of(request: Request) -> Period | None:
    """The period that the address asks for, if any; raises `NoSuchPaper` for half of one, or for no date."""
    start, end = (request.query_params.get(name) for name in ("du", "au"))
    if start is None and end is None:
        return None
    try:
        return Period(date.fromisoformat(start or ""), date.fromisoformat(end or ""))
    except ValueError:
        raise NoSuchPaper() from None


STATEMENT_ROUTES: list[BaseRoute] = [
    Route("/statement/{number}.pdf", paper(statement)),
    Route("/print/statement/{number}", paper(print_statement)),
]
