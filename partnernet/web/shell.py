"""Streamlit's page skeleton, in the person's language, with our name, our small script and nothing inline."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from streamlit import file_util

from partnernet.i18n import _, in_language

STATIC = Path(__file__).parent / "static"

# Each must be found exactly once: another version of Streamlit must not quietly bring its own words back.
_REPLACED = (
    (r"<!--\s*Copyright.*?-->\s*", ""),
    (r'<html lang="en">', '<html lang="{language}">'),
    (r'<link rel="shortcut icon"[^>]*>', '<link rel="icon" href="/static-app/icon.svg?v={icon}" />'),
    (r'<link\s+rel="preload"[^>]*>', ""),
    (r"<title>Streamlit</title>", "<title>PartnerNET</title>"),
    (r"<!--\s*Machine-readable.*?-->\s*<link[^>]*>", ""),
    (r"<!--\s*initialize window.prerenderReady.*?-->\s*<script>.*?</script>", ""),
    (r"<noscript>.*?</noscript>", "<noscript><p>{noscript}</p></noscript>"),
    (
        r'<script type="module"',
        '{styles}<script src="/static-app/app.js?v={script}" defer></script><script type="module"',
    ),
)


@cache
def shell(language: str) -> str:
    """The HTML that every screen starts from."""
    html = Path(file_util.get_static_dir(), "index.html").read_text("utf-8")
    with in_language(language):
        noscript = _("PartnerNET a besoin de JavaScript : activez-le pour cette adresse.")
    words = {
        "language": language,
        "noscript": noscript,
        "icon": _version("icon.svg"),
        "styles": "".join(_stylesheet(path.name) for path in sorted(STATIC.glob("*.css"))),
        "script": _version("app.js"),
    }
    for pattern, replacement in _REPLACED:
        text = replacement.format(**words)
        html, count = re.subn(pattern, lambda _match, text=text: text, html, flags=re.DOTALL)  # type: ignore[misc]
        if count != 1:
            raise RuntimeError(f"Streamlit's page has {count} times {pattern}")
    return html


def _stylesheet(name: str) -> str:
    return f'<link rel="stylesheet" href="/static-app/{name}?v={_version(name)}" />'


def _version(name: str) -> str:
    """Changes with the file, so that a browser never runs yesterday's script."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
