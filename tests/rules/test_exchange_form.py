"""A file brought to the screen: the moment typed for it, and whether it is the file that was meant."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from partnernet.domain.customer_file import COLUMNS as CUSTOMERS
from partnernet.domain.exchange_form import (
    FileDayUnreadable,
    FileHourUnreadable,
    FileIsAnArchive,
    FileOfTheOtherKind,
    read_as_of,
    refuse_archive,
    refuse_other_kind,
)
from partnernet.domain.exchanges import FileKind
from partnernet.domain.open_item_file import COLUMNS as OPEN_ITEMS
from partnernet.domain.refusals import FormRefused

ZONE = "America/Toronto"


@pytest.mark.parametrize("hour", ["18:00", "18:00:00", "18 h 00", "18h", "18 H", "1800", " 18:00 "])
def test_an_hour_is_read_as_people_write_it(hour: str) -> None:
    assert read_as_of("2026-11-24", hour, ZONE) == datetime(2026, 11, 24, 23, 0, tzinfo=UTC)


def test_the_hour_is_that_of_the_time_zone_on_that_day() -> None:
    summer, winter = read_as_of("2026-07-01", "06:30", ZONE), read_as_of("2026-12-01", "06:30", ZONE)

    assert (summer.astimezone(UTC).hour, winter.astimezone(UTC).hour) == (10, 11)


@pytest.mark.parametrize(
    "hour", ["", "18", "24:00", "18:60", "18:00:60", "18:00:5", "6 pm", "18:0", "-1:00", "١٨:٠٠", "=1+1"]
)
def test_what_is_no_hour_is_refused_and_nothing_is_guessed(hour: str) -> None:
    with pytest.raises(FormRefused) as refused:
        read_as_of("2026-11-24", hour, ZONE)

    (reason,) = refused.value.refusals
    assert isinstance(reason, FileHourUnreadable)
    assert reason.typed == hour


def test_the_day_and_the_hour_are_told_together() -> None:
    with pytest.raises(FormRefused) as refused:
        read_as_of("2026-02-31", "midi", ZONE)

    assert [type(reason) for reason in refused.value.refusals] == [FileDayUnreadable, FileHourUnreadable]


@pytest.mark.parametrize(
    ("header", "wanted", "found"),
    [
        (CUSTOMERS, FileKind.OPEN_ITEMS, FileKind.CUSTOMERS),
        (OPEN_ITEMS, FileKind.CUSTOMERS, FileKind.OPEN_ITEMS),
        ([" Account Number ", "KIND", "Due_Date", "amount"], FileKind.CUSTOMERS, FileKind.OPEN_ITEMS),
    ],
)
def test_the_other_file_is_told_by_its_columns(header: tuple[str, ...], wanted: FileKind, found: FileKind) -> None:
    with pytest.raises(FileOfTheOtherKind) as refused:
        refuse_other_kind(header, wanted)

    assert refused.value.found is found


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (CUSTOMERS, FileKind.CUSTOMERS),
        (CUSTOMERS[:-2], FileKind.CUSTOMERS),
        ((*CUSTOMERS, "kind", "amount", "due_date"), FileKind.CUSTOMERS),
        (OPEN_ITEMS, FileKind.OPEN_ITEMS),
        ((), FileKind.CUSTOMERS),
        (("a", "b", "c"), FileKind.OPEN_ITEMS),
        (("account_number", "name"), FileKind.OPEN_ITEMS),
    ],
)
def test_columns_that_are_missing_do_not_make_it_the_other_file(header: tuple[str, ...], wanted: FileKind) -> None:
    refuse_other_kind(header, wanted)


@pytest.mark.parametrize("start", [b"PK\x03\x04\x14\x00", b"\x1f\x8b\x08\x00", b"\xd0\xcf\x11\xe0\xa1", b"%PDF-1.7"])
def test_what_is_no_text_is_told_by_its_first_bytes_whatever_its_name(start: bytes) -> None:
    with pytest.raises(FileIsAnArchive):
        refuse_archive(start)


def test_a_text_that_begins_alike_is_a_text() -> None:
    refuse_archive(b"PKB;name\n")
    refuse_archive(b"")
