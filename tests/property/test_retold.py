"""Whatever a revision says, the message of its commit says it; no other message does."""

from hypothesis import assume, given
from hypothesis import strategies as st

from wiki.text import paths
from wiki.transfer.rules import files, retold
from wiki.transfer.rules.retold import KINDS, Retold

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)
LINES = st.sampled_from(
    [
        "Manyhands-Revision: aims 1",
        "Manyhands-Page: 1",
        "Manyhands-Kind: create",
        "Manyhands-Note: none",
        "Signed-off-by: Ada <ada@example.org>",
        "",
        "\r",
        "Said more",
    ]
)
NOTES = st.one_of(WORDS, st.lists(st.one_of(LINES, WORDS), max_size=9).map("\n".join))
SEGMENTS = st.text("abcé0._-", min_size=1, max_size=6).map(paths.normal).filter(bool)
PATHS = st.lists(SEGMENTS, min_size=1, max_size=4).map("/".join)
NUMBERS = st.integers(1, retold.HIGHEST)


@st.composite
def revisions(draw: st.DrawFn) -> Retold:
    number = draw(st.one_of(st.integers(1, 5), NUMBERS))
    earlier = st.none() if number == 1 else st.one_of(st.none(), st.integers(1, number - 1))
    kinds = ["create"] if number == 1 else [kind for kind in KINDS if kind != "create"]
    path = draw(PATHS)
    assume(paths.refusal(path) is None)
    return Retold(
        page=draw(NUMBERS),
        path=path,
        number=number,
        kind=draw(st.sampled_from(kinds)),
        note=draw(NOTES).strip(),
        is_minor=draw(st.booleans()),
        restored_number=draw(earlier),
        merged_number=draw(earlier),
        undone_number=draw(earlier),
        microsecond=draw(st.integers(0, 999_999)),
        author=draw(WORDS),
        has_more=draw(st.booleans()),
    )


@given(revisions())
def test_a_revision_comes_back_from_its_message_in_every_field(told: Retold) -> None:
    assert retold.read(retold.message(told)) == told


@given(revisions())
def test_a_revision_comes_back_after_git_and_its_reader_trimmed_the_message(told: Retold) -> None:
    assert retold.read(retold.message(told).strip()) == told


@given(NOTES)
def test_what_people_write_is_taken_for_a_revision_only_if_it_is_written_as_one(note: str) -> None:
    told = retold.read(note)
    if told is not None:
        assert retold.read(retold.message(told)) == told


@given(PATHS)
def test_the_file_of_a_page_is_imported_to_the_same_path(path: str) -> None:
    assume(paths.refusal(path) is None)
    assert files.place_of(retold.file_of(path), "") == files.Place(path)


@given(st.sets(PATHS, max_size=8))
def test_files_of_pages_never_stand_in_each_others_way(several: set[str]) -> None:
    named = {retold.file_of(path) for path in several}
    assert len(named) == len(several)
    folders = {"/".join(name.split("/")[:end]) for name in named for end in range(1, 5)} - named
    above = {name.rpartition("/")[0] for name in named}
    assert not named & above
    assert folders >= above - {""}


@given(WORDS)
def test_a_name_fits_into_gits_line(name: str) -> None:
    shown = retold.plain_identity(name)
    assert not {"<", ">", "\n", "\0"} & set(shown)
    assert retold.plain_identity(shown) == shown
