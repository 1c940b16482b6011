"""Where the money of a payment is, and what a correction moves, in words."""

from __future__ import annotations

from partnernet.domain.corrections import Correction, Examination, Whereabouts
from partnernet.domain.money import ZERO, Money
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import money
from partnernet.i18n.labels import tender as tender_label
from partnernet.settings import settings


def paid_with(receipt: Receipt) -> str:
    """``Chèque no 000482 (postdaté)``, or cash."""
    label = tender_label(receipt.tender)
    if receipt.cheque is None:
        return label
    number = _("no {number}").format(number=receipt.cheque.number)
    post_dated = _("postdaté")
    return f"{label} {number}" + (f" ({post_dated})" if receipt.post_dated else "")


def place(found: Examination) -> str:
    """Where the money of a payment that stands is now."""
    if found.where is None:
        return ""
    in_bag = _("dans le sac scellé no {bag}")
    if found.slip_number:
        in_bag = _("dans le sac scellé no {bag}, sur le bordereau no {slip} en route vers la banque")
    return {
        Whereabouts.DRAWER: _("dans le tiroir de {agent}, pas encore compté"),
        Whereabouts.COUNTED: _("compté avec la caisse de {agent}, puis mis en sac"),
        Whereabouts.ON_HAND: _("chèque en main, dans la caisse de {agent}"),
        Whereabouts.IN_BAG: in_bag,
        Whereabouts.AT_BANK: _("déposé à la banque (sac no {bag})"),
    }[found.where].format(agent=found.receipt.agent_name, bag=found.bag_number, slip=found.slip_number)


def moves(found: Examination, made: Correction) -> tuple[str, ...]:
    """What a correction moves besides the accounts, sentence by sentence."""
    where, reason = made.reversal.where, made.reversal.reason
    if made.reentered and where is WhereIsTheMoney.KEPT:
        return (_kept(found, reason, made.reentered),)
    count = len(made.receipts)
    together = ngettext(
        "Le reçu est contre-passé, sans rien inscrire à la place.",
        "Les {count} reçus payés par ce chèque sont contre-passés ensemble, sans rien inscrire à la place.",
        count,
    ).format(count=count)
    return together, _cash_out(found, where) if found.receipt.tender is Tender.CASH else _sheet_out(found, where)


def _kept(found: Examination, reason: ReversalReason, new: Receipt) -> str:
    """Only what was written changes; the till is held to what it should have been held to."""
    paid, agent = found.receipt, found.receipt.agent_name
    if reason is ReversalReason.WRONG_CUSTOMER:
        return _("L'argent reste où il est : rien ne bouge dans la caisse ni au dépôt.")
    if paid.tender is not new.tender:
        return _other_tender(paid, new)
    if paid.cheque:
        return _("Le chèque no {number} compte pour {amount}, à la même place.").format(
            number=paid.cheque.number, amount=money(new.received)
        )
    difference = new.received - paid.received
    if found.where is Whereabouts.COUNTED:
        words = _("Le décompte a déjà trouvé la différence : l'écart de {agent} change, son tiroir ne bouge pas.")
        return words.format(agent=agent)
    return _held(agent, difference)


def _held(agent: str, difference: Money) -> str:
    more = _("La caisse de {agent} devra contenir {amount} de plus.")
    less = _("La caisse de {agent} devra contenir {amount} de moins.")
    return (more if difference > ZERO else less).format(agent=agent, amount=money(abs(difference)))


def _other_tender(paid: Receipt, new: Receipt) -> str:
    if new.tender is Tender.CHEQUE:
        words = _("La caisse de {agent} devra contenir {old} de moins en espèces, et un chèque de {new} de plus.")
    else:
        words = _("La caisse de {agent} devra contenir un chèque de {old} de moins, et {new} de plus en espèces.")
    return words.format(agent=paid.agent_name, old=money(paid.received), new=money(new.received))


def _cash_out(found: Examination, where: WhereIsTheMoney) -> str:
    paid = found.receipt
    if where is WhereIsTheMoney.HANDED_BACK:
        words = _("Le client reçoit {amount}, du tiroir de {agent}.")
    elif found.where is Whereabouts.COUNTED:
        words = _("Le décompte a déjà trouvé qu'il manquait {amount} : l'écart de {agent} diminue d'autant.")
    else:
        words = _("La caisse de {agent} devra contenir {amount} de moins.")
    return words.format(amount=money(paid.received), agent=paid.agent_name)


def _sheet_out(found: Examination, where: WhereIsTheMoney) -> str:
    paid = found.receipt
    if found.where is Whereabouts.AT_BANK:
        words = _("Le chèque no {number} n'est plus compté comme remis à {principal}.")
    elif found.where is Whereabouts.IN_BAG:
        words = _("Le chèque no {number} sort du sac no {bag}.")
        if found.slip_number:
            words = _("Le chèque no {number} sort du sac no {bag} : imprimez de nouveau le bordereau no {slip}.")
    else:
        words = _("Le chèque no {number} sort de la caisse de {agent}.")
    out = words.format(
        number=paid.cheque.number if paid.cheque else "",
        bag=found.bag_number,
        slip=found.slip_number,
        agent=paid.agent_name,
        principal=settings().principal_name,
    )
    back = _("Remettez-le au client.") if where is WhereIsTheMoney.HANDED_BACK else ""
    return " ".join(filter(None, (out, back)))
