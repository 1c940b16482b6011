"""Eight ways into somebody's screen that must not work, tried on the websocket itself; with the way that must."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update
from websockets.exceptions import InvalidStatus

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.services import sessions
from partnernet.storage import tables
from tests.support.served import Served
from tests.support.tab import Drawn, open_tab

FORM = 'action="/login"'
SECRET = "Josée Bélanger"


def open_account(served: Served, token: str = "", session_id: str = "") -> Drawn:
    with open_tab(served.server, token=token, session_id=session_id) as tab:
        return tab.run("mon-compte")


def is_sign_in(drawn: Drawn) -> bool:
    return FORM in drawn.text.replace('\\"', '"') and SECRET not in drawn.text


def test_a_session_s_own_cookie_opens_its_person_s_screen(served: Served) -> None:
    _agent, token = served.signed_in()

    drawn = open_account(served, token)

    assert SECRET in drawn.text
    assert not is_sign_in(drawn)


def test_no_cookie_opens_nothing(served: Served) -> None:
    assert is_sign_in(open_account(served))
    assert is_sign_in(open_account(served, token="made-up"))


def test_a_stolen_streamlit_session_opens_nothing_without_its_cookie(served: Served) -> None:
    _agent, token = served.signed_in()
    _other, others = served.signed_in()
    with open_tab(served.server, token=token) as tab:
        stolen = tab.run("mon-compte").session_id

        while_it_is_open = [open_account(served, session_id=stolen), open_account(served, others, stolen)]
    after = [open_account(served, session_id=stolen), open_account(served, others, stolen)]

    assert [drawn.session_id == stolen for drawn in while_it_is_open + after] == [False] * 4
    assert is_sign_in(while_it_is_open[0])
    assert is_sign_in(after[0])


def test_the_same_session_comes_back_to_whoever_has_its_cookie(served: Served) -> None:
    """The control of the test above: with the cookie, Streamlit does give the session back."""
    _agent, token = served.signed_in()
    first = open_account(served, token)

    again = open_account(served, token, first.session_id)

    assert again.session_id == first.session_id
    assert SECRET in again.text


def expire(served: Served, _agent: Agent, token: str) -> None:
    change_session(served, token, expires_at=now() - timedelta(minutes=1))


def leave_idle(served: Served, _agent: Agent, token: str) -> None:
    change_session(served, token, last_seen_at=now() - timedelta(hours=2))


def revoke(served: Served, _agent: Agent, token: str) -> None:
    sessions.sign_out(served.world.db, sessions.hash_token(token), at=now())


def disable(served: Served, agent: Agent, _token: str) -> None:
    user = tables.app_user
    with served.world.db.write() as connection:
        connection.execute(update(user).where(user.c.id == agent.id).values(active=False))


def change_session(served: Served, token: str, **values: object) -> None:
    session = tables.user_session
    with served.world.db.write() as connection:
        which = session.c.token_hash == sessions.hash_token(token)
        connection.execute(update(session).where(which).values(**values))


@pytest.mark.parametrize("end", [expire, leave_idle, revoke, disable])
def test_a_session_that_is_over_opens_nothing_even_in_the_tab_where_it_was_open(served: Served, end: object) -> None:
    agent, token = served.signed_in()
    with open_tab(served.server, token=token) as tab:
        before = tab.run("mon-compte")

        end(served, agent, token)  # type: ignore[operator]  # one of the four above

        at_the_next_click = tab.run("mon-compte")
    anew = open_account(served, token, before.session_id)
    assert SECRET in before.text
    assert is_sign_in(at_the_next_click)
    assert is_sign_in(anew)


@pytest.mark.parametrize(
    "origin", ["", "null", "http://evil.example", "http://localhost", "https://localhost:8501", "http://localhost:1"]
)
def test_a_websocket_from_another_origin_or_from_none_is_refused(served: Served, origin: str) -> None:
    _agent, token = served.signed_in()

    with pytest.raises(InvalidStatus) as refusal, open_tab(served.server, token=token, origin=origin):
        pass

    assert refusal.value.response.status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8501", "127.0.0.1"])
def test_a_websocket_to_another_host_name_is_refused(served: Served, host: str) -> None:
    """A name of the attacker's that leads to this machine (DNS rebinding) has the attacker's own origin as well."""
    _agent, token = served.signed_in()

    for origin in (f"http://{host}", served.server.url):
        with pytest.raises(InvalidStatus) as refusal, open_tab(served.server, token=token, origin=origin, host=host):
            pass
        assert refusal.value.response.status_code == 403
