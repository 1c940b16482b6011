"""What is wrong with a value in a file from the principal's books. Columns keep the names they have in the file."""

from __future__ import annotations

from partnernet.domain import exchanges
from partnernet.i18n.catalogues import _
from partnernet.i18n.formats import money
from partnernet.i18n.sentences.registry import quoted, says


@says(exchanges.ValueMissing)
def value_missing(refusal: exchanges.ValueMissing) -> str:
    return _("{column} : ne peut pas être vide.").format(column=refusal.column)


@says(exchanges.ValueTooLong)
def value_too_long(refusal: exchanges.ValueTooLong) -> str:
    return _("{column} : {limit} caractères au plus.").format(column=refusal.column, limit=refusal.limit_chars)


@says(exchanges.ValueHidden)
def value_hidden(refusal: exchanges.ValueHidden) -> str:
    return _("{column} : contient des caractères invisibles ({code_points}).").format(
        column=refusal.column, code_points=", ".join(refusal.code_points[:5])
    )


@says(exchanges.AccountNumberMalformed)
def account_number_malformed(refusal: exchanges.AccountNumberMalformed) -> str:
    return _("{column} : « {found} » n'est pas fait de lettres, de chiffres et de traits d'union.").format(
        column=refusal.column, found=quoted(refusal.found)
    )


@says(exchanges.NotOneOf)
def not_one_of(refusal: exchanges.NotOneOf) -> str:
    return _("{column} : « {found} » n'est pas l'un de {accepted}.").format(
        column=refusal.column, found=quoted(refusal.found), accepted=", ".join(refusal.accepted)
    )


@says(exchanges.NotADate)
def not_a_date(refusal: exchanges.NotADate) -> str:
    return _("{column} : « {found} » n'est pas une date (année-mois-jour, par exemple 2026-11-24).").format(
        column=refusal.column, found=quoted(refusal.found)
    )


@says(exchanges.NotAnAmount)
def not_an_amount(refusal: exchanges.NotAnAmount) -> str:
    return _("{column} : « {found} » n'est pas un montant, ou peut se lire de deux façons.").format(
        column=refusal.column, found=quoted(refusal.found)
    )


@says(exchanges.AmountNotAboveZero)
def amount_not_above_zero(refusal: exchanges.AmountNotAboveZero) -> str:
    return _("{column} : « {found} » n'est pas au-dessus de zéro ; c'est « kind » qui donne le sens.").format(
        column=refusal.column, found=quoted(refusal.found)
    )


@says(exchanges.AmountAboveLimit)
def amount_above_limit(refusal: exchanges.AmountAboveLimit) -> str:
    return _("{column} : un document ne peut pas dépasser {limit}.").format(
        column=refusal.column, limit=money(refusal.limit)
    )


@says(exchanges.PostalCodeUnusual)
def postal_code_unusual(refusal: exchanges.PostalCodeUnusual) -> str:
    return _("{column} : « {found} » n'est pas un code que Postes Canada attribue ; gardé tel quel.").format(
        column=refusal.column, found=quoted(refusal.found)
    )


@says(exchanges.PhoneUnreadable)
def phone_unreadable(refusal: exchanges.PhoneUnreadable) -> str:
    return _("{column} : « {found} » n'est pas un numéro de téléphone ; laissé vide.").format(
        column=refusal.column, found=quoted(refusal.found)
    )
