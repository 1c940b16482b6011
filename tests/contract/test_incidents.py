"""An incident can be found in the log by its number, and tells nobody's business."""

from __future__ import annotations

import re

import pytest

from partnernet.incidents import record_incident


def fail_on(account_number: str) -> None:
    try:
        raise KeyError(account_number)
    except KeyError as error:
        raise ValueError(f"no customer {account_number}") from error


def test_an_incident_is_logged_with_its_number_its_types_and_its_places(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ValueError, match="100245") as caught:
        fail_on("100245")

    number = record_incident(caught.value, where="/paiement")

    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", number)
    assert f"incident {number} in /paiement" in caplog.text
    assert "builtins.ValueError" in caplog.text
    assert "builtins.KeyError" in caplog.text
    assert "test_incidents.py" in caplog.text
    assert "in fail_on" in caplog.text


def test_an_incident_never_repeats_what_the_message_says(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ValueError, match="100245") as caught:
        fail_on("100245")

    record_incident(caught.value, where="/paiement")

    assert "100245" not in caplog.text
    assert "no customer" not in caplog.text


def test_two_incidents_have_two_numbers() -> None:
    error = RuntimeError()

    assert record_incident(error, where="/") != record_incident(error, where="/")
