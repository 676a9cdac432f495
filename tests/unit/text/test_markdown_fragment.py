"""Parts of pages as HTML: what comparisons are made of."""

from wiki.text.markdown import fragment


def test_links_of_a_part_lead_on_from_the_page_it_stands_in() -> None:
    html = fragment("See [[Channels]] and [aims](aims.md).", path="strategy/measures")
    assert 'href="/pages/channels"' in html
    assert 'href="/pages/strategy/aims"' in html


def test_headings_of_a_part_have_no_anchors_and_stay() -> None:
    assert fragment("# Aims", path="aims") == "<h1>Aims</h1>\n"


def test_no_attribute_can_look_like_a_tag() -> None:
    # Comparisons replace heading tags in the text of the HTML; an attribute must not hold one.
    html = fragment('![x](x.png "<h2><script>")', path="aims")
    assert "<h2" not in html
    assert "&lt;h2&gt;" in html


def test_a_part_over_a_limit_is_shown_as_it_was_typed() -> None:
    html = fragment(">" * 200 + " deep", path="aims")
    assert 'class="plain-text"' in html
    assert "<blockquote>" not in html
