"""A bad setting stops the start with a sentence; a good one is read as people mean it."""

from __future__ import annotations

import pytest

from partnernet.settings import ROOT, Settings, SettingsError, load


def test_without_any_variable_the_defaults_hold() -> None:
    settings = load({"PATH": "/usr/bin"})

    assert settings == Settings()
    assert settings.public_url == "http://localhost:8501"
    assert settings.principal_name == "BOC"
    assert settings.language == "fr"
    assert settings.timezone == "America/Toronto"
    assert settings.uses_default_database
    assert settings.database_url.endswith("/var/partnernet.db")


def test_every_setting_can_be_given() -> None:
    settings = load(
        {
            "PARTNERNET_DATABASE_URL": "postgresql://app:secret@db/partnernet",
            "PARTNERNET_OWNER_DATABASE_URL": "postgresql://owner:secret@db/partnernet",
            "PARTNERNET_PUBLIC_URL": "https://partnernet.example.ca",
            "PARTNERNET_PRINCIPAL_NAME": "Gaz du Nord",
            "PARTNERNET_SUPPORT_CONTACT": "poste 4321",
            "PARTNERNET_LANGUAGE": "en",
            "PARTNERNET_TIMEZONE": "America/Vancouver",
            "PARTNERNET_IDLE_MINUTES": "30",
            "PARTNERNET_DAY_HOURS": "12",
        }
    )

    assert settings == Settings(
        database_url="postgresql+psycopg://app:secret@db/partnernet",
        owner_database_url="postgresql+psycopg://owner:secret@db/partnernet",
        public_url="https://partnernet.example.ca",
        principal_name="Gaz du Nord",
        support_contact="poste 4321",
        language="en",
        timezone="America/Vancouver",
        idle_minutes=30,
        day_hours=12,
    )
    assert settings.https
    assert not settings.uses_default_database


def test_a_blank_value_counts_as_not_set() -> None:
    assert load({"PARTNERNET_PRINCIPAL_NAME": "  ", "PARTNERNET_IDLE_MINUTES": ""}) == Settings()


def test_a_relative_sqlite_file_is_in_the_project_folder_wherever_the_command_is_typed() -> None:
    settings = load({"PARTNERNET_DATABASE_URL": "sqlite:///var/demo.db"})

    assert settings.database_url == f"sqlite:///{ROOT / 'var' / 'demo.db'}"


def test_an_absolute_sqlite_file_stays_where_it_is() -> None:
    file = ROOT.parent / "elsewhere.db"

    assert load({"PARTNERNET_DATABASE_URL": f"sqlite:///{file}"}).database_url == f"sqlite:///{file}"


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://PartnerNET.Example.ca/", "https://partnernet.example.ca"),
        ("https://partnernet.example.ca:443", "https://partnernet.example.ca"),
        ("https://partnernet.example.ca:8443", "https://partnernet.example.ca:8443"),
        ("http://127.0.0.1:8600", "http://127.0.0.1:8600"),
        ("http://[::1]:8600", "http://[::1]:8600"),
    ],
)
def test_the_public_url_is_kept_as_the_origin_that_browsers_send(typed: str, origin: str) -> None:
    assert load({"PARTNERNET_PUBLIC_URL": typed}).public_url == origin


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARTNERNET_DATABASE_URL", "partnernet.db"),
        ("PARTNERNET_DATABASE_URL", "sqlite://"),
        ("PARTNERNET_DATABASE_URL", "sqlite:///:memory:"),
        ("PARTNERNET_DATABASE_URL", "mysql://app@db/partnernet"),
        ("PARTNERNET_DATABASE_URL", "postgresql://"),
        ("PARTNERNET_OWNER_DATABASE_URL", "sqlite:///var/partnernet.db"),
        ("PARTNERNET_PUBLIC_URL", "partnernet.example.ca"),
        ("PARTNERNET_PUBLIC_URL", "http://partnernet.example.ca"),
        ("PARTNERNET_PUBLIC_URL", "http://localhost.example.ca"),
        ("PARTNERNET_PUBLIC_URL", "https://partnernet.example.ca/counter"),
        ("PARTNERNET_PUBLIC_URL", "https://user@partnernet.example.ca"),
        ("PARTNERNET_PUBLIC_URL", "https://partnernet.example.ca:99999"),
        ("PARTNERNET_PUBLIC_URL", "ftp://partnernet.example.ca"),
        ("PARTNERNET_PRINCIPAL_NAME", "BOC\u202e"),
        ("PARTNERNET_SUPPORT_CONTACT", "a" * 201),
        ("PARTNERNET_LANGUAGE", "de"),
        ("PARTNERNET_TIMEZONE", "Toronto"),
        ("PARTNERNET_IDLE_MINUTES", "0"),
        ("PARTNERNET_IDLE_MINUTES", "1.5"),
        ("PARTNERNET_IDLE_MINUTES", "٣"),
        ("PARTNERNET_DAY_HOURS", "25"),
    ],
)
def test_a_bad_value_is_refused_with_a_sentence_that_names_its_setting(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=rf"^{name} : .+\. / .+\.$"):
        load({name: value})


def test_an_unknown_name_is_refused_and_the_nearest_one_is_offered() -> None:
    with pytest.raises(SettingsError, match=r"PARTNERNET_DATABSE_URL .* Did you mean PARTNERNET_DATABASE_URL\?"):
        load({"PARTNERNET_DATABSE_URL": "sqlite:///var/partnernet.db"})


def test_names_that_belong_to_the_tests_are_left_alone() -> None:
    assert load({"PARTNERNET_TEST_BROWSER": "/usr/bin/chromium"}) == Settings()


@pytest.mark.parametrize("name", ["PARTNERNET_DATABASE_URL", "PARTNERNET_OWNER_DATABASE_URL"])
def test_a_password_in_a_database_address_is_never_shown(name: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load({name: "mysql://app:hunter2@db/partnernet"})
    shown = repr(load({name: "postgresql://app:hunter2@db/partnernet"}))

    assert "hunter2" not in str(refused.value)
    assert "hunter2" not in shown
