"""Figures beside a floor that is measured in the same run, since absolute times drift between machines."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Figure:
    """What was measured, its floor, and the most that it may be as a multiple of it."""

    name: str
    seconds: Sequence[float]
    floor_name: str
    floor_seconds: Sequence[float]
    most: float
    remark: str = ""

    @property
    def ratio(self) -> float:
        """How many times the floor, median to median."""
        return median(self.seconds) / median(self.floor_seconds)

    def __str__(self) -> str:
        verdict = "met" if self.ratio <= self.most else "missed"
        own = f"{_ms(median(self.seconds))} ms (p95 {_ms(_p95(self.seconds))})"
        floor = f"{self.floor_name} {_ms(median(self.floor_seconds))} ms (p95 {_ms(_p95(self.floor_seconds))})"
        remark = f", {self.remark}" if self.remark else ""
        return f"{self.name}: {own}; {floor}: {self.ratio:.1f} x, at most {self.most:g} x{remark}: {verdict}"


def seconds_of(act: Callable[[], object]) -> float:
    """How long it took."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _p95(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20)[-1]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f}"
