"""What a query finds, and in which order."""

import pytest
import sqlalchemy as sa

from tests import make
from tests.integration.search.conftest import Fill, Find
from wiki.pages.models import Page
from wiki.pages.queries.sight import EVERYTHING, Sight
from wiki.search.queries.finding import search, similar, suggest
from wiki.storage.engine import Database

pytestmark = pytest.mark.usefixtures("stocked")


@pytest.mark.parametrize(
    "query",
    ["accessibilité", "accessibilite", "ACCESSIBILITÉ", "accessibilite\u0301", "l'accessibilité"],
)
def test_accents_case_and_articles_make_no_difference(find: Find, query: str) -> None:
    assert find(query) == ["acces"]


def test_a_french_plural_finds_the_singular(find: Find) -> None:
    assert find("politiques") == ["acces"]


def test_an_english_plural_finds_the_singular_and_its_title_comes_first(find: Find) -> None:
    assert find("policies") == ["strategy/policy", "strategy/letters"]


def test_a_ligature_is_found_by_its_letters(find: Find) -> None:
    assert find("oeuvre") == find("ŒUVRE") == ["acces"]


def test_all_words_have_to_be_there(find: Find) -> None:
    assert find("tenants panel") == ["strategy/letters"]


def test_pages_with_any_word_are_offered_where_none_has_all(database: Database) -> None:
    with database.reading() as session:
        results = search(session, "tenants zeppelin", sight=EVERYTHING)
    assert results.is_any
    assert {row.path for row in results.rows} == {"strategy/housing", "strategy/letters"}


def test_a_phrase_is_found_only_in_its_order(find: Find) -> None:
    assert find('"letters to tenants"') == ["strategy/letters"]
    assert find("“letters to tenants”") == ["strategy/letters"]
    assert find('"tenants letters"') != ["strategy/letters"]


def test_no_phrase_runs_from_the_title_into_the_text(database: Database) -> None:
    with database.reading() as session:
        assert search(session, '"housing tenants asked"', sight=EVERYTHING).is_any


def test_words_with_a_hyphen_are_found_written_either_way(find: Find) -> None:
    assert find("co-draft") == find("codraft") == find("co-drafting") == ["strategy/letters"]


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("first.contact@council.example", "strategy/letters"),
        ("4.2", "strategy/letters"),
        ("file_name.txt", "strategy/letters"),
        ("tenants' panel", "strategy/letters"),
        ("don't", "strategy/letters"),
        ("don’t", "strategy/letters"),  # noqa: RUF001  # what phones type
        ("%", "strategy/letters"),
        ("🙂", "acces"),
        ("字战", "acces"),
        ("answers the phone", "strategy/housing"),
    ],
)
def test_what_stands_in_a_page_is_found_literally(find: Find, query: str, path: str) -> None:
    assert find(query) == [path]


@pytest.mark.parametrize(
    "query",
    [
        *("", " ", '"', '""', '"""', "'", "*", "-", "--", "-letters", "^letters", "letters*", "\\"),
        *("AND", "OR NOT", "NEAR(letters tenants, 2)", "title:letters", "{title body}:letters"),
        *("letters & | ! <-> tenants", "letters:*", "a:b:c", "(", ")", "((((", "[", "_", "%_%"),
        *('letters" OR 1=1 --', "'; DROP TABLE page; --", "letters') UNION SELECT 1--", "${x}"),
        *("\x00", "let\x00ters", "\ud800", "\U0001f469\u200d\U0001f4bb", "\u202eletters", "ﷺ"),
        *("x" * 10_000, "word " * 2_000, '"' * 999, "é" * 5_000, "a-" * 3_000, "数" * 3_000),
    ],
)
def test_no_query_is_an_error(find: Find, query: str) -> None:
    assert isinstance(find(query), list)


@pytest.mark.parametrize("query", ["-letters", "letters*", "^letters", "(letters", '"letters'])
def test_no_sign_is_an_operator(find: Find, query: str) -> None:
    assert find(query) == find("letters")


def test_the_last_word_may_be_only_begun(find: Find) -> None:
    assert find("tenants pan") == ["strategy/letters"]
    assert "acces" not in find("access tenants")


def test_a_title_with_the_very_word_comes_before_one_with_its_stem(fill: Fill, find: Find) -> None:
    fill({"meetings": "# Meetings\n\nWhen we meet.\n", "meeting": "# Meeting\n\nA place.\n"})
    assert find("meeting") == ["meeting", "meetings"]
    assert find("meetings") == ["meetings", "meeting"]


def test_the_page_that_is_called_exactly_so_comes_first(fill: Fill, find: Find) -> None:
    fill(
        {
            "a": "# Parking permits for parking in the parking zone\n\nParking, parking.\n",
            "b": "# Parking\n\nSee elsewhere.\n",
        }
    )
    assert find("Parking")[0] == "b"


