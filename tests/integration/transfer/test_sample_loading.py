"""Loading the sample strategy."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from tests import make
from wiki.pages import service as pages
from wiki.pages.models import Page, Revision
from wiki.pages.queries.sight import EVERYTHING
from wiki.people import service as people
from wiki.people.models import Person, SignInLink
from wiki.people.queries import known_people, wiki_settings
from wiki.search.queries.finding import search
from wiki.storage.engine import Database
from wiki.transfer import commands, service
from wiki.transfer.rules.sample import read_sample
from wiki.transfer.service.sample import FOLDER, NAME

SAMPLE = read_sample(FOLDER)


@pytest.fixture
def loaded(database: Database) -> Database:
    """Return a wiki with the sample in it."""
    assert service.load_sample(database, now=make.NOON) is not None
    return database


def test_the_sample_becomes_pages_with_their_histories(loaded: Database) -> None:
    last = {revision.page: revision for revision in SAMPLE.revisions}
    with loaded.reading() as session:
        query = sa.select(Page, Revision).join(Revision, Revision.id == Page.head_id)
        heads = {page.path: revision for page, revision in session.execute(query)}
        assert session.scalar(sa.select(sa.func.count(Revision.id))) == len(SAMPLE.revisions)
        assert heads.keys() == last.keys()
        for path, head in heads.items():
            assert pages.text_of(session, head.text_sha) == last[path].text
            assert head.number == last[path].number
        assert pages.stale_count(session) == 0


def test_members_signed_up_some_days_ago_and_most_never_wrote(loaded: Database) -> None:
    with loaded.reading() as session:
        people = list(session.scalars(sa.select(Person)))
        authors = set(session.scalars(sa.select(Revision.author_id)))
    assert len(people) == len(SAMPLE.members)
    assert all(person.signed_up_at and person.signed_up_at < make.NOON for person in people)
    assert len(authors) < len(people) / 2


def test_nothing_happened_in_the_future(loaded: Database) -> None:
    with loaded.reading() as session:
        moments = list(session.scalars(sa.select(Revision.made_at)))
    assert max(moments) <= make.NOON
    assert min(moments) < make.NOON - timedelta(days=150)


def test_the_wiki_has_the_name_of_the_sample_and_can_be_searched(loaded: Database) -> None:
    with loaded.reading() as session:
        assert wiki_settings(session).name == NAME
        assert search(session, "engagement", sight=EVERYTHING).rows


def test_a_name_that_somebody_chose_stays(database: Database) -> None:
    with database.begin() as session:
        people.set_wiki(session, "name", "Ours", now=make.NOON)
    service.load_sample(database, now=make.NOON)
    with database.reading() as session:
        assert wiki_settings(session).name == "Ours"


def test_loading_it_twice_changes_nothing(loaded: Database) -> None:
    result = CliRunner().invoke(commands.sample, obj=loaded)
    assert "not loaded" in result.output
    with loaded.reading() as session:
        assert session.scalar(sa.select(sa.func.count(Revision.id))) == len(SAMPLE.revisions)


def test_a_wiki_with_pages_is_left_alone(database: Database) -> None:
    with database.begin() as session:
        make.page(session)
    assert service.load_sample(database, now=make.NOON) is None
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count(Page.id))) == 1


def test_the_first_look_signs_an_administrator_in_and_a_second_changes_no_one(
    database: Database,
) -> None:
    first = commands.first_look(database, "admin@example.org")
    with database.begin() as session:
        query = sa.select(Person).where(Person.email == "admin@example.org")
        admin = session.scalars(query).one()
        assert admin.role == "admin"
        admin.name = "Somebody"
    second = commands.first_look(database, "admin@example.org")
    with database.reading() as session:
        assert session.scalars(query).one().name == "Somebody"
        assert session.scalar(sa.select(sa.func.count(SignInLink.id)))
    assert first != second
    assert first.startswith("http://wiki.example.org/sign-in/link/")


def test_the_first_look_at_a_wiki_with_an_administrator_adds_nobody(database: Database) -> None:
    with database.begin() as session:
        own = people.add(session, "own@example.org", name="Own", role="admin", now=make.NOON)
    link = commands.first_look(database, "admin@example.org")
    with database.reading() as session:
        assert not known_people(session, ["admin@example.org"])
        token_hash = people.hashed(link.rpartition("/")[2])
        query = sa.select(SignInLink.person_id).where(SignInLink.token_hash == token_hash)
        assert session.scalar(query) == own.person_id


def test_a_first_look_without_anybody_to_sign_in_is_still_a_look(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with database.begin() as session:
        make.person(session, email="admin@example.org", state="deactivated")
    assert commands.first_look(database, "admin@example.org") == ""
    assert "This member was deactivated." in capsys.readouterr().err


def test_everything_derived_can_be_made_anew(loaded: Database) -> None:
    html = CliRunner().invoke(commands.rebuild, ["html", "--all"], obj=loaded)
    found = CliRunner().invoke(commands.rebuild, ["search"], obj=loaded)
    count = len({revision.page for revision in SAMPLE.revisions})
    assert html.stdout.strip() == f"{count} revisions were rendered anew."
    assert found.stdout.strip() == f"{count} pages can be found."
