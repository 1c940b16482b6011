"""How far the reading of a file has come, drawn where the person is looking, while a callback is at work."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from streamlit.delta_generator import DeltaGenerator

from partnernet.web.callbacks import between

_EVERY_SECONDS = 0.25


def bar(place: DeltaGenerator, text: str) -> Callable[[float], None]:
    """A bar in this place with this text; the answer moves it, from 0 to 1. No click and no lost tab stops the act."""
    last_drawn = [monotonic()]

    def move(fraction: float) -> None:
        if monotonic() - last_drawn[0] >= _EVERY_SECONDS:
            last_drawn[0] = monotonic()
            draw(fraction)

    def _draw(fraction: float) -> None:
        place.progress(min(max(fraction, 0.0), 1.0), text)

    draw = between(_draw)
    draw(0.0)
    return move
