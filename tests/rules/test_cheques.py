"""Cheques: details kept as text with their zeros, dates read in one order only, stale and post-dated at their edges."""

from __future__ import annotations

from datetime import date

import pytest

from partnernet.domain.cheques import (
    INSTITUTIONS,
    Cheque,
    ChequeAccountMalformed,
    ChequeDateUnreadable,
    ChequeNumberMalformed,
    DrawerMissing,
    InstitutionMalformed,
    TransitMalformed,
    is_post_dated,
    is_stale,
    read_cheque_fields,
    read_day,
)
from partnernet.domain.free_text import HiddenCharacters, TextTooLong
from partnernet.domain.refusals import Refusal

TYPED = {
    "number": "000123",
    "transit": "00006",
    "institution": "006",
    "account": "0123456",
    "dated": "2026-11-24",
    "drawer": "Jean Côté",
}


def read(**typed: str) -> tuple[Cheque | None, tuple[Refusal, ...]]:
    return read_cheque_fields(**{**TYPED, **typed})


def dated(day: str) -> Cheque:
    return Cheque("1", "00006", "006", "0123456", date.fromisoformat(day), "Jean Côté")


def test_a_cheque_keeps_its_zeros_and_forgives_blanks_and_hyphens() -> None:
    plain, _ = read()
    spaced, faults = read(number=" 000-123 ", transit="00 006", institution="0-06", account="\t012\u00a034-56")

    assert plain == spaced == Cheque("000123", "00006", "006", "0123456", date(2026, 11, 24), "Jean Côté")
    assert faults == ()


@pytest.mark.parametrize(
    ("field", "typed", "refusal"),
    [
        ("number", "", ChequeNumberMalformed),
        ("number", "12A", ChequeNumberMalformed),
        ("number", "1234567890123", ChequeNumberMalformed),
        ("number", "١٢٣", ChequeNumberMalformed),
        ("transit", "", TransitMalformed),
        ("transit", "0006", TransitMalformed),
        ("transit", "000006", TransitMalformed),
        ("transit", "0000O", TransitMalformed),
        ("institution", "06", InstitutionMalformed),
        ("institution", "0006", InstitutionMalformed),
        ("institution", "BMO", InstitutionMalformed),
        ("account", "123456", ChequeAccountMalformed),
        ("account", "1234567890123", ChequeAccountMalformed),
        ("account", "123 456 x", ChequeAccountMalformed),
        ("account", "0123456\x00", ChequeAccountMalformed),
        ("dated", "", ChequeDateUnreadable),
        ("drawer", "   ", DrawerMissing),
        ("drawer", "x" * 201, TextTooLong),
        ("drawer", "Jean\u202eétôC", HiddenCharacters),
    ],
)
def test_each_detail_is_refused_beside_its_own_field(field: str, typed: str, refusal: type[Refusal]) -> None:
    cheque, faults = read(**{field: typed})

    assert cheque is None
    assert [type(fault) for fault in faults] == [refusal]
    named = {"number": "cheque_number", "account": "cheque_account", "dated": "cheque_date"}.get(field, field)
    assert faults[0].field == named


def test_every_fault_is_told_at_once_in_the_order_of_the_form() -> None:
    cheque, faults = read_cheque_fields(number="", transit="", institution="", account="", dated="", drawer="")

    assert cheque is None
    assert [type(fault) for fault in faults] == [
        ChequeNumberMalformed,
        TransitMalformed,
        InstitutionMalformed,
        ChequeAccountMalformed,
        ChequeDateUnreadable,
        DrawerMissing,
    ]


@pytest.mark.parametrize(("account", "number"), [("1234567", "1"), ("123456789012", "123456789012")])
def test_the_shortest_and_the_longest_account_and_number_are_accepted(account: str, number: str) -> None:
    assert read(account=account, number=number)[1] == ()


def test_a_name_of_two_hundred_characters_is_accepted() -> None:
    assert read(drawer="x" * 200)[1] == ()


def test_an_institution_without_a_label_is_accepted() -> None:
    cheque, faults = read(institution="999")

    assert "999" not in INSTITUTIONS
    assert (cheque is not None, faults) == (True, ())


@pytest.mark.parametrize("typed", ["2026-11-24", "2026 11 24", "20261124", "2026/11/24", "2026.11.24", " 2026-11-24 "])
def test_a_date_is_read_in_the_numeric_order_of_cheques(typed: str) -> None:
    assert read_day(typed) == date(2026, 11, 24)


def test_a_month_or_a_day_of_one_digit_needs_its_separators() -> None:
    assert read_day("2026-1-2") == date(2026, 1, 2)
    for ambiguous in ("2026112", "202611", "2026-112", "202611-2"):
        with pytest.raises(ChequeDateUnreadable):
            read_day(ambiguous)


@pytest.mark.parametrize(
    "typed",
    [
        "24-11-2026", "24/11/26", "2026-02-31", "2026-13-01", "2026-00-10", "2026-11-24T10:00", "0000-01-01", "hier",
        "２０２６-11-24", "2026-11", "2026--11-24", "2026-11/24",
    ],
)  # fmt: skip
def test_a_date_in_another_order_or_not_in_the_calendar_is_refused(typed: str) -> None:
    with pytest.raises(ChequeDateUnreadable):
        read_day(typed)


@pytest.mark.parametrize(
    ("day", "today", "stale"),
    [
        ("2026-05-24", "2026-11-24", False),
        ("2026-05-23", "2026-11-24", True),
        ("2026-02-28", "2026-08-31", False),
        ("2026-02-27", "2026-08-31", True),
        ("2027-08-29", "2028-02-29", False),
        ("2025-12-31", "2026-06-30", False),
        ("2025-12-29", "2026-06-30", True),
        ("2026-11-24", "2026-11-24", False),
    ],
)
def test_a_cheque_is_stale_when_it_is_more_than_six_months_old(day: str, today: str, stale: bool) -> None:
    assert is_stale(dated(day), date.fromisoformat(today)) is stale


@pytest.mark.parametrize(("day", "post_dated"), [("2026-11-23", False), ("2026-11-24", False), ("2026-11-25", True)])
def test_a_cheque_is_post_dated_from_tomorrow_on(day: str, post_dated: bool) -> None:
    assert is_post_dated(dated(day), date(2026, 11, 24)) is post_dated
