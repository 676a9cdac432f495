"""How fast pages are read, beside a constant page of Flask under the same server.

    python -m bench.web [--history BUNDLE_OR_REPOSITORY] [--seconds 3]

Without a history it reads the sample strategy. The client shares the machine with the server, so
requests a second are low; CPU seconds of the server's processes for 1,000 requests hardly depend
on that, nor on what else the machine does.
"""

import argparse
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

HOST = "127.0.0.1"
BIN = Path(sys.executable).parent
PROGRAM = str(BIN / "manyhands")
EMAIL, PASSWORD = "bench@example.org", "a long enough password 7x"
CONNECTIONS = 16
ROUNDS = 2


@dataclass(frozen=True)
class Server:
    """A running server: its port and the process that leads it."""

    port: int
    process: subprocess.Popen[bytes]


@dataclass(frozen=True)
class Figures:
    """What one kind of request costs: milliseconds, and CPU seconds for 1,000 of them."""

    rate: float
    median: float
    p99: float
    cpu: float


def tree(pid: int) -> list[int]:
    """Return the process and all under it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in tree(int(child)))]


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that a process and all under it have used."""
    ticks = 0
    for one in tree(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """Return the memory of a process and all under it, what they share counted once."""
    total = 0
    for one in tree(pid):
        text = Path(f"/proc/{one}/smaps_rollup").read_text()
        total += int(re.findall(r"^Pss:\s+(\d+)", text, re.MULTILINE)[0])
    return total / 1024


def get(port: int, path: str, headers: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
    """Return status, body and headers of one answer."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body, {name.lower(): value for name, value in answer.getheaders()}


def ask(port: int, paths: list[str], headers: dict[str, str], seconds: float) -> list[float]:
    """Return the seconds that each answer took, by so many connections at once."""
    taken: list[list[float]] = [[] for _ in range(CONNECTIONS)]
    end = time.monotonic() + seconds

    def loop(number: int) -> None:
        connection = http.client.HTTPConnection(HOST, port, timeout=30)
        turn = number
        while time.monotonic() < end:
            begun = time.perf_counter()
            connection.request("GET", paths[turn % len(paths)], headers=headers)
            answer = connection.getresponse()
            answer.read()
            taken[number].append(time.perf_counter() - begun)
            assert answer.status in {200, 304}, (answer.status, paths[turn % len(paths)])
            turn += 1
        connection.close()

    threads = [threading.Thread(target=loop, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [one for part in taken for one in part]


def measure(server: Server, paths: list[str], headers: dict[str, str], seconds: float) -> Figures:
    """Return what requests for `paths` in turn cost."""
    before = cpu_seconds(server.process.pid)
    taken = sorted(ask(server.port, paths, headers, seconds))
    cpu = cpu_seconds(server.process.pid) - before
    return Figures(
        rate=len(taken) / seconds,
        median=statistics.median(taken) * 1000,
        p99=taken[int(len(taken) * 0.99)] * 1000,
        cpu=cpu / len(taken) * 1000,
    )


@contextmanager
def running(
    command: list[str], port: int, path: str, folder: Path
) -> Iterator[tuple[Server, float]]:
    """Give a server and the seconds until its first answer; stop it at the end."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder)
    try:
        while True:
            try:
                if get(port, path, {})[0] == 200:  # noqa: PLR2004
                    break
            except OSError:
                time.sleep(0.01)
        yield Server(port, process), time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait(timeout=20)


def signed_in(port: int) -> str:
    """Return the cookie of a member who just signed in."""
    _, form, headers = get(port, "/sign-in", {})
    token = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', form)
    assert token is not None
    cookie = headers["set-cookie"].partition(";")[0]
    body = urlencode({"csrf_token": token[1].decode(), "email": EMAIL, "password": PASSWORD})
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    connection.request("POST", "/sign-in", body, kind)
    answer = connection.getresponse()
    assert answer.status in {302, 303}, answer.status
    return str(answer.getheader("Set-Cookie")).partition(";")[0]


def prepare(folder: Path, history: str | None) -> None:
    """Fill a new wiki in `folder` and give it a member who can sign in."""
    bring = ["import", "git", history] if history else ["sample"]
    for words in (["migrate"], bring, ["people", "add", EMAIL, "--name", "Bench"]):
        subprocess.run([PROGRAM, *words], cwd=folder, check=True, stdout=sys.stderr)
    command = [PROGRAM, "people", "password", EMAIL, "--stdin"]
    subprocess.run(command, cwd=folder, check=True, input=PASSWORD.encode(), stdout=sys.stderr)


def kinds(port: int) -> dict[str, tuple[list[str], dict[str, str]]]:
    """Return the kinds of request: addresses to ask for in turn, and headers."""
    listed = re.findall(rb'href="(/pages/[^"#?]+)"', get(port, "/pages", {})[1])
    pages = sorted({url.decode() for url in listed} - {"/pages"})
    heads = {
        url: max(map(int, re.findall(rb"/revisions/(\d+)\"", get(port, url, {})[1])), default=1)
        for url in pages
    }
    longest = max(heads, key=lambda url: heads[url])
    head = heads[longest]
    middle = range(max(2, head // 2 - 5), max(3, head // 2 + 5))
    etag = get(port, longest, {})[2]["etag"]
    words = ("people", "accessibility", "services", "données", "plan", "council", "open", "digital")
    return {
        "view, anonymous": (pages, {}),
        "view, signed in": (pages, {"Cookie": signed_in(port)}),
        "view, 304": ([longest], {"If-None-Match": etag}),
        f"history of {head}": ([f"{longest}/history"], {}),
        "compare neighbours": ([f"{longest}/compare/{n - 1}..{n}" for n in middle], {}),
        "compare first-last": ([f"{longest}/compare/1..{head}"], {}),
        "recent changes": (["/changes"], {}),
        "search": ([f"/search?q={quote(word)}" for word in words], {}),
    }


def report(rows: dict[str, list[Figures]], floor: list[Figures]) -> None:
    """Print the medians of the rounds, and their ratios to the floor."""
    least = statistics.median(one.cpu for one in floor)
    print(f"{'':24}{'req/s':>8}{'p50 ms':>8}{'p99 ms':>8}{'CPU/1000':>10}{'of floor':>10}")
    for name, figures in {"constant page (floor)": floor, **rows}.items():
        rate, median, p99, cpu = (
            statistics.median(getattr(one, field) for one in figures)
            for field in ("rate", "median", "p99", "cpu")
        )
        print(f"{name:24}{rate:8.0f}{median:8.1f}{p99:8.1f}{cpu:10.2f}{cpu / least:9.1f}x")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--history", help="a repository or bundle to read instead of the sample")
    parser.add_argument("--seconds", type=float, default=3.0)
    chosen = parser.parse_args()
    here = Path(__file__).parent
    granian = [
        str(BIN / "granian"),
        "--interface",
        "wsgi",
        "--host",
        HOST,
        "--log-level",
        "warning",
    ]
    granian += ["--workers", "2", "--blocking-threads", "4", "--no-ws"]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        prepare(folder, str(Path(chosen.history).absolute()) if chosen.history else None)
        ours = [PROGRAM, "serve", "--port", "28301", "--workers", "2"]
        constant = [*granian, "--port", "28302", "_constant:app"]
        with (
            running(ours, 28301, "/", folder) as (wiki, cold),
            running(constant, 28302, "/", here) as (floor_server, floor_cold),
        ):
            asked = kinds(wiki.port)
            rows: dict[str, list[Figures]] = {name: [] for name in asked}
            floor: list[Figures] = []
            for _ in range(ROUNDS):
                floor.append(measure(floor_server, ["/"], {}, chosen.seconds))
                for name, (paths, headers) in asked.items():
                    rows[name].append(measure(wiki, paths, headers, chosen.seconds))
            report(rows, floor)
            print(f"first answer after {cold:.2f} s (constant page {floor_cold:.2f} s)")
            used, least = memory_mb(wiki.process.pid), memory_mb(floor_server.process.pid)
            print(f"memory {used:.0f} MB (constant page {least:.0f} MB)")


if __name__ == "__main__":
    main()
