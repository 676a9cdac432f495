"""Moving a member to another e-mail address, which a letter to that address proves.

That an address belongs to somebody else already is said to whoever reads the letters of that
address, and to nobody else.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from wiki.activity.service import record
from wiki.errors import Invalid, NotFound
from wiki.mail.letters import Envelope, queue
from wiki.people import queries
from wiki.people.models import Person
from wiki.people.service.letters import Write
from wiki.people.service.members import swap_addresses
from wiki.people.service.signing_in import ADDRESS, end_links, hashed, make_link, take_link
from wiki.storage.dialect import one_at_a_time

ADDRESS_LINK_LASTS = timedelta(days=1)


def ask_for_address(
    session: Session, person_id: int, email: str, token: str, *, write: Write, now: datetime
) -> None:
    """Write to this checked address how to make it the member's, or that it is somebody's already.

    Raises Invalid for the address that the member has, NotFound.
    """
    person = _person(session, person_id)
    if email == person.email:
        raise Invalid("This is already your address.", field="email")
    if not _is_free(session, email, person_id):
        slot = int(now.timestamp() // 120)
        taken = Envelope(
            key=f"address-taken:{hashed(email)[:40]}:{slot}", kind="address-taken", recipient=email
        )
        queue(session, taken, write("address_taken"), now=now)
        return
    make_link(
        session,
        person_id,
        now=now,
        token=token,
        purpose=ADDRESS,
        email=email,
        lasts=ADDRESS_LINK_LASTS,
    )
    envelope = Envelope(
        key=f"address-link:{hashed(token)}",
        kind="address-link",
        recipient=email,
        person_id=person_id,
        send_before=now + ADDRESS_LINK_LASTS,
        is_secret=True,
    )
    words = write("address_link", f"/account/address/{token}", name=person.name)
    queue(session, envelope, words, now=now)


def prove_address(session: Session, token: str, *, write: Write, now: datetime) -> str | None:
    """Spend the link and let letters go to the address it proves; return that, or None.

    The old address is told, and links that went there are useless from now on.
    """
    one_at_a_time(session, "people")
    taken = take_link(session, token, ADDRESS, now=now)
    if taken is None or not _is_free(session, taken[1], taken[0]):
        return None
    person_id, email = taken
    person = _person(session, person_id)
    before = person.email
    swap_addresses(session, person, email)
    session.flush()
    end_links(session, person_id, now=now)
    record(session, "person.address_changed", at=now, actor_id=person_id, person=person_id)
    envelope = Envelope(
        key=f"address-changed:{hashed(token)}",
        kind="address-changed",
        recipient=before,
        person_id=person_id,
    )
    queue(session, envelope, write("address_changed", name=person.name), now=now)
    return email


def _is_free(session: Session, email: str, person_id: int) -> bool:
    """Return whether nobody but this member is known by the address."""
    owner = queries.known_people(session, [email]).get(email)
    return owner is None or owner.id == person_id


def _person(session: Session, person_id: int) -> Person:
    person = queries.person_to_change(session, person_id)
    if person is None:
        raise NotFound("There is no such member.")
    return person
