"""Where templates, migrations and built assets lie, and places of our own that we make."""

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


def make_private(place: Path) -> None:
    """Make this folder for its owner alone, unless it is there; then it stays as it is."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
