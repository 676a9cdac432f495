"""Links in letters that wait for somebody to follow them, so that the pages behind can be seen."""

from datetime import timedelta

from sqlalchemy.orm import Session

from wiki.clock import utc_now
from wiki.mail.letters import Words
from wiki.people import service
from wiki.people.queries import Member
from wiki.people.service import Invitation, Wish

TOKEN = "a-letter-not-opened-yet"


def send(session: Session) -> None:
    """Let everybody ask to join, write letters of every kind, and invite two people."""
    now = utc_now()
    service.set_wiki(session, "sign_up", "approval", now=now)
    service.set_wiki(session, "sign_up_domains", "council.example", now=now)
    person = service.add(
        session, "letters@example.org", name="Lee Ters", role="facilitator", now=now
    )
    for purpose in ("password", "address"):
        service.make_link(
            session,
            person.person_id,
            now=now,
            token=f"{TOKEN}-{purpose}",
            purpose=purpose,
            email="moved@example.org",
            lasts=timedelta(days=1),
        )
    wish = Wish(name="Joy Ner", email="joy@council.example")
    service.ask_to_join(session, wish, TOKEN, write=_words, now=now)
    lee = Member(
        id=person.person_id, name="Lee Ters", role="facilitator", team_id=None, time_zone=None
    )
    emails = ("one@elsewhere.example", "two@elsewhere.example")
    service.invite(session, lee, Invitation(emails=emails), write=_words, now=now)


def _words(template: str, path: str = "", target: str = "/", **_values: object) -> Words:
    return Words(template, f"{path} {target}")
