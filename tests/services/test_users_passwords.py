"""Choosing one's own password: the old one is asked, and whoever is signed in elsewhere is signed out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnernet.domain.passwords import PasswordsDiffer, PasswordTooCommon, PasswordTooShort
from partnernet.domain.permissions import Role
from partnernet.domain.refusals import Refusal
from partnernet.domain.sign_in import (
    CurrentPasswordWrong,
    OpenSession,
    PasswordChange,
    SessionNotFound,
    SignInRefused,
    TooManyAttempts,
)
from partnernet.domain.users import NewUser
from partnernet.services import sessions, users
from tests.services.people import CONSOLE, OTHER_PASSWORD, PASSWORD, add_agent, sign_in
from tests.support.world import World


def session_of(world: World, known_by: str) -> OpenSession:
    session = sessions.find(world.db, known_by, at=world.now)
    assert session is not None
    return session


def change(
    world: World, session: OpenSession, new: str = OTHER_PASSWORD, current: str = PASSWORD, again: str | None = None
) -> None:
    asked = PasswordChange(session.id, current, new, new if again is None else again)
    users.set_password(world.db, asked, by=session.agent, at=world.now)


def test_a_new_password_replaces_the_old_one_and_ends_the_other_sessions(world: World) -> None:
    add_agent(world)
    here, elsewhere = sign_in(world), sign_in(world)

    change(world, session_of(world, here))

    assert sign_in(world, password=OTHER_PASSWORD)
    with pytest.raises(SignInRefused):
        sign_in(world)
    assert sessions.find(world.db, here, at=world.now)
    assert sessions.find(world.db, elsewhere, at=world.now) is None


@pytest.mark.parametrize(
    ("new", "again", "refusal"),
    [
        ("trop court", "trop court", PasswordTooShort),
        ("bienvenue 2026 montréal", "bienvenue 2026 montréal", PasswordTooCommon),
        ("Josée Bélanger PA9000", "Josée Bélanger PA9000", PasswordTooCommon),
        (OTHER_PASSWORD, OTHER_PASSWORD + " ", PasswordsDiffer),
        (OTHER_PASSWORD, "", PasswordsDiffer),
    ],
)
def test_a_password_that_is_not_good_enough_changes_nothing(
    world: World, new: str, again: str, refusal: type[Refusal]
) -> None:
    add_agent(world)
    here, elsewhere = sign_in(world), sign_in(world)

    with pytest.raises(refusal):
        change(world, session_of(world, here), new, again=again)

    assert sign_in(world)
    assert sessions.find(world.db, elsewhere, at=world.now)


def test_the_password_in_force_is_asked_and_guessing_it_is_throttled(world: World) -> None:
    add_agent(world)
    session = session_of(world, sign_in(world))

    for _ in range(5):
        with pytest.raises(CurrentPasswordWrong):
            change(world, session, current="not the right one at all")
    with pytest.raises(TooManyAttempts):
        change(world, session)
    world.later(minutes=1)

    assert sign_in(world)


def test_after_a_one_time_code_only_the_new_password_is_asked_and_the_code_is_spent(world: World) -> None:
    new = NewUser("PA9000", "Josée Bélanger", Role.AGENT, "MTL")
    code = users.add(world.db, new, by=CONSOLE, at=world.now).code
    assert code is not None
    known_by = sign_in(world, password=code)

    change(world, session_of(world, known_by), current="")

    assert sessions.agent_of(world.db, known_by, at=world.now)
    assert sign_in(world, password=OTHER_PASSWORD)
    with pytest.raises(SignInRefused):
        sign_in(world, password=code)


def test_a_session_that_was_ended_meanwhile_changes_nothing(world: World) -> None:
    add_agent(world)
    known_by = sign_in(world)
    session = session_of(world, known_by)
    sessions.sign_out(world.db, known_by, at=world.now)

    with pytest.raises(SessionNotFound):
        change(world, session)

    assert sign_in(world)


def test_nobody_changes_the_password_of_another_through_their_session(world: World) -> None:
    add_agent(world)
    add_agent(world, "PA9001", "Paul Roy")
    code = users.reset(world.db, "PA9001", by=CONSOLE, at=world.now).code
    assert code is not None
    marie, paul = session_of(world, sign_in(world)), session_of(world, sign_in(world, "PA9001", code))
    stolen = replace(paul, agent=marie.agent)

    with pytest.raises((CurrentPasswordWrong, SessionNotFound)):
        change(world, stolen, current="")

    assert sign_in(world)


def test_a_language_chosen_is_spoken_from_the_next_click_on(world: World) -> None:
    add_agent(world)
    known_by = sign_in(world)

    users.set_language(world.db, "en", by=session_of(world, known_by).agent)

    assert session_of(world, known_by).agent.language == "en"
