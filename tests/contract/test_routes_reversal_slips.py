"""The reversal slip as a paper: 401, 403, 404; looking keeps nothing, and each print is kept in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pytest
from pypdf import PdfReader

from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from tests.support.correcting import as_it_was, entering_again, reverse, undo
from tests.support.counting import acts_in_journal, take_cash
from tests.support.served import Answer, Served

SLIP = ["/reversal/{number}.pdf", "/print/reversal/{number}"]


@dataclass(frozen=True)
class Corrected:
    """A payment that was reversed, one that stands, and who looks at them."""

    undone: Receipt
    stands: Receipt
    agents: str
    supervisors: str


@pytest.fixture
def corrected(served: Served) -> Corrected:
    agent, agents = served.signed_in()
    _supervisor, supervisors = served.signed_in(Role.SUPERVISOR)
    undone, stands = (take_cash(served.world, "60.00", agent=agent) for _ in range(2))
    undo(served.world, undone, ReversalReason.DUPLICATE, WhereIsTheMoney.HANDED_BACK)
    return Corrected(undone, stands, agents, supervisors)


def words(answer: Answer) -> str:
    assert answer.status == 200
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.body)).pages)


def printed(served: Served) -> int:
    return acts_in_journal(served.world).count("reversal_slip.printed")


def test_the_slip_is_a_pdf_that_is_not_kept_by_the_browser(served: Served, corrected: Corrected) -> None:
    before, number = printed(served), corrected.undone.number

    answer = served.get(f"/reversal/{number}.pdf?lang=fr-en", token=corrected.supervisors)

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{number}-contre-passation.pdf"'
    says = words(answer)
    assert f"Contre-passation du reçu no {number}" in says
    assert f"Reversal of Receipt No. {number}" in says
    assert printed(served) == before


def test_printing_is_kept_in_the_journal_and_marks_no_duplicate(served: Served, corrected: Corrected) -> None:
    before, number = printed(served), corrected.undone.number

    page = served.get(f"/print/reversal/{number}", token=corrected.supervisors)
    served.get(f"/print/reversal/{number}", token=corrected.supervisors)

    assert f'src="/reversal/{number}.pdf?lang=fr"' in page.text
    assert "<script>" not in page.text
    assert "DUPLICATA" not in words(served.get(f"/reversal/{number}.pdf", token=corrected.supervisors))
    assert printed(served) == before + 2


def test_a_slip_of_a_payment_entered_again_shows_both_receipts(served: Served, corrected: Corrected) -> None:
    stands = corrected.stands
    made = reverse(served.world, entering_again(stands, ReversalReason.WRONG_AMOUNT, as_it_was(stands, amount="50.00")))

    says = words(served.get(f"/reversal/{stands.number}.pdf", token=corrected.supervisors))

    assert f"Reçu no {made.reentered}" in says
    receipt = words(served.get(f"/receipt/{stands.number}.pdf", token=corrected.agents))
    assert f"remplacé par le reçu no {made.reentered}" in receipt


@pytest.mark.parametrize("address", SLIP)
def test_whoever_may_not_read_it_is_refused(served: Served, corrected: Corrected, address: str) -> None:
    path, before = address.format(number=corrected.undone.number), printed(served)
    _administrator, administrators = served.signed_in(Role.ADMINISTRATOR)
    elsewhere = served.world.new_branch(f"Q{corrected.undone.posting_id}", "Québec")
    _stranger, strangers = served.signed_in(Role.SUPERVISOR, elsewhere)

    assert served.get(path).status == 401
    assert served.get(path, token=corrected.agents).status == 403
    assert served.get(path, token=administrators).status == 403
    assert served.get(path, token=strangers).status == 404
    assert printed(served) == before


@pytest.mark.parametrize("address", SLIP)
@pytest.mark.parametrize("number", ["MTL-999999", "MTL-", "1", "%27--", "MTL-" + "9" * 40])
def test_a_number_that_no_slip_has_is_not_found(
    served: Served, corrected: Corrected, address: str, number: str
) -> None:
    assert served.get(address.format(number=number), token=corrected.supervisors).status == 404


@pytest.mark.parametrize("address", SLIP)
def test_a_payment_that_stands_has_no_slip(served: Served, corrected: Corrected, address: str) -> None:
    answer = served.get(address.format(number=corrected.stands.number), token=corrected.supervisors)

    assert answer.status == 404
    assert "contre-pass" in answer.text


@pytest.mark.parametrize("address", SLIP)
def test_a_language_that_no_paper_has_is_not_found(served: Served, corrected: Corrected, address: str) -> None:
    path = address.format(number=corrected.undone.number)

    assert served.get(f"{path}?lang=en", token=corrected.supervisors).status == 404
