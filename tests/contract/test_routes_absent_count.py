"""POST /absent-count: a witness signs with their own password, and only then does the count begin."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from typing import Any

import pytest

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.permissions import Role
from partnernet.services import counts, users
from tests.services.people import CONSOLE, PASSWORD, add_agent
from tests.support.counting import receive_float
from tests.support.served import Answer, Served

NOTE = "partnernet-proof"
WITNESS = "PA8200"


@pytest.fixture(scope="module")
def absent(served: Served) -> Agent:
    """An agent of this module's own who has gone home with 200.00 in the drawer."""
    add_agent(served.world, WITNESS, "Luc Gagnon")
    agent = served.world.person("PA8201", "Marie Tremblay", Role.AGENT, served.world.branch)
    time = served.world.now
    receive_float(served.world, agent=agent)
    served.world.now = time  # other tests of this server measure by the world's time
    return agent


@pytest.fixture
def supervisor(served: Served) -> tuple[Agent, str]:
    return served.signed_in(Role.SUPERVISOR)


def begin(served: Served, token: str, **changed: str) -> Answer:
    form = {"till_of": "PA8201", "witness": WITNESS, "password": PASSWORD, "next": "/reconciliations", **changed}
    return served.request("POST", "/absent-count", form=form, token=token)


def note_of(answer: Answer) -> dict[str, Any]:
    note: dict[str, Any] = json.loads(urlsafe_b64decode(answer.cookies[NOTE].partition(";")[0]))
    return note


def begun(served: Served, supervisor: Agent) -> bool:
    return counts.current(served.world.db, by=supervisor, at=now(), till_of="PA8201") is not None


@pytest.mark.usefixtures("absent")
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"password": "ni vu ni connu ici"}, "Mot de passe du témoin"),
        ({"witness": ""}, "Témoin"),
        ({"witness": "PA8201"}, "Témoin"),
        ({"till_of": "PA9999"}, "Rien à compter"),
        ({"till_of": "<b>", "witness": "' OR 1=1"}, "Rien à compter"),
    ],
)
def test_what_cannot_begin_comes_back_with_a_sentence_and_what_was_chosen(
    served: Served, supervisor: tuple[Agent, str], changed: dict[str, str], said: str
) -> None:
    answer = begin(served, supervisor[1], **changed)

    assert (answer.status, answer.headers["Location"]) == (303, "/reconciliations")
    assert note_of(answer)["refusal"].startswith(said)
    chosen = {"till_of": "PA8201", "witness": WITNESS, **changed}
    assert note_of(answer)["kept"] == f"{chosen['till_of']} {chosen['witness']}"
    assert PASSWORD not in json.dumps(note_of(answer))
    assert not begun(served, supervisor[0])


@pytest.mark.usefixtures("absent")
def test_a_witness_signs_by_their_password_and_not_by_a_code_that_somebody_gave_them(
    served: Served, supervisor: tuple[Agent, str]
) -> None:
    add_agent(served.world, "PA8202", "Guy Roy")
    code = users.reset(served.world.db, "PA8202", by=CONSOLE, at=now()).code
    assert code is not None

    answer = begin(served, supervisor[1], witness="PA8202", password=code)

    assert note_of(answer)["refusal"].startswith("Mot de passe du témoin")
    assert not begun(served, supervisor[0])


@pytest.mark.usefixtures("absent")
@pytest.mark.parametrize("role", [Role.AGENT, Role.ADMINISTRATOR, Role.AUDITOR])
def test_nobody_but_a_supervisor_begins_one(served: Served, role: Role) -> None:
    _person, token = served.signed_in(role)

    assert note_of(begin(served, token))["refusal"].startswith("Votre rôle ne permet pas")


@pytest.mark.usefixtures("absent")
def test_signed_out_it_leads_to_the_screen_and_another_site_begins_nothing(
    served: Served, supervisor: tuple[Agent, str]
) -> None:
    assert not begin(served, "").cookies
    form = {"till_of": "PA8201", "witness": WITNESS, "password": PASSWORD}
    foreign = served.request("POST", "/absent-count", form=form, token=supervisor[1], Origin="https://evil.example")

    assert foreign.status == 403
    assert not begun(served, supervisor[0])


@pytest.mark.usefixtures("absent")
def test_it_begins_and_leads_on_to_the_count(served: Served, supervisor: tuple[Agent, str]) -> None:
    answer = begin(served, supervisor[1])

    assert (answer.status, answer.headers["Location"]) == (303, "/reconciliations?absent=PA8201")
    assert note_of(answer)["refusal"] == ""
    assert begun(served, supervisor[0])
