"""The floor: a Flask application that returns one constant page, under the same server."""

from flask import Flask

PAGE = "<!DOCTYPE html><title>Constant</title>" + "<p>As constant as can be.</p>" * 700

app = Flask("constant")


@app.get("/")
def constant() -> str:
    """Return the constant page."""
    return PAGE
