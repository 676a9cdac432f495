"""Loading the sample strategy, so that a newcomer sees a living wiki in the first minute."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.authorship.service import follow
from wiki.pages import service as pages
from wiki.pages.models import Page
from wiki.pages.service import Change
from wiki.people import queries as people_queries
from wiki.people import service as people
from wiki.people.queries import WikiSettings
from wiki.search import service as search
from wiki.storage.dialect import one_at_a_time
from wiki.storage.engine import Database
from wiki.transfer import queries
from wiki.transfer.rules.sample import Sample, SampleMember, SampleRevision, read_sample

FOLDER = Path(__file__).resolve().parent.parent / "sample"
NAME = "Tarrowby engagement strategy"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded."""

    members: int
    pages: int
    revisions: int


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Days counted back from the moment of loading, in the time zone of the wiki."""

    now: datetime
    zone: ZoneInfo

    def moment(self, days_ago: int, at: time) -> datetime:
        """Return the moment, which never lies ahead."""
        day = self.now.astimezone(self.zone).date() - timedelta(days=days_ago)
        return min(datetime.combine(day, at, self.zone), self.now)


def load_sample(database: Database, *, now: datetime) -> Loaded | None:
    """Load the sample into an empty wiki, all or nothing; return None where there are pages."""
    sample = read_sample(FOLDER)
    calendar = _Calendar(now, ZoneInfo(database.settings.time_zone))
    with database.begin() as session:
        one_at_a_time(session, "sample")
        if not queries.is_empty(session):
            return None
        authors = _add_members(session, sample.members, calendar)
        made = _write_pages(session, sample, authors, calendar)
        pages.derive(session, made)
        page_ids = [page.id for page in made]
        search.index_pages(session, page_ids)
        follow(session, page_ids)
        if people_queries.wiki_settings(session).name == WikiSettings().name:
            people.set_wiki(session, "name", NAME, now=now)
        record(session, "sample.loaded", at=now, pages=len(made))
    return Loaded(len(sample.members), len(made), len(sample.revisions))


def _add_members(
    session: Session, members: Iterable[SampleMember], calendar: _Calendar
) -> dict[str, int]:
    ids: dict[str, int] = {}
    for member in members:
        added = people.add(
            session,
            member.email,
            name=member.name,
            role=member.role,
            team=member.team or None,
            now=calendar.moment(member.signed_up_days_ago, time(9)),
        )
        ids[member.email] = added.person_id
    return ids


def _write_pages(
    session: Session, sample: Sample, authors: dict[str, int], calendar: _Calendar
) -> list[Page]:
    made: dict[str, Page] = {}
    for revision in sample.revisions:
        if revision.page not in made:
            moment = calendar.moment(revision.days_ago, revision.at)
            made[revision.page] = pages.blank_page(session, revision.path, made_at=moment)
    pages.append_all(session, list(_drafts(sample.revisions, made, authors, calendar)))
    return list(made.values())


def _drafts(
    revisions: Iterable[SampleRevision],
    made: dict[str, Page],
    authors: dict[str, int],
    calendar: _Calendar,
) -> Iterator[Change]:
    for revision in revisions:
        yield Change(
            page=made[revision.page],
            text=revision.text,
            author_id=authors[revision.author],
            made_at=calendar.moment(revision.days_ago, revision.at),
            note=revision.note,
            kind=revision.kind,
            path=revision.path,
            is_minor=revision.minor,
            restored_number=revision.restores,
        )
