"""A password or a code opens a session; guessing is slowed down, and one sentence answers every failure."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import func, select, update

from partnernet.domain.permissions import Role
from partnernet.domain.sign_in import AccountStopped, SignInRefused, TooManyAttempts
from partnernet.domain.users import NewUser
from partnernet.services import sessions, users
from partnernet.storage import tables
from tests.services.people import CONSOLE, PASSWORD, add_agent, sign_in
from tests.support.world import World


def fail(world: World, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            sign_in(world, password="not the right one at all")


def events(world: World, action: str) -> list[tuple[str, str]]:
    event = tables.audit_event.c
    with world.db.read() as connection:
        rows = connection.execute(select(event.actor, event.outcome).where(event.action == action))
        return [(row.actor, row.outcome) for row in rows]


def test_a_password_opens_a_session_of_that_person(world: World) -> None:
    add_agent(world)

    known_by = sign_in(world)

    agent = sessions.agent_of(world.db, known_by, at=world.now)
    assert agent is not None
    assert (agent.login, agent.name, agent.role, agent.branch) == (
        "PA9000",
        "Josée Bélanger",
        Role.AGENT,
        world.branch,
    )
    assert events(world, "session.opened") == [("PA9000", "done")]


def test_the_agent_number_is_read_whatever_its_case_and_blanks(world: World) -> None:
    add_agent(world)

    assert sessions.agent_of(world.db, sign_in(world, login=" pa9000 "), at=world.now)


def test_neither_the_token_nor_the_password_is_kept(world: World) -> None:
    add_agent(world)

    token = sessions.sign_in(world.db, "PA9000", PASSWORD, at=world.now).token

    with world.db.read() as connection:
        session = connection.execute(select(tables.user_session)).one()
        user = connection.execute(select(tables.app_user).where(tables.app_user.c.login == "PA9000")).one()
    assert token not in str(session)
    assert PASSWORD not in str(user)
    assert user.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("login", ["PA9000", "PA0000", "", "PA9000\x00", "é" * 5000])
def test_a_wrong_password_and_an_unknown_name_are_refused_alike(world: World, login: str) -> None:
    add_agent(world)

    with pytest.raises(SignInRefused) as refusal:
        sign_in(world, login=login, password="not the right one at all")

    assert vars(refusal.value) == {}


def test_an_unknown_name_costs_the_same_work_as_a_wrong_password(world: World) -> None:
    add_agent(world)

    def fastest(login: str) -> float:
        durations = []
        for _ in range(4):
            # The processor's time: a disk that others keep busy says nothing of the work.
            start = time.process_time()
            with pytest.raises(SignInRefused):
                sign_in(world, login=login, password="not the right one at all")
            durations.append(time.process_time() - start)
        return min(durations)

    assert fastest("PA0000") > fastest("PA9000") / 3


def test_a_person_without_a_password_cannot_sign_in(world: World) -> None:
    for password in ("", "None", PASSWORD):
        with pytest.raises(SignInRefused):
            sign_in(world, login=world.agent.login, password=password)


def test_four_failures_are_free_and_a_good_password_clears_them(world: World) -> None:
    add_agent(world)

    fail(world, times=4)
    sign_in(world)
    fail(world, times=4)

    assert sign_in(world)


def test_from_the_fifth_failure_the_wait_doubles_up_to_fifteen_minutes(world: World) -> None:
    add_agent(world)
    fail(world, times=4)

    waits = []
    for _ in range(7):
        fail(world)
        with pytest.raises(TooManyAttempts) as refusal:
            sign_in(world)  # the right password is not even looked at
        waits.append(refusal.value.minutes)
        world.later(minutes=refusal.value.minutes)

    assert waits == [1, 2, 4, 8, 15, 15, 15]
    assert sign_in(world)


def test_a_throttled_attempt_is_not_counted(world: World) -> None:
    add_agent(world)
    fail(world, times=5)

    for _ in range(10):
        with pytest.raises(TooManyAttempts):
            sign_in(world)
    world.later(minutes=1)

    assert sign_in(world)


def test_the_wait_is_named_in_minutes_that_remain(world: World) -> None:
    add_agent(world)
    fail(world, times=4)
    for minutes in (0, 1, 2, 4):
        world.later(minutes=minutes)
        fail(world)
    world.later(minutes=5, seconds=30)

    with pytest.raises(TooManyAttempts) as refusal:
        sign_in(world)

    assert refusal.value.minutes == 3


def test_after_a_hundred_failures_only_a_reset_opens_the_account(world: World) -> None:
    add_agent(world)
    user = tables.app_user
    with world.db.write() as connection:
        connection.execute(update(user).where(user.c.login == "PA9000").values(failed_count=99, refused_until=None))
    fail(world)
    world.later(days=1)

    with pytest.raises(AccountStopped):
        sign_in(world)
    code = users.reset(world.db, "PA9000", by=CONSOLE, at=world.now).code

    assert code is not None
    assert sign_in(world, password=code)


def test_failures_of_a_known_person_are_in_the_audit_log(world: World) -> None:
    add_agent(world)

    fail(world, times=2)
    with pytest.raises(SignInRefused):
        sign_in(world, login=PASSWORD)  # a password typed in the wrong field must not be kept

    assert events(world, "sign_in.failed") == [("PA9000", "refused")] * 2


def test_a_one_time_code_opens_a_session_that_only_chooses_a_password(world: World) -> None:
    new = NewUser("PA9000", "Josée Bélanger", Role.AGENT, "MTL")
    code = users.add(world.db, new, by=CONSOLE, at=world.now).code
    assert code is not None

    known_by = sign_in(world, password=f"  {code.lower().replace('-', ' ')} ")

    session = sessions.find(world.db, known_by, at=world.now)
    assert session is not None
    assert session.new_password_due
    assert sessions.agent_of(world.db, known_by, at=world.now) is None


def test_a_code_is_good_for_twenty_four_hours(world: World) -> None:
    new = NewUser("PA9000", "Josée Bélanger", Role.AGENT, "MTL")
    code = users.add(world.db, new, by=CONSOLE, at=world.now).code
    assert code is not None
    world.later(hours=23, minutes=59)
    assert sign_in(world, password=code)
    world.later(minutes=1)

    with pytest.raises(SignInRefused):
        sign_in(world, password=code)


def test_a_reset_ends_the_old_password_and_the_sessions_it_opened(world: World) -> None:
    add_agent(world)
    known_by = sign_in(world)

    users.reset(world.db, "pa9000", by=CONSOLE, at=world.now)

    assert sessions.find(world.db, known_by, at=world.now) is None
    with pytest.raises(SignInRefused):
        sign_in(world)


def test_a_disabled_person_is_refused_like_anyone_unknown(world: World) -> None:
    add_agent(world)
    user = tables.app_user
    with world.db.write() as connection:
        connection.execute(update(user).where(user.c.login == "PA9000").values(active=False))

    with pytest.raises(SignInRefused):
        sign_in(world)

    with world.db.read() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.user_session)) == 0
