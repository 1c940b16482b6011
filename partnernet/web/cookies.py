"""The two cookies: the session's, and a note that lives for the one redirect after a refused sign-in."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass

from starlette.requests import cookie_parser

from partnernet.settings import settings

_NOTE_SECONDS = 20


def session_cookie() -> str:
    """``__Host-`` where HTTPS allows it: no other host or path can then set it."""
    return "__Host-partnernet-session" if settings().https else "partnernet-session"


def note_cookie() -> str:
    """The name of the note."""
    return "__Host-partnernet-sign-in" if settings().https else "partnernet-sign-in"


@dataclass(frozen=True, slots=True)
class RefusedSignIn:
    """What the form shows again: never the password. ``reason`` is the refusal's class name."""

    reason: str
    minutes: int
    login: str


def token_in(cookie_header: str) -> str | None:
    """The session's token, if the browser sent one.

    Read as browsers write: the standard library's parser gives up at another application's cookie that is not to its
    taste, and whoever has one could never sign in.
    """
    return cookie_parser(cookie_header).get(session_cookie()) or None


def keep_session(token: str) -> str:
    """`Set-Cookie` for a new session; it ends with the browser at the latest, and in the database before."""
    return _set(session_cookie(), token)


def drop_session() -> str:
    """`Set-Cookie` that removes the session's cookie."""
    return _set(session_cookie(), "", seconds=0)


def keep_note(note: RefusedSignIn) -> str:
    """`Set-Cookie` with the note: not in the address, which browsers and proxies remember."""
    return _set(note_cookie(), urlsafe_b64encode(json.dumps(asdict(note)).encode()).decode(), seconds=_NOTE_SECONDS)


def drop_note() -> str:
    """`Set-Cookie` that removes the note."""
    return _set(note_cookie(), "", seconds=0)


def read_note(value: str | None) -> RefusedSignIn | None:
    """The note, if there is one and it says what a note can say."""
    try:
        content = json.loads(urlsafe_b64decode(value or ""))
        return RefusedSignIn(str(content["reason"]), int(content["minutes"]), str(content["login"])[:20])
    except (ValueError, KeyError, TypeError):
        return None


def _set(name: str, value: str, *, seconds: int | None = None) -> str:
    flags = ["Path=/", "HttpOnly", "SameSite=Strict"]
    if seconds is not None:
        flags.append(f"Max-Age={seconds}")
    if settings().https:
        flags.append("Secure")
    return "; ".join([f"{name}={value}", *flags])
