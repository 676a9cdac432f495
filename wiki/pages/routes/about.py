"""Pages about the wiki itself: what it is, how to use it, how accessible it is."""

from flask import render_template
from flask.typing import ResponseReturnValue

from wiki.pages.routes.blueprint import bp
from wiki.web.cache import cached_page


@bp.get("/about")
@cached_page
def about() -> ResponseReturnValue:
    """Say what this wiki is."""
    return render_template("pages/about.html")


@bp.get("/help")
@cached_page
def show_help() -> ResponseReturnValue:
    """Say how to read, compare and find."""
    return render_template("pages/help.html")


@bp.get("/accessibility")
@cached_page
def accessibility() -> ResponseReturnValue:
    """Say how accessible the wiki is and what to do where it is not."""
    return render_template("pages/accessibility.html")
