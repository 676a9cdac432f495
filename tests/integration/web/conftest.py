"""A small wiki with something behind every address, open or for members only."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests import make
from wiki.pages.models import Page
from wiki.people.models import Person, WikiSetting
from wiki.search import service as search
from wiki.storage.engine import Database

SECRET_WORDS = "the reorganisation of the housing office"


@pytest.fixture
def stocked(database: Database) -> Page:
    """Return the page `strategy/aims` of three revisions, one of several pages."""
    text = f"---\ntags: [homes]\n---\n# Aims\n\nAbout {SECRET_WORDS}, [[Nothing yet]].\n"
    with database.begin() as session:
        ana = make.person(session, name="Ana Lopez")
        page = make.page(session, path="strategy/aims", text=text, author=ana)
        make.revision(session, page, f"{text}\n## More\n\nTODO\n", author=ana)
        make.revision(session, page, f"{text}\n## More\n\nWords.\n", author=ana, note="Tidied")
        moved = make.page(session, path="old-place", author=ana)
        make.revision(session, moved, None, author=ana, kind="rename", path="new-place")  # type: ignore[arg-type]  # keeps the text
        gone = make.page(session, path="gone", author=ana)
        make.revision(session, gone, None, author=ana, kind="delete")  # type: ignore[arg-type]
        search.index_pages(session, [page.id, moved.id, gone.id])
    return page


@pytest.fixture
def members_only(database: Database) -> None:
    """Let only members read."""
    with database.begin() as session:
        session.merge(WikiSetting(key="readers", value="members"))


@pytest.fixture
def reader(signed_in: Callable[..., FlaskClient]) -> FlaskClient:
    """Return a browser in which a member is signed in."""
    return signed_in(name="Rita Reader")


@pytest.fixture
def rename_rita(database: Database) -> Callable[[str], None]:
    """Return a function that commits something small."""

    def rename(name: str) -> None:
        with database.begin() as session:
            rita = sa.update(Person).where(Person.name.startswith("Rita")).values(name=name)
            session.execute(rita)

    return rename
