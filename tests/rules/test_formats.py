"""Money, dates, times and phone numbers as people read them, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from threading import Thread

import pytest

from partnernet.domain.money import Money, parse_amount
from partnernet.i18n import in_language, language, ngettext, use_language
from partnernet.i18n.formats import (
    balance,
    day,
    denomination,
    figure,
    french_spacing,
    hour,
    moment,
    money,
    phone,
    signed,
    whole,
)

NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def french_again() -> Iterator[None]:
    yield
    use_language("fr")


@pytest.mark.parametrize(
    ("amount", "french", "english"),
    [
        ("1 234,56", f"1{NBSP}234,56{NBSP}$", "$1,234.56"),
        ("0,05", f"0,05{NBSP}$", "$0.05"),
        ("25 000 000,00", f"25{NBSP}000{NBSP}000,00{NBSP}$", "$25,000,000.00"),
    ],
)
def test_money_is_written_as_each_language_writes_it(amount: str, french: str, english: str) -> None:
    assert money(parse_amount(amount)) == french

    use_language("en")

    assert money(parse_amount(amount)) == english


def test_an_account_in_credit_is_marked_cr_and_never_negative() -> None:
    assert balance(parse_amount("60,00")) == "60,00"
    assert balance(-parse_amount("40,00")) == "40,00 CR"
    assert balance(Money(0)) == "0,00"


def test_a_difference_shows_its_sign() -> None:
    assert signed(Money(1)) == "+0,01"
    assert signed(Money(-2)) == "-0,02"
    assert signed(Money(0)) == "0,00"


def test_a_figure_has_no_dollar_sign() -> None:
    assert figure(parse_amount("1234.56")) == f"1{NBSP}234,56"


@pytest.mark.parametrize("code", ["fr", "en"])
def test_days_and_hours_are_written_alike_in_both_languages(code: str) -> None:
    use_language(code)
    at = datetime(2026, 11, 25, 3, 5, tzinfo=UTC)

    assert day(date(2026, 11, 4)) == "2026-11-04"
    assert hour(at, "America/Toronto") == "22:05"
    assert moment(at, "America/Toronto") == "2026-11-24 22:05"
    assert moment(at, "America/St_Johns") == "2026-11-24 23:35"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    naive = datetime(2026, 11, 24, 14, 5)  # noqa: DTZ001 what must be refused

    with pytest.raises(ValueError, match="time zone"):
        moment(naive, "America/Toronto")


@pytest.mark.parametrize("stored", ["+15142859286", "15142859286", "5142859286"])
def test_a_canadian_phone_number_is_grouped(stored: str) -> None:
    assert phone(stored) == "514 285-9286"


def test_an_extension_is_named_in_the_language_in_force() -> None:
    assert phone("+15142859286", "150") == "514 285-9286, poste 150"

    use_language("en")

    assert phone("+15142859286", "150") == "514 285-9286, ext. 150"


def test_a_phone_number_from_elsewhere_is_shown_as_it_is_stored() -> None:
    assert phone("+33142685300") == "+33142685300"


def test_french_marks_never_stand_alone_at_the_end_of_a_line() -> None:
    assert french_spacing("Montant : « x »") == f"Montant{NBSP}: «{NBSP}x{NBSP}»"


@pytest.mark.parametrize(("count", "french", "english"), [(0, "un", "other"), (1, "un", "one"), (2, "des", "other")])
def test_french_counts_zero_as_singular_and_english_does_not(count: int, french: str, english: str) -> None:
    one = "Rien n'est encore enregistré : un point à confirmer."
    many = "Rien n'est encore enregistré : {count} points à confirmer."

    in_french = ngettext(one, many, count)
    use_language("en")
    in_english = ngettext(one, many, count)

    assert in_french == (one if french == "un" else many)
    assert ("points" in in_english) == (english == "other")


def test_a_language_holds_in_its_thread_only() -> None:
    heard: list[str] = []

    def other_person() -> None:
        heard.append(language())
        use_language("en")
        heard.append(language())

    thread = Thread(target=other_person)
    thread.start()
    thread.join()

    assert heard == ["fr", "en"]
    assert language() == "fr"


def test_a_language_lent_to_a_block_comes_back_even_after_an_error() -> None:
    with pytest.raises(KeyError), in_language("en"):
        raise KeyError

    assert language() == "fr"


def test_a_language_that_has_no_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match="no such language"):
        use_language("de")


@pytest.mark.parametrize(
    ("cents", "french", "english"), [(5, f"5{NBSP}¢", "5¢"), (100, f"1{NBSP}$", "$1"), (10000, f"100{NBSP}$", "$100")]
)
def test_coins_and_notes_are_called_as_people_call_them(cents: int, french: str, english: str) -> None:
    assert denomination(cents) == french
    with in_language("en"):
        assert denomination(cents) == english


@pytest.mark.parametrize(
    ("number", "french", "english"), [(0, "0", "0"), (999, "999", "999"), (100_000, f"100{NBSP}000", "100,000")]
)
def test_the_thousands_of_a_whole_number_stand_apart(number: int, french: str, english: str) -> None:
    assert whole(number) == french
    with in_language("en"):
        assert whole(number) == english
