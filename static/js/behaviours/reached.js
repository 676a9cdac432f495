/** Sends a form only once the wiki answers; else the words would give way to the browser's own page of errors. */

import { keepCopy } from "../writing/copies.js";

const PATIENCE_MS = 8000;
const GOING_WRONG = 500;

async function isThere() {
  try {
    const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.status < GOING_WRONG;
  } catch {
    return false;
  }
}

export function reached(form) {
  const trouble = form.querySelector("[data-part='trouble']");
  let isKnown = false;
  let isAsking = false;

  function say(words) {
    trouble.textContent = words;
    trouble.hidden = !words;
  }

  form.addEventListener("submit", async (event) => {
    if (isKnown) {
      isKnown = false;
      return;
    }
    event.preventDefault();
    // Nothing else may take the words for sent.
    event.stopImmediatePropagation();
    if (isAsking) {
      return;
    }
    isAsking = true;
    isKnown = await isThere();
    isAsking = false;
    say(isKnown ? "" : trouble.dataset.words);
    if (isKnown) {
      form.requestSubmit(event.submitter);
    } else if (form.dataset.person) {
      keepCopy(form);
    }
  });
  form.addEventListener("input", () => say(""));
  window.addEventListener("online", () => say(""));
}
