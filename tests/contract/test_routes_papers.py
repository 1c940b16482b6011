"""Receipts as papers: 401, 403, 404; looking counts nothing, printing counts a copy."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from partnernet.domain.agents import Agent
from partnernet.domain.permissions import Role
from partnernet.services import payments
from partnernet.services.sessions import hash_token
from partnernet.storage import tables
from tests.support.requests import paying
from tests.support.served import Served


@dataclass(frozen=True)
class Paid:
    """A receipt of branch MTL, and its agent's session."""

    number: str
    agent: Agent
    token: str


@pytest.fixture
def paid(served: Served) -> Paid:
    world = served.world
    agent, token = served.signed_in()
    customer = world.customer(f"9{agent.id:05}", "Locations Richard", due=[("F-1", "450.48", world.today)])
    at = world.later(seconds=1)
    return Paid(payments.record(world.db, paying(world, customer), by=agent, at=at).number, agent, token)


def copies(served: Served) -> int:
    with served.world.db.read() as connection:
        return connection.scalar(select(func.count()).select_from(tables.receipt_copy)) or 0


def words(body: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)


def test_the_receipt_is_a_pdf_that_is_not_kept_by_the_browser(served: Served, paid: Paid) -> None:
    before = copies(served)

    answer = served.get(f"/receipt/{paid.number}.pdf", token=paid.token)

    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{paid.number}.pdf"'
    assert paid.number in words(answer.body)
    assert "DUPLICATA" not in words(answer.body)
    assert copies(served) == before


@pytest.mark.parametrize("query", ["?format=letter", "?format=roll", "?lang=fr-en", "?format=roll&lang=fr-en"])
def test_each_format_and_language_has_its_paper(served: Served, paid: Paid, query: str) -> None:
    assert served.get(f"/receipt/{paid.number}.pdf{query}", token=paid.token).body.startswith(b"%PDF")


@pytest.mark.parametrize("query", ["?format=a4", "?lang=en", "?format=letter'--", "?lang="])
def test_a_paper_that_does_not_exist_is_not_found(served: Served, paid: Paid, query: str) -> None:
    assert served.get(f"/receipt/{paid.number}.pdf{query}", token=paid.token).status == 404


def test_printing_counts_the_copy_and_from_the_second_on_the_paper_says_so(served: Served, paid: Paid) -> None:
    before = copies(served)

    page = served.get(f"/print/receipt/{paid.number}?format=roll&lang=fr-en", token=paid.token)
    original = words(served.get(f"/receipt/{paid.number}.pdf", token=paid.token).body)
    served.get(f"/print/receipt/{paid.number}", token=paid.token)
    duplicate = words(served.get(f"/receipt/{paid.number}.pdf", token=paid.token).body)

    assert page.status == 200
    assert f'src="/receipt/{paid.number}.pdf?format=roll&amp;lang=fr-en"' in page.text
    assert "<script>" not in page.text
    assert "DUPLICATA" not in original
    assert "DUPLICATA" in duplicate
    assert copies(served) == before + 2


@pytest.mark.parametrize("address", ["/receipt/{number}.pdf", "/print/receipt/{number}"])
def test_papers_are_refused_to_whoever_may_not_have_them(served: Served, paid: Paid, address: str) -> None:
    path, before = address.format(number=paid.number), copies(served)
    elsewhere = served.world.new_branch(f"Q{paid.agent.id}", "Québec")
    _administrator, administrators = served.signed_in(Role.ADMINISTRATOR)
    _stranger, strangers = served.signed_in(Role.SUPERVISOR, elsewhere)

    stranger = served.get(path)

    assert stranger.status == 401
    assert f'<a href="{served.server.url}">' in stranger.text, "where to sign in"
    assert served.get(path, token="not-a-token").status == 401
    assert served.get(path, token=administrators).status == 403
    assert served.get(path, token=strangers).status == 404
    assert served.get(address.format(number="MTL-999999"), token=paid.token).status == 404
    assert served.get(address.format(number="%27--"), token=paid.token).status == 404
    assert copies(served) == before


def test_a_header_of_our_own_name_from_outside_is_worth_nothing(served: Served, paid: Paid) -> None:
    answer = served.get(f"/receipt/{paid.number}.pdf", **{"X-PartnerNET-Session": hash_token(paid.token)})

    assert answer.status == 401
