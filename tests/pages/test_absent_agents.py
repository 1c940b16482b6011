"""« Agent absent » on the screen: who is offered to count whose till, and what an address cannot do."""

from __future__ import annotations

import pytest

from partnernet.domain.permissions import Role
from tests.support.approvals import buttons, said
from tests.support.counting import receive_float
from tests.support.screens import Screens, words

SCREEN = "reconciliations"
HOSTILE = "<img src=x onerror=alert(1)>"


def test_the_tills_of_others_are_offered_with_the_people_who_may_witness(screens: Screens) -> None:
    agent = screens.world.person("PA6666", HOSTILE, Role.AGENT, screens.world.branch)
    for who in (agent, screens.world.supervisor):
        receive_float(screens.world, agent=who)

    app = screens.open(SCREEN, screens.world.supervisor)

    assert [expander.label for expander in app.expander] == ["Compter la caisse d'un agent absent"]
    form = words(app)
    assert 'action="/absent-count"' in form
    assert f'<option value="PA6666">{HOSTILE}' in said(app)
    assert "<img" not in form, "a name must NOT become markup"
    assert '<option value="PA2345">Luc Gagnon (PA2345)</option>' in form
    assert '<option value="SU1000">' not in form, "neither one's own till nor oneself as a witness"
    assert not [field for field in app.text_input if field.proto.type], "no widget ever holds a password"


def test_without_a_till_to_count_nothing_is_offered(screens: Screens) -> None:
    receive_float(screens.world, agent=screens.world.supervisor)

    app = screens.open(SCREEN, screens.world.supervisor)

    assert not app.expander
    assert "absent-count" not in words(app)


@pytest.mark.parametrize("login", ["PA1234", "PA9999", HOSTILE])
def test_an_address_alone_begins_and_shows_nothing(screens: Screens, login: str) -> None:
    receive_float(screens.world)

    app = screens.open(SCREEN, screens.world.supervisor, absent=login)

    assert not app.exception
    assert buttons(app) == ["Retour à la liste"]
    assert "200,00" not in said(app)
    assert "<img" not in words(app)


def test_an_auditor_is_led_to_the_list(screens: Screens) -> None:
    receive_float(screens.world)
    auditor = screens.world.person("AU1000", "Paul Roy", Role.AUDITOR, screens.world.branch)

    app = screens.open(SCREEN, auditor, absent="PA1234")

    assert app.title[0].value == "Réconciliations à approuver"
    assert "absent-count" not in words(app)


def test_a_supervisor_of_another_branch_finds_no_till_there(screens: Screens) -> None:
    receive_float(screens.world)
    other = screens.world.person("SU2000", "Guy Roy", Role.SUPERVISOR, screens.world.new_branch("QUE", "Québec"))

    assert "absent-count" not in words(screens.open(SCREEN, other))
    app = screens.open(SCREEN, other, absent="PA1234")
    assert "Cette caisse n'est pas à compter" in app.info[0].value
    assert "Marie Tremblay" not in said(app)
