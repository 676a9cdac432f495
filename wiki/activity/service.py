"""Writing the diary."""

from datetime import datetime

from sqlalchemy.orm import Session

from wiki.activity.models import Event


def record(
    session: Session,
    kind: str,
    *,
    at: datetime,
    actor_id: int | None = None,
    page_id: int | None = None,
    **detail: object,
) -> None:
    """Write that `kind` (a noun and a past verb, like `page.saved`) happened.

    It stands or falls with the transaction of what it tells of. No secrets and no
    addresses go into `detail`.
    """
    session.add(Event(at=at, kind=kind, actor_id=actor_id, page_id=page_id, detail=detail))
