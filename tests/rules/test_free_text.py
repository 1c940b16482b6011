"""Free text: what people write is kept in composed form, what cannot be seen is refused."""

from __future__ import annotations

import pytest

from partnernet.domain.free_text import HiddenCharacters, TextTooLong, clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Jean Côté ", "Jean Côté"),
        ("Jean Co\u0302te\u0301", "Jean Côté"),
        ("œuvre — « à l'été » 5 €", "œuvre — « à l'été » 5 €"),
        ("ᐃᓄᒃᑎᑐᑦ", "ᐃᓄᒃᑎᑐᑦ"),
        ("Nguyễn 👍", "Nguyễn 👍"),
        ("deux  espaces", "deux  espaces"),
        ("ligne\nsuivante\tet\r\nfin", "ligne suivante et  fin"),
        ("ligne\u2028suivante\u2029fin", "ligne suivante fin"),
        ("%_\\'\"<b>{x}", "%_\\'\"<b>{x}"),
        ("", ""),
    ],
)
def test_what_can_be_seen_is_kept(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    "hidden",
    [
        "\x00", "\x07", "\x1b", "\x7f", "\x85", "\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a",
        "\u202e", "\u2060", "\u2066", "\u2069", "\ufeff", "\ufff9", "\U000e0041", "\ue000", "\ud800", "\uffff", "\x0b",
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_refused_and_named(hidden: str) -> None:
    with pytest.raises(HiddenCharacters) as refused:
        clean(f"Jean{hidden}Côté{hidden}", field="note")

    assert refused.value.code_points == (f"U+{ord(hidden):04X}",)
    assert refused.value.field == "note"


def test_the_limit_counts_what_was_typed_and_what_is_kept() -> None:
    assert clean("é" * 5, limit_chars=5) == "é" * 5
    for long in ("x" * 6, "\ufb2c" * 2):  # the last composes to three characters each
        with pytest.raises(TextTooLong) as refused:
            clean(long, field="note", limit_chars=5)
        assert (refused.value.limit_chars, refused.value.field) == (5, "note")


def test_a_text_of_ten_thousand_characters_is_refused() -> None:
    with pytest.raises(TextTooLong):
        clean("x" * 10_000)


def test_five_hundred_characters_are_kept_unless_the_field_says_otherwise() -> None:
    assert clean("x" * 500) == "x" * 500
    with pytest.raises(TextTooLong):
        clean("x" * 501)
