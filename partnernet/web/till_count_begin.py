"""The act that begins a count or a recount, whichever view offers it."""

from __future__ import annotations

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.refusals import Refusal
from partnernet.services import counts
from partnernet.web import refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.runtime import database
from partnernet.web.till_count_notes import keep_whole


@callback
def begin(by: Agent) -> None:
    """Begin to count one's own till; why it cannot be is told with the count."""
    refused: refusal_notes.Notes = ()
    try:
        counts.start(database(), by=by, at=now())
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    keep_whole(refused)
