"""The addresses of signing in and out, one's own account, members and the wiki's settings."""

from flask import Blueprint
from flask_wtf.csrf import CSRFError

from wiki.people.routes import (
    account,
    addresses,
    brand,
    invitations,
    links,
    mail_off,
    member_lists,
    members,
    passwords,
    profile,
    sign_in,
    sign_up,
    waiting,
    wiki_settings,
)
from wiki.web.cache import cached_page

bp = Blueprint("people", __name__)

bp.get("/sign-in", endpoint="sign_in")(sign_in.show)
bp.post("/sign-in", endpoint="enter")(sign_in.enter)
bp.get("/sign-in/link", endpoint="link_sent")(links.sent)
bp.post("/sign-in/link", endpoint="ask_for_link")(links.ask)
bp.get("/sign-in/link/<token>", endpoint="link")(links.show)
bp.post("/sign-in/link/<token>", endpoint="spend_link")(links.spend)
bp.get("/sign-in/forgotten", endpoint="forgotten")(passwords.forgotten)
bp.post("/sign-in/forgotten", endpoint="ask_for_password")(passwords.ask)
bp.get("/sign-in/password", endpoint="password_link_sent")(passwords.sent)
bp.get("/sign-in/password/<token>", endpoint="password_link")(passwords.look)
bp.post("/sign-in/password/<token>", endpoint="choose_password")(passwords.choose)
bp.get("/sign-up", endpoint="sign_up")(sign_up.show)
bp.post("/sign-up", endpoint="ask_to_join")(sign_up.ask)
bp.get("/sign-up/sent", endpoint="sign_up_sent")(sign_up.sent)
bp.get("/sign-up/waiting", endpoint="sign_up_waiting")(sign_up.waiting)
bp.get("/sign-up/<token>", endpoint="sign_up_link")(sign_up.look)
bp.post("/sign-up/<token>", endpoint="join")(sign_up.join)
bp.get("/sign-out", endpoint="sign_out")(sign_in.ask_to_leave)
bp.post("/sign-out", endpoint="leave")(sign_in.leave)
bp.get("/account", endpoint="account")(account.show)
bp.post("/account/sign-outs", endpoint="sign_out_everywhere")(account.sign_out_everywhere)
bp.get("/account/profile", endpoint="profile")(profile.show)
bp.post("/account/profile", endpoint="change_profile")(profile.change)
bp.get("/account/password", endpoint="password")(passwords.show)
bp.post("/account/password", endpoint="change_password")(passwords.change)
bp.get("/account/address", endpoint="address")(addresses.show)
bp.post("/account/address", endpoint="ask_for_address")(addresses.ask)
bp.get("/account/address/<token>", endpoint="address_link")(addresses.look)
bp.post("/account/address/<token>", endpoint="prove_address")(addresses.prove)
bp.get("/account/leave", endpoint="ask_to_leave_wiki")(profile.ask_to_leave_wiki)
bp.post("/account/leave", endpoint="leave_wiki")(profile.leave_wiki)
bp.get("/members/invite", endpoint="invite")(invitations.show)
bp.post("/members/invite", endpoint="send_invitations")(invitations.send)
bp.post("/members/invite/<int(max=2147483647):number>/withdraw", endpoint="revoke_invitation")(
    invitations.revoke
)
bp.get("/brand.css", endpoint="brand")(brand.show)
bp.get("/members", endpoint="members")(cached_page(members.show))
bp.get("/members/<int(max=2147483647):person_id>/edit", endpoint="edit_member")(members.edit)
bp.post("/members/<int(max=2147483647):person_id>/edit", endpoint="change_member")(members.change)
bp.get("/members/waiting", endpoint="waiting")(waiting.show)
bp.post("/members/waiting/<int(max=2147483647):number>", endpoint="decide")(waiting.decide)
bp.record_once(waiting.add_panels)
bp.record_once(mail_off.add_panels)
bp.get("/members/import", endpoint="show_import")(member_lists.show)
bp.post("/members/import", endpoint="take_list")(member_lists.take)
bp.get("/members/teams", endpoint="teams")(members.show_teams)
bp.post("/members/teams", endpoint="name_team")(members.name_team)
bp.get("/settings", endpoint="wiki_settings")(wiki_settings.show)
bp.post("/settings", endpoint="change_wiki_settings")(wiki_settings.change)
bp.register_error_handler(CSRFError, sign_in.form_expired)
