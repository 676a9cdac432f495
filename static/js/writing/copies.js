/**
 * Copies of what is being typed, in this browser alone: one for each form, from the first letter until
 * the wiki says that it has the words. Where a browser keeps nothing, everything else works on.
 */

const KEEP = "manyhands:copy:";
const SENT = "manyhands:sent";
const OF_THE_FORM = new Set(["csrf_token", "form"]);
const LONGEST_MS = 30 * 24 * 3600 * 1000;

function quietly(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}

const value = (form, name) => form.elements.namedItem(name)?.value ?? "";

/** Returns what somebody types into the form, as one string that can be compared. */
export function typedIn(form) {
  const fields = [...new FormData(form)].filter(([name]) => !OF_THE_FORM.has(name));
  return JSON.stringify(fields);
}

/** Says whose copy of which page it is; only such a one is offered again. */
const ownerOf = (form) => [form.dataset.person, form.getAttribute("action"), value(form, "section")].join(" ");

/** Keeps a copy of a form that names its person; the places of a clash fit into no other form. */
export function keepCopy(form) {
  if (!form.dataset.person) {
    return;
  }
  const copy = {
    owner: ownerOf(form),
    at: Date.now(),
    base: value(form, "base"),
    text: value(form, "text"),
    note: value(form, "note"),
  };
  quietly(() => localStorage.setItem(KEEP + value(form, "form"), JSON.stringify(copy)));
}

export function dropCopy(id) {
  quietly(() => localStorage.removeItem(KEEP + id));
}

/** Returns the copies of this page that other forms of the same person left, latest first. */
export function copiesFor(form) {
  const found = [];
  for (const key of quietly(() => Object.keys(localStorage)) ?? []) {
    const copy = key.startsWith(KEEP) && quietly(() => JSON.parse(localStorage.getItem(key)));
    if (!copy) {
      continue;
    }
    const id = key.slice(KEEP.length);
    if (Date.now() - copy.at > LONGEST_MS) {
      dropCopy(id);
    } else if (copy.owner === ownerOf(form) && id !== value(form, "form")) {
      found.push({ ...copy, id });
    }
  }
  return found.sort((one, other) => other.at - one.at);
}

/** Remembers that the form was sent, so that the page after it can tell whether it arrived. */
export function markSent(form) {
  quietly(() => sessionStorage.setItem(SENT, value(form, "form")));
}

/** Drops the copy of the form that was just sent, if this page says that all went well. */
export function settleSent() {
  const id = quietly(() => sessionStorage.getItem(SENT));
  if (!id) {
    return;
  }
  sessionStorage.removeItem(SENT);
  if (document.querySelector(".govuk-notification-banner--success")) {
    dropCopy(id);
  }
}
