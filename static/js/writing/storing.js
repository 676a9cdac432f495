/** Sends what is being typed to be kept as a draft, and says what became of it. */

import { dropCopy, keepCopy } from "./copies.js";

const REFUSED_TOKEN = new Set([0, 400, 401, 403]);
// Browsers send no more than this from a page that is being left.
const LEAVING_BYTES = 60_000;

/** Returns a token for the form as long as somebody is signed in, maybe in another tab; else "". */
async function freshToken(form, signal) {
  const answer = await fetch(form.dataset.edit, { headers: { Accept: "text/html" }, redirect: "manual", signal });
  if (!answer.ok) {
    return "";
  }
  const there = new DOMParser().parseFromString(await answer.text(), "text/html");
  return there.querySelector("#writing input[name='csrf_token']")?.value ?? "";
}

async function send(form, signal) {
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.dataset.drafts, {
    method: "POST",
    headers: { Accept: "application/json" },
    body,
    keepalive: body.toString().length < LEAVING_BYTES,
    redirect: "manual",
    signal,
  });
  const { said = "", form: name = "" } = await answer.json().catch(() => ({}));
  return { status: answer.status, isKept: answer.ok && said !== "", said, name };
}

/** Gives a form that was sent already, and is written in once more, the name that the wiki has for it. */
function rename(form, name) {
  const before = form.elements.namedItem("form").value;
  form.elements.namedItem("form").value = name;
  form.elements.namedItem("seen").value = "";
  form.elements.namedItem("continues").value = "";
  keepCopy(form);
  dropCopy(before);
}

/**
 * Returns {outcome, said}: the outcome is kept, signed-out, refused, offline or (when the signal stopped
 * it) stopped; `said` is the server's sentence. A token that grew old is replaced once.
 */
export async function store(form, signal) {
  try {
    let answer = await send(form, signal);
    if (REFUSED_TOKEN.has(answer.status)) {
      const token = await freshToken(form, signal);
      if (!token) {
        return { outcome: "signed-out", said: "" };
      }
      form.elements.namedItem("csrf_token").value = token;
      answer = await send(form, signal);
    }
    if (answer.name) {
      rename(form, answer.name);
      answer = await send(form, signal);
    }
    return { outcome: answer.isKept ? "kept" : "refused", said: answer.said };
  } catch {
    return { outcome: signal.aborted ? "stopped" : "offline", said: "" };
  }
}
