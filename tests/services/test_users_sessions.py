"""A session ends after an hour without activity, after a day's length, and at once when it must."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from partnernet.domain.refusals import NotPermitted
from partnernet.domain.sign_in import SessionLimits, SessionNotFound
from partnernet.services import sessions
from partnernet.storage import tables
from tests.services.people import CONSOLE, add_agent, sign_in
from tests.support.world import World


def is_open(world: World, known_by: str) -> bool:
    return sessions.find(world.db, known_by, at=world.now, active=False) is not None


def last_seen_minute(world: World) -> int:
    with world.db.read() as connection:
        seen = connection.scalar(select(tables.user_session.c.last_seen_at))
        assert seen is not None
        return int(seen.minute)


def test_an_hour_without_activity_ends_a_session(world: World) -> None:
    add_agent(world)
    known_by = sign_in(world)

    world.later(minutes=59, seconds=59)
    assert is_open(world, known_by)
    world.later(seconds=1)

    assert not is_open(world, known_by)


def test_each_visit_starts_the_hour_again_until_the_day_is_over(world: World) -> None:
    add_agent(world)
    known_by = sign_in(world)

    for _ in range(11):
        world.later(minutes=54)
        assert sessions.find(world.db, known_by, at=world.now)
    world.later(minutes=5)
    assert sessions.find(world.db, known_by, at=world.now)
    world.later(minutes=1)

    assert not is_open(world, known_by)


def test_a_screen_that_renews_itself_is_not_activity(world: World) -> None:
    add_agent(world)
    known_by = sign_in(world)

    for _ in range(6):
        world.later(minutes=10)
        sessions.find(world.db, known_by, at=world.now, active=False)

    assert not is_open(world, known_by)


def test_visits_are_noted_once_a_minute(world: World) -> None:
    add_agent(world)
    known_by = sign_in(world)
    opened = last_seen_minute(world)

    world.later(seconds=59)
    sessions.find(world.db, known_by, at=world.now)
    assert last_seen_minute(world) == opened
    world.later(seconds=1)
    sessions.find(world.db, known_by, at=world.now)

    assert last_seen_minute(world) == opened + 1


def test_the_limits_are_settings(world: World) -> None:
    add_agent(world)
    known_by = sign_in(world)
    world.later(minutes=6)

    assert sessions.find(world.db, known_by, at=world.now, limits=SessionLimits(idle_minutes=5)) is None
    assert sessions.find(world.db, known_by, at=world.now, limits=SessionLimits(idle_minutes=7))


def test_signing_out_ends_the_session_and_no_other(world: World) -> None:
    add_agent(world)
    here, elsewhere = sign_in(world), sign_in(world)

    sessions.sign_out(world.db, here, at=world.now)
    sessions.sign_out(world.db, here, at=world.now)

    assert not is_open(world, here)
    assert is_open(world, elsewhere)


def test_a_hash_is_not_a_token(world: World) -> None:
    add_agent(world)
    known_by = sign_in(world)

    assert not is_open(world, sessions.hash_token(known_by))
    assert not is_open(world, "")


def test_a_disabled_person_loses_access_at_the_next_click(world: World) -> None:
    add_agent(world)
    known_by = sign_in(world)
    user = tables.app_user

    with world.db.write() as connection:
        connection.execute(update(user).where(user.c.login == "PA9000").values(active=False))

    assert not is_open(world, known_by)


def test_a_moved_person_serves_the_new_branch_at_the_next_click(world: World) -> None:
    add_agent(world)
    known_by = sign_in(world)
    quebec, user = world.new_branch("QUE", "Québec"), tables.app_user

    with world.db.write() as connection:
        connection.execute(update(user).where(user.c.login == "PA9000").values(branch_id=quebec.id))

    agent = sessions.agent_of(world.db, known_by, at=world.now)
    assert agent is not None
    assert agent.branch == quebec


def test_a_person_sees_and_ends_their_own_sessions_only(world: World) -> None:
    add_agent(world)
    add_agent(world, "PA9001", "Paul Roy")
    here = sign_in(world)
    world.later(minutes=2)
    elsewhere, others = sign_in(world), sign_in(world, "PA9001")
    session = sessions.find(world.db, here, at=world.now, active=False)
    other = sessions.find(world.db, others, at=world.now)
    assert session is not None
    assert other is not None

    listed = sessions.own(world.db, by=session.agent, at=world.now)
    sessions.end(world.db, listed[0].id, by=session.agent, at=world.now)
    with pytest.raises(SessionNotFound):
        sessions.end(world.db, other.id, by=session.agent, at=world.now)
    with pytest.raises(SessionNotFound):
        sessions.end(world.db, listed[0].id, by=session.agent, at=world.now)

    assert len(listed) == 2
    assert listed[1].id == session.id
    assert not is_open(world, elsewhere)
    assert is_open(world, here)
    assert is_open(world, others)


def test_the_console_has_no_sessions(world: World) -> None:
    with pytest.raises(NotPermitted):
        sessions.own(world.db, by=CONSOLE, at=world.now)
    with pytest.raises(NotPermitted):
        sessions.end(world.db, 1, by=CONSOLE, at=world.now)
