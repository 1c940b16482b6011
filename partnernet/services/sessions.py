"""Sessions: opened by a password or a one-time code, looked up at every click, ended at once when they must."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from partnernet.domain.agents import Agent
from partnernet.domain.permissions import Permission, require
from partnernet.domain.refusals import DatabaseBusy, DatabaseUnavailable
from partnernet.domain.sign_in import (
    OpenSession,
    OwnSession,
    PasswordNotProved,
    SessionLimits,
    SessionNotFound,
    SignedIn,
    SignInRefused,
)
from partnernet.services import audit, credentials
from partnernet.storage.database import Database
from partnernet.storage.people import agent_of_row, people
from partnernet.storage.tables import app_user, user_session

LIMITS = SessionLimits()

_TOKEN_BYTES = 32
_NOTED_EVERY = timedelta(minutes=1)


def hash_token(token: str) -> str:
    """What the database and the pages know a session by: the SHA-256 (hex) of the token in the cookie."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(db: Database, login: str, password: str, *, at: datetime, limits: SessionLimits = LIMITS) -> SignedIn:
    """Open a session. Raises `SignInRefused`, `TooManyAttempts` or `AccountStopped`, as `credentials.prove` does."""
    proved = credentials.prove(db, login, password, at=at)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    with db.write() as connection:
        user = connection.execute(people().where(app_user.c.id == proved.user_id, app_user.c.active)).one_or_none()
        if user is None:
            raise SignInRefused()
        session = {
            "token_hash": hash_token(token),
            "user_id": user.id,
            "created_at": at,
            "last_seen_at": at,
            "expires_at": at + timedelta(hours=limits.day_hours),
            "password_proved_at": at,
            "new_password_due": proved.by_code,
        }
        connection.execute(insert(user_session).values(session))
        audit.record(connection, "session.opened", user.login, by=agent_of_row(user), at=at, by_code=proved.by_code)
    return SignedIn(token, proved.by_code, user.language)


def find(
    db: Database, token_hash: str, *, at: datetime, limits: SessionLimits = LIMITS, active: bool = True
) -> OpenSession | None:
    """The session in force and its person as they are now; ``None`` when it is over or the person is disabled.

    A visit counts as activity, noted at most once a minute, unless ``active`` is false (a screen that renews itself).
    """
    more = (
        user_session.c.id.label("session_id"),
        user_session.c.new_password_due,
        user_session.c.password_proved_at,
        user_session.c.last_seen_at,
    )
    which = and_(user_session.c.token_hash == token_hash, _in_force(at, limits), app_user.c.active)
    with db.read() as connection:
        row = connection.execute(people(*more).join(user_session).where(which)).one_or_none()
    if row is None:
        return None
    if active and at - row.last_seen_at >= _NOTED_EVERY:
        _note_visit(db, row.session_id, at)
    mark = hashlib.sha256((row.password_hash or "").encode()).hexdigest()
    return OpenSession(row.session_id, agent_of_row(row), row.new_password_due, row.password_proved_at, mark)


def agent_of(db: Database, token_hash: str, *, at: datetime, limits: SessionLimits = LIMITS) -> Agent | None:
    """The person whose session this is, when they may act: signed in, and no new password to choose first."""
    session = find(db, token_hash, at=at, limits=limits)
    return session.acting if session else None


def prove_again(db: Database, session_id: int, password: str, *, by: Agent, at: datetime) -> None:
    """The person gives their password again in a session of theirs, under the same throttle as at sign-in.

    A one-time code proves nothing here: whoever gave it out knows it too. Raises `PasswordNotProved`,
    `TooManyAttempts`, `AccountStopped` and `SessionNotFound`.
    """
    require(by, Permission.MANAGE_OWN_ACCOUNT)
    try:
        proved = credentials.prove(db, by.login, password, at=at)
    except SignInRefused as refusal:
        raise PasswordNotProved() from refusal
    if proved.by_code or proved.user_id != by.id:
        raise PasswordNotProved()
    which = (user_session.c.id == session_id, user_session.c.user_id == by.id, user_session.c.ended_at.is_(None))
    with db.write() as connection:
        proof = update(user_session).where(*which).values(password_proved_at=at)
        if connection.execute(proof).rowcount != 1:
            raise SessionNotFound()
        audit.record(connection, "password.proved", by.login, by=by, at=at)


def sign_out(db: Database, token_hash: str, *, at: datetime) -> None:
    """End the session that this token opened; nothing happens when it is already over."""
    with db.write() as connection:
        which = and_(user_session.c.token_hash == token_hash, user_session.c.ended_at.is_(None))
        user = connection.execute(people().join(user_session).where(which)).one_or_none()
        if user is not None:
            _end(connection, which, at)
            audit.record(connection, "session.closed", user.login, by=agent_of_row(user), at=at)


def own(db: Database, *, by: Agent, at: datetime, limits: SessionLimits = LIMITS) -> tuple[OwnSession, ...]:
    """The person's open sessions, the most recently used first."""
    require(by, Permission.MANAGE_OWN_ACCOUNT)
    columns = (user_session.c.id, user_session.c.created_at, user_session.c.last_seen_at)
    with db.read() as connection:
        rows = connection.execute(
            select(*columns)
            .where(user_session.c.user_id == by.id, _in_force(at, limits))
            .order_by(user_session.c.last_seen_at.desc(), user_session.c.id)
        )
        return tuple(OwnSession(*row) for row in rows)


def end(db: Database, session_id: int, *, by: Agent, at: datetime) -> None:
    """End one of the person's own sessions at once, wherever it is open. Raises `SessionNotFound` for any other."""
    require(by, Permission.MANAGE_OWN_ACCOUNT)
    which = and_(user_session.c.id == session_id, user_session.c.user_id == by.id, user_session.c.ended_at.is_(None))
    with db.write() as connection:
        if _end(connection, which, at) != 1:
            raise SessionNotFound()
        audit.record(connection, "session.ended", by.login, by=by, at=at)


def end_all(connection: Connection, user_id: int, *, at: datetime, but: int | None = None) -> None:
    """End every session of a user, ``but`` one of them, inside the caller's transaction."""
    _end(connection, and_(user_session.c.user_id == user_id, user_session.c.id != (but or 0)), at)


def _end(connection: Connection, which: ColumnElement[bool], at: datetime) -> int:
    open_ones = and_(which, user_session.c.ended_at.is_(None))
    return connection.execute(update(user_session).where(open_ones).values(ended_at=at)).rowcount


def _in_force(at: datetime, limits: SessionLimits) -> ColumnElement[bool]:
    return and_(
        user_session.c.ended_at.is_(None),
        user_session.c.expires_at > at,
        user_session.c.last_seen_at > at - timedelta(minutes=limits.idle_minutes),
    )


def _note_visit(db: Database, session_id: int, at: datetime) -> None:
    """A visit that cannot be noted is still a visit: whoever looks must not be stopped by whoever writes."""
    with suppress(DatabaseBusy, DatabaseUnavailable), db.write() as connection:
        connection.execute(update(user_session).where(user_session.c.id == session_id).values(last_seen_at=at))
