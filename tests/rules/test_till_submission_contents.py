"""What the report of a submitted till says: how it was counted, what its bag holds, who decided, what changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from partnernet.domain.money import ZERO
from partnernet.domain.reconciliations import Reconciliation, ReconciliationState
from partnernet.domain.reviews import AloneDecision
from partnernet.domain.tenders import Tender
from partnernet.domain.till_report import MovementKind, TillReport
from tests.support.papers import pages
from tests.support.tills import (
    COUNT,
    SUBMISSION,
    SUBMITTED_AT,
    SUBMITTED_DAY,
    WORKED_DAY,
    money,
    movement,
    payment,
    printed_report,
    reversal,
    submitted,
)


def text(seen: TillReport, **how: object) -> str:
    """Everything the report says."""
    return " ".join(pages(printed_report(seen, **how)))  # type: ignore[arg-type]


def decided(state: ReconciliationState, **other: object) -> Reconciliation:
    """The submission, decided the morning after."""
    after = replace(SUBMISSION, state=state, decided_at=SUBMITTED_AT + timedelta(hours=15), decided_by="Anne Lavoie")
    return replace(after, **other)  # type: ignore[arg-type]


def test_it_has_the_number_and_the_moment_of_its_submission() -> None:
    says = text(SUBMITTED_DAY)

    assert "Rapport de caisse no 9 2026-11-24 17:10" in says
    assert "Paiements de la session" in says
    assert "en cours" not in says


def test_it_leads_from_the_payments_to_the_bag_and_to_what_is_carried_forward() -> None:
    says = text(SUBMITTED_DAY)

    assert "Dans la caisse à la soumission 325,05 712,37 0,00 200,00 837,42" in says
    assert "Écart constaté au décompte -20,00 -20,00" in says
    assert "Mis dans le sac no 41, 2026-11-24 17:10 -125,05 -412,37 537,42" in says
    assert "Reporté à la session suivante -180,00 -300,00 -180,00 -300,00" in says
    assert "Après la soumission 0,00 0,00 537,42 0,00 537,42" in says
    assert "Total dû à BOC 837,42 $ à la soumission" in says
    assert "dont 537,42 $ en sacs scellés" in says


def test_the_count_shows_its_pieces_those_in_the_bag_and_those_left() -> None:
    says = text(SUBMITTED_DAY)

    assert "Pièces et billets Comptés Valeur Dans le sac Valeur Laissés en caisse Valeur" in says
    assert "5 ¢ 1 0,05 1 0,05 – –" in says
    assert "20 $ 5 100,00 1 20,00 4 80,00" in says
    assert "50 $ – – – – – –" in says
    assert "Total 305,05 125,05 180,00" in says
    assert "Espèces 125,05 Chèques (1) 412,37 Sac no 41 537,42" in says


def test_a_shortage_is_said_in_words_with_its_reason_and_note() -> None:
    says = text(SUBMITTED_DAY)

    assert "Espèces comptées 305,05 Espèces attendues 325,05 Écart de caisse : déficit -20,00" in says
    assert "Raison : Erreur de monnaie monnaie rendue deux fois" in says
    assert "Décompte no 1 à l'aveugle, figé le 2026-11-24 16:58" in says


def test_an_excess_and_a_count_without_a_difference_are_said_as_such() -> None:
    over = replace(COUNT, counted=money("345.05"))
    exact = replace(COUNT, counted=COUNT.expected)
    unexplained = replace(SUBMISSION, reason=None, note="")

    says = text(submitted(WORKED_DAY, replace(unexplained, count=over)))
    of_exact = text(submitted(WORKED_DAY, replace(unexplained, count=exact)))

    assert "Écart de caisse : excédent +20,00" in says
    assert "Raison" not in says
    assert "Écart de caisse 0,00" in of_exact
    assert exact.difference == ZERO


def test_earlier_counts_are_kept_beside_the_one_submitted() -> None:
    second = replace(COUNT, number=2, blind=False)

    says = text(submitted(WORKED_DAY, replace(SUBMISSION, count=second, recounts=(COUNT,))))

    assert "Décompte no 2 non à l'aveugle" in says
    assert "Décompte précédent Compté Attendu Écart" in says
    assert "Décompte no 1 à l'aveugle, figé le 2026-11-24 16:58 305,05 325,05 -20,00" in says
    assert "Décompte précédent" not in text(SUBMITTED_DAY)


def test_it_lists_each_cheque_of_the_bag_and_apart_those_not_payable_yet() -> None:
    says = text(SUBMITTED_DAY)

    in_bag = "1 000485 30001 815 Desjardins (Québec) •••• 4321 Soudure Bélanger inc. 2026-11-24 412,37"
    assert f"Montant {in_bag} Total, 1 chèque 412,37" in says.partition("Chèques mis dans le sac no 41")[2]
    assert "2026-12-15 300,00" in says.partition("Chèques postdatés, pas encore payables")[2]


def test_it_says_that_it_waits_or_who_decided_and_when() -> None:
    approved = decided(ReconciliationState.APPROVED)
    returned = decided(ReconciliationState.RETURNED, decision_note="Recomptez les billets de 20 $.")

    assert "En attente d'approbation" in text(SUBMITTED_DAY)
    assert "Approuvée par Anne Lavoie le 2026-11-25 08:10" in text(submitted(WORKED_DAY, approved))
    assert "nom et signature Anne Lavoie Date et heure" in text(submitted(WORKED_DAY, approved))
    sent_back = text(submitted(WORKED_DAY, returned))
    assert "Retournée par Anne Lavoie le 2026-11-25 08:10 Recomptez les billets de 20 $." in sent_back
    assert "nom et signature Anne Lavoie" not in sent_back


def test_an_approval_without_a_second_person_is_marked_until_somebody_from_outside_has_reviewed_it() -> None:
    approved = decided(ReconciliationState.DEPOSITED, decided_by="Marie Tremblay", alone=True)
    alone = AloneDecision(12, "MTL", 9, "Marie Tremblay", money("-20.00"), SUBMITTED_AT, "Marie Tremblay", None, "")
    looked_at = replace(alone, reviewed_at=SUBMITTED_AT + timedelta(days=6), reviewed_by="Jeanne Roy")

    waiting = text(submitted(WORKED_DAY, approved, alone=alone))
    reviewed = text(submitted(WORKED_DAY, approved, alone=looked_at))

    assert "Approuvée par Marie Tremblay le 2026-11-25 08:10, sans deuxième personne" in waiting
    assert "nom et signature Marie Tremblay" not in waiting
    assert "le 2026-11-25 08:10, revue par Jeanne Roy le 2026-11-30 17:10" in reviewed
    assert "nom et signature Jeanne Roy" in reviewed
    assert "sans deuxième" not in reviewed


def test_the_count_for_an_absent_agent_names_who_counted_and_the_witness_who_sign() -> None:
    absent = replace(COUNT, counted_by="Anne Lavoie", witness="Luc Gagnon")

    says = text(submitted(WORKED_DAY, replace(SUBMISSION, count=absent)))

    assert "Agent absent : compté par Anne Lavoie, en présence de Luc Gagnon" in says
    assert "Agent Marie Tremblay (PA1234) Session" in says
    assert says.count("Marie Tremblay") == len(pages(printed_report(SUBMITTED_DAY))), "the absent agent does NOT sign"
    assert "Compté par Anne Lavoie Date et heure Témoin Luc Gagnon Date et heure" in says
    assert "absent" not in text(SUBMITTED_DAY)


def test_what_was_reversed_since_is_told_and_leaves_the_figures_as_they_were() -> None:
    gone = reversal(4, "412.37", tender=Tender.CHEQUE, at=SUBMITTED_AT + timedelta(days=1))
    marked = tuple(
        replace(paid, reversed=True) if paid.receipt_number == "MTL-000004" else paid for paid in WORKED_DAY.payments
    )
    out = movement(MovementKind.REVERSAL, at=gone.at, bags="-412.37", due="-412.37")

    says = text(replace(SUBMITTED_DAY, payments=marked, since=(gone,), later=(out,), at=gone.at))

    assert "Locations Richard contre-passé depuis la soumission, voir plus bas 000485 412,37" in says
    _, _, since = says.partition("Contre-passé depuis la soumission")
    assert "MTL-000004 2026-11-25 17:10" in since
    assert "Total, 1 contre-passation 412,37" in since
    assert "Contre-passations (1) -412,37 -412,37 Au 2026-11-25 17:10 0,00 0,00 125,05 0,00 125,05" in since
    assert "Grand livre au 2026-11-25 17:10, écriture" in says
    assert "Total, 6 paiements 712,37 240,61" in says
    assert "Total dû à BOC 837,42 $" in says
    assert "Contre-passé depuis" not in text(SUBMITTED_DAY)


def test_the_hours_of_a_day_are_those_of_its_submission_whenever_it_is_read() -> None:
    read_later = replace(SUBMITTED_DAY, at=SUBMITTED_AT + timedelta(days=9))

    assert "MTL-000001 08:05 000123457" in text(read_later)
    over_midnight = replace(read_later, payments=(payment(1, "10.00", at=SUBMITTED_AT - timedelta(days=1)),))
    assert "MTL-000001 2026-11-23 17:10 000123457" in text(over_midnight)


def test_the_first_print_is_not_marked_and_later_ones_are_counted() -> None:
    assert "DUPLICATA" not in text(SUBMITTED_DAY, copy_number=1)
    assert "DUPLICATA copie no 3" in text(SUBMITTED_DAY, copy_number=3)


def test_the_count_its_decision_and_the_lines_to_sign_are_on_one_sheet() -> None:
    *_others, last = pages(printed_report(submitted(WORKED_DAY, decided(ReconciliationState.APPROVED))))

    assert "Laissés en caisse" in last
    assert "Approuvée par" in last
    assert "Deuxième personne" in last


def test_it_is_bilingual_where_asked() -> None:
    says = text(SUBMITTED_DAY, language="fr-en")

    assert "Rapport de caisse no 9 / Till report No. 9" in says
    assert "Écart de caisse : déficit / Short -20,00" in says
    assert "Sac no 41 / Bag No. 41 537,42" in says
