"""A small wiki in two languages, ready to be searched."""

from collections.abc import Callable

import pytest

from tests import make
from wiki.pages.queries.sight import EVERYTHING
from wiki.search import service
from wiki.search.queries.finding import Filters, search
from wiki.storage.engine import Database

PAGES = {
    "strategy": "# Strategy\n\nWhat we promise to everybody who lives here.\n",
    "strategy/housing": "---\ntags: [homes]\nproblem: Nobody answers the phone.\n---\n# Housing\n\n"
    "Tenants asked for shorter letters.\n",
    "strategy/policy": "# Policy\n\nHow a rule is made, and who may ask for one.\n",
    "strategy/letters": "# Letters\n\nOur policies say that letters to tenants are short. "
    "A colleague reads every letter. We co-draft them with the tenants' panel, don't we?\n\n"
    "Write to first.contact@council.example or see section 4.2 of file_name.txt (50 % done).\n",
    "acces": "---\nlang: fr\n---\n# Accès pour tous\n\nL’accessibilité des services numériques. "  # noqa: RUF001
    "Une politique d'ouverture, l'œuvre de chacun, 数字战略 🙂.\n",
}

Fill = Callable[[dict[str, str]], list[int]]
Find = Callable[..., list[str]]


@pytest.fixture
def fill(database: Database) -> Fill:
    """Return a function that makes and indexes pages, and returns their ids."""

    def made(texts: dict[str, str]) -> list[int]:
        with database.begin() as session:
            author = make.person(session)
            pages = [
                make.page(session, path=path, text=text, author=author)
                for path, text in texts.items()
            ]
            ids = [page.id for page in pages]
            service.index_pages(session, ids)
        return ids

    return made


@pytest.fixture
def stocked(fill: Fill, database: Database) -> Database:
    """Return a database that holds PAGES."""
    fill(PAGES)
    return database


@pytest.fixture
def find(database: Database) -> Find:
    """Return a function that gives the paths that a query finds, best first."""

    def paths(query: str, **filters: str | int) -> list[str]:
        with database.reading() as session:
            results = search(session, query, Filters(**filters), sight=EVERYTHING)  # type: ignore[arg-type]  # as given
            return [row.path for row in results.rows]

    return paths
