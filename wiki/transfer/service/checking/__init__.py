"""Looking whether all is well: the database, every text, what is derived, what should go on."""

from wiki.transfer.service.checking.everything import Checked, check
from wiki.transfer.service.checking.findings import Finding

__all__ = ["Checked", "Finding", "check"]
