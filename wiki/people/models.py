"""The tables of members, their ways in, and the settings an administrator edits."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wiki.people.rules.roles import ROLES, STATES
from wiki.storage.base import Base, UTCDateTime


class Team(Base):
    """A part of the organisation."""

    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120), unique=True)


class Person(Base):
    """A member. `imported` ones came with a history and are never mailed until they sign up."""

    __tablename__ = "person"
    __table_args__ = (
        sa.CheckConstraint(f"role IN {ROLES!r}", name="role"),
        sa.CheckConstraint(f"state IN {STATES!r}", name="state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)  # case-folded
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"), index=True)
    role: Mapped[str] = mapped_column(sa.String(20), default="member")
    state: Mapped[str] = mapped_column(sa.String(20), default="active")
    time_zone: Mapped[str | None] = mapped_column(sa.String(64))
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    about: Mapped[str] = mapped_column(
        sa.Text, default="", server_default=sa.text("''")
    )  # in their own words
    is_program: Mapped[bool] = mapped_column(
        default=False, server_default=sa.false()
    )  # not a person: no figures of its own
    signed_up_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PersonAddress(Base):
    """Another address of the same person, known from an imported history."""

    __tablename__ = "person_address"
    email: Mapped[str] = mapped_column(sa.String(254), primary_key=True)  # case-folded
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)


class SignIn(Base):
    """One browser in which a person is signed in. The cookie holds the token, we its hash."""

    __tablename__ = "sign_in"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SignInLink(Base):
    """A link that lets one person in once. Only its hash is kept; a POST spends it.

    `purpose` is what it is good for and nothing else: sign-in, password (choose a new one), address
    (proves that `email` is theirs, which then becomes their address).
    """

    __tablename__ = "sign_in_link"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    spent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    purpose: Mapped[str] = mapped_column(sa.String(20), default="sign-in", server_default="sign-in")
    email: Mapped[str] = mapped_column(sa.String(254), default="", server_default=sa.text("''"))


class SignUp(Base):
    """Somebody on the way in: asked by themselves, or invited by a member; not a member yet.

    Made, then proven (whoever has the letter pressed its button), then decided: joined, refused,
    withdrawn. Where the wiki asks nobody for approval, proven is joined.
    """

    __tablename__ = "sign_up"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(254), index=True)  # case-folded
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    reason: Mapped[str] = mapped_column(sa.Text, default="")  # why they want to join
    role: Mapped[str] = mapped_column(sa.String(20), default="member")
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"))
    invited_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    proven_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(sa.String(12), default="")  # joined, refused, withdrawn


class Attempt(Base):
    """One try at something that may be tried only so often."""

    __tablename__ = "attempt"
    __table_args__ = (sa.Index("ix_attempt_bucket_at", "bucket", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    bucket: Mapped[str] = mapped_column(sa.String(64))  # hash of what is tried and by whom
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class WikiSetting(Base):
    """What an administrator decided about the wiki: its name, who may read."""

    __tablename__ = "wiki_setting"
    key: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    value: Mapped[str] = mapped_column(sa.Text)
