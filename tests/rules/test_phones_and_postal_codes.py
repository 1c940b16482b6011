"""Phones in E.164 with the extension apart; postal codes as Canada Post writes them."""

from __future__ import annotations

import pytest

from partnernet.domain.phones import Phone, phone_key, read_phone
from partnernet.domain.postal_codes import can_be_issued, postal_key, read_postal_code


@pytest.mark.parametrize(
    ("written", "number", "extension"),
    [
        ("5142859286", "+15142859286", ""),
        ("(514) 285-9286", "+15142859286", ""),
        ("1-514-285-9286", "+15142859286", ""),
        ("514 285-9286, poste 150", "+15142859286", "150"),
        ("514.285.9286 ext 7", "+15142859286", "7"),
        ("514 285-9286 #44", "+15142859286", "44"),
        ("1 800 267-1177", "+18002671177", ""),
        ("+33 1 42 68 53 00", "+33142685300", ""),
    ],
)
def test_a_phone_is_kept_in_e164_with_its_extension_apart(written: str, number: str, extension: str) -> None:
    assert read_phone(written) == Phone(number, extension)


@pytest.mark.parametrize("written", ["", "N/D", "285-9286", "911", "514 285-9286 / 514 285-9999", "poste 12"])
def test_what_is_not_one_phone_number_is_not_guessed(written: str) -> None:
    assert read_phone(written) is None


def test_the_stored_number_and_the_typed_one_share_their_key() -> None:
    assert phone_key("+15142859286") == phone_key("1 (514) 285-9286") == phone_key("514 285-9286") == "5142859286"
    assert phone_key("+33142685300") == "33142685300"


@pytest.mark.parametrize("written", ["H2X 1Y4", "h2x1y4", " H2X-1Y4 ", "h2x  1y4"])
def test_a_postal_code_is_stored_one_way(written: str) -> None:
    assert read_postal_code(written) == "H2X 1Y4"


@pytest.mark.parametrize("written", ["05401", "SW1A 1AA", ""])
def test_a_code_of_another_country_is_kept_as_it_is(written: str) -> None:
    assert read_postal_code(written) == written


def test_letters_never_issued_are_known_and_searched_all_the_same() -> None:
    assert can_be_issued("H2X 1Y4")
    assert not can_be_issued("D6H 8L9")
    assert not can_be_issued("W2X 1Y4")
    assert postal_key("D6H 8L9") == postal_key("d6h-8l9") == "d6h8l9"
