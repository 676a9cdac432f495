"""The verbs of bringing things in and out: histories, folders, the sample strategy."""

from wiki.transfer.service.git_export import GitExport, export_git
from wiki.transfer.service.history import Progress, Wanted, derive_all, import_git
from wiki.transfer.service.markdown_export import MarkdownExport, export_markdown
from wiki.transfer.service.markdown_folder import WantedFolder, import_markdown
from wiki.transfer.service.sample import Loaded, load_sample

__all__ = [
    "GitExport",
    "Loaded",
    "MarkdownExport",
    "Progress",
    "Wanted",
    "WantedFolder",
    "derive_all",
    "export_git",
    "export_markdown",
    "import_git",
    "import_markdown",
    "load_sample",
]
