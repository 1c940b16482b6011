"""Refusals of a branch's settings."""

from __future__ import annotations

from partnernet.domain import branch_settings, settings_form
from partnernet.i18n.catalogues import _
from partnernet.i18n.labels import setting
from partnernet.i18n.sentences.registry import quoted, says


@says(branch_settings.SettingImpossible)
def setting_impossible(refusal: branch_settings.SettingImpossible) -> str:
    of_amounts = _("de zéro ou plus, en multiples de cinq cents")
    known = {
        "float_authorised": _("Fonds de caisse : {rule}, et jamais plus que la limite du fonds."),
        "voucher_limit": _("Limite par bon : {rule}."),
        "fund_limit": _("Limite du fonds : {rule}."),
        "tolerance": _("Tolérance : {rule}."),
        "cash_limit": _("Limite d'espèces en caisse : un montant au-dessus de zéro, ou rien."),
        "deposit_account": _("Compte de dépôt : 60 caractères au plus."),
    }
    return known.get(refusal.setting, _("Réglage impossible : {rule}.")).format(rule=of_amounts)


@says(settings_form.SettingUnreadable)
def setting_unreadable(refusal: settings_form.SettingUnreadable) -> str:
    if not refusal.typed:
        return _("{setting} : écrivez un montant, zéro s'il n'y en a pas.").format(setting=setting(refusal.setting))
    return _("{setting} : « {typed} » n'est pas un montant de zéro ou plus. Écrivez-le comme 1 234,56.").format(
        setting=setting(refusal.setting), typed=quoted(refusal.typed)
    )
