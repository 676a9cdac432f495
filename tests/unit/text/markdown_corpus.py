"""Texts that are likely to keep a Markdown program busy, each as large as a page may be."""

# ruff: noqa: W291, W293  (blanks at the ends of lines are what some of these texts are about)

from collections.abc import Callable
from functools import partial
from itertools import count, takewhile

from wiki.text.markdown import limits

SIZE = limits.SIZE_LIMIT - 1_000


def repeated(unit: str, size: int = SIZE) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def numbered(shape: str, size: int = SIZE) -> str:
    parts, total = [], 0
    for number in count():
        parts.append(shape.format(number))
        total += len(parts[-1])
        if total > size:
            return "".join(parts[:-1])
    return ""


def staircase(shape: str, size: int = SIZE) -> str:
    steps = takewhile(lambda step: step * step < size, count())
    return "".join("  " * step + shape for step in steps)[:size]


def growing_runs(sign: str, size: int = SIZE) -> str:
    return "".join("e" + sign * length for length in range(int((2 * size) ** 0.5)))[:size]


# One unit a line; in those of LINES, `\n` is the end of a line.
ROWS = (
    r"""
>
> 
- 
1. 
*a 
*a_ 
**a** 
*_
a**b
a**b c* 
***a 
*a*
~a 
~~a
[
![
[a](
[a](b)
[ (](
![[]()
[a](<b
[a](b "
![a](b) 
[[a|b]] 
[[a|
[[a#
`a
``a` 
<
<a 
<!--
<!-- x -->
<?
<![CDATA[
<b>
<b>x</b>
<b><i>
<a href=x>y 
<a href=x>y</a> 
<script a>
<br>
<li>
<img src=a.png alt=b> 
<http://a.b> 
http://a.bc 
www.a.bc 
www.
http://
://
a:
a@b.cd 
a@
mailto:
[^
[^a]: 
&amp;
&amp
&
&#1;
word 
a|
|
\
\[
a_b_
{% a 
{% a %} 
{{ site.
{: .a
`a` {% a %} 
` {% a %} `` 
"
'
-
=
+ 
: 
$
🙂 
א 
é
""".removeprefix("\n")
    .removesuffix("\n")
    .split("\n")
)
LINES = [
    unit.replace("\\n", "\n")
    for unit in r"""
a
a  
- a
- a\n
- a\n+ b
1. a
- [ ] a
> a
> a\nb\n
> > > > a\n
# a
---
***
=
a\n=
a\n: b
a\n: b\n
<div>
<div>\n\n</div>
<!--
<!-- x --> y
<script>
```
```\na\n```
~~~
[a]: b
[a]: b "
[a]: b (
[a
[^a]: [^a]\n
[^a]: b
-|-
:-:|
a|b\n-|-\n
|a|b|
|
www.a.bc
    a
	
{: .a}
{% a %}
""".removeprefix("\n")
    .removesuffix("\n")
    .split("\n")
]
MADE: dict[str, Callable[[], str]] = {
    "brackets in brackets": lambda: "[" * (SIZE // 2) + "]" * (SIZE // 2),
    "emphasis in emphasis": lambda: "*" * (SIZE // 2) + "a" + "*" * (SIZE // 2),
    "links in links": lambda: "[" * (SIZE // 6) + "a" + repeated("](b)", SIZE // 2),
    "pictures in pictures": lambda: repeated("![", SIZE // 2) + repeated("](a)", SIZE // 2),
    "lists in lists": lambda: staircase("- a\n"),
    "definitions in definitions": lambda: staircase("a\n: b\n"),
    "backtick runs": lambda: growing_runs("`"),
    "tilde runs": lambda: growing_runs("~"),
    "2,000 columns": lambda: "|a" * 2_000 + "\n" + "|-" * 2_000 + "\n" + repeated("|a", 8_000),
    "90 columns, full": lambda: "a|" * 90 + "\n" + "-|" * 90 + "\n" + repeated("a|" * 90 + "\n"),
    "90 columns, empty": lambda: "a|" * 90 + "\n" + "-|" * 90 + "\n" + repeated("|\n", SIZE - 400),
    "a long table": lambda: "a|b\n-|-\n" + repeated("a|b\n", SIZE - 10),
    "a row of pipes": lambda: "a|b\n-|-\n" + "|" * (SIZE - 10),
    "escaped pipes": lambda: "a|b\n-|-\n" + repeated("\\|", SIZE - 10),
    "references": lambda: numbered("[{0}]: /x\n", SIZE // 2) + numbered("[{0}] ", SIZE // 2),
    "one reference": lambda: repeated("[b]", SIZE - 20) + "\n\n[b]: /x",
    "notes": lambda: numbered("[^{0}]: x\n\n", SIZE // 2) + numbered("[^{0}] ", SIZE // 2),
    "one note": lambda: "[^a]: x\n\n" + repeated("[^a] ", SIZE - 20),
    "one heading many times": lambda: repeated("## Section\n\nx\n\n"),
    "a heading of hashes": lambda: "# " + "#" * (SIZE - 10),
    "a heading of lines": lambda: repeated("a\n", SIZE - 10) + "===",
    "special signs in code": lambda: "```\n" + "<" * (SIZE - 10),
    "dotted mail": lambda: repeated("a." * 20_000 + "@\n\n"),
    "dotted address": lambda: repeated("www." + "a." * 20_000 + "\n\n"),
    "brackets in an address": lambda: repeated("http://a.bc/" + "(" * 40_000 + "\n\n"),
    "blanks before a word": lambda: " " * (SIZE - 1) + "a",
    "tabs before a word": lambda: "\t" * (SIZE - 1) + "a",
    "blanks between words": lambda: "a" + " " * (SIZE - 2) + "b",
    "marks on a letter": lambda: "a" + "\u0301" * (SIZE // 2 - 1),
    "comments that end at last": lambda: repeated("<!-- a\n\n", SIZE - 10) + "--> x",
    "fields that never end": lambda: "---\n" + repeated("a: b\n", SIZE - 10),
    "fields in fields": lambda: "---\na: " + "[" * 19_000 + "\n---\nx",
}
CORPUS: dict[str, Callable[[], str]] = {
    **{f"row of {unit!r}": partial(repeated, unit) for unit in ROWS},
    **{f"lines of {unit!r}": partial(repeated, f"{unit}\n") for unit in LINES},
    **MADE,
}
