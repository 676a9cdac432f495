"""All tables of the wiki: every model is loaded here, so that none is forgotten in a backup."""

import sqlalchemy as sa

import wiki.activity.models
import wiki.authorship.models
import wiki.mail.letters
import wiki.pages.models
import wiki.people.models
import wiki.search.models
import wiki.storage.leases
import wiki.transfer.models
import wiki.writing.models  # noqa: F401  # each import adds its tables to the metadata
from wiki.storage import tables


def all_tables(connection: sa.Connection) -> list[sa.Table]:
    """Return what a backup holds; raise TypeError if the database has a table that nobody knows."""
    strange = tables.strange_tables(connection)
    if strange:
        raise TypeError(f"No model of these tables was loaded: {', '.join(strange)}.")
    return tables.kept_tables()
