# ruff: noqa: RUF001 - letters of several scripts are what is tested
import pytest

from wiki.text.tokens import tokens, word_count, words


def test_words_blanks_newlines_and_symbols_are_tokens_of_their_own() -> None:
    assert tokens("We  will,\n(soon)") == ["We", "  ", "will", ",", "\n", "(", "soon", ")"]


def test_underscores_belong_to_a_word_only_inside_it() -> None:
    assert tokens("_due_ page_title") == ["_", "due", "_", " ", "page_title"]


@pytest.mark.parametrize(
    "word",
    [
        "cafe\u0301",
        "हिन्दी",
        "שָׁלוֹם",
        "می\u200cخواهم",
        "مَرْحَبًا",
        "👩\u200d👩\u200d👧",
        "👍🏽",
        "❤\ufe0f",
        "🇬🇧",
        "1\ufe0f\u20e3",
        "𝒜𝒷",
    ],
)
def test_what_a_person_sees_as_one_is_one_token(word: str) -> None:
    assert tokens(f"{word} {word}") == [word, " ", word]


def test_chinese_is_compared_letter_by_letter() -> None:
    assert tokens("数字战略") == ["数", "字", "战", "略"]


def test_words_leave_out_everything_else() -> None:
    assert words("- **Aims**: be 2 days early!") == ["Aims", "be", "2", "days", "early"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One two three.", 3),
        ("Don't re-read the council’s page", 5),
        ("It costs 1,250.50 pounds, or 3.5 %", 6),
        ("## **Aims** and _hopes_", 3),
        ("see [our aims](https://example.org/a-b-c)", 3),
        ("see https://example.org/a-b-c?d=e now", 3),
        ("a line<br>and another", 4),
        ("| one | two |\n| --- | --- |", 2),
        ("- [ ] ask\n- [x] answer", 3),
        ("数字战略", 4),
        ("e\u0301te\u0301", 1),
    ],
)
def test_words_are_counted_as_people_count_them(text: str, count: int) -> None:
    assert word_count(text) == count
