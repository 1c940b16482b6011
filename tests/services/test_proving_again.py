"""The password given again in a session: it proves the person for five minutes, and failures count as at sign-in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from partnernet.domain.refusals import Refusal
from partnernet.domain.sign_in import OpenSession, PasswordNotProved, SessionNotFound, TooManyAttempts
from partnernet.services import sessions, users
from tests.services.people import CONSOLE, PASSWORD, add_agent, sign_in
from tests.support.world import World


def session_of(world: World, known_by: str) -> OpenSession:
    session = sessions.find(world.db, known_by, at=world.now)
    assert session is not None
    return session


def prove(world: World, session: OpenSession, password: str = PASSWORD) -> None:
    sessions.prove_again(world.db, session.id, password, by=session.agent, at=world.now)


@pytest.fixture
def known_by(world: World) -> str:
    add_agent(world)
    return sign_in(world)


def test_a_proof_holds_for_five_minutes_and_not_a_second_longer(world: World, known_by: str) -> None:
    session = session_of(world, known_by)

    assert session.is_proved(world.later(minutes=5))
    assert not session.is_proved(world.later(seconds=1))


def test_the_password_given_again_proves_the_person_anew_in_that_session_only(world: World, known_by: str) -> None:
    elsewhere = sign_in(world)
    world.later(minutes=30)

    prove(world, session_of(world, known_by))

    assert session_of(world, known_by).password_proved_at == world.now
    assert session_of(world, elsewhere).password_proved_at == world.now - timedelta(minutes=30)


def test_a_wrong_password_proves_nothing_and_counts_like_a_failed_sign_in(world: World, known_by: str) -> None:
    world.later(minutes=30)
    session = session_of(world, known_by)

    for _ in range(5):
        with pytest.raises(PasswordNotProved):
            prove(world, session, "ni vu ni connu ici")
    with pytest.raises(TooManyAttempts):
        prove(world, session)

    assert not session_of(world, known_by).is_proved(world.now)
    with pytest.raises(TooManyAttempts):
        sign_in(world)


def test_a_good_one_clears_the_count(world: World, known_by: str) -> None:
    session = session_of(world, known_by)

    for _ in range(3):
        for _ in range(4):
            with pytest.raises(PasswordNotProved):
                prove(world, session, "ni vu ni connu ici")
        prove(world, session)


def test_a_one_time_code_proves_nothing(world: World, known_by: str) -> None:
    session = session_of(world, known_by)
    code = users.reset(world.db, "PA9000", by=CONSOLE, at=world.now).code
    assert code is not None
    world.later(minutes=30)

    with pytest.raises(PasswordNotProved):
        prove(world, session, code)

    assert sign_in(world, password=code), "the code must NOT have been used up"


@pytest.mark.parametrize("ended", [True, False])
def test_a_session_that_is_over_or_another_s_is_not_proved(world: World, known_by: str, ended: bool) -> None:
    add_agent(world, "PA9001", "Paul Roy")
    paul = sign_in(world, "PA9001")
    marie = session_of(world, known_by)
    target = marie if ended else session_of(world, paul)
    if ended:
        sessions.sign_out(world.db, known_by, at=world.now)
    world.later(minutes=30)

    with pytest.raises(SessionNotFound):
        sessions.prove_again(world.db, target.id, PASSWORD, by=marie.agent, at=world.now)

    assert not session_of(world, paul).is_proved(world.now)


@pytest.mark.parametrize("typed", ["", "x" * 5_000, "\x00", "' OR 1=1 --"])
def test_whatever_is_typed_is_at_most_a_wrong_password(world: World, known_by: str, typed: str) -> None:
    refused: Refusal | None = None
    try:
        prove(world, session_of(world, known_by), typed)
    except PasswordNotProved as refusal:
        refused = refusal

    assert refused is not None
