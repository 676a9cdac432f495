"""Tables of a comparison, put together from rows that were compared one by one."""

import re

from wiki.text.comparison.tables import as_groups, with_whole_tables
from wiki.text.markdown import fragment

HEAD = "| Aim | Now |\n| --- | --- |"


def table(*rows: str, head: str = HEAD) -> str:
    return fragment("\n".join((head, *rows)), path="aims")


def marked(html: str, mark: str = "ins") -> str:
    """Return the HTML with every cell's words marked, as a comparison marks what came."""
    start = f'<{mark} class="run"><span class="run__said">[added: </span>'
    end = f'<span class="run__said">]</span></{mark}>'
    return re.sub(r"(<t[hd](?: [^>]*)?>)([^<]+)", rf"\1{start}\2{end}", html)


def test_rows_of_a_table_that_came_are_one_table_again() -> None:
    parts = [marked(table()), marked(table("| Write | 6% |")), marked(table("| Answer | 14% |"))]
    whole = with_whole_tables(parts)
    assert whole.count("<table>") == whole.count("<thead>") == whole.count("</table>") == 1
    assert whole.count("<tr>") == 3
    assert re.findall(r">(\d+%)<", whole) == ["6%", "14%"]
    assert whole.count("<ins ") == 6


def test_the_head_above_a_row_that_came_alone_did_not_come() -> None:
    whole = with_whole_tables([marked(table("| Write | 6% |"))])
    assert whole.count("<ins ") == 2
    assert ">Aim</th>" in whole


def test_a_head_with_other_words_than_before_keeps_both_marks() -> None:
    head = table("| Write | 6% |").replace(
        ">Aim<", '><del class="run">Goal</del><ins class="run">Aim</ins><'
    )
    assert '<del class="run">Goal</del>' in with_whole_tables([head])


def test_two_tables_with_other_heads_stay_two() -> None:
    other = table("| Post | 3 |", head="| Channel | Letters |\n| --- | --- |")
    assert with_whole_tables([table("| Write | 6% |"), other]).count("<table>") == 2


def test_words_between_two_tables_keep_them_apart_and_their_order() -> None:
    row = table("| Write | 6% |")
    whole = with_whole_tables(["<p>Before</p>\n", row, "<p>Between</p>\n", row, "<p>After</p>\n"])
    assert re.findall(r"<p>(\w+)</p>|<(table)>", whole) == [
        ("Before", ""),
        ("", "table"),
        ("Between", ""),
        ("", "table"),
        ("After", ""),
    ]


def test_frames_of_tables_are_no_landmarks() -> None:
    row = table("| Write | 6% |")
    assert 'role="region"' in row
    for html in (with_whole_tables([row]), as_groups(row)):
        assert 'role="region"' not in html
        assert 'tabindex="0" role="group" aria-label="Table"' in html
