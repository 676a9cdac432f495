"""`make run`: installs what is missing, then becomes the wiki's server."""

import argparse
import os
import socket
import sys
from typing import NoReturn

from tools import environment
from tools.steps import StepFailedError


def main() -> int:
    """Replace this process by the server; return an exit code only when that is impossible."""
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    try:
        refuse_taken_port(port)
        environment.prepare()
    except StepFailedError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return become_server(port)


def become_server(port: int) -> NoReturn:
    """Put the server in the place of this process, so that Ctrl-C reaches it and nobody else."""
    server = str(environment.program("manyhands"))
    os.execv(server, [server, "start", "--port", str(port)])


def refuse_taken_port(port: int) -> None:
    """Raise StepFailedError when another program listens on `port` already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as problem:
            raise StepFailedError(
                f"Port {port} cannot be used: another program may be listening on it. "
                f"Choose another, for example: make run PORT={port + 1000}"
            ) from problem


if __name__ == "__main__":
    raise SystemExit(main())
