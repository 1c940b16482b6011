"""Finding a customer, on both databases: what each field accepts, and what the results carry."""

from __future__ import annotations

from datetime import date

import pytest

from partnernet.domain.customers import RESULT_LIMIT, CustomerRow, SearchCriteria, Terms
from partnernet.domain.money import Money, parse_amount
from partnernet.domain.permissions import Role
from partnernet.domain.refusals import NotPermitted
from partnernet.domain.searches import AccountNumberAmbiguous, CustomerNotFound, NothingToSearch
from partnernet.services import customers
from tests.support.world import World


def search(world: World, **criteria: str) -> tuple[CustomerRow, ...]:
    return customers.search(world.db, SearchCriteria(**criteria), by=world.agent, at=world.now).rows


def numbers(world: World, **criteria: str) -> list[str]:
    return [row.number for row in search(world, **criteria)]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", "Locations Richard"),
        ("name", "LOCATIONS RICHARD"),
        ("name", "*Richard*"),
        ("name", "loc*rich*"),
        ("name", "*rich*rd"),
        ("name", "*ri*"),
        ("city", "montreal"),
        ("city", "MONTRÉAL"),
        ("postal_code", "D6H 8L9"),
        ("postal_code", "d6h8l9"),
        ("postal_code", "*D6*"),
        ("postal_code", "D6H*"),
        ("postal_code", "*8 L9"),
        ("phone", "5142859286"),
        ("phone", "1 (514) 285-9286"),
    ],
)
def test_each_field_finds_the_customer_and_nobody_else(world: World, field: str, typed: str) -> None:
    world.customer("123456", "Locations Richard", city="Montréal", postal_code="D6H 8L9", phone="+15142859286")
    world.customer("654321", "Ferme Gagnon", city="Laval", postal_code="H7A 1B2", phone="+14502859286")

    assert numbers(world, **{field: typed}) == ["123456"]


def test_a_name_without_star_must_match_whole_and_the_wider_search_is_offered(world: World) -> None:
    world.customer("123456", "Locations Richard")
    narrow = customers.search(world.db, SearchCriteria(name="Richard"), by=world.agent, at=world.now)

    assert narrow.rows == ()
    assert narrow.wider == SearchCriteria(name="*Richard*")
    found = customers.search(world.db, narrow.wider, by=world.agent, at=world.now)
    assert [row.number for row in found.rows] == ["123456"]
    assert found.wider is None


def test_saint_is_found_however_it_is_written(world: World) -> None:
    world.customer("1", "Dépanneur St-Jean", city="St-Jérôme")
    world.customer("2", "Garage Sainte-Anne", city="Saint-Jérôme")

    assert numbers(world, city="Saint-Jérôme") == ["1", "2"]
    assert numbers(world, name="*saint-jean*") == ["1"]
    assert numbers(world, name="*St-Jean*") == ["1"]
    assert numbers(world, name="garage ste anne") == ["2"]


def test_criteria_are_met_together(world: World) -> None:
    world.customer("1", "Locations Richard", city="Montréal")
    world.customer("2", "Locations Richard", city="Laval")

    assert numbers(world, name="*richard*", city="Laval") == ["2"]
    assert numbers(world, name="*richard*", city="Laval", phone="4505550199") == []


@pytest.mark.parametrize("typed", ["100%", "a_b", "x?y", "[abc]z", "d\\e", "o'malley", 'say "hi"', "^start$"])
def test_what_databases_take_for_wildcards_is_ordinary(world: World, typed: str) -> None:
    world.customer("1", f"Chez {typed} gaz")
    world.customer("2", "Chez 10 acb xzy abcz dde omalley say bonjour gaz")

    assert numbers(world, name=f"*{typed}*") == ["1"]


