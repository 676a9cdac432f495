"""Every setting: what it is when nobody says, what it takes, and how it is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wiki.errors import Misconfigured
from wiki.settings import Mail, Settings, keep_address

SECRET = "s" * 32
PUBLIC = "https://strategy.example.org"
Read = Callable[..., Settings]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that reads settings as in production, some of them said otherwise."""

    def settings(trial_url: str = "", **said: str) -> Settings:
        env = {"DATA_DIR": str(tmp_path / "data"), "SECRET_KEY": SECRET, "PUBLIC_URL": PUBLIC}
        named = {f"MANYHANDS_{name}": value for name, value in {**env, **said}.items()}
        return Settings.from_env(named, trial_url=trial_url)

    return settings


def test_what_nobody_says_has_a_sensible_value(read: Read, tmp_path: Path) -> None:
    assert read() == Settings(
        database_url=f"sqlite:///{tmp_path}/data/wiki.db",
        data_dir=tmp_path / "data",
        secret_key=SECRET,
        public_url=PUBLIC,
        time_zone="Europe/London",
        proxies=0,
        mail=Mail(
            transport="console",
            sender="wiki@localhost",
            host="127.0.0.1",
            port=25,
            user="",
            password="",
            security="none",
        ),
    )


@pytest.mark.parametrize(
    ("name", "value", "read_as"),
    [
        ("DATABASE_URL", "postgresql://wiki@db/wiki", "postgresql://wiki@db/wiki"),
        ("SECRET_KEY", "k" * 40, "k" * 40),
        ("PUBLIC_URL", "https://wiki.example.org:8443/", "https://wiki.example.org:8443"),
        ("TIME_ZONE", "Europe/Paris", "Europe/Paris"),
        ("PROXIES", "2", 2),
    ],
)
def test_every_setting_is_read(read: Read, name: str, value: str, read_as: object) -> None:
    assert getattr(read(**{name: value}), name.lower()) == read_as


@pytest.mark.parametrize(
    ("name", "field", "value", "read_as"),
    [
        ("TRANSPORT", "transport", "smtp", "smtp"),
        ("TRANSPORT", "transport", "file", "file"),
        ("FROM", "sender", "wiki@example.org", "wiki@example.org"),
        ("HOST", "host", "mail.example.org", "mail.example.org"),
        ("PORT", "port", "587", 587),
        ("USER", "user", "wiki", "wiki"),
        ("PASSWORD", "password", "p w", "p w"),
        ("SECURITY", "security", "starttls", "starttls"),
        ("SECURITY", "security", "tls", "tls"),
    ],
)
def test_every_setting_of_mail_is_read(
    read: Read, name: str, field: str, value: str, read_as: object
) -> None:
    assert getattr(read(**{f"MAIL_{name}": value}).mail, field) == read_as


