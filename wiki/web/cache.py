"""Whole pages and values kept in memory for as long as the database does not change.

A page of the wiki is a function of the database, its address and who asks. So it may be
kept until the next commit by anybody, of which `Database.version` tells at the price of a
glance, with any number of processes. Nothing needs to be told what to forget.
"""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, make_response, request, session
from flask.typing import ResponseReturnValue

from wiki.web.db import database

PAGES_BYTES = 24 * 1024 * 1024
VALUES_COUNT = 4096
FOR_GOOD_COUNT = 128
# What a page says may also depend on the hour (a sign-in that ends, "today"); not for long.
KEPT_SECONDS = 60

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
    content_type: str


def prepare(app: Flask) -> None:
    """Give the application its shelves."""
    app.extensions["kept_pages"] = _Shelf(PAGES_BYTES)
    app.extensions["kept_values"] = _Shelf(VALUES_COUNT)
    app.extensions["kept_for_good"] = _Shelf(FOR_GOOD_COUNT)


def cached_page(view: View) -> View:
    """Return `view` so that its page is kept until the database changes, with an ETag.

    For views that depend on nothing but the database, the address and who asks: no
    notices, no form tokens.
    """

    @wraps(view)
    def answer(**values: object) -> ResponseReturnValue:
        if "_flashes" in session:
            return view(**values)
        shelf = cast("_Shelf", current_app.extensions["kept_pages"])
        who = session.get("_user_id", "")
        key = (request.full_path, who)
        version = database().version()
        kept = shelf.find(key, version)
        if kept is None:
            response = make_response(view(**values))
            if response.status_code != 200 or response.is_streamed:  # noqa: PLR2004
                return response
            kept = _kept_answer(response)
            shelf.put(key, version, kept, size=len(kept.body) + 500)
        return _sent(kept, is_private=bool(who))

    return answer


def remembered(key: Hashable, make: Callable[[], Value]) -> Value:
    """Return what `make` gives, kept under `key` until the database changes."""
    shelf = cast("_Shelf", current_app.extensions["kept_values"])
    version = database().version()
    kept = shelf.find(key, version)
    if kept is None:
        kept = (make(),)
        shelf.put(key, version, kept)
    return cast("Value", kept[0])


def kept_for_good(key: Hashable, make: Callable[[], Value]) -> Value:
    """Return what `make` gives, kept under `key`; for what is made of revisions alone."""
    shelf = cast("_Shelf", current_app.extensions["kept_for_good"])
    kept = shelf.find(key, None)
    if kept is None:
        kept = (make(),)
        shelf.put(key, None, kept, seconds=math.inf)
    return cast("Value", kept[0])


def _kept_answer(response: Response) -> _Answer:
    body = response.get_data()
    etag = blake2b(body, digest_size=12).hexdigest()
    return _Answer(body, etag, response.headers["Content-Type"])


def _sent(kept: _Answer, *, is_private: bool) -> Response:
    if kept.etag in request.if_none_match:
        response = Response(status=304)
    else:
        response = Response(kept.body, content_type=kept.content_type)
    headers = response.headers
    headers["ETag"] = f'"{kept.etag}"'
    headers["Cache-Control"] = "private, no-cache" if is_private else "no-cache"
    headers["Vary"] = "Cookie"
    return response
