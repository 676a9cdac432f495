"""What a POST about a page is about: who, which page, over which text, and may they."""

from dataclasses import dataclass, replace

from wiki.errors import Invalid, NotAllowed, NotFound, SignInNeeded, WikiError
from wiki.pages.guards import need_right, sight
from wiki.people import guards
from wiki.people.queries import Member
from wiki.text.paths import refusal
from wiki.web.db import reading
from wiki.writing.forms.editing import Sent
from wiki.writing.queries import edited
from wiki.writing.queries.edited import Base, EditedPage
from wiki.writing.rules.keeping import form_name
from wiki.writing.rules.line_ends import as_in
from wiki.writing.rules.resolving import Choices, all_words
from wiki.writing.rules.splicing import Part, part
from wiki.writing.rules.titles import titled
from wiki.writing.service import Submission
from wiki.writing.service.saving import NO_BASE

_NO_NUMBER = (
    "Your browser did not say which revision you started from. Your text is below: "
    "look at what differs before you save it."
)
NOTHING_HERE = "Nothing can be written at this address."
_NO_SECTION = (
    "The section that you wrote is not in revision {number}. Your text is below: "
    "copy it and put it into the page."
)


@dataclass(frozen=True, slots=True)
class Work:
    """One person's text for one page. `refused` says why it may not be saved.

    `choices` is how far a clash of this text is resolved.
    """

    member: Member
    path: str
    page: EditedPage | None
    sent: Sent
    base: Base | None
    part: Part | None
    refused: WikiError | None = None
    choices: Choices | None = None

    @property
    def is_form(self) -> bool:
        """Return whether the form says enough to be taken as what it is."""
        return self.base is not None and (self.part is not None or not self.sent.section)


def look(path: str, sent: Sent) -> Work:
    """Return what a form is about; raise SignInNeeded if nobody is signed in."""
    member = guards.need_member()
    with reading() as session:
        # Somebody may have made a page there meanwhile, or deleted the one there was.
        page = edited.find(session, sight(), path, sent.page_id, with_deleted=bool(sent.base))
        page_id = page.page_id if page else None
        base = None if sent.base is None else edited.base(session, page_id, sent.base)
    where = page.path if page else path
    section = part(base.text, sent.section, title=base.title) if base else None
    return Work(member, where, page, sent, base, section, _refused(where, page))


def whole(work: Work) -> str:
    """Return the text of the whole page that was typed, with the line ends of the page.

    Raises Invalid where the form does not say over what it was typed.
    """
    number = work.sent.base
    if number is None:
        raise Invalid(_NO_NUMBER, field="base")
    if work.base is None:
        raise Invalid(NO_BASE, field="base", number=number)
    if work.sent.section and work.part is None:
        raise Invalid(_NO_SECTION, field="text", number=number)
    typed = work.part.replaced(work.sent.text) if work.part else work.sent.text
    if work.page is None:
        typed = titled(typed, work.sent.title, work.path)
    return as_in(typed, work.base.text)


def over_origin(work: Work, origin: Base | None) -> Work:
    """Return the same with the form of a clash as that of the text over where it began.

    Where the form names revisions that are not there, it stands over none, and holds what was typed
    into the boxes as well.
    """
    sent = work.sent
    head = work.base
    if origin is None or head is None:
        missing = sent.origin if origin is None else sent.base
        sent = replace(sent, text=all_words(sent.text, sent.own), base=missing)
    else:
        sent = replace(sent, base=origin.number)
        work = replace(work, choices=Choices(head.number, sent.chosen, sent.own))
    base = None if head is None else origin
    return replace(work, sent=replace(sent, origin=None, section=""), base=base, part=None)


def submission(work: Work, text: str) -> Submission:
    """Return what is to be kept and saved; raise Invalid for a text that cannot be."""
    base = work.sent.base if work.is_form and work.sent.base else 0
    form = form_name(work.sent.form, path=work.path, base=base, text=text)
    return Submission(
        person_id=work.member.id,
        path=work.path,
        page_id=work.page.page_id if work.page else None,
        base=base,
        text=text,
        form=form,
        section=work.sent.section,
        note=work.sent.note,
        is_minor=work.sent.is_minor,
        origin=work.sent.origin,
        choices=work.choices,
        seen=work.sent.seen,
        continues=work.sent.continues,
    )


def _refused(path: str, page: EditedPage | None) -> WikiError | None:
    sentence = None if page else refusal(path)
    if sentence:
        return Invalid(sentence, field="path")
    try:
        need_right("write" if page else "create", path)
    except SignInNeeded:
        raise
    except NotAllowed as refused:
        return refused
    except NotFound:
        return NotAllowed(NOTHING_HERE)
    return None
