"""Where a person may be sent back to after signing in."""

import pytest

from wiki.people.rules.returns import way_back


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/pages/strategy/aims",
        "/pages/aims/compare/3..7?view=source",
        "/search?q=http://example.org//x&page=2",
        "/pages/aims#our-aims",
        "/pages/na%C3%AFve",
        "/pages/naïve",
        "/sign-ins-we-like",
        "/pages/100%",
    ],
)
def test_a_path_of_this_site_is_kept(target: str) -> None:
    assert way_back(target) == target


@pytest.mark.parametrize(
    "target",
    [
        "",
        "pages/aims",
        "http://evil.example",
        "https:evil.example",
        "https:/evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/ /evil.example\r\nSet-Cookie: a=b",
        "/%2Fevil.example",
        "/%2f%2fevil.example",
        "/%5Cevil.example",
        "/%5c%5cevil.example",
        "/%252F%252Fevil.example",
        "/%09/evil.example",
        "/%0d%0aLocation:%20//evil.example",
        "/..//evil.example",
        "/pages/../..//evil.example",
        "/.//evil.example",
        "/\u2044/evil.example\u0000",
        "/\uff0fevil.example",
        "/\uff3cevil.example",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "?next=//evil.example",
        "#//evil.example",
        "@evil.example",
        "/\u202e//evil.example",
        "/sign-in",
        "/sign-in?next=/sign-in",
        "/sign-in/link/abc",
        "/sign-out",
        "/" + "a" * 2000,
        "/pages/\ud800",
    ],
)
def test_anything_else_leads_home(target: str) -> None:
    assert way_back(target) == "/"
