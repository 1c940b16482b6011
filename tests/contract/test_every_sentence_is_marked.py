"""No sentence reaches a screen without going through the catalogues, and the catalogues are in step with the source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from partnernet.i18n import LANGUAGES
from partnernet.i18n.catalogues import CATALOGUES
from partnernet.settings import ROOT
from tests.support.marked import marks, unmarked

SCREENS = sorted([*(ROOT / "pages").glob("*.py"), *(ROOT / "partnernet" / "web").rglob("*.py")])
SOURCES = sorted([*(ROOT / "pages").glob("*.py"), *(ROOT / "partnernet").rglob("*.py")])
UPDATE = "run the commands of docs/languages.md"


def catalogue(code: str) -> Catalog:
    with (CATALOGUES / code / "LC_MESSAGES" / "partnernet.po").open("rb") as lines:
        return read_po(lines, locale=code, abort_invalid=True)


def extracted() -> dict[str, str | tuple[str, ...]]:
    """Every marked sentence of the source: its identifier, and its plural where it has one."""
    found: dict[str, str | tuple[str, ...]] = {}
    for folder in (ROOT / "pages", ROOT / "partnernet"):
        for _file, _line, message, _comments, _context in extract_from_dir(folder, method_map=[("**.py", "python")]):
            found[message if isinstance(message, str) else message[0]] = message
    return found


def messages(code: str) -> list[Message]:
    return [message for message in catalogue(code) if message.id]


def forms(text: object) -> tuple[str, ...]:
    """The singular and plural of a sentence, or the sentence alone."""
    return tuple(text) if isinstance(text, tuple | list) else (str(text or ""),)


def identifier(message: Message) -> str:
    return forms(message.id)[0]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_screen_shows_no_sentence_that_is_not_marked(path: Path) -> None:
    assert list(unmarked(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        'st.title("Paiement")',
        'st.write(f"Total : {total}")',
        'st.write("Total : " + money(total))',
        'st.write("Total : {}".format(total))',
        'left.metric("Argent", value)',
        'st.text_input("Ville", key="city")',
        'st.button(_("Chercher"), help="Cherche le client")',
        'st.radio(_("Type"), ["Chèque", _("Espèces")])',
        'st.error("Non" if late else _("Oui"))',
        'TITLE = "Paiement"\nst.header(TITLE)',
        'st.column_config.TextColumn("Reçu")',
        'st.Page("pages/x.py", title="Accueil")',
        'st.navigation({"Client": [page]})',
        "def page():\n    return f'<p>{name}</p><p>Bonjour</p>'",
        'def page():\n    return \'<input name="x" placeholder="Ville">\'',
        "def page():\n    return HTMLResponse('Introuvable')",
        'st.write(_(f"Reçu {number}"))',
        'st.write(_("Reçu") + " de caisse")',
    ],
)
def test_a_sentence_that_is_not_marked_is_noticed(source: str) -> None:
    assert list(unmarked(source))


@pytest.mark.parametrize(
    "source",
    [
        'st.title(_("Paiement"))',
        'st.write(_("Reçu no {number}").format(number=number))',
        'st.write(ngettext("{n} reçu", "{n} reçus", n).format(n=n))',
        'st.button(_("Chercher"), key="search", type="primary", icon=":material/search:")',
        'st.write(f"{name} · {money(total)}")',
        "st.html(f'<p class=\"{kind}\">{escape(name)}</p>')",
        'st.write(row["name"], labels.tender(tender))',
        'st.Page(ROOT / "pages" / "home.py", title=_("Accueil"), url_path="accueil")',
        'def page():\n    return f\'<form method="post" class="card"><label>{escape(_("Ville"))}</label></form>\'',
        "CARD = '<p>Partner<b>NET</b></p><p>{label}</p>'",
        r"TITLE = re.compile(r'<title>Streamlit</title>')",
        'st.html("<style>.card { color: black }</style>")',
        '"""A docstring with <b>markup</b>."""',
        'headers["Content-Security-Policy"] = "script-src \'self\'"',
    ],
)
def test_what_is_marked_or_is_no_sentence_passes(source: str) -> None:
    assert list(unmarked(source)) == []


def test_every_mark_of_the_source_is_found_by_the_extraction() -> None:
    marked = {text for path in SOURCES for text in marks(path.read_text(encoding="utf-8"))}

    assert len(marked) > 300
    assert marked - set(extracted()) == set()


def test_the_english_catalogue_has_every_sentence_of_the_source_and_no_other() -> None:
    known = {identifier(message) for message in messages("en")}

    assert set(extracted()) - known == set(), UPDATE
    assert known - set(extracted()) == set(), UPDATE


def test_the_french_catalogue_has_every_plural_of_the_source_said_as_it_is_written() -> None:
    plurals = {message for message in extracted().values() if isinstance(message, tuple)}

    assert {message.id for message in messages("fr")} == plurals, UPDATE
    assert all(message.string == message.id for message in messages("fr")), "copy the two forms as they are"


def test_every_sentence_is_said_in_english() -> None:
    assert [message.id for message in messages("en") if not all(forms(message.string))] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_translation_names_no_fact_that_the_sentence_does_not_have(code: str) -> None:
    for message in messages(code):
        known = placeholders(" ".join(forms(message.id)))
        for string in forms(message.string):
            assert placeholders(string) <= known, message.id
            assert not string or message.pluralizable or placeholders(string) == known, message.id


def test_a_catalogue_holds_no_guess() -> None:
    assert [message.id for code in LANGUAGES for message in messages(code) if message.fuzzy] == []
