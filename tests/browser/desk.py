"""What writing needs: pages to write on, members who write, and colleagues who write meanwhile."""

import secrets
from dataclasses import dataclass
from itertools import count

import sqlalchemy as sa
from playwright.sync_api import Locator, Page, expect

from tests import make
from tests.browser.live import PASSWORD, LiveWiki
from wiki.clock import utc_now
from wiki.pages import service as pages
from wiki.pages.models import Page as WikiPage
from wiki.pages.models import Revision
from wiki.writing.service import write

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Desk:
    """A page of its own in a wiki, and a member who is going to write on it."""

    wiki: LiveWiki
    path: str
    email: str

    @property
    def url(self) -> str:
        """Return the address of the page."""
        return f"{self.wiki.url}/pages/{self.path}"

    def sit_down(self, page: Page) -> None:
        """Open the form in the browser of `page`, as the member."""
        self.wiki.enter(page, self.email)
        page.goto(f"{self.url}/edit")

    def meanwhile(self, text: str, *, by: str = "Bo Olsen") -> int:
        """Let a colleague save this text, and return the number of the revision."""
        with self.wiki.database.begin() as session:
            author = make.person(session, name=by, email=f"{secrets.token_hex(8)}@example.org")
            page = session.scalars(sa.select(WikiPage).filter_by(path=self.path)).one()
            saved = write(session, page, text, author_id=author.id, made_at=utc_now())
            return saved.number

    def texts(self) -> list[str]:
        """Return the text of every revision, the first one first."""
        with self.wiki.database.reading() as session:
            page = sa.select(WikiPage.id).filter_by(path=self.path).scalar_subquery()
            query = sa.select(Revision.text_sha).filter_by(page_id=page).order_by(Revision.number)
            return [pages.text_of(session, sha) for sha in session.scalars(query)]


def desk_in(wiki: LiveWiki, text: str, *, title: str = "Letters") -> Desk:
    """Return a new page with this text, and a new member with the password of all tests."""
    number = next(_numbers)
    path = f"desks/{number}/{title.lower()}"
    with wiki.database.begin() as session:
        page = make.page(session, path=path, text=text, made_at=utc_now())
        pages.derive(session, [page])
    return Desk(wiki, path, wiki.join(f"Cleo Marsh {number}", password=PASSWORD))


def box(page: Page) -> Locator:
    """Return the large field in which the page is written."""
    return page.get_by_role("textbox", name="Text of")


def said(page: Page) -> Locator:
    """Return the line that says what became of the words being typed."""
    return page.locator(".draft-status__text")


def expect_saved(page: Page, words: str) -> None:
    """Wait for the page to say that it was saved, and to show these words."""
    expect(page.locator(".govuk-notification-banner--success")).to_contain_text("Saved")
    expect(page.locator(".page-text")).to_contain_text(words)
