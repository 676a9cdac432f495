"""The refusal of an act on a page that is no longer as it was looked at."""

from wiki.errors import Invalid


class ChangedMeanwhile(Invalid):
    """The page changed while somebody looked at what an act would do to it."""
