"""The words of every head, ready to be searched. Derived; `rebuild search` makes it anew.

The terms are our own (folded, stemmed in English and in French, see rules.py), so that
SQLite's FTS5 and PostgreSQL's tsvector find the same pages. The FTS5 table and the tsvector
column are made in the migration, as SQLAlchemy has no words for them.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wiki.storage.base import Base


class SearchText(Base):
    """The words of a page's head: its title folded, to compare; its text plain, for snippets."""

    __tablename__ = "search_text"
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id"), primary_key=True)
    title: Mapped[str] = mapped_column(sa.Text)
    body: Mapped[str] = mapped_column(sa.Text)
