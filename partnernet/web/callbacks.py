"""What every callback of a widget shares: who is there is asked again, and no click is forgotten."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from streamlit.runtime.scriptrunner import RerunException, StopException

from partnernet.domain.agents import Agent
from partnernet.web.presence import current_agent

P = ParamSpec("P")

# The rerun that was asked for while this run's callbacks were at work. A run has a thread of its own.
_run = threading.local()


def finished(act: Callable[P, None]) -> Callable[P, None]:
    """A callback that runs to its end.

    When a second message reaches the server while callbacks run (the field that lost the focus to this click sends
    one), Streamlit raises at the next access to ``st.*`` or ``st.session_state`` and forgets the click: measured, 2 of
    12 synthetic clicks and more. So the act starts over until it goes through, and `follow` lets the other message have
    its rerun. An act that writes is safe to start over by its key.
    """

    @wraps(act)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        while True:
            try:
                return act(*args, **kwargs)
            except RerunException as asked_meanwhile:
                _run.asked_meanwhile = asked_meanwhile

    return run


def callback(act: Callable[Concatenate[Agent, P], None]) -> Callable[P, None]:
    """A `finished` callback of somebody signed in; for anybody else it does nothing, and the page says why."""

    @finished
    @wraps(act)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        by = current_agent()
        if by is not None:
            act(by, *args, **kwargs)

    return run


def between(draw: Callable[P, object]) -> Callable[P, None]:
    """What an act draws on its way, which must not end it: Streamlit raises there when somebody clicks or leaves.

    Whatever was clicked meanwhile has its turn after the act (`follow`); where the tab is gone, the act still ends.
    """

    @wraps(draw)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            draw(*args, **kwargs)
        except RerunException as asked_meanwhile:
            _run.asked_meanwhile = asked_meanwhile
        except StopException:
            return

    return run


def follow() -> None:
    """The script's first statement: give way to the rerun that callbacks have put off."""
    asked_meanwhile: RerunException | None = getattr(_run, "asked_meanwhile", None)
    _run.asked_meanwhile = None
    if asked_meanwhile is not None:
        raise asked_meanwhile
