"""What can be broken in the wiki of `lived_in`, and what a check says of it."""

from collections.abc import Callable

import sqlalchemy as sa
import zstandard

from wiki.storage.engine import Database

Break = Callable[[Database], None]
# The living page with links, sections and tags on which things are broken.
PAGE = "(SELECT id FROM page WHERE path = 'part/page-2')"
THIRD = f"(SELECT text_sha FROM revision WHERE page_id = {PAGE} AND number = 3)"  # noqa: S608


def sql(*statements: str, **values: object) -> Break:
    """Return a function that breaks something by SQL."""

    def run(database: Database) -> None:
        with database.begin() as session:
            for statement in statements:
                session.execute(sa.text(statement), values)

    return run


OTHER = zstandard.compress(b"x" * 30)
BROKEN: dict[str, tuple[Break, str, str]] = {
    "a text is gone": (
        sql(f"DELETE FROM text_blob WHERE sha = {THIRD}"),  # noqa: S608
        "text",
        "The text of revision 3 of /part/page-2 is missing.",
    ),
    "a text is damaged": (
        sql(f"UPDATE text_blob SET data = :data WHERE sha = {THIRD}", data=b"no text"),  # noqa: S608
        "text",
        "The text of revision 3 of /part/page-2 is damaged.",
    ),
    "a text is another one": (
        sql(
            "UPDATE text_blob SET data = :data, length = 30, codec = 'zstd', base_sha = NULL "  # noqa: S608
            f"WHERE sha = {THIRD}",
            data=OTHER,
        ),
        "text",
        "The text of revision 3 of /part/page-2 is not what was saved.",
    ),
    "a number is left out": (
        sql(f"UPDATE revision SET number = 50 WHERE number = 5 AND page_id = {PAGE}"),  # noqa: S608
        "numbering",
        "/part/page-2 has 10 revisions, and the last one is numbered 50.",
    ),
    "a head is not the last revision": (
        sql(f"UPDATE page SET head_number = 9 WHERE id = {PAGE}"),  # noqa: S608
        "head",
        "/part/page-2 does not show its last revision.",
    ),
    "a head is of another page": (
        sql(f"UPDATE page SET head_id = 1 WHERE id = {PAGE}"),  # noqa: S608
        "head",
        "/part/page-2 has the last revision of another page.",
    ),
    "a head is gone": (
        sql(f"UPDATE page SET head_id = NULL WHERE id = {PAGE}"),  # noqa: S608
        "head",
        "/part/page-2 has no revision.",
    ),
    "a title is another": (
        sql(f"UPDATE page SET title = 'Else' WHERE id = {PAGE}"),  # noqa: S608
        "head",
        "/part/page-2 has another title than its last revision.",
    ),
    "a path is another": (
        sql(f"UPDATE page SET path = 'else' WHERE id = {PAGE}"),  # noqa: S608
        "head",
        "/else has another path than its last revision.",
    ),
    "words are counted wrong": (
        sql(f"UPDATE page SET words = 1 WHERE id = {PAGE}"),  # noqa: S608
        "head",
        "/part/page-2 counts other words than its last revision.",
    ),
    "a moment is another": (
        sql(f"UPDATE page SET changed_at = made_at WHERE id = {PAGE}"),  # noqa: S608
        "head",
        "/part/page-2 was changed at another time than its last revision.",
    ),
    "a page is gone without a revision": (
        sql(f"UPDATE page SET deleted_at = made_at WHERE id = {PAGE}"),  # noqa: S608
        "head",
        "/part/page-2 is deleted, but not by its last revision.",
    ),
    "a deleted page is there": (
        sql("UPDATE page SET deleted_at = NULL WHERE path = 'part/page-1'"),
        "head",
        "/part/page-1 was deleted by its last revision, and is there.",
    ),
    "a link is lost": (
        sql(f"DELETE FROM page_link WHERE page_id = {PAGE}"),  # noqa: S608
        "derived",
        "What is kept of /part/page-2 (link) is not what its text says.",
    ),
    "a tag is lost": (
        sql(f"DELETE FROM page_tag WHERE tag = 'one' AND page_id = {PAGE}"),  # noqa: S608
        "derived",
        "What is kept of /part/page-2 (tag) is not what its text says.",
    ),
    "a section is another": (
        sql(f"UPDATE page_section SET words = 0 WHERE page_id = {PAGE}"),  # noqa: S608
        "derived",
        "What is kept of /part/page-2 (section) is not what its text says.",
    ),
    "a page shows something else": (
        sql(
            "UPDATE rendering SET html = '<p>Else</p>' WHERE revision_id = "  # noqa: S608
            f"(SELECT head_id FROM page WHERE id = {PAGE})"
        ),
        "derived",
        "/part/page-2 is shown otherwise than its text says.",
    ),
    "a renderer was older": (
        sql("UPDATE rendering SET renderer = 0"),
        "derived",
        "Pages that another version of the program rendered: 3.",
    ),
    "a page was not derived": (
        sql(f"UPDATE page SET derived_number = 9 WHERE id = {PAGE}"),  # noqa: S608
        "derived",
        "Pages whose links and sections are those of an older revision: 1.",
    ),
    "a page cannot be found": (
        sql(f"DELETE FROM search_text WHERE page_id = {PAGE}"),  # noqa: S608
        "search",
        "Pages that cannot be found, or are found although they are gone: 1.",
    ),
    "a page is found as it was": (
        sql(f"UPDATE search_text SET body = 'Else' WHERE page_id = {PAGE}"),  # noqa: S608
        "search",
        "/part/page-2 is not found as it stands.",
    ),
    "a draft is damaged": (
        sql("UPDATE draft SET data = :data", data=b"no text"),
        "draft",
        "Draft 1 of /part/elsewhere cannot be read.",
    ),
    "a draft is another text": (
        sql("UPDATE draft SET data = :data", data=OTHER),
        "draft",
        "Draft 1 of /part/elsewhere cannot be read.",
    ),
    "a word is credited twice": (
        sql(f"UPDATE authorship_ledger SET added = added + 1 WHERE page_id = {PAGE}"),  # noqa: S608
        "authorship",
        "Not every word of /part/page-2 is credited once.",
    ),
    "a total is another": (
        sql(f"UPDATE authorship_total SET written = 0 WHERE page_id = {PAGE}"),  # noqa: S608
        "authorship",
        "Who wrote /part/page-2 is kept otherwise than its revisions say (total).",
    ),
    "a state of authorship is damaged": (
        sql(f"UPDATE authorship_state SET data = :data WHERE page_id = {PAGE}", data=b"no state"),  # noqa: S608
        "authorship",
        "Who wrote /part/page-2 is kept otherwise than its revisions say (state).",
    ),
}