def test_results_say_where_each_account_stands(world: World) -> None:
    world.customer(
        "123456",
        "Locations Richard",
        due=[
            ("F1", "412.37", date(2026, 9, 14)),
            ("F2", "88.11", date(2026, 11, 13)),
            ("F3", "250.00", date(2026, 12, 18)),
        ],
        credit_notes=[("C1", "50.00", date(2026, 11, 1))],
        terms=Terms.CASH_ONLY,
    )
    world.customer("123457", "Locations Richard", city="Laval")

    laval, montreal = search(world, name="locations richard")

    assert (montreal.total_due, montreal.past_due) == (parse_amount("700.48"), parse_amount("450.48"))
    assert montreal.terms is Terms.CASH_ONLY
    assert (laval.total_due, laval.past_due) == (Money(0), Money(0))
    assert (montreal.city, laval.city) == ("Montréal", "Laval")


def test_at_most_two_hundred_rows_come_by_name_and_the_rest_is_announced(world: World) -> None:
    for count in range(RESULT_LIMIT + 1):
        world.customer(str(count), f"Client {count:03}")

    result = customers.search(world.db, SearchCriteria(name="client*"), by=world.agent, at=world.now)
    exactly = customers.search(world.db, SearchCriteria(name="client 0*"), by=world.agent, at=world.now)

    assert [row.name for row in result.rows] == [f"Client {count:03}" for count in range(RESULT_LIMIT)]
    assert result.truncated
    assert (len(exactly.rows), exactly.truncated) == (100, False)


def test_nothing_filled_in_is_refused(world: World) -> None:
    with pytest.raises(NothingToSearch):
        search(world)


@pytest.mark.parametrize("typed", ["0012345", " 0012345 ", "12345", "012345", "000012345"])
def test_an_account_number_forgives_blanks_and_zeros(world: World, typed: str) -> None:
    world.customer("0012345")
    world.customer("123450")

    assert customers.by_number(world.db, typed, by=world.agent) == "0012345"


def test_an_alphanumeric_number_is_found_too(world: World) -> None:
    world.customer("00AB-7")

    assert customers.by_number(world.db, "AB-7", by=world.agent) == "00AB-7"


def test_numbers_that_differ_by_zeros_only_are_told_apart_or_refused(world: World) -> None:
    world.customer("123")
    world.customer("0123")

    assert customers.by_number(world.db, "0123", by=world.agent) == "0123"
    with pytest.raises(AccountNumberAmbiguous) as refused:
        customers.by_number(world.db, "00123", by=world.agent)
    assert refused.value.numbers == ("0123", "123")


def test_an_unknown_number_keeps_what_was_typed(world: World) -> None:
    with pytest.raises(CustomerNotFound) as refused:
        customers.by_number(world.db, "999%", by=world.agent)

    assert refused.value.typed == "999%"


def test_an_account_says_how_old_its_balance_is(world: World) -> None:
    world.customer("123456", due=[("F1", "60.00", date(2026, 9, 14))])

    account = customers.account(world.db, "123456", by=world.agent, at=world.now)

    assert account.standing.total_due == parse_amount("60.00")
    assert account.payments_since == 0
    assert account.snapshot_as_of is not None
    assert account.snapshot_as_of < world.now


@pytest.mark.parametrize("number", ["", "0123456", "123456\x00", "\ud800", "x" * 10_000])
def test_a_link_to_no_account_is_refused_whatever_it_holds(world: World, number: str) -> None:
    world.customer("123456")

    with pytest.raises(CustomerNotFound):
        customers.account(world.db, number, by=world.agent, at=world.now)


def test_an_auditor_without_a_branch_reads_and_an_administrator_does_not(world: World) -> None:
    world.customer("123456", due=[("F1", "60.00", world.today)])
    auditor = world.person("AU1", "Jeanne Roy", Role.AUDITOR)
    administrator = world.person("AD1", "Paul Roy", Role.ADMINISTRATOR)

    found = customers.search(world.db, SearchCriteria(name="*richard*"), by=auditor, at=world.now)

    assert found.rows[0].past_due == Money(0)
    with pytest.raises(NotPermitted):
        customers.search(world.db, SearchCriteria(name="*richard*"), by=administrator, at=world.now)
    with pytest.raises(NotPermitted):
        customers.account(world.db, "123456", by=administrator, at=world.now)
    with pytest.raises(NotPermitted):
        customers.by_number(world.db, "123456", by=administrator)
