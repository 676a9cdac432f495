"""The first tables: members, pages and their revisions, the diary, the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    for make in MAKERS:
        make()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE_SEARCH)
    else:
        op.execute(POSTGRESQL_SEARCH)
        op.execute(POSTGRESQL_SEARCH_INDEX)
        op.execute(POSTGRESQL_TEXTS)


def downgrade() -> None:
    """Drop every table."""
    op.drop_table("search_terms")
    for name in reversed(TABLES):
        op.drop_table(name)


def _attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
    )
    op.create_index("ix_attempt_at", "attempt", ["at"], unique=False)
    op.create_index("ix_attempt_bucket_at", "attempt", ["bucket", "at"], unique=False)


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("page_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_actor_id_at", "event", ["actor_id", "at"], unique=False)
    op.create_index("ix_event_at", "event", ["at"], unique=False)
    op.create_index("ix_event_kind_at", "event", ["kind", "at"], unique=False)
    op.create_index("ix_event_page_id_at", "event", ["page_id", "at"], unique=False)


def _imported_commit() -> None:
    op.create_table(
        "imported_commit",
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("commit_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("source", "commit_id", name="pk_imported_commit"),
    )


def _lease() -> None:
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )


def _letter() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("send_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("send_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_secret", sa.Boolean(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        sa.UniqueConstraint("key", name="uq_letter_key"),
    )
    op.create_index("ix_letter_state_send_after", "letter", ["state", "send_after"], unique=False)


def _page() -> None:
    op.create_table(
        "page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("owner_email", sa.String(length=254), nullable=False),
        sa.Column("head_id", sa.Integer(), nullable=True),
        sa.Column("head_number", sa.Integer(), nullable=False),
        sa.Column("derived_number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_page"),
    )
    op.create_index("ix_page_changed_at", "page", ["changed_at"], unique=False)
    op.create_index("ix_page_name", "page", ["name"], unique=False)
    op.create_index(
        "uq_page_path",
        "page",
        ["path"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )


def _team() -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
        sa.UniqueConstraint("name", name="uq_team_name"),
    )


def _text_blob() -> None:
    op.create_table(
        "text_blob",
        sa.Column("sha", sa.LargeBinary(length=32), nullable=False),
        sa.Column("codec", sa.String(length=12), nullable=False),
        sa.Column("base_sha", sa.LargeBinary(length=32), nullable=True),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha", name="pk_text_blob"),
    )


def _wiki_setting() -> None:
    op.create_table(
        "wiki_setting",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_wiki_setting"),
    )


def _former_path() -> None:
    op.create_table(
        "former_path",
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_former_path_page_id_page"),
        sa.PrimaryKeyConstraint("path", name="pk_former_path"),
    )
    op.create_index("ix_former_path_page_id", "former_path", ["page_id"], unique=False)


def _imported_file() -> None:
    op.create_table(
        "imported_file",
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_imported_file_page_id_page"),
        sa.PrimaryKeyConstraint("source", "file", name="pk_imported_file"),
    )
    op.create_index("ix_imported_file_page_id", "imported_file", ["page_id"], unique=False)


def _page_anchor() -> None:
    op.create_table(
        "page_anchor",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_page_anchor_page_id_page"),
        sa.PrimaryKeyConstraint("page_id", "anchor", name="pk_page_anchor"),
    )


def _page_link() -> None:
    op.create_table(
        "page_link",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(length=300), nullable=False),
        sa.Column("fragment", sa.String(length=200), nullable=False),
        sa.Column("is_wiki", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_page_link_page_id_page"),
        sa.PrimaryKeyConstraint("page_id", "target", "fragment", name="pk_page_link"),
    )
    op.create_index("ix_page_link_target", "page_link", ["target"], unique=False)


def _page_section() -> None:
    op.create_table(
        "page_section",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("anchor", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("need", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_page_section_page_id_page"),
        sa.PrimaryKeyConstraint("page_id", "ordinal", name="pk_page_section"),
    )
    op.create_index("ix_page_section_need", "page_section", ["need"], unique=False)


def _page_tag() -> None:
    op.create_table(
        "page_tag",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_page_tag_page_id_page"),
        sa.PrimaryKeyConstraint("page_id", "tag", name="pk_page_tag"),
    )
    op.create_index("ix_page_tag_tag", "page_tag", ["tag"], unique=False)


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("signed_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('member', 'reviewer', 'facilitator', 'admin')", name="ck_person_role"
        ),
        sa.CheckConstraint(
            "state IN ('active', 'imported', 'deactivated')", name="ck_person_state"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_person_team_id_team"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("email", name="uq_person_email"),
    )
    op.create_index("ix_person_team_id", "person", ["team_id"], unique=False)


def _search_text() -> None:
    op.create_table(
        "search_text",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_search_text_page_id_page"),
        sa.PrimaryKeyConstraint("page_id", name="pk_search_text"),
    )


def _person_address() -> None:
    op.create_table(
        "person_address",
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_person_address_person_id_person"
        ),
        sa.PrimaryKeyConstraint("email", name="pk_person_address"),
    )
    op.create_index("ix_person_address_person_id", "person_address", ["person_id"], unique=False)


def _revision() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_minor", sa.Boolean(), nullable=False),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("restored_number", sa.Integer(), nullable=True),
        sa.Column("merged_number", sa.Integer(), nullable=True),
        sa.Column("sitting", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("text_sha", sa.LargeBinary(length=32), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("words_change", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('create', 'edit', 'restore', 'merge', 'rename', 'delete', 'undelete')",
            name="ck_revision_kind",
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_revision_author_id_person"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_revision_page_id_page"),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sa.UniqueConstraint("page_id", "number", name="uq_revision_page_id_number"),
    )
    op.create_index(
        "ix_revision_author_id_made_at", "revision", ["author_id", "made_at"], unique=False
    )
    op.create_index("ix_revision_made_at_id", "revision", ["made_at", "id"], unique=False)
    op.create_index("ix_revision_text_sha", "revision", ["text_sha"], unique=False)


def _sign_in() -> None:
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_sign_in_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in"),
        sa.UniqueConstraint("token_hash", name="uq_sign_in_token_hash"),
    )
    op.create_index("ix_sign_in_person_id", "sign_in", ["person_id"], unique=False)


def _sign_in_link() -> None:
    op.create_table(
        "sign_in_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_sign_in_link_person_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_link"),
        sa.UniqueConstraint("token_hash", name="uq_sign_in_link_token_hash"),
    )
    op.create_index("ix_sign_in_link_person_id", "sign_in_link", ["person_id"], unique=False)


def _rendering() -> None:
    op.create_table(
        "rendering",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("renderer", sa.Integer(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name="fk_rendering_revision_id_revision"
        ),
        sa.PrimaryKeyConstraint("revision_id", name="pk_rendering"),
    )


MAKERS = (
    _attempt,
    _event,
    _imported_commit,
    _lease,
    _letter,
    _page,
    _team,
    _text_blob,
    _wiki_setting,
    _former_path,
    _imported_file,
    _page_anchor,
    _page_link,
    _page_section,
    _page_tag,
    _person,
    _search_text,
    _person_address,
    _revision,
    _sign_in,
    _sign_in_link,
    _rendering,
)

TABLES = tuple(make.__name__[1:] for make in MAKERS)


# What a search looks in: stemmed terms of the title and the text, the bare words of the title,
# and all bare words for prefixes. The terms are our own, so neither database may change them: the
# tokenizer `ascii` cuts at blanks and takes every letter that is not ASCII as it is.
SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE search_terms USING fts5(title, body, names, words, tokenize = 'ascii')"
)
POSTGRESQL_SEARCH = (
    "CREATE TABLE search_terms (page_id integer PRIMARY KEY, "
    "terms tsvector NOT NULL, words tsvector NOT NULL)"
)
POSTGRESQL_SEARCH_INDEX = "CREATE INDEX ix_search_terms ON search_terms USING gin (terms, words)"
# The texts are compressed already; PostgreSQL need not try again.
POSTGRESQL_TEXTS = "ALTER TABLE text_blob ALTER COLUMN data SET STORAGE EXTERNAL"