def test_a_deleted_page_is_not_found_even_before_it_is_indexed_again(
    database: Database, find: Find
) -> None:
    with database.begin() as session:
        gone = sa.update(Page).where(Page.path == "acces").values(deleted_at=make.NOON)
        session.execute(gone)
    assert find("politiques") == []
    assert find("🙂") == []


def test_hidden_pages_are_neither_found_nor_counted_nor_suggested(database: Database) -> None:
    sight = Sight(("strategy/letters",))
    with database.reading() as session:
        results = search(session, "tenants", sight=sight)
        assert results.total == 1
        assert [row.path for row in results.rows] == ["strategy/housing"]
        assert search(session, "colleague", sight=sight).total == 0
        # Not by its title: by a word in the text of another page.
        assert [page.path for page in suggest(session, "lett", sight=sight)] == ["strategy/housing"]
        assert suggest(session, "collea", sight=sight) == []
        assert similar(session, "leters", sight=sight) == []


def test_what_stands_in_hidden_pages_does_not_turn_the_order(
    fill: Fill, database: Database
) -> None:
    def found(query: str) -> list[str]:
        with database.reading() as session:
            return [row.path for row in search(session, query, sight=Sight(("secret",))).rows]

    fill({f"filler-{n}": f"# Filler {n}\n\nNothing of note.\n" for n in range(20)})
    fill({"a": "# A\n\nOtters.\n", "b": "# B\n\nBadgers.\n", "c": "# Otters\n\nMany otters.\n"})
    assert found("otters badgers") == ["c", "a", "b"]
    for animal in ("otters", "badgers"):
        fill({f"secret/{animal}-{n}": f"# Secret\n\nMany {animal}.\n" for n in range(3)})
        assert found("otters badgers") == ["c", "a", "b"]


def test_filters_narrow_what_is_found(database: Database, find: Find) -> None:
    with database.begin() as session:
        writer = make.person(session)
        page = session.scalars(sa.select(Page).where(Page.path == "strategy/housing")).one()
        make.revision(session, page, "# Housing\n\nTenants again.\n", author=writer)
        writer_id = writer.id
    assert find("tenants", author_id=writer_id) == ["strategy/housing"]
    assert set(find("tenants", under="strategy")) == {"strategy/housing", "strategy/letters"}
    assert find("tenants", under="strat") == []
    assert find("tenants", language="fr") == []
    assert find("accès", language="fr") == ["acces"]
    assert find("tenants", tag="\x00' OR 1=1") == []


def test_a_tag_narrows_what_is_found(find: Find) -> None:
    assert find("tenants", tag="homes") == ["strategy/housing"]


def test_a_result_says_where_its_page_stands(database: Database) -> None:
    with database.reading() as session:
        (row,) = search(session, "housing", sight=EVERYTHING).rows
    assert row.where == ("Strategy",)
    assert row.title == "Housing"
    assert row.changed_at == make.NOON


def test_a_snippet_marks_the_words_asked_for(database: Database) -> None:
    with database.reading() as session:
        (row,) = search(session, "l'accessibilité", sight=EVERYTHING).rows
    assert [part.text for part in row.snippet if part.is_hit] == ["accessibilité"]
    assert "".join(part.text for part in row.snippet).startswith("L’accessibilité des services")  # noqa: RUF001


def test_results_come_a_page_at_a_time_and_none_twice(fill: Fill, database: Database) -> None:
    fill({f"minutes/{number}": f"# Minutes {number}\n\nQuorum.\n" for number in range(45)})
    seen: list[str] = []
    with database.reading() as session:
        for number, expected in ((1, 20), (2, 20), (3, 5)):
            results = search(session, "quorum", page=number, sight=EVERYTHING)
            assert (results.total, results.page_count, results.page) == (45, 3, number)
            assert len(results.rows) == expected
            seen += [row.path for row in results.rows]
        beyond = search(session, "quorum", page=999_999_999, sight=EVERYTHING)
    assert len(set(seen)) == 45
    assert beyond.page == 3
    assert len(beyond.rows) == 5


def test_titles_that_are_much_alike_are_offered_where_nothing_is_found(database: Database) -> None:
    with database.reading() as session:
        assert [page.path for page in similar(session, "houzing", sight=EVERYTHING)] == [
            "strategy/housing"
        ]
        assert [page.path for page in similar(session, "leters", sight=EVERYTHING)] == [
            "strategy/letters"
        ]
        assert (
            similar(session, "%%%", sight=EVERYTHING)
            == similar(session, "poltergeist", sight=EVERYTHING)
            == []
        )
