/** Lists what this browser alone has kept of somebody's writing, with the ways back to each page. */

import { allCopies, dropCopy } from "../writing/copies.js";
import { momentOf } from "../writing/moments.js";

export function keptCopies(section) {
  const list = section.querySelector("[data-part='list']");
  const model = section.querySelector("template");
  const empty = document.querySelector("[data-part='no-drafts']");

  function show() {
    const copies = allCopies(section.dataset.person);
    section.hidden = copies.length === 0;
    if (empty) {
      empty.hidden = copies.length > 0;
    }
    list.replaceChildren(...copies.map(row));
  }

  function row(copy) {
    const made = model.content.cloneNode(true);
    const part = (name) => made.querySelector(`[data-part='${name}']`);
    part("open").textContent = copy.title;
    part("open").href = copy.edit;
    part("when").textContent = momentOf(new Date(copy.at));
    part("drop-title").textContent = `: ${copy.title}`;
    part("drop").addEventListener("click", () => {
      dropCopy(copy.id);
      show();
      list.querySelector("a")?.focus();
    });
    return made;
  }

  show();
}
