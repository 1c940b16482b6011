"""What a checked file would change: counts of all, the first lines before and after, and what deserves a look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from partnernet.domain.customer_preview import CustomersPreview
from partnernet.domain.snapshots import IncludedPayment, OpenItemsPreview
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import due, money, whole
from partnernet.settings import settings
from partnernet.web.inert import inert
from partnernet.web.summary import Figure, draw_figures

_VISIBLE_ROWS = 8
_ROW_PIXELS = 35


def draw(preview: CustomersPreview | OpenItemsPreview) -> None:
    """Draw the figures first, then what deserves a look, then the first changes."""
    if isinstance(preview, CustomersPreview):
        _draw_customers(preview)
    else:
        _draw_open_items(preview)


# --- customers ------------------------------------------------------------------------------------------------------


def _draw_customers(preview: CustomersPreview) -> None:
    draw_figures(
        [
            Figure(_("Clients à importer"), whole(preview.row_count), main=True),
            Figure(_("Nouveaux"), whole(preview.new_count)),
            Figure(_("Modifiés"), whole(preview.changed_count)),
            Figure(_("Inchangés"), whole(preview.unchanged_count)),
        ]
    )
    rows = [
        (change.account_number, change.name, column, before, after)
        for change in preview.changes
        for column, before, after in change.fields
    ]
    if not rows:
        return
    _draw_title(_("Ce qui changerait"), len(preview.changes), preview.changed_count)
    _draw_table(
        "customer_changes",
        {_("Compte"): 100, _("Nom"): 280, _("Colonne"): 130, _("Avant"): 260, _("Après"): 260},
        rows,
    )


# --- open items -----------------------------------------------------------------------------------------------------


def _draw_open_items(preview: OpenItemsPreview) -> None:
    draw_figures(
        [
            Figure(_("Documents à importer"), whole(preview.row_count), main=True),
            Figure(_("Nouveaux"), whole(preview.appearing_count)),
            Figure(_("Modifiés"), whole(preview.moving_count)),
            Figure(_("Disparus"), whole(preview.vanishing_count)),
            Figure(_("Paiements inclus"), whole(preview.included_count), _("ils ne réduiront plus les soldes")),
            Figure(_("Soldes changés"), whole(preview.balance_count)),
        ]
    )
    _draw_unmoved(preview)
    _draw_posted_after_all(preview)
    _draw_half_refused(preview)
    if preview.balances:
        _draw_title(_("Soldes qui changeraient"), len(preview.balances), preview.balance_count)
        rows = [(each.account_number, due(each.before), due(each.after), each.name) for each in preview.balances]
        _draw_table(
            "balance_changes", {_("Compte"): 90, _("Avant"): 130, _("Après"): 130, _("Nom"): 420}, rows, figures=(1, 2)
        )


def _draw_unmoved(preview: OpenItemsPreview) -> None:
    count = preview.unmoved_count
    if not count:
        return
    text = ngettext(
        "{count} paiement serait inclus sans qu'aucun de ses documents ait bougé. Vérifiez le dernier lot inclus, "
        "ou nommez-le parmi les reçus refusés.",
        "{count} paiements seraient inclus sans qu'aucun de leurs documents ait bougé. Vérifiez le dernier lot inclus, "
        "ou nommez-les parmi les reçus refusés.",
        count,
    )
    st.warning(inert(text.format(count=whole(count))))
    _draw_payments("unmoved_payments", preview.unmoved)


def _draw_posted_after_all(preview: OpenItemsPreview) -> None:
    count = preview.posted_after_all_count
    if not count:
        return
    text = ngettext(
        "{count} reçu refusé auparavant serait maintenant compté comme inscrit chez {principal}. S'il est encore "
        "refusé, nommez-le dans le fichier des reçus refusés.",
        "{count} reçus refusés auparavant seraient maintenant comptés comme inscrits chez {principal}. S'ils sont "
        "encore refusés, nommez-les dans le fichier des reçus refusés.",
        count,
    )
    st.warning(inert(text.format(count=whole(count), principal=settings().principal_name)))
    _draw_payments("posted_after_all", preview.posted_after_all)


def _draw_half_refused(preview: OpenItemsPreview) -> None:
    count = preview.half_refused_count
    if not count:
        return
    text = ngettext(
        "{count} paiement refusé a été contre-passé, et sa contre-passation serait comptée comme inscrite chez "
        "{principal}. Si elle est refusée aussi, nommez-la dans le fichier des reçus refusés : son numéro suivi de -R.",
        "{count} paiements refusés ont été contre-passés, et leurs contre-passations seraient comptées comme inscrites "
        "chez {principal}. Si elles sont refusées aussi, nommez-les dans le fichier des reçus refusés : leurs numéros "
        "suivis de -R.",
        count,
    )
    st.warning(inert(text.format(count=whole(count), principal=settings().principal_name)))
    _draw_payments("half_refused", preview.half_refused)


def _draw_payments(key: str, payments: Sequence[IncludedPayment]) -> None:
    rows = [(each.reference, each.account_number, money(each.amount), each.name) for each in payments]
    headings = {_("Référence"): 120, _("Compte"): 90, _("Montant"): 120, _("Nom"): 420}
    _draw_table(key, headings, rows, figures=(2,))


# --- tables ---------------------------------------------------------------------------------------------------------


def _draw_title(title: str, shown: int, count: int) -> None:
    if shown < count:
        title += " " + _("(les {shown} premiers ici, de {count})").format(shown=whole(shown), count=whole(count))
    st.subheader(title, anchor=False)


def _draw_table(
    key: str, widths: dict[str, int], rows: Sequence[tuple[Any, ...]], *, figures: tuple[int, ...] = ()
) -> None:
    """A table of texts; the columns at the places of ``figures`` hold amounts, on their right edge."""
    names = list(widths)
    column = st.column_config.TextColumn
    st.dataframe(
        pd.DataFrame(rows, columns=names),
        hide_index=True,
        height=_ROW_PIXELS * (min(len(rows), _VISIBLE_ROWS) + 1) + 2,
        column_config={
            name: column(width=widths[name], alignment="right" if place in figures else "left")
            for place, name in enumerate(names)
        },
        key=key,
    )
