"""An answer that is one sentence, for whoever asked for something other than a screen."""

from __future__ import annotations

from html import escape
from http import HTTPStatus

from starlette.responses import HTMLResponse, Response

from partnernet.i18n import _, language
from partnernet.settings import settings


def sentence_page(status: HTTPStatus, sentence: str, *, link: str = "") -> Response:
    """A small page with this status. ``link``, an address, stands below the sentence."""
    below = f'<p><a href="{escape(link)}">{escape(link)}</a></p>' if link else ""
    return HTMLResponse(
        f'<!DOCTYPE html><html lang="{language()}"><head><meta charset="utf-8"><title>PartnerNET</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="/static-app/icon.svg"><link rel="stylesheet" href="/static-app/counter.css">'
        '<link rel="stylesheet" href="/static-app/app.css"></head>'
        f'<body><main class="pn-sentence"><p>{escape(sentence)}</p>{below}</main></body></html>',
        status_code=status,
        headers={"Cache-Control": "no-store"},
    )


def signed_out_page() -> Response:
    """For whoever asks for a paper or a download without a session: 401, and where to sign in."""
    said = _("Votre session est fermée : ouvrez-en une, puis réessayez.")
    return sentence_page(HTTPStatus.UNAUTHORIZED, said, link=settings().public_url)
