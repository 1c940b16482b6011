"""How commands speak, whom they act as, and on which database."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn

from partnernet.domain.agents import Agent, console_operator
from partnernet.settings import settings
from partnernet.storage import schema
from partnernet.storage.database import Database

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def say(text: str) -> None:
    """One line on stdout, as it is: no markup, no folding."""
    out.print(text, markup=False, soft_wrap=True)


def warn(text: str) -> None:
    """One line on stderr, as it is."""
    err.print(text, markup=False, soft_wrap=True)


def complain(text: str) -> int:
    """One line on stderr; returns the exit status of a failure."""
    warn(text)
    return 1


def operator() -> Agent:
    """Whoever runs this command, by the name of their account on this machine."""
    try:
        return console_operator(getpass.getuser())
    except (KeyError, OSError):  # an account without a name, as in some containers
        return console_operator("console")


@contextmanager
def opened_database() -> Iterator[Database]:
    """The configured database, closed at the end. Raises a storage refusal."""
    database = schema.open_database(settings().database_url)
    try:
        yield database
    finally:
        database.dispose()


@contextmanager
def progress_bar() -> Iterator[Callable[[float], None]]:
    """A bar while somebody watches, nothing in a log."""
    columns = (BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda fraction: bar.update(task, completed=fraction)
