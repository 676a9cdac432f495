"""The words of the interface in the reader's language, and moments as it writes them.

The words come from Flask-Babel's catalogues; they are looked up here because it finds out
anew for each word in which language the request is answered, and a page has hundreds.
"""

from datetime import datetime
from functools import lru_cache
from gettext import NullTranslations
from typing import cast
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from flask import Flask, g
from flask_babel import get_domain, get_locale


def prepare(app: Flask) -> None:
    """Let templates find their words quickly."""
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]  # of Jinja's i18n extension


def language() -> str:
    """Return the language in which this request is answered, like `en_GB`."""
    if "language" not in g:
        g.language = str(get_locale() or "en_GB")
    return cast("str", g.language)


@lru_cache(maxsize=4096)
def moment_words(moment: datetime, pattern: str, zone: str, language: str) -> str:
    """Return the moment as a clock in `zone` shows it, written like `pattern`."""
    return format_datetime(moment, pattern, tzinfo=ZoneInfo(zone), locale=language)


@lru_cache(maxsize=4096)
def day_words(moment: datetime, pattern: str, zone: str, language: str) -> str:
    """Return the day on which the moment falls in `zone`, written like `pattern`."""
    return format_date(moment.astimezone(ZoneInfo(zone)), pattern, locale=language)


def _catalogue() -> NullTranslations:
    if "catalogue" not in g:
        g.catalogue = get_domain().get_translations()
    return cast("NullTranslations", g.catalogue)


def _gettext(message: str) -> str:
    return _catalogue().gettext(message)


def _ngettext(one: str, many: str, count: int) -> str:
    return _catalogue().ngettext(one, many, count)
