"""The addresses of signing in, signing out and one's own account."""

from flask import Blueprint
from flask_wtf.csrf import CSRFError

from wiki.people.routes import account, links, sign_in

bp = Blueprint("people", __name__)

bp.get("/sign-in", endpoint="sign_in")(sign_in.show)
bp.post("/sign-in", endpoint="enter")(sign_in.enter)
bp.get("/sign-in/link", endpoint="link_sent")(links.sent)
bp.post("/sign-in/link", endpoint="ask_for_link")(links.ask)
bp.get("/sign-in/link/<token>", endpoint="link")(links.show)
bp.post("/sign-in/link/<token>", endpoint="spend_link")(links.spend)
bp.get("/sign-out", endpoint="sign_out")(sign_in.ask_to_leave)
bp.post("/sign-out", endpoint="leave")(sign_in.leave)
bp.get("/account", endpoint="account")(account.show)
bp.post("/account", endpoint="change_account")(account.change)
bp.post("/account/sign-outs", endpoint="sign_out_everywhere")(account.sign_out_everywhere)
bp.register_error_handler(CSRFError, sign_in.form_expired)
