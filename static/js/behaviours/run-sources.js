/** Says beside the words who put them in or took them out, on pointing or tapping; a note in use shows its words. */

const PATIENCE_MS = 250;

export function runSources(root) {
  const bubble = document.createElement("div");
  bubble.className = "run-bubble";
  // Heard before the words, and read under the change: this is for the eye at the place.
  bubble.setAttribute("aria-hidden", "true");
  bubble.hidden = true;
  root.append(bubble);
  let waiting;

  function mark(element) {
    for (const marked of root.querySelectorAll(".is-pointed-at")) {
      marked.classList.remove("is-pointed-at");
    }
    const change = element?.closest(".change-block");
    const number = element?.dataset.source;
    for (const one of change?.querySelectorAll(`[data-source="${number}"]`) ?? []) {
      one.classList.add("is-pointed-at");
    }
  }

  function hide() {
    clearTimeout(waiting);
    bubble.hidden = true;
    mark(null);
  }

  function show(run, x) {
    clearTimeout(waiting);
    const change = run.closest(".change-block");
    const words = change.querySelector(`.change-sources [data-source="${run.dataset.source}"] .change-sources__words`);
    if (!words) {
      return;
    }
    mark(run);
    bubble.textContent = words.textContent;
    bubble.hidden = false;
    const frame = root.getBoundingClientRect();
    const lines = [...run.getClientRects()];
    const line = lines.find(({ left, right }) => left <= x && x <= right) ?? lines[0];
    const room = frame.width - bubble.offsetWidth;
    bubble.style.left = `${Math.max(0, Math.min(line.left - frame.left, room))}px`;
    bubble.style.top = `${line.bottom - frame.top}px`;
  }

  const runOf = (event) => event.target.closest?.(".run[data-source]");

  root.addEventListener("pointerover", (event) => {
    const run = runOf(event);
    if (run && event.pointerType === "mouse") {
      show(run, event.clientX);
    } else if (bubble.contains(event.target)) {
      clearTimeout(waiting);
    }
  });
  root.addEventListener("pointerout", (event) => {
    if (event.pointerType === "mouse" && !bubble.hidden) {
      clearTimeout(waiting);
      waiting = setTimeout(hide, PATIENCE_MS);
    }
  });
  document.addEventListener("click", (event) => {
    const run = root.contains(event.target) && runOf(event);
    if (run && !event.target.closest("a")) {
      show(run, event.clientX);
    } else if (!bubble.contains(event.target)) {
      hide();
    }
  });
  root.addEventListener("focusin", (event) => mark(event.target.closest(".change-sources__note[data-source]")));
  root.addEventListener("focusout", () => mark(null));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      hide();
    }
  });
}
