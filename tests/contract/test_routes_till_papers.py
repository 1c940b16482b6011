"""The papers of the till: 401, 403, 404; looking counts nothing, printing counts a copy, a snapshot is never one."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from partnernet.domain.agents import Agent
from partnernet.domain.permissions import Role
from partnernet.services import counts
from partnernet.storage import tables
from tests.support.counting import approve, count, make_slip, receive_float, submit, take_cash, take_cheque
from tests.support.served import Answer, Served

SUBMITTED = ["/till-report/{report}.pdf", "/print/till-report/{report}"]
SLIP = ["/deposit-slip/{slip}.pdf", "/print/deposit-slip/{slip}"]
CURRENT = ["/till-report/current.pdf", "/print/till-report/current"]


@dataclass(frozen=True)
class Till:
    """An agent's till after a submission that is on a deposit slip, and who looks at it."""

    agent: Agent
    agents: str
    supervisors: str
    report: int
    slip: int

    def path(self, address: str) -> str:
        """The address of its papers."""
        return address.format(report=self.report, slip=self.slip)


@pytest.fixture
def till(served: Served) -> Till:
    world = served.world
    agent, agents = served.signed_in()
    supervisor, supervisors = served.signed_in(Role.SUPERVISOR)
    receive_float(world, agent=agent)
    take_cash(world, "125.05", agent=agent)
    take_cheque(world, "412.37", agent=agent)
    counted = count(world, {"100": 2, "20": 6, "5": 1, "0.05": 1}, agent=agent)
    submission = submit(world, counted, agent=agent)
    approve(world, submission, by=supervisor)
    slip = make_slip(world, frozenset({submission.bag.id}))
    return Till(agent, agents, supervisors, submission.id, slip.id)


def copies(served: Served) -> int:
    with served.world.db.read() as connection:
        return connection.scalar(select(func.count()).select_from(tables.paper_copy)) or 0


def words(answer: Answer) -> str:
    assert answer.status == 200
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.body)).pages)


def test_the_report_of_a_submission_is_a_pdf_that_is_not_kept_by_the_browser(served: Served, till: Till) -> None:
    before = copies(served)

    answer = served.get(till.path("/till-report/{report}.pdf"), token=till.agents)

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    number = answer.headers["Content-Disposition"].removeprefix('inline; filename="MTL-rapport-de-caisse-')
    assert number.removesuffix('.pdf"').isdigit()
    assert "Rapport de caisse no" in words(answer)
    assert "537,42" in words(answer)
    assert "DUPLICATA" not in words(answer)
    assert copies(served) == before


def test_the_slip_is_a_pdf_with_two_copies(served: Served, till: Till) -> None:
    answer = served.get(till.path("/deposit-slip/{slip}.pdf"), token=till.supervisors)

    assert answer.headers["Content-Disposition"].startswith('inline; filename="MTL-bordereau-de-depot-')
    assert "Copie de la banque" in words(answer)
    assert "Copie de la succursale" in words(answer)
    assert "537,42" in words(answer)


@pytest.mark.parametrize("address", ["till-report/{report}", "deposit-slip/{slip}"])
def test_printing_counts_the_copy_and_from_the_second_on_the_paper_says_so(
    served: Served, till: Till, address: str
) -> None:
    before, address = copies(served), till.path(address)

    page = served.get(f"/print/{address}?lang=fr-en", token=till.supervisors)
    original = words(served.get(f"/{address}.pdf", token=till.supervisors))
    served.get(f"/print/{address}", token=till.supervisors)
    duplicate = words(served.get(f"/{address}.pdf", token=till.supervisors))

    assert page.status == 200
    assert f'src="/{address}.pdf?lang=fr-en"' in page.text
    assert "<script>" not in page.text
    assert "DUPLICATA" not in original
    assert "DUPLICATA" in duplicate
    assert copies(served) == before + 2


@pytest.mark.parametrize("address", [SUBMITTED[1], SLIP[1], CURRENT[1]])
def test_asking_for_the_head_of_a_print_counts_nothing(served: Served, till: Till, address: str) -> None:
    before = copies(served)

    answer = served.request("HEAD", till.path(address), token=till.agents if address in CURRENT else till.supervisors)

    assert (answer.status, answer.headers["Allow"]) == (405, "GET")
    assert copies(served) == before


