"""Forms that browsers post to routes of our own: read within limits, answered by a way back to a screen of ours."""

from __future__ import annotations

from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from partnernet.web.screens import PATHS

# Passwords are checked one or two at a time, and wait here, not in the threads that serve everybody's pages and papers.
PASSWORDS = CapacityLimiter(2)

_FORM_LIMIT_BYTES = 16_384


async def fields(request: Request) -> dict[str, str] | None:
    """The fields of a posted form, or nothing when it is larger than ours can be."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _FORM_LIMIT_BYTES:
            return None
    found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in found.items()}


def local(address: str) -> str:
    """The address when it is one of our screens, with its query written anew; the home page otherwise."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc or parts.path not in PATHS:
        return "/"
    query = urlencode(parse_qsl(parts.query))
    return f"{parts.path}?{query}" if query else parts.path


def redirect(path: str, *set_cookies: str) -> Response:
    """To a screen of ours, by GET."""
    response = RedirectResponse(path, status_code=303, headers={"Cache-Control": "no-store"})
    for set_cookie in set_cookies:
        response.headers.append("Set-Cookie", set_cookie)
    return response
