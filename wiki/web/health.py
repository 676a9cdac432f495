"""Two addresses for machines: is the program alive, and can it answer."""

import sqlalchemy as sa
from flask import Blueprint
from flask.typing import ResponseReturnValue

from wiki.errors import Misconfigured
from wiki.storage.migrations import check_shape
from wiki.web.db import database, reading

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> ResponseReturnValue:
    """Say that the process answers."""
    return {"status": "ok"}


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say whether the database answers and has the shape that this program needs."""
    try:
        with reading() as session:
            session.execute(sa.text("SELECT 1"))
        check_shape(database())
    except (sa.exc.SQLAlchemyError, Misconfigured):
        return {"status": "not ready"}, 503
    return {"status": "ok"}
