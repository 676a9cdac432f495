import pytest

from wiki.text.comparison import Marks, mark_html


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("<p>a b c</p>", "<p>a c</p>", "<p>a <del>b </del>c</p>"),
        ("<p>a c</p>", "<p>a b c</p>", "<p>a <ins>b</ins> c</p>"),
        ("<p>a b c</p>", "<p>a x c</p>", "<p>a <del>b</del><ins>x</ins> c</p>"),
        ("<p>b a</p>", "<p>a</p>", "<p><del>b </del>a</p>"),
        ("<p>a b</p>", "<p>a</p>", "<p>a <del>b</del></p>"),
        ("<p>same</p>", "<p>same</p>", "<p>same</p>"),
        ("<p>a, b</p>", "<p>a b</p>", "<p>a<del>,</del> b</p>"),
        (
            "<p>met in Spring here</p>",
            "<p>came in March here</p>",
            "<p><del>met in Spring</del><ins>came in March</ins> here</p>",
        ),
    ],
)
def test_words_are_marked_where_they_stand(old: str, new: str, marked: str) -> None:
    assert mark_html(old, new) == marked


def test_marks_never_reach_over_a_tag() -> None:
    marked = mark_html("<p>a</p>", "<p>a <b>bold</b> and more</p>")
    assert marked == "<p>a <b><ins>bold</ins></b> <ins>and more</ins></p>"


def test_deleted_words_stand_outside_the_tags_beside_them() -> None:
    marked = mark_html("<p>a <b>b</b> c <b>d</b></p>", "<p>a <b>d</b></p>")
    assert marked == "<p>a <del>b c </del><b>d</b></p>"


def test_a_deleted_word_at_the_start_of_a_block_stays_in_it() -> None:
    old = "<ul>\n<li>a</li>\n<li>b c</li>\n</ul>"
    new = "<ul>\n<li>a</li>\n<li>c</li>\n</ul>"
    assert mark_html(old, new) == "<ul>\n<li>a</li>\n<li><del>b </del>c</li>\n</ul>"


def test_a_changed_cell_is_marked_in_its_cell() -> None:
    row = "<table><tbody><tr><td>Bus</td><td>{}</td></tr></tbody></table>"
    assert mark_html(row.format(12), row.format(14)) == row.format("<del>12</del><ins>14</ins>")


def test_a_paragraph_that_became_a_heading_is_deleted_and_inserted() -> None:
    assert mark_html("<p>Our aims</p>", "<h2>Our aims</h2>") == (
        "<p><del>Our aims</del></p><h2><ins>Our aims</ins></h2>"
    )


def test_a_split_paragraph_keeps_its_words() -> None:
    assert mark_html("<p>one two</p>", "<p>one</p>\n<p>two</p>") == "<p>one</p>\n<p>two</p>"


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("", "<p>new</p>", "<p><ins>new</ins></p>"),
        ("<p>old words</p>", "", "<p><del>old words</del></p>"),
        ("", "", ""),
    ],
)
def test_one_empty_side_shows_the_other_whole(old: str, new: str, marked: str) -> None:
    assert mark_html(old, new) == marked


def test_a_changed_link_target_shows_on_the_words_of_the_link() -> None:
    link = '<p>see <a href="{}">aims</a></p>'
    assert mark_html(link.format("/a"), link.format("/b")) == (
        '<p>see <del>aims</del><a href="/b"><ins>aims</ins></a></p>'
    )


def test_a_changed_image_is_deleted_and_inserted() -> None:
    assert mark_html('<p><img src="a"> x</p>', '<p><img src="b"> x</p>') == (
        '<p><del><img src="a"></del><ins><img src="b"></ins> x</p>'
    )


def test_what_was_escaped_stays_escaped() -> None:
    marked = mark_html("<p>a &lt;b&gt; &amp;</p>", "<p>a &lt;script&gt; &amp;</p>")
    assert marked == "<p>a &lt;<del>b</del><ins>script</ins>&gt; &amp;</p>"


def test_templates_choose_what_stands_around_the_words() -> None:
    marks = Marks(
        insert_start='<ins><span class="hidden">inserted: </span>',
        insert_end='<span class="hidden"> end</span></ins>',
        delete_start="<del>(",
        delete_end=")</del>",
    )
    assert mark_html("<p>a b</p>", "<p>a c</p>", marks) == (
        '<p>a <del>(b)</del><ins><span class="hidden">inserted: </span>c'
        '<span class="hidden"> end</span></ins></p>'
    )


def test_words_of_a_block_that_is_empty_now_stand_after_the_one_before() -> None:
    assert mark_html("<p>a</p><p>b</p>", "<p>a</p><p></p>") == "<p>a <del>b</del></p><p></p>"


def test_two_replaced_items_are_marked_each_in_its_place() -> None:
    items = "<ul><li>{}</li><li>{}</li></ul>"
    assert mark_html(items.format("a", "b"), items.format("c", "d")) == items.format(
        "<del>a</del><ins>c</ins>", "<del>b</del><ins>d</ins>"
    )


def test_words_deleted_after_a_line_break_stay_after_it() -> None:
    assert mark_html("<p>a<br />b</p>", "<p>a<br />c</p>") == (
        "<p>a<br /><del>b</del><ins>c</ins></p>"
    )


def test_the_end_tag_of_a_line_break_is_not_written() -> None:
    assert mark_html("<p>a<br></br>b</p>", "<p>a<br></br>c</p>") == (
        "<p>a<br><del>b</del><ins>c</ins></p>"
    )
