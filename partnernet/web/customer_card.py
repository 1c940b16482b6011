"""Who the customer is, what restricts the account, and how old the balance is: to be confirmed before money moves."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.domain.accounts import Account
from partnernet.domain.customers import Customer, Terms
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import moment, phone


def draw(account: Account, timezone: str) -> None:
    """Draw the card. Names come from files and people: they are escaped, never rendered."""
    customer = account.customer
    notices = "".join(
        f'<p class="pn-restriction" role="status">{escape(_restriction(each))}</p>' for each in customer.restrictions
    )
    st.html(
        f'<section class="pn-customer"><p class="pn-customer-number">{escape(customer.number)}</p>'
        f'<p class="pn-customer-name">{escape(customer.name)}</p>'
        f"<p>{escape(_address(customer))}</p>{notices}"
        f'<p class="pn-quiet">{escape(_age(account, timezone))}</p></section>'
    )


def _address(customer: Customer) -> str:
    place = " ".join(filter(None, (customer.city, f"({customer.province})" if customer.province else "")))
    parts = (customer.address_line1, customer.address_line2, place, customer.postal_code)
    written = ", ".join(filter(None, parts))
    number = phone(customer.phone, customer.phone_extension) if customer.phone else _("aucun téléphone")
    return f"{written} · {number}" if written else number


def _restriction(terms: Terms) -> str:
    return {
        Terms.OPEN: "",
        Terms.CASH_ONLY: _("Comptant seulement : aucun chèque n'est accepté sur ce compte."),
        Terms.BLOCKED: _("Compte bloqué : les ventes sont suspendues, les paiements sont acceptés."),
    }[terms]


def _age(account: Account, timezone: str) -> str:
    if account.snapshot_as_of is None:
        return _("Aucun solde importé : le total dû ne tient compte que des paiements pris ici.")
    count = account.payments_since
    less = ngettext("moins {count} paiement pris depuis", "moins {count} paiements pris depuis", count)
    since = less.format(count=count) if count else _("aucun paiement pris depuis")
    return _("Solde au {moment} selon l'import, {since}").format(
        moment=moment(account.snapshot_as_of, timezone), since=since
    )
