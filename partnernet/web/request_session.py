"""Whose HTTP request this is: the same sessions as the pages', read from the header that the edge sets."""

from __future__ import annotations

from starlette.requests import Request

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.services import sessions
from partnernet.web.runtime import SESSION_HEADER, database, session_limits


def session_hash(request: Request) -> str | None:
    """The hash of the token in the request's cookie, if it carried one."""
    return request.headers.get(SESSION_HEADER)


def agent_of_request(request: Request) -> Agent | None:
    """The person whose session this is, when they may act."""
    token_hash = session_hash(request)
    return sessions.agent_of(database(), token_hash, at=now(), limits=session_limits()) if token_hash else None
