"""Running the wiki: granian answers in front, another process does the chores behind."""

import gc
import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

import wiki.app
from wiki.background import work_until
from wiki.settings import Settings
from wiki.storage.engine import Database

THREADS = 4
# The first answer comes first; letters can wait for it.
DELAY_SECONDS = 1.0
PATIENCE_SECONDS = 10.0
LOOK_SECONDS = 0.5
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
_log = logging.getLogger("manyhands.serving")


def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Answer on `host` and `port` with so many processes until told to stop."""
    # The workers are new processes: they learn what a trial start decided from here.
    os.environ.update(  # noqa: TID251
        MANYHANDS_DATABASE_URL=settings.database_url,
        MANYHANDS_DATA_DIR=str(settings.data_dir),
        MANYHANDS_SECRET_KEY=settings.secret_key,
        MANYHANDS_PUBLIC_URL=settings.public_url,
    )
    server = Granian(
        f"{wiki.app.__name__}:{wiki.app.from_env.__name__}",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        factory=True,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    _take_ctrl_c()
    # Made here, the application is shared by the processes that are started from this one;
    # left alone by the collector, it stays shared.
    wiki.app.from_env()
    gc.collect()
    gc.freeze()
    with _background(settings):
        server.serve()


def _take_ctrl_c() -> None:
    """Let Ctrl-C stop this process only, which then tells the workers.

    A terminal sends it to the workers too, and one that is told twice hangs. Blocked here, it
    stays blocked in every process that we start; SIGTERM is what granian hears instead.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    main_thread = threading.get_ident()

    def listen() -> None:
        while True:
            signal.sigwait({signal.SIGINT})
            signal.pthread_kill(main_thread, signal.SIGTERM)

    threading.Thread(target=listen, name="ctrl-c", daemon=True).start()


@contextmanager
def _background(settings: Settings) -> Iterator[None]:
    """Let a process of its own do the chores meanwhile; it finishes the one in hand."""
    if settings.worker == "separate":
        yield
        return
    stop = threading.Event()
    keeper = threading.Thread(target=_keep, args=(settings, _started(settings), stop), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join(timeout=2 * PATIENCE_SECONDS)


def _started(settings: Settings) -> multiprocessing.Process:
    process = multiprocessing.Process(
        target=_work, args=(settings, os.getpid()), name="background", daemon=True
    )
    process.start()
    return process


def _keep(settings: Settings, process: multiprocessing.Process, stop: threading.Event) -> None:
    """Start the process again whenever it is gone, ever more slowly, and end it when told to."""
    # Whoever is started here would else hear of the end before it listens, and miss it.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    pause, began = FIRST_PAUSE_SECONDS, time.monotonic()
    while not stop.wait(LOOK_SECONDS):
        if process.is_alive():
            continue
        if time.monotonic() - began > LONGEST_PAUSE_SECONDS:
            pause = FIRST_PAUSE_SECONDS
        _log.error("The background process is gone. It is started again in %d seconds.", pause)
        if stop.wait(pause):
            break
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        process, began = _started(settings), time.monotonic()
    process.terminate()
    process.join(timeout=PATIENCE_SECONDS)
    process.kill()


def _work(settings: Settings, parent: int) -> None:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    threading.Thread(target=_stop_with_parent, args=(stop, parent), daemon=True).start()
    if stop.wait(DELAY_SECONDS):
        return
    database = Database(settings)
    try:
        work_until(stop, database)
    finally:
        database.close()


def _stop_with_parent(stop: threading.Event, parent: int) -> None:
    """Stop when whoever started us is gone, even by a kill."""
    # A pipe to the parent would stay open for as long as any other process that it started.
    while os.getppid() == parent and not stop.wait(LOOK_SECONDS):
        pass
    stop.set()
