"""Runs the migrations on the connection that `wiki.storage.migrations` hands over."""

from alembic import context

import wiki.activity.models
import wiki.authorship.models
import wiki.mail.letters
import wiki.pages.models
import wiki.people.models
import wiki.search.models
import wiki.storage.leases
import wiki.transfer.models
import wiki.writing.models  # noqa: F401  # each import adds its tables to the metadata
from wiki.storage.base import Base
from wiki.storage.migrations import is_ours

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    include_name=is_ours,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
