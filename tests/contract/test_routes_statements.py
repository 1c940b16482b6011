"""Statements as papers: 401, 403, 404; any branch reads them, printing is kept in the audit log."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from partnernet.clock import now
from partnernet.domain.permissions import Role
from partnernet.storage import tables
from tests.support.papers import pages
from tests.support.served import Served

ADDRESSES = ["/statement/{number}.pdf", "/print/statement/{number}"]


@dataclass(frozen=True)
class Owing:
    """An account, an agent's session, and the last two days of the first import's month."""

    number: str
    token: str
    days: str


@pytest.fixture
def owing(served: Served) -> Owing:
    agent, token = served.signed_in()
    world = served.world
    customer = world.customer(f"9{agent.id:05}", "Locations <b>Richard</b>", due=[("F-1", "450.48", world.today)])
    today = world.branch.business_date(now())  # no earlier day: the first balances may be of this one
    return Owing(customer.number, token, f"du={today}&au={today}")


def prints(served: Served) -> int:
    event = tables.audit_event.c
    with served.world.db.read() as connection:
        query = select(func.count()).where(event.action == "statement.printed")
        return connection.scalar(query) or 0


def test_the_statement_is_a_pdf_that_nobody_keeps(served: Served, owing: Owing) -> None:
    before = prints(served)

    answer = served.get(f"/statement/{owing.number}.pdf", token=owing.token)

    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith(f'inline; filename="{owing.number}-releve-')
    (sheet,) = pages(answer.body)
    assert "Locations <b>Richard</b>" in sheet
    assert "450,48" in sheet
    assert "Opening balance" not in sheet
    assert prints(served) == before, "looking at it leaves no trace"


def test_a_statement_in_both_languages(served: Served, owing: Owing) -> None:
    (sheet,) = pages(served.get(f"/statement/{owing.number}.pdf?lang=fr-en", token=owing.token).body)

    assert "Solde d'ouverture Opening balance" in sheet


def test_printing_opens_the_dialogue_and_is_kept(served: Served, owing: Owing) -> None:
    before = prints(served)

    page = served.get(f"/print/statement/{owing.number}?{owing.days}&lang=fr-en", token=owing.token)
    again = served.get(f"/print/statement/{owing.number}", token=owing.token)

    assert page.status == again.status == 200
    assert f'src="/statement/{owing.number}.pdf?{owing.days}&lang=fr-en"'.replace("&", "&amp;") in page.text
    assert "<script>" not in page.text
    assert prints(served) == before + 2
    (sheet,) = pages(served.get(f"/statement/{owing.number}.pdf?{owing.days}", token=owing.token).body)
    assert "DUPLICATA" not in sheet, "a statement is no money paper"


@pytest.mark.parametrize(
    "query",
    [
        "?lang=en",
        "?du=2026-11-01",
        "?au=2026-11-01",
        "?du=&au=",
        "?du=hier&au=demain",
        "?du=2026-02-30&au=2026-03-01",
        "?du=2020-01-01&au=2020-01-31",
        "?du=0001-01-01&au=9999-12-31",
        "?du=9999-12-31&au=9999-12-31",
        "?du=2026-11-02'--&au=2026-11-03",
    ],
)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_statement_that_cannot_be_is_not_found(served: Served, owing: Owing, address: str, query: str) -> None:
    before = prints(served)

    answer = served.get(address.format(number=owing.number) + query, token=owing.token)

    assert answer.status == 404
    assert prints(served) == before


def test_a_period_too_early_names_the_first_day(served: Served, owing: Owing) -> None:
    answer = served.get(f"/statement/{owing.number}.pdf?du=2020-01-01&au=2020-01-31", token=owing.token)

    assert "Un relevé commence au plus tôt le 20" in answer.text


@pytest.mark.parametrize("address", ADDRESSES)
def test_statements_are_refused_to_whoever_may_not_have_them(served: Served, owing: Owing, address: str) -> None:
    path, before = address.format(number=owing.number), prints(served)
    _administrator, administrators = served.signed_in(Role.ADMINISTRATOR)

    assert served.get(path).status == 401
    assert served.get(path, token="not-a-token").status == 401
    assert served.get(path, token=administrators).status == 403
    for unknown in ("404", "%27--", "x" * 5000, "..%2f..%2fetc"):
        assert served.get(address.format(number=unknown), token=owing.token).status == 404
    assert prints(served) == before


@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR, Role.AUDITOR])
def test_an_account_is_the_principal_s_and_read_in_every_branch(served: Served, owing: Owing, role: Role) -> None:
    elsewhere = served.world.new_branch(f"E{owing.number[-5:]}", "Québec")
    _somebody, token = served.signed_in(role, elsewhere)

    assert served.get(f"/statement/{owing.number}.pdf", token=token).status == 200
