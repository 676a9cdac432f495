/**
 * The tools above a text (the toolbar pattern: one stop for Tab, arrow keys inside), and their keys in
 * the text; Enter goes on with a list. What they write can be undone like typing. Tab itself stays the
 * way out of the text.
 */

import { nextItem, TOOLS } from "../writing/marks.js";

const KEYS = { b: "bold", i: "italic", k: "link" };

/** Writes as if typed, so that undoing works; only where that is refused by setting the text. */
function write(field, { from, to, text, select }) {
  field.focus();
  field.setSelectionRange(from, to);
  const isWritten = document.execCommand(text ? "insertText" : "delete", false, text);
  if (!isWritten) {
    field.setRangeText(text, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(...select);
}

export function textTools(bar) {
  const field = document.getElementById(bar.getAttribute("aria-controls"));
  const buttons = [...bar.querySelectorAll("button")];

  function use(tool) {
    const { selectionStart, selectionEnd, value } = field;
    write(field, TOOLS[tool](value, selectionStart, selectionEnd, bar.dataset.words));
  }

  function stopAt(button) {
    buttons.forEach((one) => {
      one.tabIndex = one === button ? 0 : -1;
    });
  }

  bar.hidden = false;
  stopAt(buttons[0]);
  for (const button of buttons) {
    button.addEventListener("click", () => use(button.dataset.tool));
    button.addEventListener("focus", () => stopAt(button));
  }
  bar.addEventListener("keydown", (event) => {
    const here = buttons.indexOf(document.activeElement);
    const last = buttons.length - 1;
    const step = { ArrowRight: here === last ? 0 : here + 1, ArrowLeft: here === 0 ? last : here - 1, Home: 0, End: last };
    if (event.key in step) {
      event.preventDefault();
      buttons[step[event.key]].focus();
    }
  });
  field.addEventListener("keydown", (event) => {
    const isOurs = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const tool = isOurs && KEYS[event.key.toLowerCase()];
    if (tool) {
      event.preventDefault();
      use(tool);
      return;
    }
    const isEnter = event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.isComposing;
    const next = isEnter && nextItem(field.value, field.selectionStart, field.selectionEnd);
    if (next) {
      event.preventDefault();
      write(field, next);
    }
  });
}
