"""Screens in Streamlit's test harness, for every page test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.screens import Screens, open_screens


@pytest.fixture
def screens(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Screens]:
    """The real screens over a database of this test's own, with a world that lives now."""
    with open_screens(sqlite_url, monkeypatch) as opened:
        yield opened
