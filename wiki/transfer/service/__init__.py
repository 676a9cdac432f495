"""The verbs of bringing things in: a git history, the sample strategy."""

from wiki.transfer.service.history import Progress, Wanted, derive_all, import_git
from wiki.transfer.service.sample import Loaded, load_sample

__all__ = ["Loaded", "Progress", "Wanted", "derive_all", "import_git", "load_sample"]
