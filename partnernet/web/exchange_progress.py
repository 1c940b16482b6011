"""How far the reading of a file has come, drawn where the person is looking, while a callback is at work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from streamlit.delta_generator import DeltaGenerator

from partnernet.web.callbacks import between

_EVERY_SECONDS = 0.25


@contextmanager
def bar(place: DeltaGenerator, text: str) -> Iterator[Callable[[float], None]]:
    """A bar in this place with this text, gone at the end; what is given moves it, from 0 to 1.

    No click and no lost tab stops the act.
    """
    last_drawn = monotonic()

    def move(fraction: float) -> None:
        nonlocal last_drawn
        if monotonic() - last_drawn >= _EVERY_SECONDS:
            last_drawn = monotonic()
            draw(fraction)

    draw, clear = between(lambda fraction: place.progress(min(max(fraction, 0.0), 1.0), text)), between(place.empty)
    draw(0.0)
    try:
        yield move
    finally:
        clear()
