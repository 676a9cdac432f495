"""What was typed for one page becomes the draft of another, new one."""

from contextlib import suppress
from datetime import datetime

import zstandard
from sqlalchemy.orm import Session

from wiki.errors import Invalid
from wiki.pages.rules import words as count_words
from wiki.pages.service import sha_of
from wiki.writing.queries import drafts
from wiki.writing.rules.titles import with_title

_LEVEL = 3


def carry_over(
    session: Session, person_id: int, draft_id: int, *, path: str, title: str, now: datetime
) -> None:
    """Make a draft one of a new page at `path`, called `title`; nothing where it is gone."""
    draft = drafts.draft_to_change(session, draft_id)
    if draft is None or draft.person_id != person_id or draft.state == "saved":
        return
    text = drafts.text_in(draft)
    with suppress(Invalid):  # a title written in an unusual way is left to its author
        text = with_title(text, title, path)
    draft.page_id, draft.path, draft.base_number, draft.section = None, path, 0, ""
    draft.text_sha, draft.data = sha_of(text), zstandard.compress(text.encode(), _LEVEL)
    draft.choices, draft.words, draft.changed_at = None, count_words(text), now
    session.flush()
