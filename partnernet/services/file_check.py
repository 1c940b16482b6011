"""Checking a file line by line before anything of it is imported: what is good is staged, the rest is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from partnernet.domain.exchanges import Caution, Fault, NothingImported, RowRepeated
from partnernet.domain.refusals import Refusal
from partnernet.services.tabular import FileFaulty, Line
from partnernet.storage.staging import Staging

Read = TypeVar("Read")

_BATCH_LINES = 1000


def _nothing(_said: object) -> None:
    """For whoever does not listen."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Whom to tell, while a file is read: each faulty line in order, each caution, and the progress from 0 to 1."""

    fault: Callable[[Fault], None] = _nothing
    caution: Callable[[Caution], None] = _nothing
    progress: Callable[[float], None] = _nothing

    def between(self, start: float, end: float) -> Callable[[float], None]:
        """What tells the progress of a part of the work that takes the whole from ``start`` to ``end``."""
        return lambda fraction: self.progress(start + (end - start) * fraction)


@dataclass(frozen=True, slots=True)
class Checked:
    """A good line: the record to stage, and how a person names what the file may hold once."""

    line: Line
    subject: str
    record: tuple[str | int, ...]
    cautions: tuple[Refusal, ...] = ()


# Reads a batch of lines, so that what must be asked of the database is asked once for many.
Reader = Callable[[list[Line | Fault]], Iterable[Checked | Fault]]


def read_each(batch: Iterable[Line | Fault], read: Callable[[Line], Read]) -> Iterator[Read | Fault]:
    """Each line read, or the fault that it is."""
    for item in batch:
        if isinstance(item, Fault):
            yield item
            continue
        try:
            yield read(item)
        except Refusal as reason:
            yield Fault(item.number, item.fields, reason)


def check(table: Iterator[Line | Fault], reader: Reader, staging: Staging, listener: Listener) -> tuple[int, int]:
    """Stage the good lines of a table; how many lines were faulty, and how many cautions there were.

    Raises `NothingImported` when the file as a whole cannot be read, its faults told first.
    """
    fault_count = caution_count = 0
    try:
        while batch := list(islice(table, _BATCH_LINES)):
            for item in reader(batch):
                told = _stage(item, staging)
                if isinstance(told, Fault):
                    fault_count += 1
                    listener.fault(told)
                else:
                    caution_count += len(told)
                    for caution in told:
                        listener.caution(caution)
            if isinstance(batch[-1], Line):
                listener.progress(batch[-1].read_fraction)
    except FileFaulty as faulty:
        for fault in faulty.faults:
            listener.fault(fault)
        raise NothingImported(fault_count + len(faulty.faults)) from faulty
    return fault_count, caution_count


def _stage(item: Checked | Fault, staging: Staging) -> Fault | list[Caution]:
    if isinstance(item, Fault):
        return item
    first_line = staging.add(item.line.number, item.record)
    if first_line is not None:
        return Fault(item.line.number, item.line.fields, RowRepeated(item.subject, first_line))
    return [Caution(item.line.number, reason) for reason in item.cautions]
