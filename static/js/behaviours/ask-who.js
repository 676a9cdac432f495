/** Offers to ask who wrote the words that are selected in the page's text; Tab leads to the offer, Escape shuts it. */

const WAIT_MS = 150;
const GAP = 8;
// The wiki answers to no more signs at once.
const LONGEST = 1000;

/** Returns the selection as a range where it lies in the text, which `root` follows, else null. */
function rangeIn(text, root) {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) {
    return null;
  }
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer)) {
    return null;
  }
  if (text.contains(range.endContainer)) {
    return range;
  }
  // Three clicks on the last paragraph select up to what comes next, but none of its words.
  const beyond = range.cloneRange();
  beyond.setStartAfter(root);
  return beyond.toString().trim() === "" ? range : null;
}

function cut(words) {
  return words.length <= LONGEST ? words : words.slice(0, LONGEST).replace(/\s+\S*$/u, "");
}

/** Puts the offer under the end of the selection, within the window. */
function place(link, range) {
  const end = [...range.getClientRects()].at(-1);
  const frame = link.offsetParent?.getBoundingClientRect() ?? { left: -scrollX, top: -scrollY };
  const room = document.documentElement.clientWidth - link.offsetWidth - GAP;
  const left = Math.max(GAP, Math.min(end.right - link.offsetWidth / 2, room));
  const lowest = innerHeight - link.offsetHeight - GAP;
  const top = Math.max(GAP, Math.min(end.bottom + GAP, lowest));
  link.style.left = `${left - frame.left}px`;
  link.style.top = `${top - frame.top}px`;
}

export function askWho(root) {
  const text = document.querySelector(".page-text");
  if (!text) {
    return;
  }
  const link = document.createElement("a");
  link.className = "ask-who__link";
  link.textContent = root.dataset.label;
  link.hidden = true;
  const said = document.createElement("span");
  said.className = "govuk-visually-hidden";
  said.setAttribute("role", "status");
  root.append(link, said);
  text.after(root);
  let timer = 0;

  function hide() {
    link.hidden = true;
    said.textContent = "";
  }

  function offer() {
    const range = rangeIn(text, root);
    const words = range ? getSelection().toString().replace(/\s+/gu, " ").trim() : "";
    if (!/[\p{L}\p{N}]/u.test(words)) {
      hide();
      return;
    }
    const address = new URL(root.dataset.url, location.href);
    address.searchParams.set("words", cut(words));
    address.hash = "answer";
    link.href = address.href;
    if (link.hidden) {
      link.hidden = false;
      said.textContent = root.dataset.help;
    }
    place(link, range);
  }

  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(offer, WAIT_MS);
  });
  // Pressing on the offer must not take away what is selected.
  link.addEventListener("mousedown", (event) => event.preventDefault());
  // Who is quicker than the wait above still asks about what is selected now.
  link.addEventListener("click", offer);
  document.addEventListener("keydown", (event) => {
    if (link.hidden) {
      return;
    }
    if (event.key === "Escape") {
      clearTimeout(timer);
      hide();
    } else if (event.key === "Tab" && !event.shiftKey && document.activeElement !== link && rangeIn(text, root)) {
      event.preventDefault();
      link.focus();
    }
  });
  // Words may have been selected before this woke.
  timer = setTimeout(offer, WAIT_MS);
}
