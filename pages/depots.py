"""« Dépôts »: approved bags on their way to the bank; less is owed to the principal only once the bank has them."""

from __future__ import annotations

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Branch
from partnernet.domain.deposits import BranchDeposits
from partnernet.domain.keys import is_key
from partnernet.domain.money import total
from partnernet.domain.permissions import Permission
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import money
from partnernet.services import branches, deposits
from partnernet.settings import settings
from partnernet.web import branch_choice, deposit_slips, deposit_waiting
from partnernet.web.guard import require_agent
from partnernet.web.runtime import database
from partnernet.web.summary import Figure, draw_figures, draw_heading

agent = require_agent(Permission.VIEW_DEPOSITS)


def draw(branch: Branch) -> None:
    """What is owed first, then the bags in the order of their way."""
    if not is_key(st.query_params.get("op", "")):
        deposit_waiting.open_form()
    key = st.query_params["op"]
    found = deposits.overview(database(), branch.code, key, by=agent, at=now())
    draw_owed(found)
    deposit_waiting.draw(found, key, by=agent)
    deposit_slips.draw_under_way(found, by=agent)
    deposit_slips.draw_settled(found, by=agent)


def draw_owed(found: BranchDeposits) -> None:
    """What the branch still owes, and where that money is."""
    waiting = len(found.waiting)
    draw_figures(
        [
            Figure(
                _("Dû à {principal} par la succursale").format(principal=settings().principal_name),
                money(found.due),
                main=True,
            ),
            Figure(
                _("Sacs en attente"),
                money(total(each.bag.total for each in found.waiting)),
                ngettext("{count} sac", "{count} sacs", waiting).format(count=waiting),
            ),
            Figure(
                _("En route vers la banque"),
                money(total(slip.amount for slip in found.under_way)),
                ngettext("{count} bordereau", "{count} bordereaux", len(found.under_way)).format(
                    count=len(found.under_way)
                ),
            ),
        ]
    )


readable = branches.readable(database(), by=agent)
how = _("L'argent est remis à {principal} quand la référence de la banque est inscrite.")
note = how.format(principal=settings().principal_name)
draw_heading(_("Dépôts"), branch_choice.under_title(readable, note))
branch = branch_choice.draw(readable)
if branch:
    draw(branch)
