"""POST /prove: the password given again, back to the screen with what was being typed there, and never the password."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from partnernet.clock import now
from partnernet.domain.sign_in import OpenSession
from partnernet.services import sessions
from partnernet.storage.tables import user_session
from tests.services.people import PASSWORD, add_agent
from tests.support.served import Answer, Served

NOTE = "partnernet-proof"


@pytest.fixture(scope="module")
def token(served: Served) -> str:
    """A session opened ten minutes ago."""
    add_agent(served.world, "PA8100", "Marie Tremblay")
    return sessions.sign_in(served.world.db, "PA8100", PASSWORD, at=now()).token


@pytest.fixture(autouse=True)
def long_ago(served: Served, token: str) -> None:
    """Each test begins with a proof of ten minutes ago."""
    which = user_session.c.token_hash == sessions.hash_token(token)
    with served.world.db.write() as connection:
        connection.execute(update(user_session).where(which).values(password_proved_at=now() - timedelta(minutes=10)))


def session_of(served: Served, token: str) -> OpenSession:
    session = sessions.find(served.world.db, sessions.hash_token(token), at=now())
    assert session is not None
    return session


def prove(
    served: Served, token: str, password: str = PASSWORD, then: str = "/paiements-du-jour?jour=1", kept: str = ""
) -> Answer:
    return served.request("POST", "/prove", form={"password": password, "next": then, "kept": kept}, token=token)


def note_of(answer: Answer) -> dict[str, Any]:
    note: dict[str, Any] = json.loads(urlsafe_b64decode(answer.cookies[NOTE].partition(";")[0]))
    return note


def test_a_good_password_proves_the_session_and_leads_back_with_what_was_typed(served: Served, token: str) -> None:
    answer = prove(served, token, kept="Recomptez les 20 $ — é\n« deux fois »")

    assert (answer.status, answer.headers["Location"]) == (303, "/paiements-du-jour?jour=1")
    assert session_of(served, token).is_proved(now())
    assert note_of(answer) == {
        "address": "/paiements-du-jour?jour=1",
        "refusal": "",
        "kept": "Recomptez les 20 $ — é\n« deux fois »",
    }
    assert {"HttpOnly", "SameSite=Strict", "Max-Age=20"} <= set(answer.cookies[NOTE].split("; "))


def test_a_wrong_password_says_so_and_keeps_what_was_typed_but_not_the_password(served: Served, token: str) -> None:
    answer = prove(served, token, password="ni vu ni connu ici", kept="Recomptez")

    assert note_of(answer)["refusal"].startswith("Mot de passe")
    assert note_of(answer)["kept"] == "Recomptez"
    assert "ni vu" not in json.dumps(note_of(answer))
    assert not session_of(served, token).is_proved(now())


def test_whoever_is_signed_out_is_led_to_the_screen_which_asks_them_to_sign_in(served: Served) -> None:
    for token in ("", "x" * 43):
        answer = prove(served, token)

        assert (answer.status, answer.headers["Location"]) == (303, "/paiements-du-jour?jour=1")
        assert not answer.cookies


@pytest.mark.parametrize("then", ["https://evil.example/", "//evil.example", "/prove", "/nulle-part", ""])
def test_it_leads_nowhere_but_to_our_screens(served: Served, token: str, then: str) -> None:
    assert prove(served, token, then=then).headers["Location"] == "/"


def test_the_longest_text_that_is_kept_fits_in_a_cookie(served: Served, token: str) -> None:
    answer = prove(served, token, kept="🪙" * 600)

    assert note_of(answer)["kept"] == "🪙" * 500
    assert len(answer.cookies[NOTE]) < 4_000


def test_another_site_proves_nothing(served: Served, token: str) -> None:
    form = {"password": PASSWORD, "next": "/"}
    answer = served.request("POST", "/prove", form=form, token=token, Origin="https://evil.example")

    assert answer.status == 403
    assert not session_of(served, token).is_proved(now())


def test_a_form_larger_than_ours_is_not_read_and_opening_the_address_does_nothing(served: Served, token: str) -> None:
    assert served.request("POST", "/prove", form={"password": "x" * 20_000}, token=token).status == 413
    assert served.get("/prove", token=token).status == 404
    assert not session_of(served, token).is_proved(now())
