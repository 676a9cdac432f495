"""Whole pages and values kept in memory for as long as the database does not change.

A page of the wiki is a function of the database, its address and who asks. So it may be
kept until the next commit by anybody, of which `Database.version` tells at the price of a
glance, with any number of processes. Nothing needs to be told what to forget.
"""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from http import HTTPStatus
from typing import Any, TypeVar, cast
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, current_app, g, make_response, request, session
from flask.typing import ResponseReturnValue

from wiki.storage.engine import Database
from wiki.web.db import database

PAGES_BYTES = 24 * 1024 * 1024
VALUES_COUNT = 4096
FOR_GOOD_BYTES = 16 * 1024 * 1024
# What a page says may also depend on the hour (a sign-in that ends, "today"); not for long.
KEPT_SECONDS = 60
_KEEP = "manyhands.keep"

Value = TypeVar("Value")
View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True, slots=True)
class _Kept:
    version: Hashable
    until: float
    size: int
    value: Any


class _Shelf:
    """The values asked for most recently, at most `room` in size together."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._size = 0
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Hashable, version: Hashable) -> Any:  # noqa: ANN401  # whatever was put
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            if kept.version != version or kept.until < time.monotonic():
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return kept.value

    def put(
        self,
        key: Hashable,
        version: Hashable,
        value: object,
        *,
        size: int = 1,
        seconds: float = KEPT_SECONDS,
    ) -> None:
        with self._lock:
            self._drop(key)
            if size > self._room // 8:
                return
            self._kept[key] = _Kept(version, time.monotonic() + seconds, size, value)
            self._size += size
            while self._size > self._room:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: Hashable) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._size -= kept.size


@dataclass(frozen=True, slots=True)
class _Answer:
    body: bytes
    etag: str
    headers: list[tuple[str, str]]


class KeptPages:
    """Answers before the application does, where a kept page is still true.

    The key holds the cookies whole: whoever sends the same ones is the same browser. On a hit
    nothing is parsed, routed or looked up but the version of the database.
    """

    def __init__(self, application: WSGIApplication, version: Callable[[], Hashable]) -> None:
        self._application = application
        self._version = version
        self._shelf = _Shelf(PAGES_BYTES)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request: the WSGI protocol."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._application(environ, start_response)
        asked = (environ["PATH_INFO"], environ.get("QUERY_STRING"), environ.get("HTTP_COOKIE"))
        try:
            version = self._version()
        except Exception:  # noqa: BLE001  # the application says what is wrong, in words
            return self._application(environ, start_response)
        kept = self._shelf.find(asked, version)
        if kept is not None:
            return _sent(kept, environ, start_response)
        weight = 1000 + sum(len(part or "") for part in asked)
        environ[_KEEP] = lambda answer: self._shelf.put(
            asked, version, answer, size=len(answer.body) + weight
        )
        return self._application(environ, start_response)


def prepare(app: Flask) -> None:
    """Let the application keep what it made."""
    app.extensions["kept_values"] = _Shelf(VALUES_COUNT)
    app.extensions["kept_for_good"] = _Shelf(FOR_GOOD_BYTES)
    version = cast("Database", app.extensions["database"]).version
    app.wsgi_app = KeptPages(app.wsgi_app, version)  # type: ignore[method-assign]  # Flask's way
    # The first to be told of, so the last to run: it sees the answer as it goes out.
    app.after_request(_keep)


def cached_page(view: View) -> View:
    """Return `view` so that its page is kept until the database changes, with an ETag.

    For views that depend on nothing but the database, the address and who asks: no
    notices, no form tokens.
    """

    @wraps(view)
    def answer(**values: object) -> ResponseReturnValue:
        has_notices = "_flashes" in session
        response = make_response(view(**values))
        if response.status_code == HTTPStatus.OK and not has_notices:
            who = session.get("_user_id", "")
            response.headers["Cache-Control"] = "private, no-cache" if who else "no-cache"
            response.headers["Vary"] = "Cookie"
            response.set_etag(blake2b(response.get_data(), digest_size=12).hexdigest())
            g.may_be_kept = True
        return response

    return answer


def _keep(response: Response) -> Response:
    if not g.pop("may_be_kept", False):
        return response
    etag, _ = response.get_etag()
    if _KEEP in request.environ and etag and "Set-Cookie" not in response.headers:
        answer = _Answer(response.get_data(), etag, list(response.headers))
        request.environ[_KEEP](answer)
    return cast("Response", response.make_conditional(request))


def _sent(
    kept: _Answer, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    if kept.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        of_body = {"Content-Length", "Content-Type"}
        headers = [pair for pair in kept.headers if pair[0] not in of_body]
        start_response("304 NOT MODIFIED", headers)
        return ()
    start_response("200 OK", kept.headers)
    return () if environ["REQUEST_METHOD"] == "HEAD" else (kept.body,)


def remembered(key: Hashable, make: Callable[[], Value]) -> Value:
    """Return what `make` gives, kept under `key` until the database changes."""
    shelf = cast("_Shelf", current_app.extensions["kept_values"])
    version = database().version()
    kept = shelf.find(key, version)
    if kept is None:
        kept = (make(),)
        shelf.put(key, version, kept)
    return cast("Value", kept[0])


def kept_for_good(
    key: Hashable, make: Callable[[], Value], *, weigh: Callable[[Value], int]
) -> Value:
    """Return what `make` gives, kept under `key`; for what is made of revisions alone.

    `weigh` says about how many bytes a value takes.
    """
    shelf = cast("_Shelf", current_app.extensions["kept_for_good"])
    kept = shelf.find(key, None)
    if kept is None:
        kept = (make(),)
        shelf.put(key, None, kept, size=weigh(kept[0]), seconds=math.inf)
    return cast("Value", kept[0])
