"""One key for what is stored and what is typed, and what ``*`` stands for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnernet.domain.search_text import SearchPattern, read_pattern, search_key


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Montréal", "montreal"),
        ("Montréal", "MONTREAL"),
        ("Montréal", "Montre\u0301al"),
        ("St-Jérôme", "Saint-Jérôme"),
        ("Ste. Thérèse", "sainte therese"),
        ("Cœur d’Or", "coeur d'or"),
        ("Lætitia Nøkken", "LAETITIA NOKKEN"),
        ("Locations  Richard", "locations richard"),
        ("Groupe A&B inc.", "groupe a b inc"),
        ("Straße", "STRASSE"),
    ],
)
def test_what_people_write_differently_has_one_key(stored: str, typed: str) -> None:
    assert search_key(stored) == search_key(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Stanley", "Saintanley"), ("Richard", "Richards"), ("ᐃᓄᒃᑎᑐᑦ", "ᐃᓄᒃ"), ("Best Gaz", "Besaint Gaz")],
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


def test_syllabics_are_letters() -> None:
    assert search_key("ᓄᓇᕗᑦ ᒎ") == "ᓄᓇᕗᑦ ᒎ"


@given(st.text(max_size=40))
def test_a_key_holds_letters_digits_and_single_blanks_only(text: str) -> None:
    key = search_key(text)

    assert all(mark.isalnum() or mark == " " for mark in key)
    assert key == " ".join(key.split())


@given(st.text(max_size=40))
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("*Richard*", "Locations Richard"),
        ("loc*rich*", "Locations Richard"),
        ("LOCATIONS RICHARD", "Locations Richard"),
        ("*ONS*", "Locations Richard"),
        ("loc * rich *", "Locations Richard"),
        ("*st*", "Stanley Gaz"),
        ("st*", "Stanley Gaz"),
        ("st*", "St-Laurent Gaz"),
        ("*St-Jean*", "Dépanneur St-Jean"),
        ("*st-jean*", "Garage Saint-Jean inc."),
        ("St-Lau*", "Saint-Laurent Gaz"),
        ("*ste*", "Ferme Stevens"),
        ("*d'or*", "Cœur d’Or"),
        ("**rich**ard", "Locations Richard"),
    ],
)
def test_a_pattern_finds_the_name(typed: str, name: str) -> None:
    assert _finds(read_pattern(typed), search_key(name))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Richard", "Locations Richard"),
        ("Richard*", "Locations Richard"),
        ("*Locations", "Locations Richard"),
        ("rich*loc*", "Locations Richard"),
        ("st", "Stanley Gaz"),
        ("Stan St*", "Stan Gaz"),
        ("%", "Locations Richard"),
        ("Locations ?ichard", "Locations Richard"),
    ],
)
def test_a_pattern_does_not_find_another_name(typed: str, name: str) -> None:
    assert not _finds(read_pattern(typed), search_key(name))


@given(st.text(alphabet="Saint éœ-*%_?[", max_size=20))
def test_what_is_typed_between_stars_holds_nothing_that_a_database_takes_for_a_wildcard(typed: str) -> None:
    parts = [part for parts in read_pattern(typed).alternatives for part in parts]

    assert all(mark.isalnum() or mark == " " for part in parts for mark in part)


@given(st.text(alphabet="abé ste-", min_size=1, max_size=20))
def test_a_name_between_stars_finds_itself(name: str) -> None:
    assert _finds(read_pattern(f"*{name}*"), search_key(name))


def _finds(pattern: SearchPattern, key: str) -> bool:
    """An oracle of its own: each alternative as a regular expression."""
    return any(
        re.fullmatch(".*".join(re.escape(part) for part in parts), key) is not None for parts in pattern.alternatives
    )
