"""Several acts at the same moment, as several browsers would do them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def at_once(*acts: Callable[[], Result]) -> list[Result | Exception]:
    """Do everything at the same moment; what each returned or raised."""
    start = threading.Barrier(len(acts))

    def act(work: Callable[[], Result]) -> Result | Exception:
        start.wait()
        try:
            return work()
        except Exception as error:  # noqa: BLE001 - it is looked at by the test
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))
