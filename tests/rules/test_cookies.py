"""Whose session it is must not depend on what other applications at the same host keep in their cookies."""

from __future__ import annotations

import pytest

from partnernet.web.cookies import token_in

OURS = "partnernet-session=abc-123"


@pytest.mark.parametrize(
    "others",
    ['theme={"dark":1}', "seen=a b c", "name=é", "list[]=1", "consent", "a/b=1", 'quoted="x; y"', "=nameless", ""],
)
def test_the_session_is_found_beside_whatever_cookie_another_application_left(others: str) -> None:
    assert token_in(f"{others}; {OURS}") == "abc-123"
    assert token_in(f"{OURS}; {others}") == "abc-123"


@pytest.mark.parametrize("header", ["", "partnernet-session=", "x-partnernet-session=abc", "partnernet-sessions=abc"])
def test_no_session_is_made_up(header: str) -> None:
    assert token_in(header) is None
