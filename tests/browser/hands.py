"""The ways in which people use a page: a mouse, a keyboard alone, no script, a small screen.

A journey says what somebody does (`hand.follow("History")`), a hand how. The keyboard's hand
really presses Tab until it is there, takes the skip link into the text, and fails when focus
cannot be seen, is lost or is covered on the way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

OpenPage = Callable[..., Page]
MOST_TABS = 250

# What has focus, and what is wrong with how that looks.
LOOK_AT_FOCUS = """target => {
  const here = document.activeElement;
  if (!here || here === document.body) return {at: "nothing", trouble: ""};
  // The whole text, to which the skip link leads, needs no frame.
  if (here.tagName === "MAIN") return {at: "elsewhere", trouble: ""};
  const drawn = (element, part) => {
    const style = getComputedStyle(element, part);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    return outlined || style.boxShadow !== "none";
  };
  const twin = here.nextElementSibling;
  const seen = drawn(here) || (twin?.tagName === "LABEL" && drawn(twin, "::before"));
  const box = here.getClientRects()[0] ?? here.getBoundingClientRect();
  const x = box.x + Math.min(box.width / 2, 20), y = box.y + Math.min(box.height / 2, 20);
  const above = document.elementFromPoint(x, y);
  const covered = !above || !(here.contains(above) || above.contains(here)
    || [...(here.labels ?? [])].some(label => label.contains(above)));
  const name = `${here.tagName} ${(here.textContent || here.name || here.id).trim().slice(0, 40)}`;
  const trouble = !seen ? `The focus cannot be seen on ${name}`
    : covered ? `The focus is covered on ${name}` : "";
  return {at: here === target ? "target" : "elsewhere", trouble};
}"""


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody with a mouse; `page` is their window."""

    page: Page
    has_script: bool = True
    is_narrow: bool = False

    def follow(self, name: str, *, within: Locator | None = None, exact: bool = True) -> None:
        """Follow the first link of this name."""
        link = (within or self.page.locator("body")).get_by_role("link", name=name, exact=exact)
        self.activate(link.first)

    def go(self, name: str) -> None:
        """Follow a link of the bar at the top, which a small screen folds away."""
        bar = self.page.get_by_role("navigation", name="Menu")
        if self.is_narrow and not bar.get_by_role("link", name="Home").is_visible():
            self.activate(bar.get_by_role("button", name="Menu"))
        self.follow(name, within=bar)

    def press(self, name: str) -> None:
        """Press the first button of this name in the text."""
        self.activate(self.page.get_by_role("main").get_by_role("button", name=name).first)

    def activate(self, target: Locator) -> None:
        """Do with a link, a button or a fold what it is there for."""
        target.click()

    def choose(self, radio: Locator) -> None:
        """Choose a radio button."""
        radio.check()

    def tick(self, box: Locator) -> None:
        """Tick a box."""
        box.check()

    def fill(self, field: Locator, words: str) -> None:
        """Put words into a field."""
        field.click()
        field.fill("")
        field.press_sequentially(words)

    def pick(self, field: Locator, option: str) -> None:
        """Pick an option of a list that folds out."""
        field.select_option(option)

    def arrive(self, heading: str) -> None:
        """Wait for the page with this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)


class KeyboardHand(Hand):
    """Somebody with a keyboard and nothing else."""

    __slots__ = ()

    def activate(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def choose(self, radio: Locator) -> None:
        """Reach the chosen one of the group, or choose its first, then walk by arrow keys."""
        name = radio.get_attribute("name")
        group = self.page.locator(f"input[type='radio'][name='{name}']")
        chosen = group.and_(self.page.locator(":checked"))
        self.reach(chosen if chosen.count() else group.first)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"Arrow keys do not lead to {name}.")

    def tick(self, box: Locator) -> None:
        self.reach(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def fill(self, field: Locator, words: str) -> None:
        self.reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(words)

    def pick(self, field: Locator, option: str) -> None:
        self.reach(field)
        self.page.keyboard.type(option)
        expect(field.locator(":checked")).to_have_text(option)

    def reach(self, target: Locator) -> None:
        """Press Tab until `target` has focus, which must be seen wherever it is on the way."""
        expect(target).to_be_visible()
        self.page.wait_for_load_state()  # until then scripts may still move the focus
        element = target.element_handle()
        if self._look(element)["at"] == "nothing" and self._is_in_text(target):
            self._skip()
        lost = 0
        for _ in range(MOST_TABS):
            found = self._look(element)
            assert not found["trouble"], found["trouble"]
            if found["at"] == "target":
                return
            lost += found["at"] == "nothing"
            assert lost < 3, f"The keyboard does not lead to {target}"
            self.page.keyboard.press("Tab")
        raise AssertionError(f"The keyboard does not lead to {target} within {MOST_TABS} steps.")

    def _look(self, element: Any) -> dict[str, str]:
        found: dict[str, str] = self.page.evaluate(LOOK_AT_FOCUS, element)
        return found

    def _is_in_text(self, target: Locator) -> bool:
        return bool(target.evaluate("element => Boolean(element.closest('main'))"))

    def _skip(self) -> None:
        self.page.keyboard.press("Tab")
        link = self.page.get_by_role("link", name="Skip to main content")
        expect(link).to_be_focused()
        expect(link).to_be_in_viewport()
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("main")).to_be_focused()


WAYS: Mapping[str, Callable[[OpenPage], Hand]] = {
    "mouse": lambda open_page: Hand(open_page()),
    "keyboard": lambda open_page: KeyboardHand(open_page()),
    "without script": lambda open_page: Hand(open_page(javascript=False), has_script=False),
    "320 pixels": lambda open_page: Hand(open_page(width=320), is_narrow=True),
}
