/**
 * Suggests pages while somebody types in a search field (the combobox pattern with a listbox).
 * Enter without a chosen suggestion sends the form as ever; any failure leaves a plain search field.
 */

const PAUSE_MS = 150;
const LEAST_LETTERS = 2;

function optionOf({ title, url, path }, id) {
  const option = document.createElement("li");
  option.className = "type-ahead__option";
  option.id = id;
  option.setAttribute("role", "option");
  option.dataset.url = url;
  option.append(title);
  if (path) {
    const where = document.createElement("span");
    where.className = "type-ahead__path";
    where.textContent = path;
    option.append(where);
  }
  return option;
}

function listFor(input) {
  const list = document.createElement("ul");
  list.className = "type-ahead";
  list.id = `${input.id}-suggestions`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
  return list;
}

export function typeAhead(form) {
  const input = form.querySelector("input[type='search']");
  const list = listFor(input);
  const live = document.createElement("div");
  let waiting = 0;
  let asking = null;
  let chosen = -1;

  live.className = "govuk-visually-hidden";
  live.setAttribute("role", "status");
  form.append(list, live);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    input.setAttribute(name, value);
  }

  function choose(index) {
    chosen = index;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    if (index >= 0) {
      input.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function close() {
    clearTimeout(waiting);
    asking?.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function show(pages) {
    list.replaceChildren(...pages.map((page, index) => optionOf(page, `${list.id}-${index}`)));
    list.hidden = pages.length === 0;
    input.setAttribute("aria-expanded", String(pages.length > 0));
    choose(-1);
    const { none, one, found } = form.dataset;
    live.textContent = pages.length === 0 ? none : pages.length === 1 ? one : found.replace("{n}", pages.length);
  }

  async function ask(words) {
    asking?.abort();
    asking = new AbortController();
    try {
      const address = `${form.dataset.suggest}?${new URLSearchParams({ q: words })}`;
      const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: asking.signal });
      const pages = answer.ok ? await answer.json() : [];
      if (Array.isArray(pages) && document.activeElement === input) {
        show(pages);
      }
    } catch {
      // Aborted or offline: the field still searches.
    }
  }

  input.addEventListener("input", () => {
    close();
    const words = input.value.trim();
    if (words.length >= LEAST_LETTERS) {
      waiting = setTimeout(() => ask(words), PAUSE_MS);
    }
  });
  input.addEventListener("keydown", (event) => {
    const { length } = list.children;
    if (list.hidden || length === 0) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = chosen + (event.key === "ArrowDown" ? 1 : -1);
      choose(next < -1 ? length - 1 : next >= length ? -1 : next);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.url);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", close);
  // The blur that a press causes would close the list before the click arrives.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role='option']");
    if (option) {
      location.assign(option.dataset.url);
    }
  });
}
