"""The cookies: the session's, and notes that live for the one redirect after a password was asked."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from typing import Any

from starlette.requests import cookie_parser

from partnernet.settings import settings

_NOTE_SECONDS = 20
_KEPT_LIMIT_BYTES = 2_000  # some 2,700 characters of cookie at the most; browsers drop one of more than 4,096


def session_cookie() -> str:
    """``__Host-`` where HTTPS allows it: no other host or path can then set it."""
    return "__Host-partnernet-session" if settings().https else "partnernet-session"


def note_cookie() -> str:
    """The name of the note of a refused sign-in."""
    return "__Host-partnernet-sign-in" if settings().https else "partnernet-sign-in"


def proof_cookie() -> str:
    """The name of the note of a password that was asked again."""
    return "__Host-partnernet-proof" if settings().https else "partnernet-proof"


@dataclass(frozen=True, slots=True)
class RefusedSignIn:
    """What the form shows again: never the password. ``reason`` is the refusal's class name."""

    reason: str
    minutes: int
    login: str


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """What the screen at ``address`` takes up after a password was asked there: never the password itself.

    ``refusal`` is the sentence of a refusal, empty when the password was good; ``kept`` is what was being typed there.
    """

    address: str
    refusal: str
    kept: str


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
    return _set(note_cookie(), _written(note), seconds=_NOTE_SECONDS)


def drop_note() -> str:
    """`Set-Cookie` that removes the note."""
    return _set(note_cookie(), "", seconds=0)


def read_note(value: str | None) -> RefusedSignIn | None:
    """The note, if there is one and it says what a note can say."""
    try:
        content = _content(value)
        return RefusedSignIn(str(content["reason"]), int(content["minutes"]), str(content["login"])[:20])
    except (ValueError, KeyError, TypeError):
        return None


def short(text: str) -> str:
    """As much of the text, from its beginning, as a note can keep."""
    return text.encode()[:_KEPT_LIMIT_BYTES].decode(errors="ignore")


def keep_proof(note: AskedAgain) -> str:
    """`Set-Cookie` with the note of a password that was asked again."""
    return _set(proof_cookie(), _written(note), seconds=_NOTE_SECONDS)


def read_proof(value: str | None) -> AskedAgain | None:
    """The note, if there is one and it says what a note can say."""
    try:
        content = _content(value)
        kept = short(str(content["kept"]))
        return AskedAgain(str(content["address"]), str(content["refusal"]), kept)
    except (ValueError, KeyError, TypeError):
        return None


def _written(note: RefusedSignIn | AskedAgain) -> str:
    return urlsafe_b64encode(json.dumps(asdict(note), ensure_ascii=False).encode()).decode()


def _content(value: str | None) -> Any:
    return json.loads(urlsafe_b64decode(value or ""))


def _set(name: str, value: str, *, seconds: int | None = None) -> str:
    flags = ["Path=/", "HttpOnly", "SameSite=Strict"]
    if seconds is not None:
        flags.append(f"Max-Age={seconds}")
    if settings().https:
        flags.append("Secure")
    return "; ".join([f"{name}={value}", *flags])