def test_a_data_folder_is_taken_from_where_one_stands(
    read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = read(DATA_DIR="here")
    assert settings.data_dir == tmp_path / "here"
    assert settings.database_url == f"sqlite:///{tmp_path}/here/wiki.db"
    assert read(DATA_DIR="").data_dir == tmp_path / "data"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"SECRET_KEY": ""}, "MANYHANDS_SECRET_KEY is missing."),
        ({"SECRET_KEY": "s" * 31}, "MANYHANDS_SECRET_KEY is too short."),
        ({"PUBLIC_URL": ""}, "MANYHANDS_PUBLIC_URL is missing."),
        ({"PUBLIC_URL": "strategy.example.org"}, "MANYHANDS_PUBLIC_URL is strategy.example.org"),
        ({"PUBLIC_URL": "ftp://example.org"}, "which is no web address"),
        ({"PUBLIC_URL": "https://"}, "which is no web address"),
        ({"PUBLIC_URL": "https://example.org/?a=b"}, "which is no web address"),
        ({"PUBLIC_URL": "https://[::1"}, "which is no web address"),
        ({"PUBLIC_URL": "https://example.org:port"}, "which is no web address"),
        ({"PUBLIC_URL": "https://exa mple.org"}, "which is no web address"),
        ({"ENV": "prod"}, "MANYHANDS_ENV is prod. Set it to one of: trial, production."),
        ({"TIME_ZONE": "London"}, "MANYHANDS_TIME_ZONE is London, which is no time zone."),
        ({"TIME_ZONE": "../etc"}, "which is no time zone"),
        ({"PROXIES": "one"}, "MANYHANDS_PROXIES is one. Set it to a whole number."),
        ({"PROXIES": "-1"}, "MANYHANDS_PROXIES is -1."),
        ({"MAIL_PORT": "smtp"}, "MANYHANDS_MAIL_PORT is smtp."),
        ({"MAIL_TRANSPORT": "pigeon"}, "Set it to one of: console, file, smtp."),
        ({"MAIL_SECURITY": "ssl"}, "Set it to one of: none, starttls, tls."),
        ({"DATABASE_URL": "mysql://wiki"}, "MANYHANDS_DATABASE_URL"),
        ({"DATABASE_URL": "wiki.db"}, "MANYHANDS_DATABASE_URL"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_name(
    read: Read, said: dict[str, str], sentence: str
) -> None:
    with pytest.raises(Misconfigured) as refused:
        read(**said)
    assert sentence in str(refused.value)


def test_a_password_in_a_wrong_database_address_is_not_repeated(read: Read) -> None:
    with pytest.raises(Misconfigured) as refused:
        read(DATABASE_URL="mysql://wiki:hunter2@db/wiki")
    assert "hunter2" not in str(refused.value)


def test_a_trial_needs_to_be_told_nothing(tmp_path: Path) -> None:
    settings = Settings.from_env(
        {"MANYHANDS_DATA_DIR": str(tmp_path)}, trial_url="http://127.0.0.1:8000"
    )
    assert settings.public_url == "http://127.0.0.1:8000"
    assert len(settings.secret_key) >= 32
    assert not settings.is_secure


def test_the_secret_of_a_trial_is_kept_where_only_its_owner_reads(tmp_path: Path) -> None:
    env: dict[str, Any] = {"MANYHANDS_DATA_DIR": str(tmp_path / "new")}
    first = Settings.from_env(env, trial_url="http://127.0.0.1:8000").secret_key
    assert Settings.from_env(env, trial_url="http://127.0.0.1:9000").secret_key == first
    file = tmp_path / "new" / "secret-key"
    assert file.read_text() == first
    assert file.stat().st_mode & 0o777 == 0o600
    env["MANYHANDS_DATA_DIR"] = str(tmp_path / "other")
    assert Settings.from_env(env, trial_url="http://127.0.0.1:8000").secret_key != first


@pytest.mark.parametrize("content", ["", "short", "\n"])
def test_a_kept_secret_that_was_cut_off_is_not_used(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret-key").write_text(content)
    env = {"MANYHANDS_DATA_DIR": str(tmp_path)}
    with pytest.raises(Misconfigured, match="secret-key"):
        Settings.from_env(env, trial_url="http://127.0.0.1:8000")


def test_a_trial_that_people_reach_from_elsewhere_is_no_trial(tmp_path: Path) -> None:
    env = {"MANYHANDS_DATA_DIR": str(tmp_path), "MANYHANDS_PUBLIC_URL": PUBLIC}
    with pytest.raises(Misconfigured, match="MANYHANDS_SECRET_KEY is missing"):
        Settings.from_env(env, trial_url="http://127.0.0.1:8000")
    assert not (tmp_path / "secret-key").exists()


def test_a_public_address_goes_before_that_of_a_trial(read: Read) -> None:
    assert read(trial_url="http://127.0.0.1:8000").public_url == PUBLIC
    assert read(trial_url="http://127.0.0.1:8000").is_secure


@pytest.mark.parametrize("missing", ["PUBLIC_URL", "SECRET_KEY"])
def test_production_is_no_trial_even_on_a_loopback_address(read: Read, missing: str) -> None:
    said = {"ENV": "production", "PUBLIC_URL": "http://127.0.0.1:8000", missing: ""}
    with pytest.raises(Misconfigured, match=f"MANYHANDS_{missing} is missing"):
        read(trial_url="http://127.0.0.1:8000", **said)


def test_a_command_writes_nothing_and_knows_where_a_trial_was_served(tmp_path: Path) -> None:
    env = {"MANYHANDS_DATA_DIR": str(tmp_path / "new"), "MANYHANDS_ENV": "trial"}
    assert Settings.for_command(env).public_url == "http://127.0.0.1:8000"
    assert not (tmp_path / "new").exists()
    served = Settings.from_env(env, trial_url="http://127.0.0.1:9000")
    keep_address(served)
    assert Settings.for_command(env) == served


@pytest.mark.parametrize("content", ["", "nonsense", "https://evil.example", "http://[::1"])
def test_a_kept_address_that_cannot_be_is_not_used(tmp_path: Path, content: str) -> None:
    (tmp_path / "address").write_text(content)
    env = {"MANYHANDS_DATA_DIR": str(tmp_path)}
    assert Settings.for_command(env).public_url == "http://127.0.0.1:8000"
