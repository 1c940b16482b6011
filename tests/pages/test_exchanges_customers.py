"""« Échanges », a file of customers: checked first, always; what was checked is imported, once, by who may."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from partnernet.clock import now
from partnernet.domain.customer_file import COLUMNS
from partnernet.domain.exchanges import FileImport
from partnernet.domain.permissions import Role
from partnernet.services import customers, exchanges, users
from partnernet.web.exchange_notebook import csv_of
from tests.support.approvals import buttons, press, said
from tests.support.exchanging import CHECK, IMPORT, SCREEN, bring, checked, customers_csv, open_items_csv
from tests.support.screens import Screens

GOOD = customers_csv(("100245", "Locations Richard"), ("100246", "Cuisine Lê"))
ONE_FAULT = customers_csv(("100245", "Locations Richard"), ("", "Sans numéro"))


def imports(screens: Screens) -> tuple[FileImport, ...]:
    return exchanges.history(screens.world.db, by=screens.world.supervisor)


def name_of(screens: Screens, number: str) -> str:
    found = customers.account(screens.world.db, number, by=screens.world.supervisor, at=now())
    return found.customer.name


def tables(app: AppTest) -> str:
    return " ".join(table.value.to_csv() for table in app.dataframe)


# --- the check ------------------------------------------------------------------------------------------------------


def test_without_a_file_there_is_nothing_to_check(screens: Screens) -> None:
    app = screens.open(SCREEN, screens.world.supervisor, vue="fichiers")
    assert buttons(app) == [CHECK]

    press(app, CHECK)

    assert "Choisissez le fichier à vérifier." in said(app)
    assert "pn-refusal-whole" not in said(app), "it stands beside its field"
    assert buttons(app) == [CHECK]


def test_the_check_says_what_would_change_and_changes_nothing(screens: Screens) -> None:
    screens.world.customer("100245", "Location Richard")

    app = checked(bring(screens, GOOD))

    for expected in ("Toutes les lignes sont bonnes", "Rien n'est encore importé", "Nouveaux", "Modifiés"):
        assert expected in said(app)
    (change,) = app.dataframe[0].value.to_dict("records")[:1]
    assert (change["Compte"], change["Colonne"]) == ("100245", "name")
    assert (change["Avant"], change["Après"]) == ("Location Richard", "Locations Richard")
    assert buttons(app) == [CHECK, IMPORT]
    assert name_of(screens, "100245") == "Location Richard"
    assert imports(screens) == ()


def test_what_was_checked_is_imported_and_the_address_says_so_ever_after(screens: Screens) -> None:
    app = checked(bring(screens, GOOD))
    key = str(app.query_params["op"])

    press(app, IMPORT)

    assert "customers.csv importé : 2 clients." in said(app)
    assert CHECK not in buttons(app)
    assert name_of(screens, "100246") == "Cuisine Lê"
    assert [(done.row_count, done.imported_by) for done in imports(screens)] == [(2, "SU1000")]
    again = screens.open(SCREEN, screens.world.supervisor, vue="fichiers", op=key)
    assert "customers.csv importé : 2 clients." in said(again)


def test_every_faulty_line_is_told_and_the_others_are_imported_only_when_asked(screens: Screens) -> None:
    app = checked(bring(screens, ONE_FAULT))

    assert "1 ligne à corriger" in said(app)
    assert [header.value for header in app.subheader] == ["1 ligne fautive"]
    (fault,) = app.dataframe[0].value.to_dict("records")
    assert (fault["Ligne"], fault["Raison"]) == (3, "account_number\u00a0: ne peut pas être vide.")
    assert "Sans numéro" in fault["Contenu"]
    assert buttons(app) == [CHECK, "Importer sans la ligne fautive"]
    assert imports(screens) == ()

    press(app, "Importer sans la ligne fautive")

    assert "customers.csv importé : 1 client. 1 ligne mise de côté." in said(app)
    assert [button.label for button in app.download_button] == ["Télécharger les lignes fautives"]
    assert name_of(screens, "100245") == "Locations Richard"


def test_another_form_begins_anew(screens: Screens) -> None:
    app = press(checked(bring(screens, GOOD)), IMPORT)
    key = str(app.query_params["op"])

    press(app, "Importer un autre fichier")

    assert str(app.query_params["op"]) != key
    assert app.radio[0].value == "documents", "after the customers come their documents"
    assert "importé" not in said(app)


# --- files that are not what they should be ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (open_items_csv(("100245", "F-1", "10,00")), "C'est le fichier des documents ouverts : choisissez"),
        (b"PK\x03\x04" + bytes(400), "C'est un classeur Excel, une archive (zip ou gz)"),
        (",".join(COLUMNS).encode(), "n'a aucune ligne sous son en-tête"),
        (b"", "le fichier est vide"),
    ],
)
def test_a_file_that_is_not_the_one_meant_is_told_in_one_sentence(
    screens: Screens, content: bytes, sentence: str
) -> None:
    app = checked(bring(screens, content))

    assert sentence in said(app)
    assert said(app).count('role="alert"') - said(app).count("hidden") == 1
    assert buttons(app) == [CHECK]
    assert not app.dataframe


def test_a_file_that_cannot_be_read_as_a_table_is_told_line_by_line_and_cannot_be_imported(screens: Screens) -> None:
    app = checked(bring(screens, b"account_number;name\n100245;Richard\n"))

    assert "Rien ne peut être importé" in said(app)
    assert "l'en-tête ne nomme pas la colonne city." in tables(app)
    assert buttons(app) == [CHECK]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_files_come_as_they_are_written(screens: Screens, encoding: str) -> None:
    text = customers_csv(("100245", "L'Œuvre des Sœurs")).decode("utf-8-sig")

    press(checked(bring(screens, text.encode(encoding))), IMPORT)

    assert name_of(screens, "100245") == "L'Œuvre des Sœurs"


@pytest.mark.parametrize("name", ["=1+1", "<b>gras</b>", "ᓄᓇᕗᑦ", "*x* $a$ :red[b]", "é" * 200, "@SUM(A1)"])
def test_a_hostile_name_is_shown_as_it_is_and_is_no_formula_in_the_download(screens: Screens, name: str) -> None:
    screens.world.customer("100245", name)
    content = customers_csv(("100245", "Locations Richard"), ("100246", name), ("100246", name))

    app = checked(bring(screens, content, file_name="<b>=1+1.csv"))

    assert name in tables(app)
    assert "<b>" not in "".join(element.proto.body for element in app.get("html"))
    found = app.session_state["exchange_checked"][1]
    downloaded = csv_of(found.findings).decode("utf-8-sig")
    assert name in downloaded
    assert not any(cell.startswith(("=", "@")) for line in downloaded.splitlines() for cell in line.split(";"))


def test_ten_thousand_faulty_lines_are_counted_the_first_shown_and_all_downloaded(screens: Screens) -> None:
    content = customers_csv(*((f"{n:06}", "") for n in range(10_000)))

    app = checked(bring(screens, content))

    assert [header.value.replace("\u00a0", " ") for header in app.subheader] == [
        "10 000 lignes fautives (les 200 premières ici)"
    ]
    assert len(app.dataframe[0].value) == 200
    assert buttons(app) == [CHECK], "not one line is left to import"
    downloaded = csv_of(app.session_state["exchange_checked"][1].findings).decode("utf-8-sig")
    assert len(downloaded.splitlines()) == 10_001
    assert "customers.csv:10001: name\u00a0: ne peut pas être vide." in downloaded


# --- what was checked is what is imported -----------------------------------------------------------------------------


def test_another_file_has_to_be_checked_before_it_is_imported(screens: Screens) -> None:
    app = checked(bring(screens, GOOD))

    app.file_uploader[0].set_value(("customers.csv", ONE_FAULT, "text/csv")).run()

    assert "vérifiez de nouveau" in app.info[0].value
    assert buttons(app) == [CHECK]
    assert imports(screens) == ()


def test_a_file_that_is_taken_away_is_not_imported(screens: Screens) -> None:
    app = checked(bring(screens, GOOD))

    app.file_uploader[0].set_value(None)
    press(app, IMPORT)

    assert "Ce n'est plus ce qui a été vérifié" in said(app) or "vérifiez de nouveau" in app.info[0].value
    assert imports(screens) == ()


def test_after_another_import_the_file_has_to_be_checked_again(screens: Screens) -> None:
    other = screens.world.person("SU2000", "Guy Roy", Role.SUPERVISOR, screens.world.branch)
    app = checked(bring(screens, GOOD))
    press(checked(bring(screens, ONE_FAULT, by=other)), "Importer sans la ligne fautive")

    press(app, IMPORT)

    assert "vérifiez de nouveau" in app.info[0].value
    assert [done.imported_by for done in imports(screens)] == ["SU2000"]
    press(checked(app), IMPORT)
    assert [done.imported_by for done in imports(screens)] == ["SU1000", "SU2000"]


def test_a_page_that_was_loaded_again_says_that_the_file_is_gone(screens: Screens) -> None:
    app = checked(bring(screens, GOOD))

    again = screens.open(
        SCREEN, screens.world.supervisor, **{name: app.query_params[name] for name in app.query_params}
    )

    assert "La page a été rechargée : le serveur n'a plus le fichier vérifié" in again.info[0].value
    assert buttons(again) == [CHECK]
    assert imports(screens) == ()


def test_two_tabs_on_one_form_import_once(screens: Screens) -> None:
    first = checked(bring(screens, GOOD))
    second = screens.open(SCREEN, screens.world.supervisor, vue="fichiers", op=str(first.query_params["op"]))
    second.file_uploader[0].set_value(("customers.csv", GOOD, "text/csv"))
    checked(second)

    press(first, IMPORT)
    press(second, IMPORT)

    assert "customers.csv importé : 2 clients." in said(second)
    assert len(imports(screens)) == 1


# --- whose ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["fichiers", "historique", ""])
def test_an_auditor_has_no_file_to_bring_whatever_the_address(screens: Screens, view: str) -> None:
    auditor = screens.world.person("AU1000", "Paul Roy", Role.AUDITOR)

    app = screens.open(SCREEN, auditor, vue=view)

    assert not app.file_uploader
    assert not app.button
    assert not app.error


def test_the_history_says_who_imported_what_and_when(screens: Screens) -> None:
    press(checked(bring(screens, ONE_FAULT)), "Importer sans la ligne fautive")
    auditor = screens.world.person("AU1000", "Paul Roy", Role.AUDITOR)

    app = screens.open(SCREEN, auditor, vue="historique")

    (line,) = app.dataframe[0].value.to_dict("records")
    assert (line["Quoi"], line["Nombre"], line["Par"]) == ("Clients reçus", "1 client", "SU1000")
    assert line["Détail"] == "customers.csv · 1 ligne mise de côté"


def test_without_an_exchange_the_history_says_so(screens: Screens) -> None:
    app = screens.open(SCREEN, screens.world.supervisor, vue="historique")

    assert [info.value for info in app.info] == ["Aucun échange pour l'instant."]


def test_in_english_words_are_english(screens: Screens) -> None:
    users.set_language(screens.world.db, "en", by=screens.world.supervisor)

    app = press(bring(screens, ONE_FAULT), "Check the file")

    assert buttons(app) == ["Check the file", "Import without the faulty line"]
    assert "ligne" not in said(app)
