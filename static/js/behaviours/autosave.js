/**
 * Keeps what is typed: in this browser at once, as a draft in the wiki two seconds after typing stops.
 * It says "saved" only after the wiki did, says since when it could not, and tries again by itself.
 */

import { dropCopy, keepCopy, markSent, typedIn } from "../writing/copies.js";
import { clockOf } from "../writing/moments.js";
import { store } from "../writing/storing.js";

const PAUSE_MS = 2000;
const COPY_MS = 300;
const RETRY_MS = [5_000, 10_000, 20_000, 30_000];

const clock = () => clockOf(new Date());

/** Returns how to say what became of the words: always to be seen, and heard where it is news. */
function teller(form) {
  const part = (name) => form.querySelector(`[data-part='${name}']`);
  let before = "";
  return (outcome, words, isAsked = false) => {
    part("status").hidden = false;
    part("status").dataset.outcome = outcome;
    part("said").textContent = words;
    part("sign-in").hidden = outcome !== "signed-out";
    const isNews = outcome !== "waiting" && (outcome !== before || isAsked);
    if (isNews) {
      const isBack = outcome === "kept" && before !== "" && before !== "kept";
      part("announcement").textContent = isBack ? `${form.dataset.again} ${words}` : words;
      before = outcome;
    }
  };
}

export function autosave(form) {
  const say = teller(form);
  let kept = typedIn(form);
  let since = "";
  let tries = 0;
  let isSending = false;
  let asking = null;
  let [soon, copying] = [0, 0];

  async function keep(isAsked = false) {
    clearTimeout(soon);
    const now = typedIn(form);
    if (isSending || (now === kept && !isAsked)) {
      return;
    }
    asking?.abort();
    asking = new AbortController();
    const { outcome, said } = await store(form, asking.signal);
    if (outcome === "kept") {
      settle(now);
      say("kept", said, isAsked);
    } else if (outcome !== "stopped") {
      retry(outcome, said, isAsked);
    }
  }

  function settle(now) {
    [kept, tries] = [now, 0];
    if (typedIn(form) === now) {
      since = "";
      clearTimeout(copying);
      dropCopy(form.elements.namedItem("form").value);
      delete form.dataset.unsaved;
    } else {
      since = clock();
      soon = setTimeout(keep, PAUSE_MS);
    }
  }

  function retry(outcome, said, isAsked) {
    const words = { offline: "offline", "signed-out": "signedOut", refused: "refused" }[outcome];
    say(outcome, `${said} ${form.dataset[words].replace("{time}", since || clock())}`.trim(), isAsked);
    soon = setTimeout(keep, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
    tries += 1;
  }

  form.addEventListener("input", () => {
    since ||= clock();
    isSending = false;
    if (tries === 0) {
      say("waiting", form.dataset.waiting);
    }
    clearTimeout(copying);
    copying = setTimeout(() => keepCopy(form), COPY_MS);
    clearTimeout(soon);
    soon = setTimeout(keep, PAUSE_MS);
  });
  form.addEventListener("submit", () => {
    isSending = true;
    clearTimeout(soon);
    clearTimeout(copying);
    asking?.abort();
    keepCopy(form);
    markSent(form);
  });
  form.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      keep(true);
    }
  });
  form.querySelector("[data-part='cancel']")?.addEventListener("click", async (event) => {
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (isPlain && typedIn(form) !== kept) {
      // So that the next page knows of these words too, and can ask about them.
      event.preventDefault();
      const { href } = event.currentTarget;
      await keep();
      if (typedIn(form) === kept) {
        location.assign(href);
      }
    }
  });
  window.addEventListener("online", () => keep());
  document.addEventListener("visibilitychange", () => keep());
}
