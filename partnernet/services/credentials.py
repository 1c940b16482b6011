"""Passwords and one-time codes: made, hashed, and proved under a throttle that the database keeps."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from math import ceil
from threading import BoundedSemaphore
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Row, update

from partnernet.domain.passwords import LONGEST_CHARS, normalised
from partnernet.domain.sign_in import MOST_FAILURES, AccountStopped, SignInRefused, TooManyAttempts, wait_after
from partnernet.domain.users import LoginMalformed, read_login
from partnernet.services import audit
from partnernet.storage.database import Database
from partnernet.storage.people import agent_of_row, people
from partnernet.storage.tables import app_user

# OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Each hash fills 19 MiB and one core: however many people knock, two are answered at a time.
_turns = BoundedSemaphore(2)

_CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, 1/I: codes are read out and copied by hand
_CODE_CHARS = 16  # 80 bits


@dataclass(frozen=True, slots=True)
class Proved:
    """Somebody showed that they are this user, by their password or by a one-time code."""

    user_id: int
    by_code: bool


def hash_password(password: str) -> str:
    """The argon2id hash of a password that was found acceptable."""
    with _turns:
        return _hasher.hash(password)


def new_code() -> str:
    """A one-time code, as it is read out: ``K7QD-3MXT-W9PB-HR4C``."""
    marks = [secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_CHARS)]
    return "-".join("".join(marks[start : start + 4]) for start in range(0, _CODE_CHARS, 4))


def hash_code(typed: str) -> str:
    """SHA-256 of a code, however it was typed: 80 random bits need no slower hash."""
    return hashlib.sha256("".join(filter(str.isalnum, typed.upper())).encode()).hexdigest()


def prove(db: Database, login: str, password: str, *, at: datetime) -> Proved:
    """Check a password or one-time code.

    The attempt is counted before it is looked at, so that many at once win nothing; a good one clears the count. A name
    that nobody has costs the same work. (That an account is throttled does show that it exists: agent numbers are
    printed on receipts.) Raises `SignInRefused`, `TooManyAttempts` or `AccountStopped`.
    """
    user = _count_attempt(db, login, at)
    by_password = _matches(user.password_hash if user else None, password)
    by_code = _is_code(user, password, at) if user else False
    if user is None:
        raise SignInRefused()
    if not (by_password or by_code):
        audit.refused(db, "sign_in.failed", user.login, by=agent_of_row(user), at=at)
        raise SignInRefused()
    with db.write() as connection:
        unchanged = (app_user.c.id == user.id, app_user.c.active, app_user.c.password_hash == user.password_hash)
        if by_code:
            unchanged = (app_user.c.id == user.id, app_user.c.active, app_user.c.code_hash == user.code_hash)
        cleared = update(app_user).where(*unchanged).values(failed_count=0, refused_until=None)
        if connection.execute(cleared).rowcount != 1:
            raise SignInRefused()  # reset or disabled while the hash was computed
    return Proved(user.id, by_code)


def _count_attempt(db: Database, login: str, at: datetime) -> Row[Any] | None:
    """The active user of this name, one more failure on their count; raises when they may not be tried now."""
    try:
        login = read_login(login)
    except LoginMalformed:
        return None
    with db.write() as connection:
        find = people().where(app_user.c.login == login, app_user.c.active)
        user = connection.execute(find.with_for_update(of=app_user)).one_or_none()
        if user is None:
            return None
        if user.failed_count >= MOST_FAILURES:
            raise AccountStopped()
        if user.refused_until is not None and at < user.refused_until:
            raise TooManyAttempts(ceil((user.refused_until - at) / timedelta(minutes=1)))
        failures = user.failed_count + 1
        wait = wait_after(failures)
        counted = {"failed_count": failures, "refused_until": at + wait if wait else None}
        connection.execute(update(app_user).where(app_user.c.id == user.id).values(counted))
        return user


def _is_code(user: Row[Any], typed: str, at: datetime) -> bool:
    return (
        user.code_hash is not None
        and at < user.code_expires_at
        and hmac.compare_digest(user.code_hash, hash_code(typed[:LONGEST_CHARS]))
    )


def _matches(password_hash: str | None, password: str) -> bool:
    """Whether the password has this hash; without one, the same work for nothing."""
    try:
        with _turns:
            _hasher.verify(password_hash or _nobody(), normalised(password[: LONGEST_CHARS + 1]))
    except VerifyMismatchError:
        return False
    return password_hash is not None


@cache
def _nobody() -> str:
    """The hash of a password that nobody knows."""
    return _hasher.hash(secrets.token_urlsafe(24))
