"""The blueprint of everything that changes pages."""

from flask import Blueprint

bp = Blueprint("writing", __name__)
