"""Figures of who wrote how much: which members are programs, and edits of a page by time."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDEX = "ix_revision_page_id_made_at_author_id_kind_is_imported"


def upgrade() -> None:
    """Add the column, and the index from which edits are counted by month."""
    op.add_column(
        "person", sa.Column("is_program", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index(INDEX, "revision", ["page_id", "made_at", "author_id", "kind", "is_imported"])


def downgrade() -> None:
    """Drop both."""
    op.drop_index(INDEX, "revision")
    op.execute("ALTER TABLE person DROP COLUMN is_program")
