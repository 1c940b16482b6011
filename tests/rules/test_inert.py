"""What people and files wrote is shown as it is, never read as markdown."""

from __future__ import annotations

import re

import pytest

from partnernet.web.inert import inert


@pytest.mark.parametrize(
    "written",
    [
        "**gras** _i_ `code` ~~x~~",
        ":red[rouge] :tada: :material/delete:",
        "[lien](x) ![image](x)",
        "<b>gras</b> &amp; &#58;",
        "# titre",
        "$a+b$",
    ],
)
def test_no_mark_of_markdown_is_left_bare(written: str) -> None:
    shown = inert(written)

    assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"\\.", "", shown))
    assert re.sub(r"\\(.)", r"\1", shown) == written


@pytest.mark.parametrize("written", ["https://exemple.ca", "HTTP://X", "www.exemple.ca", "a@exemple.ca", ":streamlit:"])
def test_addresses_are_broken_where_nobody_sees_it_because_an_escape_does_not_stop_them(written: str) -> None:
    shown = inert(written)

    assert "\u2060" in shown
    assert re.sub(r"\\(.)", r"\1", shown).replace("\u2060", "") == written


def test_ordinary_names_gain_nothing_invisible_and_amounts_keep_their_no_break_spaces() -> None:
    assert inert("Côté et Frères ᓄᓇᕗᑦ") == "Côté et Frères ᓄᓇᕗᑦ"
    assert inert("1\u00a0234,56\u00a0$") == "1\u00a0234\\,56\u00a0\\$"


def test_several_lines_become_one_and_no_leading_space_makes_a_block_of_code() -> None:
    assert inert("    un\n\ndeux\t trois ") == "un deux trois"
