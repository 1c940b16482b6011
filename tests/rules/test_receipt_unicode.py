"""Names as people write them, and as they should not: all are shown as text, and nothing else happens."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from tests.support.receipts import CASH, RICHARD, paid, printed, text


def named(name: str) -> str:
    """What the receipt of a customer of this name says."""
    return text(replace(CASH, customer=replace(RICHARD, name=name)))


@pytest.mark.parametrize(
    "name",
    [
        "Cœur de Bœuf — 5 € & fils",
        "ᓄᓇᕗᑦ ᐃᓄᒃᑎᑐᑦ",
        "Kativik ᑲᑎᕕᒃ inc.",
        "Łukasz Øresund, Đặng Ÿ",
        "Ωμέγα Ёлка",
        "Flèche → gaz ★",
    ],
)
def test_a_name_is_printed_and_can_be_copied_from_the_file(name: str) -> None:
    assert name in named(name)


@pytest.mark.parametrize(
    "name",
    [
        "{nb} {0} %s",
        "**gras** __souligné__ [lien](https://example.org)",
        "<b>gras</b> &amp; <img src=x>",
        r"\) Tj ET (injecté) \(",
        "=1+1",
        "-" * 100,
    ],
)
def test_markup_in_a_name_is_only_text(name: str) -> None:
    pdf = printed(replace(CASH, customer=replace(RICHARD, name=name)))

    says = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "".join(name.split()) in "".join(says.split())
    assert all("/Annots" not in page for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("mark", ["\u6f22", "\U0001f525", "\u202e", "\x07", "\u200b"])
def test_what_no_font_shows_is_seen_to_be_missing(mark: str) -> None:
    says = named(f"Gaz {mark} du Nord")

    assert "Gaz \ufffd du Nord" in says
    assert mark not in says


def test_a_decomposed_name_is_printed_composed() -> None:
    assert "Hélène" in named("He\u0301le\u0300ne")


def test_a_document_number_without_blanks_wraps_in_its_column() -> None:
    says = text(replace(CASH, allocations=(paid("F" * 60, "10.02"),)))

    assert "".join(says.split()).count("F") >= 60
    assert "2026-09-14" in says
