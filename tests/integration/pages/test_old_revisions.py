"""Revisions before the head: rendered when first read, and kept."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests.integration.conftest import Recorder
from tests.integration.pages.conftest import See, Write
from wiki.pages.models import Page, Rendering, Revision
from wiki.storage.engine import Database
from wiki.text.markdown import RENDERER_VERSION


def renderings(database: Database, page: Page) -> dict[int, str]:
    """Return the stored HTML of the page's revisions by their numbers."""
    with database.reading() as session:
        query = (
            sa.select(Revision.number, Rendering.html)
            .join(Rendering, Rendering.revision_id == Revision.id)
            .where(Revision.page_id == page.id)
        )
        return {row[0]: row[1] for row in session.execute(query)}


def spoil(database: Database, *, renderer: int) -> None:
    """Make every stored rendering say that another version of the renderer made it."""
    with database.begin() as session:
        session.execute(sa.update(Rendering).values(renderer=renderer, html="<p>Stale.</p>"))


@pytest.fixture
def page(write: Write, database: Database) -> Page:
    """Return a page of two revisions, the first of which was never rendered."""
    page = write("aims", "# Aims\n\nFirst words.\n", "# Aims\n\nSecond words.\n")
    with database.begin() as session:
        old = sa.select(Revision.id).where(Revision.number == 1)
        session.execute(sa.delete(Rendering).where(Rendering.revision_id.in_(old)))
    return page


@pytest.mark.usefixtures("page")
def test_an_old_revision_says_that_it_is_one(see: See) -> None:
    seen = see("/pages/aims/revisions/1")
    assert "You are reading revision 1 of 2, saved by Ana Lopez" in seen.get_text()
    links = [link["href"] for link in seen.select(".old-revision a")]
    assert links == ["/pages/aims", "/pages/aims/compare/1..2"]
    assert seen.select("meta[name=robots][content=noindex]")


@pytest.mark.usefixtures("page")
def test_the_latest_revision_is_the_page_itself(see: See) -> None:
    seen = see("/pages/aims/revisions/2")
    assert "Second words." in seen.get_text()
    assert not seen.select(".old-revision, meta[name=robots]")


def test_an_old_revision_is_rendered_when_first_read(
    page: Page, see: See, database: Database
) -> None:
    assert set(renderings(database, page)) == {2}
    assert "First words." in see("/pages/aims/revisions/1").get_text()
    assert "First words." in renderings(database, page)[1]


@pytest.mark.usefixtures("page")
def test_it_is_stored_once(
    see: See, signed_in: Callable[..., FlaskClient], recorded: Recorder
) -> None:
    browser = signed_in()
    see("/pages/aims/revisions/1")
    with recorded() as statements:
        see("/pages/aims/revisions/1", browser)
    assert statements
    assert not [one for one in statements if "text_blob" in one or "INSERT" in one]


def test_what_an_older_renderer_made_is_made_anew(page: Page, see: See, database: Database) -> None:
    spoil(database, renderer=RENDERER_VERSION - 1)
    assert "First words." in see("/pages/aims/revisions/1").get_text()
    assert "Second words." in see("/pages/aims").get_text()
    assert "Stale" not in "".join(renderings(database, page).values())


@pytest.mark.usefixtures("page")
def test_what_this_renderer_made_is_used(see: See, database: Database) -> None:
    spoil(database, renderer=RENDERER_VERSION)
    assert "Stale." in see("/pages/aims").get_text()


def test_an_old_revision_keeps_the_title_it_had(write: Write, see: See) -> None:
    write("aims", "# What we hoped\n\nx\n", "# What we want\n\ny\n")
    seen = see("/pages/aims/revisions/1")
    assert [one.get_text(strip=True) for one in seen.select("h1")] == ["What we hoped"]
    assert "What we want" in seen.select("nav.govuk-breadcrumbs")[0].get_text()


def test_an_old_revision_says_nothing_that_only_the_page_of_today_says(
    write: Write, see: See
) -> None:
    write("aims", "Old.", "---\ntags: [fresh]\nproblem: A new problem.\n---\nNew.\n")
    words = see("/pages/aims/revisions/1").get_text()
    assert "A new problem." not in words
    assert "fresh" not in words


@pytest.mark.slow
@pytest.mark.usefixtures("page")
def test_an_old_revision_can_be_read_while_nothing_can_be_written(
    see: See, database: Database
) -> None:
    other = Database(database.settings)
    try:
        with other.begin() as session:  # on SQLite this alone keeps every writer waiting
            if not database.is_sqlite:
                session.execute(sa.text("LOCK TABLE rendering IN EXCLUSIVE MODE"))
            seen = see("/pages/aims/revisions/1")
    finally:
        other.close()
    assert "First words." in seen.get_text()
    assert "You are reading revision 1 of 2" in seen.get_text()
