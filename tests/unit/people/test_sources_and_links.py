"""Which network addresses count as one source, what a link looks like, what roles include."""

import pytest

from wiki.errors import Invalid
from wiki.people.rules.links import sign_in_url
from wiki.people.rules.names import wiki_name
from wiki.people.rules.roles import ROLES, includes
from wiki.people.rules.sources import source_of


@pytest.mark.parametrize(
    ("remote", "source"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1%eth0", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix:" + "x" * 100, "unix:" + "x" * 59),
    ],
)
def test_one_household_is_one_source(remote: str, source: str) -> None:
    assert source_of(remote) == source


def test_a_link_stands_on_the_configured_address_and_keeps_the_way_back() -> None:
    assert sign_in_url("https://x.org/", "abc") == "https://x.org/sign-in/link/abc"
    assert sign_in_url("https://x.org", "abc", "/pages/a b?c=d") == (
        "https://x.org/sign-in/link/abc?next=%2Fpages%2Fa+b%3Fc%3Dd"
    )
    assert sign_in_url("https://x.org", "abc", "//evil.example").endswith("/abc")


def test_each_role_includes_those_before_it_and_no_other() -> None:
    for place, role in enumerate(ROLES):
        assert [includes(role, other) for other in ROLES] == [
            other_place <= place for other_place in range(len(ROLES))
        ]


def test_a_wiki_has_a_short_name_on_one_line() -> None:
    assert wiki_name(" Our   strategy ") == "Our strategy"
    for name in ("", "x" * 81, "a\nb"):
        with pytest.raises(Invalid):
            wiki_name(name)
