"""Every setting of the program, read from the environment once."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wiki import places
from wiki.errors import Misconfigured

SECRET_LENGTH = 32
MAIL_TRANSPORTS = ("console", "file", "smtp")
MAIL_SECURITY = ("none", "starttls", "tls")
DATABASES = ("sqlite", "postgresql", "postgres", "postgresql+psycopg")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
ENVIRONMENTS = ("trial", "production")
WORKERS = ("own", "separate")
USUAL_TRIAL_URL = "http://127.0.0.1:8000"
_ADDRESS_FILE = "address"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """How letters leave the house."""

    transport: str = "console"
    sender: str = "wiki@localhost"
    host: str = "127.0.0.1"
    port: int = 25
    user: str = ""
    password: str = ""
    security: str = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What the program was told from outside. What an administrator edits lives in tables."""

    database_url: str
    data_dir: Path
    secret_key: str
    public_url: str
    time_zone: str = "Europe/London"
    proxies: int = 0
    mail: Mail = Mail()
    worker: str = "own"

    @property
    def is_secure(self) -> bool:
        """Return whether people reach the wiki by https."""
        return self.public_url.startswith("https:")

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None, *, trial_url: str = "") -> Self:
        """Return the settings; raise Misconfigured with a sentence that names the setting.

        `trial_url` is the loopback address of a trial start: unless the environment says that
        this is production, a missing secret is then made and kept in the data folder, and the
        address stands for a missing public URL.
        """
        return cls._read(_environment(env), trial_url, _kept_secret)

    @classmethod
    def for_command(cls, env: Mapping[str, str] | None = None) -> Self:
        """Return the settings of a command, which serves nobody; raise Misconfigured.

        A trial has the address at which it was served last, and nothing is written for it.
        """
        env = _environment(env)
        return cls._read(env, _kept_address(_data_dir(env)), _passing_secret)

    @classmethod
    def _read(
        cls, env: Mapping[str, str], trial_url: str, secret_of_trial: Callable[[Path], str]
    ) -> Self:
        if _one_of(env, "MANYHANDS_ENV", ENVIRONMENTS) == "production":
            trial_url = ""
        data_dir = _data_dir(env)
        public_url = _checked_url((env.get("MANYHANDS_PUBLIC_URL") or trial_url).rstrip("/"))
        is_trial = bool(trial_url) and urlsplit(public_url).hostname in LOOPBACK
        secret = _given_secret(env.get("MANYHANDS_SECRET_KEY", ""), is_needed=not is_trial)
        return cls(
            database_url=_database_url(env, data_dir),
            data_dir=data_dir,
            secret_key=secret or secret_of_trial(data_dir / "secret-key"),
            public_url=public_url,
            time_zone=_time_zone(env.get("MANYHANDS_TIME_ZONE") or "Europe/London"),
            proxies=_number(env, "MANYHANDS_PROXIES", 0),
            mail=_mail(env),
            worker=_one_of(env, "MANYHANDS_WORKER", WORKERS),
        )


def keep_address(settings: Settings) -> None:
    """Note in the data folder where a trial is served, for the links that commands print."""
    places.make_private(settings.data_dir)
    (settings.data_dir / _ADDRESS_FILE).write_text(settings.public_url + "\n", encoding="utf-8")


def _environment(env: Mapping[str, str] | None) -> Mapping[str, str]:
    return os.environ if env is None else env  # noqa: TID251  # the one place that may read it


def _data_dir(env: Mapping[str, str]) -> Path:
    return Path(env.get("MANYHANDS_DATA_DIR") or "data").absolute()


def _kept_address(data_dir: Path) -> str:
    try:
        url = (data_dir / _ADDRESS_FILE).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return USUAL_TRIAL_URL
    is_usable = _is_web_address(url) and urlsplit(url).hostname in LOOPBACK
    return url if is_usable else USUAL_TRIAL_URL


def _given_secret(secret: str, *, is_needed: bool) -> str:
    if secret and len(secret) < SECRET_LENGTH:
        raise Misconfigured(
            "MANYHANDS_SECRET_KEY is too short. Set it to {length} random characters or more.",
            length=SECRET_LENGTH,
        )
    if not secret and is_needed:
        raise Misconfigured(
            "MANYHANDS_SECRET_KEY is missing. Set it to {length} random characters or more, "
            'for example the output of: python3 -c "import secrets; print(secrets.token_hex())"',
            length=SECRET_LENGTH,
        )
    return secret


def _passing_secret(file: Path) -> str:
    # A command signs no cookie: where no secret is kept yet, one for its own time will do.
    return _kept_secret(file) if file.exists() else _new_secret()


def _new_secret() -> str:
    return os.urandom(SECRET_LENGTH).hex()


def _kept_secret(file: Path) -> str:
    places.make_private(file.parent)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        secret = file.read_text(encoding="utf-8", errors="replace").strip()
        if len(secret) < SECRET_LENGTH:
            raise Misconfigured(
                "The file {file} holds no whole secret. Remove it and start again: a new one is "
                "made, and everybody has to sign in once more.",
                file=file,
            ) from None
        return secret
    secret = _new_secret()
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secret)
    return secret


def _database_url(env: Mapping[str, str], data_dir: Path) -> str:
    url = env.get("MANYHANDS_DATABASE_URL") or f"sqlite:///{data_dir / 'wiki.db'}"
    if url.partition("://")[0] not in DATABASES:
        # The address may hold a password, so it is not repeated.
        raise Misconfigured(
            "MANYHANDS_DATABASE_URL is no address of a database that can be used. Set it like "
            "sqlite:////srv/wiki/wiki.db or postgresql://name:password@host/wiki"
        )
    return url


def _checked_url(url: str) -> str:
    if not url:
        raise Misconfigured(
            "MANYHANDS_PUBLIC_URL is missing. Set it to the address at which people reach "
            "the wiki, for example https://strategy.example.org"
        )
    if not _is_web_address(url):
        raise Misconfigured(
            "MANYHANDS_PUBLIC_URL is {url}, which is no web address. "
            "Set it like https://strategy.example.org",
            url=url,
        )
    return url


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port or 0  # a word in its place is refused here
    except ValueError:
        return False
    is_bare = not parts.query and not parts.fragment and len(url.split()) == 1
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and port >= 0 and is_bare


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Misconfigured(
            "MANYHANDS_TIME_ZONE is {name}, which is no time zone. Set it like Europe/London.",
            name=name,
        ) from error
    return name


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name) or str(default)
    if not value.isdecimal():
        raise Misconfigured("{name} is {value}. Set it to a whole number.", name=name, value=value)
    return int(value)


def _one_of(env: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = env.get(name) or allowed[0]
    if value not in allowed:
        raise Misconfigured(
            "{name} is {value}. Set it to one of: {allowed}.",
            name=name,
            value=value,
            allowed=", ".join(allowed),
        )
    return value


def _mail(env: Mapping[str, str]) -> Mail:
    return Mail(
        transport=_one_of(env, "MANYHANDS_MAIL_TRANSPORT", MAIL_TRANSPORTS),
        sender=env.get("MANYHANDS_MAIL_FROM") or "wiki@localhost",
        host=env.get("MANYHANDS_MAIL_HOST") or "127.0.0.1",
        port=_number(env, "MANYHANDS_MAIL_PORT", 25),
        user=env.get("MANYHANDS_MAIL_USER", ""),
        password=env.get("MANYHANDS_MAIL_PASSWORD", ""),
        security=_one_of(env, "MANYHANDS_MAIL_SECURITY", MAIL_SECURITY),
    )
