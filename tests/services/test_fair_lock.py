"""The lock in front of SQLite: first come, first served, and never lost by whoever gives up."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from partnernet.storage.fair_lock import FairLock


def test_it_is_held_by_one_at_a_time() -> None:
    lock, inside, most = FairLock(), 0, 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(200):
            assert lock.acquire(10)
            inside += 1
            most = max(most, inside)
            inside -= 1
            lock.release()

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(work) for _ in range(8)]:
            done.result()

    assert most == 1
    assert lock.acquire(0), "it is free at the end"


def test_it_serves_in_the_order_of_arrival() -> None:
    lock, order = FairLock(), list[int]()
    assert lock.acquire(0)

    def wait(number: int) -> None:
        assert lock.acquire(10)
        order.append(number)
        lock.release()

    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        while len(lock._gates) != number + 1:
            pass
    lock.release()
    for thread in threads:
        thread.join()

    assert order == [0, 1, 2, 3, 4]


def test_whoever_gives_up_leaves_no_turn_behind() -> None:
    lock = FairLock()
    assert lock.acquire(0)

    assert not lock.acquire(0.01)

    lock.release()
    assert lock.acquire(0)


def test_a_wait_that_is_interrupted_hands_the_turn_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The turn comes in the very moment in which the waiting thread is stopped."""
    lock = FairLock()
    assert lock.acquire(0)

    class Gate:
        """A lock whose wait is interrupted just after the turn was handed over."""

        def acquire(self, timeout: float = -1) -> bool:
            if timeout < 0:
                return True
            lock.release()
            raise KeyboardInterrupt

        def release(self) -> None:
            pass

    monkeypatch.setattr("partnernet.storage.fair_lock.threading.Lock", Gate)
    with pytest.raises(KeyboardInterrupt):
        lock.acquire(1)
    monkeypatch.undo()

    assert lock.acquire(0), "the lock must NOT stay held by nobody"
