"""One real server for the tests of what it answers to whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.served import Served, serve


@pytest.fixture(scope="session")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with a world of its own, shared by the session: tests add people and leave the others alone."""
    with serve(sqlite_template, tmp_path_factory.mktemp("served")) as running:
        yield running
