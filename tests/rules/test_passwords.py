"""Long, and not what everyone tries first; nothing else is asked of a password."""

from __future__ import annotations

import pytest

from partnernet.domain.leaked_passwords import LONG_ONES
from partnernet.domain.passwords import PasswordTooCommon, PasswordTooLong, PasswordTooShort, acceptable, is_common

MARIE = ("PA1234", "Marie Tremblay")


@pytest.mark.parametrize(
    "password",
    [
        "tulipe brouette zinc nord",
        "Le héron gris pêche à l'aube",
        "k7QxmP2vRt9wLsZ",
        "vache-lunette-orage-42",
        "873920561847263",
        "ᐃᓄᒃᑎᑐᑦ ᐊᑐᖅᑕᐅᔪᖅ ᓄᓇᕗᑦ",
        "[]{}()<>/\\|;:?*~",
    ],
)
def test_a_long_password_is_accepted_whatever_it_is_made_of(password: str) -> None:
    assert acceptable(password, own_words=MARIE) == password


@pytest.mark.parametrize(
    "password",
    [
        "motdepasse12345!",
        "Bienvenue2026Montreal!",
        "Été2026-Été2026-Été2026",
        "P@ssw0rdP@ssw0rd",
        "qwertyuiopasdfg",
        "0987654321poiuytrewq",
        "1qaz2wsx3edc4rfv",
        "aaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "PartnerNET-2026-BOC",
        "agent comptoir paiement",
        "Marie.Tremblay.1987",
        "tremblay-PA1234-marie",
        "correct horse battery staple",
    ],
)
def test_what_everyone_tries_first_is_refused_however_it_is_dressed(password: str) -> None:
    with pytest.raises(PasswordTooCommon):
        acceptable(password, own_words=MARIE)


def test_every_long_password_of_the_list_is_refused() -> None:
    assert [word for word in LONG_ONES if not is_common(word)] == []


def test_a_name_weakens_only_its_owner_s_password() -> None:
    assert is_common("marietremblay 1987", own_words=MARIE)
    assert not is_common("gaëtane desrosiers", own_words=MARIE)


def test_fifteen_characters_are_the_least_and_one_hundred_and_twenty_eight_the_most() -> None:
    fourteen, fifteen = "vache orage 42", "vache orage 428"

    with pytest.raises(PasswordTooShort) as short:
        acceptable(fourteen)
    with pytest.raises(PasswordTooLong):
        acceptable("héron gris " * 12)

    assert short.value.chars == 14
    assert acceptable(fifteen) == fifteen


def test_the_same_password_composed_differently_is_the_same_password() -> None:
    assert acceptable("he\u0301ron gris a\u0300 l'aube") == acceptable("h\u00e9ron gris \u00e0 l'aube")