def test_the_till_as_it_stands_is_another_paper_at_every_moment(served: Served, till: Till) -> None:
    before = copies(served)
    take_cash(served.world, "20.00", agent=till.agent)

    page = served.get("/print/till-report/current", token=till.agents)
    again = served.get("/print/till-report/current", token=till.agents)
    answer = served.get("/till-report/current.pdf?lang=fr-en", token=till.agents)

    assert 'src="/till-report/current.pdf?lang=fr"' in page.text
    assert page.text == again.text
    assert answer.headers["Content-Disposition"] == f'inline; filename="{till.agent.login}-rapport-de-caisse.pdf"'
    says = words(answer)
    assert "Total owed to BOC" in says
    assert "20,00" in says
    assert "DUPLICATA" not in says
    assert copies(served) == before


def test_the_till_as_it_stands_is_ones_own_and_blind_while_it_is_counted(served: Served, till: Till) -> None:
    take_cash(served.world, "33.35", agent=till.agent)
    counts.start(served.world.db, by=till.agent, at=served.world.later(seconds=1))

    own = words(served.get("/till-report/current.pdf", token=till.agents))
    others = words(served.get("/till-report/current.pdf", token=till.supervisors))

    assert "Décompte en cours" in own
    assert "33,35" not in own
    assert "Total dû" not in own
    assert till.agent.login not in others


@pytest.mark.parametrize("address", [*SUBMITTED, *SLIP, *CURRENT])
def test_whoever_has_no_session_is_led_to_the_sign_in(served: Served, till: Till, address: str) -> None:
    before = copies(served)

    stranger = served.get(till.path(address))

    assert stranger.status == 401
    assert f'<a href="{served.server.url}">' in stranger.text
    assert served.get(till.path(address), token="not-a-token").status == 401
    assert copies(served) == before


@pytest.mark.parametrize("address", [*SUBMITTED, *SLIP, *CURRENT])
def test_a_role_that_has_nothing_to_do_with_tills_is_refused(served: Served, till: Till, address: str) -> None:
    _administrator, administrators = served.signed_in(Role.ADMINISTRATOR)
    before = copies(served)

    assert served.get(till.path(address), token=administrators).status == 403
    assert copies(served) == before


@pytest.mark.parametrize("address", [*SUBMITTED, *SLIP])
def test_another_branchs_papers_do_not_exist(served: Served, till: Till, address: str) -> None:
    elsewhere = served.world.new_branch(f"Q{till.agent.id}", "Québec")
    _stranger, strangers = served.signed_in(Role.SUPERVISOR, elsewhere)
    before = copies(served)

    assert served.get(till.path(address), token=strangers).status == 404
    assert copies(served) == before


@pytest.mark.parametrize("address", SUBMITTED)
def test_a_colleagues_submission_does_not_exist_for_an_agent(served: Served, till: Till, address: str) -> None:
    _colleague, colleagues = served.signed_in()
    _auditor, auditors = served.signed_in(Role.AUDITOR, served.world.branch)

    assert served.get(till.path(address), token=colleagues).status == 404
    assert served.get(till.path(address), token=till.agents).status == 200
    assert served.get(till.path(address), token=till.supervisors).status == 200
    assert served.get(till.path(address), token=auditors).status == 200


@pytest.mark.parametrize("address", SLIP)
def test_a_slip_is_not_for_agents(served: Served, till: Till, address: str) -> None:
    assert served.get(till.path(address), token=till.agents).status == 403


@pytest.mark.parametrize("number", ["999999", "0", "-1", "007", "1e3", "9" * 30, "%27--", "courant"])
@pytest.mark.parametrize("address", [*SUBMITTED, *SLIP])
def test_a_number_that_no_paper_has_is_not_found(served: Served, till: Till, address: str, number: str) -> None:
    path = address.format(report=number, slip=number)

    answer = served.get(path, token=till.supervisors)

    assert answer.status == 404
    assert number not in ("0", "-1") or "Ce papier n'existe pas" in answer.text.replace("&#x27;", "'")


@pytest.mark.parametrize("address", [*SUBMITTED, *SLIP, *CURRENT])
def test_a_language_that_no_paper_has_is_not_found_and_nothing_is_printed(
    served: Served, till: Till, address: str
) -> None:
    before = copies(served)

    assert served.get(f"{till.path(address)}?lang=en", token=till.supervisors).status == 404
    assert copies(served) == before
