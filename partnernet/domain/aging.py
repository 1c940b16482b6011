"""How late the documents of an account are, in bands of thirty days (courant, 1–30, 31–60, 61–90, 91 et plus)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from partnernet.domain.accounts import Standing
from partnernet.domain.money import ZERO, Money, total


class AgeBand(StrEnum):
    """How long a document has been past due."""

    CURRENT = "current"
    TO_30_DAYS = "to_30_days"
    TO_60_DAYS = "to_60_days"
    TO_90_DAYS = "to_90_days"
    OVER_90_DAYS = "over_90_days"


_LAST_DAYS = ((0, AgeBand.CURRENT), (30, AgeBand.TO_30_DAYS), (60, AgeBand.TO_60_DAYS), (90, AgeBand.TO_90_DAYS))


@dataclass(frozen=True, slots=True)
class Aged:
    """What is open in one band, and on how many documents."""

    band: AgeBand
    amount: Money
    count: int


@dataclass(frozen=True, slots=True)
class Aging:
    """Every band in order, empty ones too; together they are what is open on the documents, to the cent.

    ``undocumented`` is owed without a document: credit of a reversed payment that the principal's books had used.
    """

    bands: tuple[Aged, ...]
    undocumented: Money

    @property
    def amount(self) -> Money:
        """What is open in all bands."""
        return total(aged.amount for aged in self.bands)


def days_late(due: date, today: date) -> int:
    """Full days past due; a document due today is not late."""
    return max(0, (today - due).days)


def band_of(days: int) -> AgeBand:
    """The band of a document so many days past due."""
    return next((band for last, band in _LAST_DAYS if days <= last), AgeBand.OVER_90_DAYS)


def aging(standing: Standing, today: date) -> Aging:
    """The open documents of an account, by how late each is on a business date."""
    amounts: dict[AgeBand, list[Money]] = {band: [] for band in AgeBand}
    for document in standing.documents:
        amounts[band_of(days_late(document.due_date, today))].append(document.open_amount)
    bands = tuple(Aged(band, total(of_band), len(of_band)) for band, of_band in amounts.items())
    documents = total(aged.amount for aged in bands)
    return Aging(bands, max(ZERO, standing.total_due - documents))
