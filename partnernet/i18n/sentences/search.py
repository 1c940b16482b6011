"""Refusals of a customer search."""

from __future__ import annotations

from partnernet.domain import searches
from partnernet.i18n import labels
from partnernet.i18n.catalogues import _, ngettext
from partnernet.i18n.sentences.registry import quoted, says


@says(searches.NothingToSearch)
def nothing_to_search(_refusal: searches.NothingToSearch) -> str:
    return _("Remplissez au moins un des quatre champs, puis cherchez de nouveau.")


@says(searches.CriteriaRefused)
def criteria_refused(_refusal: searches.CriteriaRefused) -> str:
    return _("Corrigez les champs signalés, puis cherchez de nouveau.")


@says(searches.CriterionTooShort)
def criterion_too_short(refusal: searches.CriterionTooShort) -> str:
    return ngettext(
        "{field} : écrivez au moins une lettre ou un chiffre.",
        "{field} : écrivez au moins {fewest} lettres ou chiffres avec l'astérisque (*).",
        refusal.fewest,
    ).format(field=labels.field(refusal.field), fewest=refusal.fewest)


@says(searches.WildcardNotAccepted)
def wildcard_not_accepted(refusal: searches.WildcardNotAccepted) -> str:
    if refusal.field == "city":
        return _("Ville : l'astérisque (*) n'est pas accepté ici. Écrivez le nom exact de la ville.")
    return _("Numéro de téléphone : l'astérisque (*) n'est pas accepté ici. Écrivez le numéro au complet.")


@says(searches.PhoneNotDigits)
def phone_not_digits(refusal: searches.PhoneNotDigits) -> str:
    return _(
        "Numéro de téléphone : « {typed} » n'est pas un numéro. "
        "Écrivez ses dix chiffres, sans le poste, par exemple 514 285-9286."
    ).format(typed=quoted(refusal.typed))


@says(searches.AccountNumberMissing)
def account_number_missing(_refusal: searches.AccountNumberMissing) -> str:
    return _("Numéro de client : écrivez un numéro, ou cherchez le client ci-dessous.")


@says(searches.CustomerNotFound)
def customer_not_found(refusal: searches.CustomerNotFound) -> str:
    return _(
        "Numéro de client : aucun client n'a le numéro « {typed} ». Vérifiez-le, ou cherchez le client par son nom."
    ).format(typed=quoted(refusal.typed))


@says(searches.AccountNumberAmbiguous)
def account_number_ambiguous(refusal: searches.AccountNumberAmbiguous) -> str:
    return _("Numéro de client : « {typed} » peut être {numbers}. Écrivez le numéro au complet, zéros compris.").format(
        typed=quoted(refusal.typed), numbers=", ".join(refusal.numbers)
    )
