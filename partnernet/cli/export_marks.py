"""Marks in a folder of exports: hidden files named by the key of a batch, from before it is made until it is written.

A mark is locked as long as its run lives, and the system forgets the lock with the run: what is marked and not locked
was left behind by a run that was killed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PREFIX = ".export-"


@contextmanager
def marked(folder: Path, key: str) -> Iterator[None]:
    """The folder bears the mark of a key; it stays when the block does not end well. Raises `OSError`."""
    path = folder / f"{_PREFIX}{key}"
    with path.open("wb") as file:
        with suppress(OSError):  # a folder elsewhere may know no locks: its marks count as left behind
            _lock(file)
        yield
    path.unlink(missing_ok=True)


@contextmanager
def left_behind(folder: Path) -> Iterator[list[str]]:
    """The keys whose runs were killed, held from other runs meanwhile; their marks go when the block ends well."""
    held: dict[Path, IO[bytes]] = {}
    try:
        for path in sorted(folder.glob(f"{_PREFIX}*")):
            with suppress(FileNotFoundError, PermissionError):  # its run has just ended, or is somebody else's
                held[path] = path.open("r+b")
                if not _is_free(held[path]):
                    held.pop(path).close()
        yield [path.name.removeprefix(_PREFIX) for path in held]
    finally:
        for file in held.values():
            file.close()
    for path in held:
        path.unlink(missing_ok=True)


def _is_free(file: IO[bytes]) -> bool:
    """Whether its run is over; locks it for this one."""
    try:
        _lock(file)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # no locks here
        return True
    return True


def _lock(file: IO[bytes]) -> None:
    """Lock a file for this run alone, or raise at once when another has it."""
    if sys.platform == "win32":
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
