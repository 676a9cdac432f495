"""Scripts behind the Makefile: standard library only, so that any Python 3.11 can start them."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  whoever starts us has not been checked yet
    sys.exit(
        "Manyhands needs Python 3.11 or later, and this is Python "
        + ".".join(str(part) for part in sys.version_info[:2])
        + ". Name a later one like this: make run PYTHON=python3.12"
    )
