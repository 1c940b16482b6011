"""What is refused beside its field, before any query."""

from __future__ import annotations

import pytest

from partnernet.domain.customers import SearchCriteria
from partnernet.domain.free_text import HiddenCharacters, TextTooLong
from partnernet.domain.refusals import Refusal
from partnernet.domain.searches import (
    AccountNumberMissing,
    CriteriaRefused,
    CriterionTooShort,
    NothingToSearch,
    PhoneNotDigits,
    WildcardNotAccepted,
    number_candidates,
    read_criteria,
    wider,
)
from partnernet.i18n.sentences import sentence


def refused(**criteria: str) -> Refusal:
    """The only refusal of these criteria."""
    with pytest.raises(CriteriaRefused) as several:
        read_criteria(SearchCriteria(**criteria))
    (refusal,) = several.value.refusals
    return refusal


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0\t"])
def test_nothing_filled_in_is_refused(blank: str) -> None:
    with pytest.raises(NothingToSearch):
        read_criteria(SearchCriteria(name=blank, city=blank, postal_code=blank, phone=blank))


@pytest.mark.parametrize("name", ["*", "**", "*a*", "%*", "* é *", "a*"])
def test_a_name_with_fewer_than_two_letters_beside_its_star_is_refused(name: str) -> None:
    refusal = refused(name=name, city="Montréal")

    assert isinstance(refusal, CriterionTooShort)
    assert (refusal.field, refusal.fewest) == ("name", 2)


@pytest.mark.parametrize("name", ["A", "*ab*", "a*b", "7*7"])
def test_one_letter_alone_and_two_beside_a_star_are_accepted(name: str) -> None:
    assert read_criteria(SearchCriteria(name=name)).name is not None


@pytest.mark.parametrize("field", ["city", "phone"])
def test_a_star_in_the_city_or_the_phone_is_refused_in_place(field: str) -> None:
    refusal = refused(**{field: "514*"})

    assert isinstance(refusal, WildcardNotAccepted)
    assert refusal.field == field


@pytest.mark.parametrize("typed", ["poste 12", "514-ABC-1234", "514 285-9286 poste 12", "5142859286;"])
def test_a_phone_of_something_else_than_digits_is_refused(typed: str) -> None:
    assert isinstance(refused(phone=typed), PhoneNotDigits)


@pytest.mark.parametrize(
    "typed", ["5142859286", "514 285-9286", "(514) 285-9286", "1 514 285-9286", "+1-514-285-9286", "514\u00a0285.9286"]
)
def test_a_phone_is_read_however_it_is_spaced(typed: str) -> None:
    assert read_criteria(SearchCriteria(phone=typed)).phone == "5142859286"


@pytest.mark.parametrize("typed", ["D6H 8L9", "d6h8l9", "D6H-8L9"])
def test_a_postal_code_is_read_with_or_without_its_space(typed: str) -> None:
    pattern = read_criteria(SearchCriteria(postal_code=typed)).postal_code

    assert pattern is not None
    assert pattern.alternatives == (("d6h8l9",),)


@pytest.mark.parametrize(
    ("field", "typed"), [("name", "%"), ("name", "—"), ("city", "[']"), ("postal_code", "*"), ("phone", "()-")]
)
def test_a_criterion_without_a_letter_or_a_digit_is_refused(field: str, typed: str) -> None:
    refusal = refused(**{field: typed})

    assert isinstance(refusal, CriterionTooShort)
    assert refusal.field == field


@pytest.mark.parametrize("field", ["name", "city", "postal_code", "phone"])
@pytest.mark.parametrize("typed", ["a\x00b", "\u202egnp", "a\u200bb", "x" * 10_000, " " * 10_000, "\ud800a"])
def test_what_cannot_be_seen_or_is_too_long_gets_a_sentence_that_names_the_field(field: str, typed: str) -> None:
    refusal = refused(**{field: typed})

    assert isinstance(refusal, HiddenCharacters | TextTooLong)
    assert refusal.field == field
    assert sentence(refusal)


def test_every_field_that_cannot_be_searched_is_told_at_once() -> None:
    with pytest.raises(CriteriaRefused) as several:
        read_criteria(SearchCriteria(name="*", city="Mont*", postal_code="H2X*", phone="abc"))

    assert [refusal.field for refusal in several.value.refusals] == ["name", "city", "phone"]


@pytest.mark.parametrize(
    "refusal",
    [NothingToSearch(), CriterionTooShort(1, "city"), CriterionTooShort(2, "name"), WildcardNotAccepted("city")],
)
def test_each_refusal_is_one_sentence_or_two(refusal: Refusal) -> None:
    assert sentence(refusal).endswith(".")


def test_a_whole_name_is_offered_between_stars_with_the_other_criteria_as_they_are() -> None:
    assert wider(SearchCriteria(name=" Richard ", city="Laval")) == SearchCriteria(name="*Richard*", city="Laval")


@pytest.mark.parametrize("name", ["", "*Richard*", "rich*", "R", "%"])
def test_nothing_wider_is_offered_when_it_would_be_the_same_or_refused(name: str) -> None:
    assert wider(SearchCriteria(name=name, city="Laval")) is None


def test_missing_and_superfluous_zeros_are_forgiven_and_what_was_typed_comes_first() -> None:
    candidates = number_candidates(" 00123 ")

    assert candidates[0] == "00123"
    assert {"123", "0000123", "123".zfill(20)} <= set(candidates)
    assert "1230" not in candidates


def test_a_number_of_zeros_is_still_a_number() -> None:
    assert "000000" in number_candidates("0")


def test_no_number_is_refused() -> None:
    with pytest.raises(AccountNumberMissing):
        number_candidates("  ")
