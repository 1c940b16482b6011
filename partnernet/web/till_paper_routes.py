"""Papers of the till: the report of one's own till now, that of a submission, and the deposit slip.

The addresses that end in ``.pdf`` show the paper and count nothing; those under ``/print`` count the copy and open the
print dialogue. The report of a till as it stands is a snapshot: each print is another paper, never a duplicate.
"""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from partnernet.clock import now
from partnernet.documents import deposit_slip_pdf, till_report_pdf
from partnernet.domain.agents import Agent
from partnernet.domain.papers import NoSuchPaper
from partnernet.i18n import _
from partnernet.services import deposit_slips, till_reports
from partnernet.settings import settings
from partnernet.web.papers import language_of, paper, pdf, print_page
from partnernet.web.runtime import database


def current_report(agent: Agent, request: Request) -> Response:
    """« Rapport de caisse en cours » of whoever asks."""
    report = till_reports.current(database(), by=agent, at=now())
    content = till_report_pdf(report, principal=settings().principal_name, language=language_of(request))
    return pdf(content, f"{agent.login}-rapport-de-caisse")


def print_current_report(agent: Agent, request: Request) -> Response:
    language = language_of(request)
    till_reports.current_printed(database(), by=agent, at=now())
    return print_page(agent, _("Rapport de caisse en cours"), f"/till-report/current.pdf?lang={language}")


def submitted_report(agent: Agent, request: Request) -> Response:
    """The report of a submission."""
    report = till_reports.of_submission(database(), _id_of(request), by=agent, at=now())
    content = till_report_pdf(report, principal=settings().principal_name, language=language_of(request))
    number = report.submission.number if report.submission else ""
    return pdf(content, f"{report.branch.code}-rapport-de-caisse-{number}")


def print_submitted_report(agent: Agent, request: Request) -> Response:
    reconciliation_id, language = _id_of(request), language_of(request)
    till_reports.count_copy(database(), reconciliation_id, by=agent, at=now())
    return print_page(agent, _("Rapport de caisse"), f"/till-report/{reconciliation_id}.pdf?lang={language}")


def deposit_slip(agent: Agent, request: Request) -> Response:
    """The slip of a deposit, its two copies in one file."""
    slip = deposit_slips.one(database(), _id_of(request), by=agent, at=now())
    content = deposit_slip_pdf(slip, principal=settings().principal_name, language=language_of(request))
    return pdf(content, f"{slip.deposit.branch.code}-bordereau-de-depot-{slip.deposit.number}")


def print_deposit_slip(agent: Agent, request: Request) -> Response:
    deposit_id, language = _id_of(request), language_of(request)
    deposit_slips.count_copy(database(), deposit_id, by=agent, at=now())
    return print_page(agent, _("Bordereau de dépôt"), f"/deposit-slip/{deposit_id}.pdf?lang={language}")


def _id_of(request: Request) -> int:
    """Which paper the address asks for; what no paper can have for a number raises `NoSuchPaper`."""
    text = request.path_params["id"]
    if not re.fullmatch(r"[1-9][0-9]{0,14}", text):
        raise NoSuchPaper()
    return int(text)


TILL_PAPER_ROUTES: list[BaseRoute] = [
    Route("/till-report/current.pdf", paper(current_report)),
    Route("/till-report/{id}.pdf", paper(submitted_report)),
    Route("/deposit-slip/{id}.pdf", paper(deposit_slip)),
    Route("/print/till-report/current", paper(print_current_report)),
    Route("/print/till-report/{id}", paper(print_submitted_report)),
    Route("/print/deposit-slip/{id}", paper(print_deposit_slip)),
]
