"""What a file of customers would change."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CustomerChange:
    """A known customer of whom something would change: each column with what it holds and what it would hold."""

    account_number: str
    name: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class CustomersPreview:
    """What a file of customers would do; ``changes`` are the first ones, the counts are of all. Nobody is removed."""

    file_hash: str
    row_count: int
    fault_count: int
    caution_count: int
    new_count: int
    changed_count: int
    changes: tuple[CustomerChange, ...]

    @property
    def unchanged_count(self) -> int:
        """How many stand already as the file says."""
        return self.row_count - self.new_count - self.changed_count
