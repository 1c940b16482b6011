"""What is wrong with a file from the principal's books, with a line of it, with a value. Columns keep their names."""

from __future__ import annotations

from partnernet.domain import exchanges
from partnernet.i18n.catalogues import _, ngettext
from partnernet.i18n.formats import money
from partnernet.i18n.sentences.registry import quoted, says
from partnernet.i18n.system_reasons import system_reason


@says(exchanges.NothingImported)
def nothing_imported(refusal: exchanges.NothingImported) -> str:
    return ngettext(
        "Rien n'a été importé : un point est à corriger.",
        "Rien n'a été importé : {count} points sont à corriger.",
        refusal.fault_count,
    ).format(count=refusal.fault_count)


@says(exchanges.FileUnreadable)
def file_unreadable(refusal: exchanges.FileUnreadable) -> str:
    return _("Le fichier « {name} » ne peut pas être lu : {reason}.").format(
        name=quoted(refusal.name), reason=system_reason(refusal.errno)
    )


@says(exchanges.FileEmpty)
def file_empty(_refusal: exchanges.FileEmpty) -> str:
    return _("Rien n'a été importé : le fichier est vide, ou n'a aucune ligne sous son en-tête.")


@says(exchanges.EncodingUnknown)
def encoding_unknown(_refusal: exchanges.EncodingUnknown) -> str:
    return _(
        "ce n'est ni de l'UTF-8 ni du Windows-1252, ou c'est un mélange des deux. "
        "Enregistrez de nouveau le fichier en « CSV UTF-8 »."
    )


@says(exchanges.LineTooLong)
def line_too_long(_refusal: exchanges.LineTooLong) -> str:
    return _("la ligne est démesurée. Vérifiez que c'est bien un fichier CSV.")


@says(exchanges.HeaderMissing)
def header_missing(refusal: exchanges.HeaderMissing) -> str:
    return _("le fichier n'a pas d'en-tête : sa première ligne doit nommer les colonnes {columns}.").format(
        columns=", ".join(refusal.columns)
    )


@says(exchanges.ColumnMissing)
def column_missing(refusal: exchanges.ColumnMissing) -> str:
    return _("l'en-tête ne nomme pas la colonne {column}.").format(column=refusal.column)


@says(exchanges.ColumnRepeated)
def column_repeated(refusal: exchanges.ColumnRepeated) -> str:
    return _("l'en-tête nomme deux fois la colonne {column}.").format(column=refusal.column)


@says(exchanges.MomentUnreadable)
def moment_unreadable(refusal: exchanges.MomentUnreadable) -> str:
    return _("« {typed} » n'est pas une date avec son heure, comme 2026-11-23T18:00.").format(
        typed=quoted(refusal.typed)
    )


@says(exchanges.FieldCountWrong)
def field_count_wrong(refusal: exchanges.FieldCountWrong) -> str:
    return _("{found} champs au lieu de {expected}.").format(found=refusal.found, expected=refusal.expected)


@says(exchanges.QuoteNotClosed)
def quote_not_closed(_refusal: exchanges.QuoteNotClosed) -> str:
    return _("un guillemet est ouvert et ne se referme jamais.")


@says(exchanges.QuoteMisplaced)
def quote_misplaced(_refusal: exchanges.QuoteMisplaced) -> str:
    return _("un guillemet est mal placé : dans un champ entre guillemets, il doit être doublé.")


@says(exchanges.RowRepeated)
def row_repeated(refusal: exchanges.RowRepeated) -> str:
    return _("{subject} est déjà à la ligne {line}.").format(subject=refusal.subject, line=refusal.first_line)


@says(exchanges.AccountUnknown)
def account_unknown(refusal: exchanges.AccountUnknown) -> str:
    return _("account_number : aucun client n'a le numéro {number}. Importez d'abord les clients.").format(
        number=refusal.number
    )


@says(exchanges.OpenAboveAmount)
def open_above_amount(refusal: exchanges.OpenAboveAmount) -> str:
    return _("open_amount : {open_amount} dépasse le montant du document, {amount}.").format(
        open_amount=money(refusal.open_amount), amount=money(refusal.amount)
    )
