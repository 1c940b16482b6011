"""What the verification of the ledger found, said in words."""

from __future__ import annotations

from partnernet.domain.verification import Problem, ProblemKind
from partnernet.i18n.catalogues import _


def problem(found: Problem) -> str:
    """One line: where, and which rule does not hold."""
    if found.batch_number:
        return _("lot {number} : {rule}").format(number=found.batch_number, rule=_rule(found.kind))
    if not found.branch_code:
        return _rule(found.kind)
    if not found.sequence:
        return _("{branch} : {rule}").format(branch=found.branch_code, rule=_rule(found.kind))
    return _("{branch}, écriture {sequence} : {rule}").format(
        branch=found.branch_code, sequence=found.sequence, rule=_rule(found.kind)
    )


def _rule(kind: ProblemKind) -> str:
    return {
        ProblemKind.CHAIN_BROKEN: _("ne suit pas l'écriture précédente"),
        ProblemKind.CONTENT_CHANGED: _("a été modifiée après coup"),
        ProblemKind.SEQUENCE_GAP: _("une écriture manque avant celle-ci"),
        ProblemKind.HEAD_DIFFERS: _("la dernière écriture n'est pas celle que la succursale a retenue"),
        ProblemKind.UNBALANCED: _("ses débits et ses crédits diffèrent"),
        ProblemKind.RECEIPT_GAP: _("son numéro de reçu ne suit pas le précédent"),
        ProblemKind.PARTS_DISAGREE: _("son paiement, son chèque ou ses affectations se contredisent"),
        ProblemKind.REVERSAL_DIFFERS: _("n'est pas l'exact contraire de ce qu'elle contre-passe"),
        ProblemKind.REENTRY_ALONE: _("sa contre-passation et sa réinscription ne vont pas ensemble"),
        ProblemKind.TIME_WENT_BACK: _("est datée d'avant la précédente"),
        ProblemKind.WRONG_BUSINESS_DATE: _("sa date comptable n'est pas celle de la succursale"),
        ProblemKind.HOLDINGS_DIFFER: _("ce qui est détenu ne couvre pas ce qui est dû et le fonds de caisse"),
        ProblemKind.STRAY_ROW: _("une ligne du grand livre n'appartient à aucune écriture"),
        ProblemKind.BAGS_DIFFER: _("n'a pas au grand livre ce que contiennent ses sacs scellés"),
        ProblemKind.OTHER_SESSION: _("n'est pas de la session de caisse qu'elle nomme"),
        ProblemKind.COPIES_GAP: _("les copies d'un reçu ne se suivent pas"),
        ProblemKind.BATCH_GAP: _("un lot manque avant celui-ci"),
        ProblemKind.BATCH_DIFFERS: _("ses lignes ou ses totaux ne sont pas ce que le grand livre en dit"),
        ProblemKind.BATCH_FILE_CHANGED: _("son fichier n'est plus celui qui est parti"),
        ProblemKind.ANCHOR_LOST: _("le grand livre n'a plus l'écriture à laquelle il est ancré"),
        ProblemKind.NOT_FOR_EXPORT: _("est partie dans un lot sans être un paiement ni sa contre-passation"),
        ProblemKind.REVERSAL_TOO_EARLY: _("est partie dans un lot avant le paiement qu'elle contre-passe"),
        ProblemKind.STRAY_EXPORT: _("une ligne y est d'un lot, d'une écriture ou d'un dépôt qui n'existe pas"),
        ProblemKind.UNREADABLE: _("une valeur y est illisible"),
    }[kind]
