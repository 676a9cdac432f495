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

function editAddress(form) {
  const section = value(form, "section");
  return form.dataset.edit + (section ? `?section=${encodeURIComponent(section)}` : "");
}

/** Keeps a copy of a form that names its person; the places of a clash fit into no other form. */
export function keepCopy(form) {
  if (!form.dataset.person) {
    return;
  }
  const copy = {
    owner: ownerOf(form),
    title: form.dataset.title,
    edit: editAddress(form),
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

/** Returns every copy in this browser that is not too old, latest first. */
function copies() {
  const found = [];
  for (const key of quietly(() => Object.keys(localStorage)) ?? []) {
    const copy = key.startsWith(KEEP) && quietly(() => JSON.parse(localStorage.getItem(key)));
    if (!copy) {
      continue;
    }
    const id = key.slice(KEEP.length);
    if (Date.now() - copy.at > LONGEST_MS) {
      dropCopy(id);
    } else {
      found.push({ ...copy, id });
    }
  }
  return found.sort((one, other) => other.at - one.at);
}

/** Returns the copies of this page that other forms of the same person left, latest first. */
export function copiesFor(form) {
  return copies().filter((copy) => copy.owner === ownerOf(form) && copy.id !== value(form, "form"));
}

/** Returns the copies of everything that this person typed here, latest first. */
export function allCopies(person) {
  return copies().filter((copy) => copy.edit && copy.owner.startsWith(`${person} `));
}

/** Remembers that the form was sent, so that the page after it can tell whether it arrived. */
export function markSent(form) {
  quietly(() => sessionStorage.setItem(SENT, value(form, "form")));
}

/**
 * Drops the copy of the form that was just sent, if this page says that all went well or that the wiki
 * keeps the words as a draft. A page on which the words wait for a sign-in settles nothing yet.
 */
export function settleSent() {
  const id = quietly(() => sessionStorage.getItem(SENT));
  if (!id || document.querySelector("[data-carried]")) {
    return;
  }
  sessionStorage.removeItem(SENT);
  if (document.querySelector(`.notice[data-kind='success'], .notice[data-kind='message'], [data-kept='${CSS.escape(id)}']`)) {
    dropCopy(id);
  }
}
