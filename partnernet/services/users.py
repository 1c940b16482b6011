"""Users: given access, given a new one, choosing their own password and language."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from partnernet.domain.agents import Agent
from partnernet.domain.passwords import PasswordsDiffer, acceptable
from partnernet.domain.permissions import Permission, Role, require
from partnernet.domain.sign_in import CODE_HOURS, CurrentPasswordWrong, PasswordChange, SessionNotFound, SignInRefused
from partnernet.domain.users import (
    Access,
    BranchNeeded,
    BranchNotFound,
    LoginTaken,
    NewUser,
    UserNotFound,
    read_login,
    read_person_name,
)
from partnernet.services import audit, credentials, sessions
from partnernet.storage.database import Database
from partnernet.storage.tables import app_user, branch, user_session


def add(db: Database, new: NewUser, *, by: Agent, at: datetime) -> Access:
    """Give a person access, by the password given or else by a one-time code that is good for 24 hours."""
    require(by, Permission.MANAGE_USERS)
    login, name = read_login(new.login), read_person_name(new.name)
    if new.branch_code is None and new.role in (Role.AGENT, Role.SUPERVISOR):
        raise BranchNeeded(new.role)
    access, secret = _access(login, at)
    if new.password is not None:
        password = acceptable(new.password, own_words=(login, name))
        access, secret = Access(login), {"password_hash": credentials.hash_password(password)}
    row = {
        "login": login,
        "name": name,
        "role": new.role,
        "language": new.language,
        "active": True,
        "failed_count": 0,
        "created_at": at,
        **secret,
    }
    with db.write() as connection:
        branch_id = _branch_id(connection, new.branch_code)
        try:
            connection.execute(insert(app_user).values(branch_id=branch_id, **row))
        except IntegrityError as error:
            raise LoginTaken(login) from error
        audit.record(connection, "user.added", login, by=by, at=at, role=new.role)
    return access


def reset(db: Database, login: str, *, by: Agent, at: datetime) -> Access:
    """Replace a person's password by a one-time code; their sessions end and they may be tried again."""
    require(by, Permission.MANAGE_USERS)
    access, secret = _access(read_login(login), at)
    cleared = {"password_hash": None, "failed_count": 0, "refused_until": None}
    with db.write() as connection:
        user_id = connection.scalar(select(app_user.c.id).where(app_user.c.login == access.login))
        if user_id is None:
            raise UserNotFound(access.login)
        connection.execute(update(app_user).where(app_user.c.id == user_id).values(**cleared, **secret))
        sessions.end_all(connection, user_id, at=at)
        audit.record(connection, "user.reset", access.login, by=by, at=at)
    return access


def set_password(db: Database, change: PasswordChange, *, by: Agent, at: datetime) -> None:
    """Give the person the password they chose; their other sessions end, and no code works any more.

    The password in force is asked, under the same throttle as at sign-in, unless a one-time code opened this session.
    Raises the refusals of `partnernet.domain.passwords`, `CurrentPasswordWrong`, `TooManyAttempts`, `AccountStopped`.
    """
    require(by, Permission.MANAGE_OWN_ACCOUNT)
    session = (
        user_session.c.id == change.session_id,
        user_session.c.user_id == by.id,
        user_session.c.ended_at.is_(None),
    )
    with db.read() as connection:
        by_code = connection.scalar(select(user_session.c.new_password_due).where(*session))
    if not by_code:
        try:
            credentials.prove(db, by.login, change.current, at=at)
        except SignInRefused as refusal:
            raise CurrentPasswordWrong() from refusal
    password = acceptable(change.new, own_words=(by.login, by.name))
    if change.again != change.new:
        raise PasswordsDiffer()
    fresh = {"password_hash": credentials.hash_password(password), "code_hash": None, "code_expires_at": None}
    with db.write() as connection:
        proved = {"new_password_due": False, "password_proved_at": at}
        if connection.execute(update(user_session).where(*session).values(proved)).rowcount != 1:
            raise SessionNotFound()  # ended, or the account reset, in the meantime
        connection.execute(update(app_user).where(app_user.c.id == by.id).values(**fresh, failed_count=0))
        sessions.end_all(connection, by.id, at=at, but=change.session_id)
        audit.record(connection, "password.changed", by.login, by=by, at=at)


def set_language(db: Database, language: str, *, by: Agent) -> None:
    """Speak ``fr`` or ``en`` with this person from their next click on."""
    require(by, Permission.MANAGE_OWN_ACCOUNT)
    with db.write() as connection:
        connection.execute(update(app_user).where(app_user.c.id == by.id).values(language=language))


def none_yet(db: Database) -> bool:
    """Whether nobody can sign in, because the database has no user at all."""
    with db.read() as connection:
        return connection.scalar(select(app_user.c.id).limit(1)) is None


def _access(login: str, at: datetime) -> tuple[Access, dict[str, object]]:
    """A new one-time code for the person, and how the database keeps it."""
    code, expires_at = credentials.new_code(), at + timedelta(hours=CODE_HOURS)
    return Access(login, code, expires_at), {"code_hash": credentials.hash_code(code), "code_expires_at": expires_at}


def _branch_id(connection: Connection, code: str | None) -> int | None:
    if code is None:
        return None
    found = connection.scalar(select(branch.c.id).where(branch.c.code == code.strip().upper()))
    if found is None:
        raise BranchNotFound(code)
    return found
