"""An address of every kind of page, so that the machines of the checks see them all.

Each endpoint that answers GET stands here, or in NO_PAGE with the reason; a new one that stands
in neither fails `test_every_kind_of_page_has_an_example`.
"""

from dataclasses import dataclass

from flask import Flask

from tests.browser.letters_sent import TOKEN

NO_PAGE = {
    "health.alive": "for machines",
    "health.ready": "for machines",
    "pages.changes_feed": "a feed",
    "pages.page_feed": "a feed",
    "pages.raw": "plain text",
    "pages.revision_raw": "plain text",
    "people.brand": "a style sheet",
    "search.suggest": "JSON",
    "static": "styles, scripts and pictures",
}
AIMS = "/pages/strategy/aims"
ODD = "/pages/odd"
LONG = "x" * 150
EDITORS = (
    f"{AIMS}/edit",
    f"{AIMS}/edit?section=s-nothing-of-this-name",
    f"{ODD}/wide/edit?section=s-code",
    f"{ODD}/ecouter/edit",
    f"{ODD}/ecouter/edit?draft=1",
    f"{ODD}/deleted/edit",
    "/pages/nobody/wrote/this/edit",
)
# The deleted page of the odd ones; test_acts.py sees that it is one.
DELETED = "/deleted/18"
ACTS = (
    f"{AIMS}/move",
    "/pages/strategy/move?title=Our+plan&with_pages=1",
    f"{AIMS}/move?title=Strategy&parent=a/b/c/d/e/f/g/h/i",
    f"{AIMS}/delete",
    "/pages/strategy/delete",
    f"{AIMS}/restore?number=1",
    f"{ODD}/rewritten/restore?number=1",
    f"{AIMS}/undo?number=4",
    f"{AIMS}/undo?number=2",
    f"{ODD}/rewritten/undo?number=2",
    f"{ODD}/wide/copy",
    "/pages/new",
    "/pages/new?act=write",
    "/deleted",
    DELETED,
    f"{AIMS}/history",
    f"{AIMS}/compare/1..2",
    "/pages/nobody/wrote/this",
    f"{ODD}/deleted",
    ODD,
    AIMS,
)
ADDRESSES: dict[str, tuple[str, ...]] = {
    "_trouble": tuple(f"/trouble/{n}" for n in (400, 403, 404, 405, 409, 413, 422, 429, 500, 503)),
    "authorship.authorship": (
        f"{AIMS}/authorship",
        f"{AIMS}/authorship?revision=2&view=people",
        f"{AIMS}/authorship?view=age&by=1",
        f"{AIMS}/authorship?by=99999&words=the",
        f"{AIMS}/authorship?words=zyxwvut",
        f"{AIMS}/authorship?words=+&revision=last",
        f"{AIMS}/authorship?words={LONG * 8}",
        f"{ODD}/deleted/authorship",
        f"{ODD}/empty/authorship",
        f"{ODD}/ecouter/authorship",
        f"{ODD}/wide/authorship",
    ),
    "authorship.contributors": (
        f"{AIMS}/contributors",
        f"{AIMS}/contributors?revision=2",
        f"{AIMS}/contributors?from=2020-01-01&to=2099-01-01&sort=name&order=down",
        f"{AIMS}/contributors?from=yesterday&revision=last",
        f"{AIMS}/contributors?to=2020-01-01",
        f"{ODD}/empty/contributors",
        f"{ODD}/ecouter/contributors",
    ),
    "pages.about": ("/about",),
    "pages.accessibility": ("/accessibility",),
    "pages.access": (f"{AIMS}/access", "/pages/nobody/access"),
    "pages.changes": (
        "/changes",
        "/changes?under=strategy&minor=hide&since=2020-01-01&until=2099-01-01",
        "/changes?under=nowhere",
        "/changes?since=yesterday",
    ),
    "pages.choose": (f"{AIMS}/compare", f"{AIMS}/compare?from=1&to=3"),
    "pages.compare": (
        f"{AIMS}/compare/1..7",
        f"{AIMS}/compare/3..3",
        f"{AIMS}/compare/1..99",
        f"{ODD}/rewritten/compare/1..2",
        f"{ODD}/rewritten/compare/1..2?view=beside",
        f"{ODD}/rewritten/compare/1..2?text=written",
        f"{ODD}/rewritten/compare/1..2?text=written&view=beside",
        f"{ODD}/deleted/compare/1..2",
    ),
    "pages.gaps": ("/gaps",),
    "pages.history": (
        f"{AIMS}/history",
        f"{AIMS}/history?author=1&since=2020-01-01",
        f"{AIMS}/history?author=99999",
        f"{ODD}/deleted/history",
        f"{ODD}/rewritten/history",
    ),
    "pages.home": ("/",),
    "pages.index": ("/pages",),
    "pages.links": ("/links",),
    "pages.links_here": (f"{AIMS}/links", f"{ODD}/empty/links"),
    "pages.member": ("/members/1", "/members/99999"),
    "pages.revision": (
        f"{AIMS}/revisions/1",
        f"{AIMS}/revisions/99",
        f"{ODD}/deleted/revisions/2",
        f"{ODD}/wide/revisions/1",
    ),
    "pages.show": (
        AIMS,
        "/pages/strategy",
        ODD,
        f"{ODD}/deleted",
        f"{ODD}/ecouter",
        f"{ODD}/empty",
        f"{ODD}/old-name",
        f"{ODD}/wide",
        f"/pages/{LONG}",
    ),
    "pages.show_help": ("/help",),
    "pages.tagged": ("/tags/strategy", "/tags/nobody"),
    "people.account": ("/account",),
    "people.address": ("/account/address",),
    "people.address_link": (f"/account/address/{TOKEN}-address",),
    "people.ask_to_leave_wiki": ("/account/leave",),
    "people.edit_member": ("/members/1/edit",),
    "people.forgotten": ("/sign-in/forgotten",),
    "people.invite": ("/members/invite",),
    "people.link": ("/sign-in/link/long-gone",),
    "people.link_sent": ("/sign-in/link",),
    "people.members": ("/members", "/members?q=nobody-at-all"),
    "people.password": ("/account/password",),
    "people.password_link": (f"/sign-in/password/{TOKEN}-password", "/sign-in/password/long-gone"),
    "people.password_link_sent": ("/sign-in/password",),
    "people.profile": ("/account/profile",),
    "people.show_import": ("/members/import",),
    "people.sign_in": ("/sign-in",),
    "people.sign_out": ("/sign-out",),
    "people.sign_up": ("/sign-up",),
    "people.sign_up_link": (f"/sign-up/{TOKEN}",),
    "people.sign_up_sent": ("/sign-up/sent",),
    "people.sign_up_waiting": ("/sign-up/waiting",),
    "people.teams": ("/members/teams",),
    "people.waiting": ("/members/waiting",),
    "people.wiki_settings": ("/settings",),
    "search.search": (
        "/search",
        "/search?q=residents",
        "/search?q=residents&under=strategy&tag=strategy",
        "/search?q=the&page=1",
        "/search?q=zyxwvut",
        f"/search?q={LONG}",
    ),
    "writing.draft": ("/drafts/1", "/drafts/2", "/drafts/99999"),
    "writing.draft_as_new_page": ("/drafts/2/new-page",),
    "writing.leave": (f"{ODD}/ecouter/leave?form=left-open",),
    "writing.drafts": ("/drafts",),
    "writing.edit": EDITORS,
    "writing.copy": (f"{AIMS}/copy",),
    "writing.delete": (f"{AIMS}/delete",),
    "writing.deleted": ("/deleted",),
    "writing.deleted_page": (DELETED,),
    "writing.move": (f"{AIMS}/move",),
    "writing.new": ("/pages/new",),
    "writing.rename": (f"{AIMS}/rename",),
    "writing.restore": (f"{AIMS}/restore?number=1",),
    "writing.undo": (f"{AIMS}/undo?number=2",),
}
FOR_MEMBERS = (
    "/",
    "/account",
    f"{AIMS}/access",
    f"{AIMS}/authorship",
    f"{AIMS}/authorship?words=the",
    f"{ODD}/rewritten/authorship",
    f"{ODD}/wide/authorship",
    f"{AIMS}/contributors",
    f"{ODD}/wide/contributors",
    "/members/1",
    "/members/2",
    "/sign-out",
    "/trouble/404",
    "/account/address",
    "/account/leave",
    "/account/password",
    "/account/profile",
    "/members/invite",
    "/drafts",
    "/drafts/1",
    *EDITORS,
    *ACTS,
)


@dataclass(frozen=True, slots=True)
class Example:
    """An address, and whether a signed-in administrator opens it."""

    address: str
    is_member: bool = False

    def __str__(self) -> str:
        """Return the address as a test is named by it, without what a file name cannot hold."""
        words = self.address.strip("/").translate(str.maketrans("/?&=.", "_____"))[:70] or "home"
        return f"{words}-member" if self.is_member else words


def examples() -> list[Example]:
    """Return every example, those for members once more as a member."""
    open_to_all = [Example(one) for addresses in ADDRESSES.values() for one in addresses]
    return [
        *(one for one in open_to_all if one.address != "/account"),
        *(Example(address, is_member=True) for address in FOR_MEMBERS),
    ]


def without_example(app: Flask) -> set[str]:
    """Return the endpoints for GET that stand neither in ADDRESSES nor in NO_PAGE."""
    endpoints = {
        rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())
    }
    return endpoints ^ (ADDRESSES.keys() | NO_PAGE.keys())
