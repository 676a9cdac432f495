/** Walks through the changes of a comparison: the keys n and p, the two links of the bar, and the count between them. */

const TYPING = "input, textarea, select, [contenteditable]:not([contenteditable='false'])";

/** Returns the place among `changes` that lies at or above the upper edge of what is seen, -1 before the first. */
function placeInView(changes, edge) {
  let place = -1;
  changes.forEach((change, index) => {
    if (change.getBoundingClientRect().top <= edge) {
      place = index;
    }
  });
  return place;
}

export function changeKeys(bar) {
  const changes = [...document.querySelectorAll("[id^='change-'][tabindex='-1']")];
  const part = (name) => bar.querySelector(`[data-part='${name}']`);
  let current = -1;

  const say = (index) =>
    bar.dataset.position.replace("{number}", index + 1).replace("{total}", changes.length);

  function show(index) {
    current = index;
    part("position").textContent = say(index);
    const { length } = changes;
    part("previous").hash = changes[(index - 1 + length) % length].id;
    part("next").hash = changes[(index + 1) % length].id;
  }

  function goTo(index) {
    const change = changes[(index + changes.length) % changes.length];
    show(changes.indexOf(change));
    change.focus({ preventScroll: true });
    change.scrollIntoView({ block: "start" });
    part("announcement").textContent = say(current);
  }

  function step(direction) {
    const focused = changes.findIndex((change) => change.contains(document.activeElement));
    const from = focused >= 0 ? focused : current >= 0 ? current : placeInView(changes, bar.offsetHeight);
    goTo(from < 0 && direction < 0 ? changes.length - 1 : from + direction);
  }

  if (changes.length === 0) {
    return;
  }
  // The bar grows with the size of type; what it leads to must stay below it.
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--sticky-bar", `${bar.offsetHeight}px`);
  }).observe(bar);
  document.addEventListener("keydown", (event) => {
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing;
    if (!isPlain || event.target.closest?.(TYPING)) {
      return;
    }
    const direction = { n: 1, p: -1 }[event.key.toLowerCase()];
    if (direction) {
      event.preventDefault();
      step(direction);
    }
  });
  for (const [name, direction] of [["next", 1], ["previous", -1]]) {
    part(name).addEventListener("click", (event) => {
      event.preventDefault();
      step(direction);
    });
  }
  window.addEventListener("hashchange", () => {
    const index = changes.findIndex((change) => `#${change.id}` === location.hash);
    if (index >= 0) {
      show(index);
    }
  });
}
