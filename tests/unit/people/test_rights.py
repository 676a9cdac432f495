"""Every role, every act, every kind of page: who may, written out."""

from collections.abc import Iterator

import pytest

from wiki.people.rules.rights import ACTS, NOBODY, Circle, Limit, Who, circles, hidden, may, why_not

TEAM = 7
PEOPLE = {
    "nobody": NOBODY,
    "deactivated": NOBODY,  # guards know no member in such a browser
    "member": Who(1, "member", None),
    "member of another team": Who(2, "member", 70),
    "member of the team": Who(3, "member", TEAM),
    "reviewer": Who(4, "reviewer", None),
    "reviewer of the team": Who(5, "reviewer", TEAM),
    "facilitator": Who(6, "facilitator", 70),
    "facilitator of the team": Who(7, "facilitator", TEAM),
    "admin": Who(8, "admin", None),
}
LIMITS = (
    Limit("drafts-of-law", "read", "role", "reviewer"),
    Limit("housing", "read", "team", str(TEAM)),
    Limit("housing/board", "read", "role", "reviewer"),
    Limit("members", "read", "role", "member"),
    Limit("charter", "write", "role", "facilitator"),
    Limit("streets", "write", "team", str(TEAM)),
    Limit("press", "write", "role", "reviewer"),
    Limit("press", "write", "team", str(TEAM)),
)
PAGES = {
    "open": "aims",
    "alike": "housing-of-old",  # begins like a limited one, and is none
    "read by members": "members/list",
    "read by reviewers": "drafts-of-law",
    "read by team": "housing",
    "below": "housing/letters/first",
    "below, reviewers": "housing/board/minutes",
    "written by facilitators": "charter",
    "below, written by team": "streets/lamps",
    "written by reviewers or team": "press",
    "deleted": "aims/long-gone",
    "deleted below": "housing/letters/gone",
}

#          open  members  team   below     facil.  reviewers deleted
#            alike  reviewers below  reviewers  team   or team  deleted below
READ = """
nobody                   y y - - - - - y y y y -
deactivated              y y - - - - - y y y y -
member                   y y y - - - - y y y y -
member of another team   y y y - - - - y y y y -
member of the team       y y y - y y - y y y y y
reviewer                 y y y y - - - y y y y -
reviewer of the team     y y y y y y y y y y y y
facilitator              y y y y - - - y y y y -
facilitator of the team  y y y y y y y y y y y y
admin                    y y y y y y y y y y y y
"""
COPY = """
nobody                   - - - - - - - - - - - -
deactivated              - - - - - - - - - - - -
member                   y y y - - - - y y y y -
member of another team   y y y - - - - y y y y -
member of the team       y y y - y y - y y y y y
reviewer                 y y y y - - - y y y y -
reviewer of the team     y y y y y y y y y y y y
facilitator              y y y y - - - y y y y -
facilitator of the team  y y y y y y y y y y y y
admin                    y y y y y y y y y y y y
"""
CHANGE = """
nobody                   - - - - - - - - - - - -
deactivated              - - - - - - - - - - - -
member                   y y y - - - - - - - y -
member of another team   y y y - - - - - - - y -
member of the team       y y y - y y - - y y y y
reviewer                 y y y y - - - - - y y -
reviewer of the team     y y y y y y y - y y y y
facilitator              y y y y - - - y - y y -
facilitator of the team  y y y y y y y y y y y y
admin                    y y y y y y y y y y y y
"""
DELETE = """
nobody                   - - - - - - - - - - - -
deactivated              - - - - - - - - - - - -
member                   - - - - - - - - - - - -
member of another team   - - - - - - - - - - - -
member of the team       - - - - - - - - - - - -
reviewer                 - - - - - - - - - - - -
reviewer of the team     - - - - - - - - - - - -
facilitator              y y y y - - - y - y y -
facilitator of the team  y y y y y y y y y y y y
admin                    y y y y y y y y y y y y
"""
LIMIT = """
nobody                   - - - - - - - - - - - -
deactivated              - - - - - - - - - - - -
member                   - - - - - - - - - - - -
member of another team   - - - - - - - - - - - -
member of the team       - - - - - - - - - - - -
reviewer                 - - - - - - - - - - - -
reviewer of the team     - - - - - - - - - - - -
facilitator              - - - - - - - - - - - -
facilitator of the team  - - - - - - - - - - - -
admin                    y y y y y y y y y y y y
"""
ON_PAGES = {
    "read": READ,
    "copy": COPY,
    "write": CHANGE,
    "create": CHANGE,
    "rename": CHANGE,
    "restore": CHANGE,
    "undo": CHANGE,
    "delete": DELETE,
    "undelete": DELETE,
    "limit": LIMIT,
}
# members, settings, approve, invite
ON_THE_WIKI = """
nobody                   - - - -
deactivated              - - - -
member                   - - - -
member of another team   - - - -
member of the team       - - - -
reviewer                 - - - -
reviewer of the team     - - - -
facilitator              - - - y
facilitator of the team  - - - y
admin                    y y y y
"""
WIKI_ACTS = ("members", "settings", "approve", "invite")


