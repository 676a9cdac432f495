"""Authorship: whose the words of each page are, at every revision."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
COUNTS = (
    "standing",
    "written",
    "removed_own",
    "removed_by_others",
    "brought_back",
    "removed_of_others",
    "restored",
    "revisions",
    "minor",
    "sittings",
)


def upgrade() -> None:
    """Make the tables; they are filled by `rebuild authorship`, or as pages are looked at."""
    for make in MAKERS:
        make()


def downgrade() -> None:
    """Drop them."""
    for make in reversed(MAKERS):
        op.drop_table(make.__name__[1:])


def _authorship_state() -> None:
    op.create_table(
        "authorship_state",
        _column("page_id", sa.Integer()),
        _column("number", sa.Integer()),
        _column("version", sa.Integer()),
        _column("is_due", sa.Boolean()),
        _column("data", sa.LargeBinary()),
        *_refers("authorship_state", "page"),
        sa.PrimaryKeyConstraint("page_id", name="pk_authorship_state"),
    )


def _authorship_past() -> None:
    op.create_table(
        "authorship_past",
        _column("page_id", sa.Integer()),
        _column("number", sa.Integer()),
        _column("data", sa.LargeBinary()),
        *_refers("authorship_past", "page"),
        sa.PrimaryKeyConstraint("page_id", "number", name="pk_authorship_past"),
        sqlite_with_rowid=False,
    )


def _authorship_memory() -> None:
    op.create_table(
        "authorship_memory",
        _column("page_id", sa.Integer()),
        _column("drawer", sa.Integer()),
        _column("data", sa.LargeBinary()),
        *_refers("authorship_memory", "page"),
        sa.PrimaryKeyConstraint("page_id", "drawer", name="pk_authorship_memory"),
    )


def _authorship_ledger() -> None:
    op.create_table(
        "authorship_ledger",
        _column("page_id", sa.Integer()),
        _column("number", sa.Integer()),
        _column("origin", sa.Integer()),
        _column("person_id", sa.Integer()),
        _column("added", sa.Integer()),
        _column("removed", sa.Integer()),
        _column("is_coarse", sa.Boolean()),
        *_refers("authorship_ledger", "page", "person"),
        sa.PrimaryKeyConstraint("page_id", "number", "origin", name="pk_authorship_ledger"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_authorship_ledger_person_id_page_id", "authorship_ledger", ["person_id", "page_id"]
    )


def _authorship_total() -> None:
    op.create_table(
        "authorship_total",
        _column("page_id", sa.Integer()),
        _column("person_id", sa.Integer()),
        _column("is_imported", sa.Boolean()),
        *(_column(name, sa.Integer()) for name in COUNTS),
        sa.Column("first_at", MOMENT),
        sa.Column("last_at", MOMENT),
        *_refers("authorship_total", "page", "person"),
        sa.PrimaryKeyConstraint("page_id", "person_id", "is_imported", name="pk_authorship_total"),
    )
    op.create_index("ix_authorship_total_person_id", "authorship_total", ["person_id"])


def _authorship_credit() -> None:
    op.create_table(
        "authorship_credit",
        _column("page_id", sa.Integer()),
        _column("number", sa.Integer()),
        _column("ordinal", sa.Integer()),
        _column("slot", sa.Integer()),
        _column("person_id", sa.Integer()),
        _column("text", sa.Text()),
        *_refers("authorship_credit", "page", "person"),
        sa.PrimaryKeyConstraint("page_id", "number", "ordinal", name="pk_authorship_credit"),
    )
    op.create_index("ix_authorship_credit_person_id", "authorship_credit", ["person_id"])


def _column(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _refers(table: str, *others: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([f"{name}_id"], [f"{name}.id"], name=f"fk_{table}_{name}_id_{name}")
        for name in others
    ]


MAKERS = (
    _authorship_state,
    _authorship_past,
    _authorship_memory,
    _authorship_ledger,
    _authorship_total,
    _authorship_credit,
)
