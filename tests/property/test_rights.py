"""Laws of rights that hold for any limits."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.pages.queries.sight import Sight
from wiki.people.rules.rights import ACTS, NOBODY, Limit, Who, circles, hidden, may
from wiki.people.rules.roles import ROLES, includes

TEAMS = st.sampled_from([None, 1, 2])
PATHS = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map("/".join)
RULES = st.one_of(
    st.tuples(st.just("role"), st.sampled_from(ROLES)),
    st.tuples(st.just("team"), st.sampled_from(["1", "2"])),
)
LIMITS = st.lists(
    st.builds(
        lambda path, act, rule: Limit(path, act, *rule),
        PATHS,
        st.sampled_from(["read", "write"]),
        RULES,
    ),
    max_size=6,
)
ASKED = {
    "act": st.sampled_from(sorted(ACTS)),
    "path": PATHS,
    "limits": LIMITS,
    "team": TEAMS,
    "is_open": st.booleans(),
    "is_only_author": st.booleans(),
}


@given(**ASKED)
def test_a_role_may_whatever_the_roles_before_it_may(
    act: str,
    path: str,
    limits: list[Limit],
    team: int | None,
    *,
    is_open: bool,
    is_only_author: bool,
) -> None:
    people = [NOBODY, *(Who(1, role, team) for role in ROLES)]
    answers = [
        may(who, act, path, limits, is_open=is_open, is_only_author=is_only_author)
        for who in people
    ]
    assert answers == sorted(answers)
    assert answers[-1], "no limit locks an administrator out"


@given(**ASKED)
def test_who_may_do_anything_with_a_page_may_read_it(
    act: str,
    path: str,
    limits: list[Limit],
    team: int | None,
    *,
    is_open: bool,
    is_only_author: bool,
) -> None:
    for role in ROLES:
        who = Who(1, role, team)
        is_on_the_wiki = act in {"members", "settings", "approve", "invite"}
        if not is_on_the_wiki and may(
            who, act, path, limits, is_open=is_open, is_only_author=is_only_author
        ):
            assert may(who, "read", path, limits, is_open=is_open)


@given(path=PATHS, limits=LIMITS, more=LIMITS, team=TEAMS, is_open=st.booleans())
def test_what_is_closed_further_up_is_not_opened_further_down(
    path: str, limits: list[Limit], more: list[Limit], team: int | None, *, is_open: bool
) -> None:
    below = [Limit(f"{path}/{one.path}", one.act, one.kind, one.value) for one in more]
    for role in (None, *ROLES):
        who = Who(1, role, team)
        above = may(who, "read", path, limits, is_open=is_open)
        for one in below:
            assert above or not may(who, "read", one.path, [*limits, *below], is_open=is_open)


@given(path=PATHS, limits=LIMITS, team=TEAMS, is_open=st.booleans())
def test_what_is_hidden_is_what_may_not_be_read(
    path: str, limits: list[Limit], team: int | None, *, is_open: bool
) -> None:
    for role in (None, *ROLES):
        who = Who(1, role, team)
        sight = Sight(hidden(who, limits, is_open=is_open))
        assert sight.sees(path) is may(who, "read", path, limits, is_open=is_open)


@given(path=PATHS, limits=LIMITS, team=TEAMS, act=st.sampled_from(["read", "write"]))
def test_circles_are_exactly_the_members_who_may(
    path: str, limits: list[Limit], team: int | None, act: str
) -> None:
    found = circles(act, path, limits)
    for role in ("member", "reviewer", "facilitator"):
        is_in = any(includes(role, one.role) and one.team in {None, str(team)} for one in found)
        assert is_in is may(Who(1, role, team), act, path, limits, is_open=True)
