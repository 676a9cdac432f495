/** Offers text that this browser kept because the wiki could not be reached when it was typed. */

import { copiesFor, dropCopy } from "../writing/copies.js";
import { momentOf } from "../writing/moments.js";

export function keptCopy(offer) {
  const form = document.getElementById(offer.dataset.form);
  const field = form?.elements.namedItem("text");
  const part = (name) => offer.querySelector(`[data-part='${name}']`);
  if (!field) {
    return;
  }

  function next() {
    const copies = copiesFor(form);
    copies.filter((copy) => copy.text === field.value).forEach((copy) => dropCopy(copy.id));
    return copies.find((copy) => copy.text !== field.value);
  }

  function show(copy) {
    offer.hidden = !copy;
    if (!copy) {
      return;
    }
    part("when").textContent = momentOf(new Date(copy.at));
    part("text").textContent = copy.text;
    part("take").onclick = () => take(copy);
    part("drop").onclick = () => drop(copy);
  }

  function take(copy) {
    field.focus();
    field.select();
    if (!document.execCommand("insertText", false, copy.text)) {
      field.value = copy.text;
    }
    // What others saved since this was typed is brought together with it as ever.
    form.elements.namedItem("base").value = copy.base;
    const note = form.elements.namedItem("note");
    note.value = note.value || copy.note;
    dropCopy(copy.id);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.setSelectionRange(0, 0);
    form.querySelector("[data-part='announcement']").textContent = offer.dataset.taken;
    show(next());
  }

  function drop(copy) {
    dropCopy(copy.id);
    show(next());
    (offer.hidden ? field : part("drop")).focus();
  }

  show(next());
}
