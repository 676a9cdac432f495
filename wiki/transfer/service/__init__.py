"""The verbs of bringing things in and out: histories, folders, the sample strategy."""

from wiki.transfer.service.git_export import GitExport, export_git
from wiki.transfer.service.history import Progress, Wanted, derive_all, import_git
from wiki.transfer.service.sample import Loaded, load_sample

__all__ = [
    "GitExport",
    "Loaded",
    "Progress",
    "Wanted",
    "derive_all",
    "export_git",
    "import_git",
    "load_sample",
]
