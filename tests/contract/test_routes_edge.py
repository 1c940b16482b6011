"""One address, one origin, the paths that exist, and the headers that browsers obey, on every answer."""

from __future__ import annotations

import pytest

from partnernet.domain.permissions import Role
from partnernet.settings import ROOT
from partnernet.web.screens import PATHS
from tests.support.served import Served


@pytest.mark.parametrize(
    "path", ["/", "/paiement?client=100245", "/aide", "/nulle-part", "/static-app/app.js", "/healthz"]
)
def test_every_answer_carries_the_security_headers(served: Served, path: str) -> None:
    headers = served.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "object-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert policy.count("unsafe-inline") == 1  # styles only
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", sorted(PATHS))
def test_each_screen_starts_from_our_skeleton(served: Served, path: str) -> None:
    page = served.get(path)

    assert page.status == 200
    assert '<html lang="fr">' in page.text
    assert "<title>PartnerNET</title>" in page.text
    assert page.text.count("/static-app/app.js") == 1
    assert "Streamlit<" not in page.text
    assert "Streamlit app" not in page.text
    assert "<script>" not in page.text
    assert page.text.index("/static-app/app.js") < page.text.index('type="module"')


def test_the_skeleton_is_in_the_language_of_whoever_opens_it(served: Served) -> None:
    assert '<html lang="en">' in served.get("/?lang=en").text
    assert '<html lang="fr">' in served.get("/?lang=%3Cscript%3E").text


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/script-health-check",
        "/_stcore/agent/openapi.json",
        "/_stcore/bidi-components/x",
        "/component/x/index.html",
        "/auth/login",
        "/oauth2callback",
        "/manifest.json",
        "/nulle-part",
        "/paiement/100245",
        "/login",
        "/logout",
        "/static-app/../../settings.py",
    ],
)
def test_what_is_not_ours_to_show_does_not_exist(served: Served, path: str) -> None:
    answer = served.get(path)

    assert answer.status in (400, 404)
    assert "Streamlit" not in answer.text


def test_what_streamlit_needs_is_there(served: Served) -> None:
    assert served.get("/_stcore/health").status == 200
    assert served.get("/_stcore/host-config").status == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", "localhost", ""])
def test_another_host_is_refused_whatever_is_asked(served: Served, host: str) -> None:
    for path in ("/", "/login", "/_stcore/health", "/static-app/app.js"):
        assert served.get(path, Host=host).status in (400, 403)


@pytest.mark.parametrize("origin", ["", "null", "http://evil.example", "http://localhost", "https://localhost:8501"])
@pytest.mark.parametrize("path", ["/login", "/logout", "/_stcore/upload_file/x/y"])
def test_nothing_is_changed_from_another_origin(served: Served, path: str, origin: str) -> None:
    method = "PUT" if "upload" in path else "POST"

    assert served.request(method, path, form={"login": "PA1234"}, Origin=origin).status == 403


def test_downloads_and_uploads_are_for_people_who_are_signed_in(served: Served) -> None:
    _agent, token = served.signed_in()

    assert served.get("/media/0123456789abcdef.csv").status == 401
    assert served.get("/media/0123456789abcdef.csv", token=token).status == 404
    assert served.request("PUT", "/_stcore/upload_file/x/y", form={}).status == 401


@pytest.mark.parametrize("role", [Role.AGENT, Role.ADMINISTRATOR, Role.AUDITOR])
def test_nobody_uploads_who_may_not_exchange_files(served: Served, role: Role) -> None:
    _agent, token = served.signed_in(role)

    answer = served.request("PUT", "/_stcore/upload_file/x/y", token=token, form={})

    assert answer.status == 403
    assert "Vous n&#x27;avez pas accès à cette page" in answer.text


def test_a_supervisor_gets_through_to_streamlit_which_knows_no_such_tab(served: Served) -> None:
    _agent, token = served.signed_in(Role.SUPERVISOR)

    answer = served.request("PUT", "/_stcore/upload_file/x/y", token=token, form={})

    assert answer.status in (400, 403)
    assert "accès" not in answer.text


def test_health_answers_a_monitor_at_any_address(served: Served) -> None:
    answer = served.get("/healthz", Host="10.0.0.7:8501")

    assert (answer.status, answer.text) == (200, "ok")


def test_only_our_static_files_are_served(served: Served) -> None:
    script = served.get("/static-app/app.js")

    assert script.status == 200
    assert script.body == (ROOT / "partnernet" / "web" / "static" / "app.js").read_bytes()
