"""POST /login and /logout: the cookie, the way back, and nothing that an outsider could steer."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode

import pytest

from partnernet.clock import now
from partnernet.services import sessions
from tests.services.people import PASSWORD, add_agent
from tests.support.served import COOKIE, Answer, Served

NOTE = "partnernet-sign-in"


@pytest.fixture(scope="module")
def marie(served: Served) -> str:
    """The login of an agent who signs in with `PASSWORD`."""
    add_agent(served.world, "PA8000", "Marie Tremblay")
    return "PA8000"


def post_login(served: Served, login: str, password: str = PASSWORD, then: str = "/", token: str = "") -> Answer:
    return served.request("POST", "/login", form={"login": login, "password": password, "next": then}, token=token)


def token_of(answer: Answer) -> str:
    return answer.cookies[COOKIE].partition(";")[0]


def is_open(served: Served, token: str) -> bool:
    return sessions.agent_of(served.world.db, sessions.hash_token(token), at=now()) is not None


def test_a_good_password_gives_a_cookie_that_no_script_and_no_other_site_gets(served: Served, marie: str) -> None:
    answer = post_login(served, marie, then="/paiement?client=100245&x=%C3%A9%26")

    flags = answer.cookies[COOKIE].split("; ")[1:]
    assert (answer.status, answer.headers["Location"]) == (303, "/paiement?client=100245&x=%C3%A9%26")
    assert set(flags) == {"Path=/", "HttpOnly", "SameSite=Strict"}  # plain HTTP, on this machine only
    assert answer.headers["Cache-Control"] == "no-store"
    assert is_open(served, token_of(answer))
    assert len(token_of(answer)) >= 43  # 256 bits


def test_a_wrong_password_comes_back_to_the_same_place_with_a_note_and_no_cookie(served: Served, marie: str) -> None:
    answer = post_login(served, f" {marie} ", password="ni vu ni connu ici", then="/paiement?client=100245")

    assert (answer.status, answer.headers["Location"]) == (303, "/paiement?client=100245")
    assert COOKIE not in answer.cookies
    note = json.loads(urlsafe_b64decode(answer.cookies[NOTE].partition(";")[0]))
    assert note == {"reason": "SignInRefused", "minutes": 0, "login": marie}
    assert "HttpOnly" in answer.cookies[NOTE]


@pytest.mark.parametrize(
    "then",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "/nulle-part",
        "/login",
        "/receipt/MTL-000001.pdf",
        "paiement",
        "/paiement\r\nSet-Cookie: a=b",
        " /paiement//evil.example",
        "http://[",
        "",
    ],
)
def test_signing_in_leads_nowhere_but_to_our_screens(served: Served, marie: str, then: str) -> None:
    answer = post_login(served, marie, then=then)

    assert answer.status == 303
    assert answer.headers["Location"] == "/"
    assert set(answer.cookies) == {COOKIE, NOTE}


def test_the_query_is_written_anew(served: Served, marie: str) -> None:
    answer = post_login(served, marie, then="/paiement?client=1\r\nSet-Cookie: a=b&lang=en#frag")

    assert answer.headers["Location"].startswith("/paiement?client=1")
    assert set(answer.cookies) == {COOKIE, NOTE}
    assert "lang=en" not in answer.headers["Location"]


def test_a_throttled_person_is_told_the_minutes(served: Served) -> None:
    add_agent(served.world, "PA8001", "Paul Roy")
    for _ in range(5):
        post_login(served, "PA8001", password="ni vu ni connu ici")

    note = json.loads(urlsafe_b64decode(post_login(served, "PA8001").cookies[NOTE].partition(";")[0]))

    assert (note["reason"], note["minutes"]) == ("TooManyAttempts", 1)


def test_signing_in_again_ends_the_session_that_it_replaces(served: Served, marie: str) -> None:
    first = token_of(post_login(served, marie))
    second = token_of(post_login(served, marie, token=first))

    assert not is_open(served, first)
    assert is_open(served, second)


def test_signing_out_ends_the_session_here_and_in_the_database(served: Served, marie: str) -> None:
    token = token_of(post_login(served, marie))

    answer = served.request("POST", "/logout", token=token)

    assert (answer.status, answer.headers["Location"]) == (303, "/")
    assert answer.cookies[COOKIE].startswith("; ")
    assert "Max-Age=0" in answer.cookies[COOKIE]
    assert not is_open(served, token)


def test_opening_an_address_never_ends_a_session(served: Served, marie: str) -> None:
    token = token_of(post_login(served, marie))

    for path in ("/logout", "/fermer-la-session"):
        served.get(path, token=token)

    assert is_open(served, token)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"login": "PA8000"},
        {"login": "PA8000\x00", "password": PASSWORD},
        {"login": "é" * 400, "password": "x"},
        {"login": "' OR 1=1 --", "password": "' OR 1=1 --"},
    ],
)
@pytest.mark.usefixtures("marie")
def test_a_strange_form_is_a_refused_sign_in(served: Served, form: dict[str, str]) -> None:
    answer = served.request("POST", "/login", form=form)

    assert answer.status == 303
    assert COOKIE not in answer.cookies


def test_a_form_larger_than_ours_is_not_read(served: Served) -> None:
    assert served.request("POST", "/login", form={"password": "x" * 20_000}).status == 413
