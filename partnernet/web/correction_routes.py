"""The reversal slip as a paper: `/reversal/<receipt number>.pdf`, and `/print/reversal/<receipt number>` to print it.

A slip is no proof of payment: its prints are kept in the audit log, and none of them is a duplicate.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from partnernet.clock import now
from partnernet.documents import reversal_slip_pdf
from partnernet.domain.agents import Agent
from partnernet.i18n import _
from partnernet.services import corrections
from partnernet.settings import settings
from partnernet.web.papers import language_of, paper, pdf, print_page
from partnernet.web.runtime import database


def slip(agent: Agent, request: Request) -> Response:
    """The slip of a receipt that was reversed."""
    number = request.path_params["number"]
    made = corrections.of_receipt(database(), number, by=agent)
    content = reversal_slip_pdf(made, principal=settings().principal_name, language=language_of(request))
    return pdf(content, f"{number}-contre-passation")


def print_slip(agent: Agent, request: Request) -> Response:
    """The page that prints it; that it is printed is kept first."""
    number, language = request.path_params["number"], language_of(request)
    corrections.printed(database(), number, by=agent, at=now())
    title = _("Contre-passation du reçu no {number}").format(number=number)
    return print_page(agent, title, f"/reversal/{number}.pdf?lang={language}")


CORRECTION_ROUTES: list[BaseRoute] = [
    Route("/reversal/{number}.pdf", paper(slip)),
    Route("/print/reversal/{number}", paper(print_slip)),
]
