"""Writing: drafts, who is editing, limits of pages, ways in for new members, a count of changes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of writing, and the columns that go with them."""
    op.add_column("revision", sa.Column("undone_number", sa.Integer()))
    op.add_column(
        "person", sa.Column("about", sa.Text(), nullable=False, server_default=sa.text("''"))
    )
    purpose = sa.Column("purpose", sa.String(20), nullable=False, server_default="sign-in")
    op.add_column("sign_in_link", purpose)
    email = sa.Column("email", sa.String(254), nullable=False, server_default=sa.text("''"))
    op.add_column("sign_in_link", email)
    chained = sa.Column("chained_number", sa.Integer(), nullable=False, server_default=sa.text("0"))
    op.add_column("page", chained)
    op.add_column("imported_file", sa.Column("text_sha", sa.LargeBinary(32)))
    for make in MAKERS:
        make()


def downgrade() -> None:
    """Drop what is of writing alone."""
    for make in reversed(MAKERS):
        op.drop_table(make.__name__[1:])
    # Both databases do this in place (SQLite since 3.35). A copy of a table, which is Alembic's way
    # on SQLite, ends with dropping the old one, and rows that refer to it forbid that.
    for table, column in (
        ("page", "chained_number"),
        ("imported_file", "text_sha"),
        ("sign_in_link", "email"),
        ("sign_in_link", "purpose"),
        ("person", "about"),
        ("revision", "undone_number"),
    ):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")


def _change_count() -> None:
    op.create_table(
        "change_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_change_count"),
    )


def _page_limit() -> None:
    op.create_table(
        "page_limit",
        sa.Column("path", sa.String(300), nullable=False),
        sa.Column("act", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("value", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("path", "act", "kind", "value", name="pk_page_limit"),
    )


def _sign_up() -> None:
    op.create_table(
        "sign_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("team_id", sa.Integer()),
        sa.Column("invited_by", sa.Integer()),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("proven_at", MOMENT),
        sa.Column("decided_at", MOMENT),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_sign_up_team_id_team"),
        sa.ForeignKeyConstraint(["invited_by"], ["person.id"], name="fk_sign_up_invited_by_person"),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name="fk_sign_up_decided_by_person"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_up"),
        sa.UniqueConstraint("token_hash", name="uq_sign_up_token_hash"),
    )
    op.create_index("ix_sign_up_email", "sign_up", ["email"])


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(64), nullable=False),
        sa.Column("page_id", sa.Integer()),
        sa.Column("path", sa.String(300), nullable=False),
        sa.Column("base_number", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(200), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_minor", sa.Boolean(), nullable=False),
        sa.Column("text_sha", sa.LargeBinary(32), nullable=False),
        sa.Column("sent_mark", sa.String(16), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("choices", sa.LargeBinary()),
        sa.Column("revision_id", sa.Integer()),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint("state IN ('typing', 'submitted', 'saved')", name="ck_draft_state"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_draft_person_id_person"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_draft_page_id_page"),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name="fk_draft_revision_id_revision"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("person_id", "form", name="uq_draft_person_id_form"),
    )
    op.create_index("ix_draft_changed_at", "draft", ["changed_at"])
    op.create_index("ix_draft_page_id", "draft", ["page_id"])
    op.create_index("ix_draft_person_id_changed_at", "draft", ["person_id", "changed_at"])


def _editing() -> None:
    op.create_table(
        "editing",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_editing_page_id_page"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_editing_person_id_person"),
        sa.PrimaryKeyConstraint("page_id", "person_id", name="pk_editing"),
    )


MAKERS = (_change_count, _page_limit, _sign_up, _draft, _editing)
