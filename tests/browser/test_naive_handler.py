"""The control: the gestures of `test_payment_clicks.py` on a naive handler do post twice, so they can tell."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.server import Server


@pytest.fixture(scope="module")
def naive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """The naive page on a server of its own."""
    path = tmp_path_factory.mktemp("naive") / "naive.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE payment (amount TEXT)")
    server = Server(
        f"sqlite:///{path}",
        log=path.with_suffix(".log"),
        settings={"NAIVE_DATABASE": str(path)},
        script="tests/browser/naive_app.py",
        healthy_at="/_stcore/health",
    )
    server.start()
    yield server, path
    server.stop()


def test_a_double_click_on_a_naive_handler_posts_twice(naive: tuple[Server, Path], page: Page) -> None:
    server, path = naive
    page.goto(server.url)
    submit = page.get_by_role("button", name="Soumettre")
    expect(submit).to_be_visible(timeout=20_000)

    with _held(path):
        submit.click()
        page.wait_for_timeout(400)
        submit.click()
        page.wait_for_timeout(600)

    expect(page.get_by_role("button", name="Soumettre")).to_be_enabled()
    _wait_for_rows(page, path, 2)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def _wait_for_rows(page: Page, path: Path, rows: int) -> None:
    for _ in range(100):
        with closing(sqlite3.connect(path)) as connection:
            found: int = connection.execute("SELECT count(*) FROM payment").fetchone()[0]
        if found >= rows:
            break
        page.wait_for_timeout(100)
    assert found == rows
