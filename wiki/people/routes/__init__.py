"""The addresses of signing in and out, one's own account, members and the wiki's settings."""

from flask import Blueprint
from flask_wtf.csrf import CSRFError

from wiki.people.routes import account, brand, links, members, sign_in, wiki_settings
from wiki.web.cache import cached_page

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
bp.get("/brand.css", endpoint="brand")(brand.show)
bp.get("/members", endpoint="members")(cached_page(members.show))
bp.get("/members/<int:person_id>/edit", endpoint="edit_member")(members.edit)
bp.post("/members/<int:person_id>/edit", endpoint="change_member")(members.change)
bp.get("/members/import", endpoint="show_import")(members.show_import)
bp.post("/members/import", endpoint="take_list")(members.take_list)
bp.get("/members/teams", endpoint="teams")(members.show_teams)
bp.post("/members/teams", endpoint="name_team")(members.name_team)
bp.get("/settings", endpoint="wiki_settings")(wiki_settings.show)
bp.post("/settings", endpoint="change_wiki_settings")(wiki_settings.change)
bp.register_error_handler(CSRFError, sign_in.form_expired)