def lines(table: str) -> Iterator[tuple[str, list[bool]]]:
    """Give who each line is about, and whether they may, column by column."""
    for line in table.strip().splitlines():
        who, answers = line[:25].strip(), line[25:].split()
        yield who, [answer == "y" for answer in answers]


@pytest.mark.parametrize("act", ON_PAGES)
def test_every_role_may_do_with_every_kind_of_page_what_the_table_says(act: str) -> None:
    table = dict(lines(ON_PAGES[act]))
    found = {
        who: [may(person, act, path, LIMITS, is_open=True) for path in PAGES.values()]
        for who, person in PEOPLE.items()
    }
    assert found == table


def test_every_role_may_do_with_the_wiki_what_the_table_says() -> None:
    for who, expected in lines(ON_THE_WIKI):
        found = [may(PEOPLE[who], act, "", LIMITS, is_open=True) for act in WIKI_ACTS]
        assert found == expected, who


def test_the_tables_leave_no_act_and_nobody_out() -> None:
    assert {*ON_PAGES, *WIKI_ACTS} == set(ACTS)
    for table in (*ON_PAGES.values(), ON_THE_WIKI):
        assert [who for who, _ in lines(table)] == list(PEOPLE)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_wiki_for_members_is_the_same_for_all_who_are_signed_in(who: str) -> None:
    for act in ACTS:
        for path in PAGES.values():
            may_when_open = may(PEOPLE[who], act, path, LIMITS, is_open=True)
            is_member = PEOPLE[who].role is not None
            closed = may(PEOPLE[who], act, path, LIMITS, is_open=False)
            assert closed is (may_when_open and is_member)


@pytest.mark.parametrize("act", ["delete", "undelete"])
def test_who_alone_wrote_a_page_may_delete_it_where_they_may_write(act: str) -> None:
    table = dict(lines(CHANGE))
    for who, person in PEOPLE.items():
        found = [
            may(person, act, path, LIMITS, is_open=True, is_only_author=True)
            for path in PAGES.values()
        ]
        assert found == table[who], who


def test_having_written_a_page_alone_gives_no_other_right() -> None:
    member = PEOPLE["member"]
    for act in ("limit", "members", "invite"):
        assert not may(member, act, "aims", LIMITS, is_open=True, is_only_author=True)
    assert not may(NOBODY, "write", "aims", LIMITS, is_open=True, is_only_author=True)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("nobody", ("drafts-of-law", "housing", "members")),
        ("member", ("drafts-of-law", "housing")),
        ("member of the team", ("drafts-of-law", "housing/board")),
        ("reviewer", ("housing",)),
        ("reviewer of the team", ()),
        ("admin", ()),
    ],
)
def test_hidden_are_the_tops_of_what_may_not_be_read(who: str, expected: tuple[str, ...]) -> None:
    assert hidden(PEOPLE[who], LIMITS, is_open=True) == expected


def test_all_of_a_wiki_for_members_is_hidden_from_others() -> None:
    assert hidden(NOBODY, LIMITS, is_open=False) == ("",)
    assert hidden(PEOPLE["admin"], LIMITS, is_open=False) == ()


@pytest.mark.parametrize(
    ("act", "path", "expected"),
    [
        ("read", "aims", [("member", None)]),
        ("write", "charter", [("facilitator", None)]),
        ("read", "charter", [("member", None)]),
        ("read", "housing/letters", [("member", "7")]),
        ("write", "housing/board", [("reviewer", "7")]),
        ("write", "press", [("reviewer", None), ("member", "7")]),
        ("read", "press/closed", []),
        ("read", "housing/streets", []),
    ],
)
def test_circles_say_who_passes_all_limits_together(
    act: str, path: str, expected: list[tuple[str, str | None]]
) -> None:
    limits = (
        *LIMITS,
        Limit("press/closed", "read", "role", "admin"),
        Limit("housing/streets", "read", "team", "70"),
    )
    assert list(circles(act, path, limits)) == [Circle(*one) for one in expected]


@pytest.mark.parametrize(
    ("role", "act", "said"),
    [
        ("member", "write", "read this page but not change it"),
        ("member", "read", "read this page but not change it"),
        ("member", "delete", "Only facilitators can do this"),
        ("facilitator", "delete", "read this page but not change it"),
        ("reviewer", "members", "does not include this"),
    ],
)
def test_who_may_not_is_told_why(role: str, act: str, said: str) -> None:
    assert said in why_not(role, act)


def test_an_act_that_there_is_not_is_a_mistake_and_no_right() -> None:
    with pytest.raises(KeyError):
        may(PEOPLE["admin"], "fly", "aims", (), is_open=True)
