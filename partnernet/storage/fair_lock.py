"""A lock that serves threads in the order in which they came."""

from __future__ import annotations

import threading
from collections import deque


class FairLock:
    """First come, first served: a saturated SQLite file starves single writers, behind this lock none starves."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._gates: deque[threading.Lock] = deque()
        self._held = False

    def acquire(self, timeout_seconds: float) -> bool:
        """Wait for the turn; False when it did not come in time."""
        with self._mutex:
            if not self._held:
                self._held = True
                return True
            gate = threading.Lock()
            gate.acquire()
            self._gates.append(gate)
        try:
            came = gate.acquire(timeout=timeout_seconds)
        except BaseException:
            if self._leave(gate):
                self.release()
            raise
        return came or self._leave(gate)

    def release(self) -> None:
        """Hand the lock to whoever waits longest."""
        with self._mutex:
            if self._gates:
                self._gates.popleft().release()
            else:
                self._held = False

    def _leave(self, gate: threading.Lock) -> bool:
        """Stop waiting; True when the turn came in the very moment of giving up."""
        with self._mutex:
            if gate in self._gates:
                self._gates.remove(gate)
                return False
        return True
