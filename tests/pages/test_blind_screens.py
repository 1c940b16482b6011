"""While a till is counted no screen tells what is in it: neither to whoever counts nor to the supervisor."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from partnernet.domain.agents import Agent
from partnernet.services import counts
from tests.support.screens import Screens, pay, words

SECRETS = ("61,35", "473,72", "548,72")  # the cash, with the cheque, with the other agent's


@pytest.fixture
def counting(screens: Screens) -> Screens:
    """The agent took 61.35 in cash and a cheque of 412.37, the other agent 75.00; the first one counts."""
    world = screens.world
    pay(screens, "61.35", world.agent)
    pay(screens, "412.37", world.agent, cheque="000123")
    pay(screens, "75.00", world.other_agent)
    counts.start(world.db, by=world.agent, at=world.later(seconds=1))
    return screens


def everything(app: AppTest) -> str:
    """All that the screen says, tables, choices and alerts included."""
    frames = " ".join(str(frame.value.to_dict()) for frame in app.dataframe)
    choices = " ".join(" ".join(box.options) for box in app.selectbox)
    alerts = " ".join(element.value for element in [*app.info, *app.warning, *app.error])
    return f"{words(app)} {frames} {choices} {alerts}".replace("\u00a0", " ").replace(".", ",")


def reader(screens: Screens, who: str) -> Agent:
    """``agent`` counts, ``supervisor`` watches."""
    return screens.world.agent if who == "agent" else screens.world.supervisor


@pytest.mark.parametrize("who", ["agent", "supervisor"])
@pytest.mark.parametrize("screen", ["accueil", "paiements_du_jour"])
def test_no_screen_tells_the_cash_that_is_being_counted(counting: Screens, screen: str, who: str) -> None:
    app = counting.open(screen, reader(counting, who))

    said = everything(app)
    assert not app.exception
    assert "412,37" in said, "a cheque is ticked one by one: its amount is no secret"
    assert "masqué" in said
    assert "Marie Tremblay" in said
    assert [secret for secret in SECRETS if secret in said] == []


@pytest.mark.parametrize("screen", ["accueil", "paiements_du_jour"])
def test_once_the_count_is_given_up_the_same_screens_tell_it(counting: Screens, screen: str) -> None:
    world = counting.world
    draft = counts.current(world.db, by=world.agent, at=world.now)
    assert draft is not None
    counts.drop(world.db, draft.id, by=world.agent, at=world.later(seconds=1))

    said = everything(counting.open(screen, world.supervisor))

    assert "masqué" not in said
    assert "61,35" in said
    assert "548,72" in said


def test_the_supervisor_goes_on_reading_what_the_others_hold(counting: Screens) -> None:
    said = everything(counting.open("paiements_du_jour", counting.world.supervisor))

    assert "75,00 $" in said
