"""What a list of members does, counted, said and sealed."""

from dataclasses import replace

from wiki.people.rules.list_report import Changed, ImportReport, NewMember
from wiki.people.rules.list_sentences import as_facts, lines
from wiki.people.rules.sheet import Refused

ADA = NewMember("Ada Moss", "ada@example.org", "Parks", "admin")
BEN = NewMember("Ben Moss", "ben@example.org", "", "member")
CAT = Changed(
    "Cat Moss", "cat@example.org", (("name", "Cath Moss", "Cat Moss"), ("team", "", "Parks"))
)
DAN = Changed("Dan Moss", "dan@example.org", (("role", "member", "facilitator"),))
EVE = Changed("Eve Moss", "eve@example.org", (("role", "admin", "member"),))
FULL = ImportReport(
    new=(ADA, BEN),
    changes=(CAT, DAN, EVE),
    unchanged=4,
    refused=(Refused(7, "There is no address in {text}.", {"text": "nowhere"}),),
    unknown_columns=("phone",),
    new_teams=("Parks",),
)
NONE = ImportReport(new=(), changes=(), unchanged=1, refused=(), unknown_columns=(), new_teams=())


def test_members_and_facts_are_counted() -> None:
    assert (FULL.added, FULL.changed) == (2, 3)
    assert FULL.counts == {"name": 1, "team": 1, "role": 2}
    assert not FULL.is_nothing
    assert NONE.is_nothing


def test_who_may_do_more_is_named() -> None:
    assert FULL.raised == (DAN, ADA)


def test_the_seal_is_of_what_would_be_done() -> None:
    assert FULL.seal == replace(FULL).seal
    assert len({FULL.seal, NONE.seal, replace(FULL, unchanged=5).seal}) == 3


def test_a_dry_run_says_what_would_be_done_and_to_whom() -> None:
    assert list(lines(FULL, is_done=False)) == [
        "The column phone was not read.",
        "Would make the team Parks",
        "Would change Cat Moss <cat@example.org>: name Cath Moss → Cat Moss; team none → Parks",
        "Would change Dan Moss <dan@example.org>: role member → facilitator (more rights)",
        "Would change Eve Moss <eve@example.org>: role admin → member",
        "Would add Ada Moss <ada@example.org>: admin, Parks (more rights)",
        "Would add Ben Moss <ben@example.org>: member",
        "Line 7 would be refused: There is no address in nowhere.",
        "2 members would be added, 3 changed, 4 unchanged, 1 line refused.",
        "Nothing was done.",
    ]


def test_what_was_done_is_counted() -> None:
    assert list(lines(FULL, is_done=True))[-2:] == [
        "Line 7 was refused: There is no address in nowhere.",
        "2 members added, 3 changed, 4 unchanged, 1 line refused.",
    ]


def test_a_program_reads_everybody() -> None:
    facts = as_facts(FULL, is_done=True)
    assert facts["is_done"] is True
    assert facts["new"] == [
        {
            "name": "Ada Moss",
            "email": "ada@example.org",
            "team": "Parks",
            "role": "admin",
            "more_rights": True,
        },
        {
            "name": "Ben Moss",
            "email": "ben@example.org",
            "team": "",
            "role": "member",
            "more_rights": False,
        },
    ]
    assert facts["refused"] == [{"line": 7, "reason": "There is no address in nowhere."}]
