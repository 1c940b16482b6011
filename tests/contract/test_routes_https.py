"""Behind a proxy that does HTTPS: the cookie that no other host can set, and a database that goes away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.people import PASSWORD, add_agent
from tests.support.served import COOKIE, Served, serve

PUBLIC = "https://partnernet.example.ca"
AS_THE_PROXY_SENDS = {"Host": "partnernet.example.ca", "Origin": PUBLIC}


@pytest.fixture
def served(sqlite_template: Path, tmp_path: Path) -> Iterator[Served]:
    with serve(sqlite_template, tmp_path, PARTNERNET_PUBLIC_URL=PUBLIC) as running:
        add_agent(running.world)
        yield running


def test_over_https_the_cookie_is_secure_and_bound_to_this_host(served: Served) -> None:
    form = {"login": "PA9000", "password": PASSWORD, "next": "/"}

    answer = served.request("POST", "/login", form=form, **AS_THE_PROXY_SENDS)

    name = f"__Host-{COOKIE}"
    token, *flags = answer.cookies[name].split("; ")
    assert set(flags) == {"Path=/", "HttpOnly", "SameSite=Strict", "Secure"}
    assert COOKIE not in answer.cookies
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    paper = "/receipt/MTL-000001.pdf"
    assert served.get(paper, **AS_THE_PROXY_SENDS, Cookie=f"{name}={token}").status == 404
    assert served.get(paper, **AS_THE_PROXY_SENDS, Cookie=f"{COOKIE}={token}").status == 401
    assert served.get("/").status == 403, "its local address is not its address"


def test_a_database_that_goes_away_is_a_sentence_and_an_unhealthy_answer(served: Served) -> None:
    _agent, token = served.signed_in()
    cookie = {"Cookie": f"__Host-{COOKIE}={token}"}
    path = Path(served.server.database_url.removeprefix("sqlite:///"))
    path.write_bytes(b"\0" * path.stat().st_size)

    answers = [served.get(path, **AS_THE_PROXY_SENDS, **cookie) for path in ("/", "/media/x.csv", "/receipt/1.pdf")]

    assert served.get("/healthz").status == 503
    assert [answer.status for answer in answers] == [503] * 3
    assert all("Traceback" not in answer.text and "sqlite" not in answer.text.lower() for answer in answers)
