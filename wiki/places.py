"""Where templates, migrations and built assets lie."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """Return the folder `templates`, `migrations` or `static`.

    In the repository it lies beside the package, in an installed wheel inside it.
    Raises FileNotFoundError when neither holds it.
    """
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"Manyhands is not installed whole: its folder {name} is missing.")
