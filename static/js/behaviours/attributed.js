/** Says who wrote the passage that is pointed at, tapped or reached by keys; one stop for the Tab key in the whole text. */

const OPENING_MS = 120;
const LEAVING_MS = 300;
const GAP = 8;
const NARROW = "(max-width: 40.0525em)";
const TYPING = "input, textarea, select, [contenteditable]:not([contenteditable='false'])";

/** Puts the box under the line of the piece at this height, above it where there is no room; on a phone the style sheet does. */
function place(box, root, piece, pointer) {
  box.style.removeProperty("left");
  box.style.removeProperty("top");
  if (matchMedia(NARROW).matches) {
    return;
  }
  const lines = [...piece.getClientRects()];
  const isSeen = (line) => line.bottom > 0 && line.top < innerHeight;
  const isHere = (line) => pointer && line.top <= pointer.clientY && line.bottom >= pointer.clientY;
  const line = lines.find(isHere) ?? lines.find(isSeen) ?? lines[0];
  const frame = root.getBoundingClientRect();
  const wanted = (pointer ? pointer.clientX - 2 * GAP : line.left) - frame.left;
  const room = Math.min(frame.width, innerWidth - frame.left - GAP) - box.offsetWidth;
  const hasRoomBelow = line.bottom + GAP + box.offsetHeight <= innerHeight;
  const above = line.top - GAP - box.offsetHeight;
  const top = hasRoomBelow || above < 0 ? line.bottom + GAP : above;
  box.style.left = `${Math.max(0, Math.min(wanted, room))}px`;
  box.style.top = `${top - frame.top}px`;
}

export function attributed(root) {
  const part = (name) => root.querySelector(`[data-part='${name}']`);
  const text = part("text");
  const box = part("box");
  const pieces = [...text.querySelectorAll(".by")];
  const firsts = pieces.filter((piece) => piece.id);
  const choices = [...document.querySelectorAll("[data-legend] [data-choose]")];
  const numbers = document.querySelector("[data-legend] [data-numbers]");
  let stop = null;
  let shown = null;
  let isPinned = false;
  let timer = 0;

  const numberOf = (piece) => Number(piece.dataset.run);
  const ofRun = (piece) => pieces.filter((one) => one.dataset.run === piece.dataset.run);

  function mark(isShown) {
    for (const piece of shown ? ofRun(shown) : []) {
      piece.classList.toggle("by--shown", isShown);
    }
  }

  function hide() {
    clearTimeout(timer);
    mark(false);
    shown = null;
    isPinned = false;
    box.hidden = true;
    part("said").textContent = "";
  }

  /** Fills the box from the note under the text; nothing is fetched. */
  function show(piece, pointer) {
    clearTimeout(timer);
    const note = document.getElementById(piece.dataset.note);
    if (!note || shown === piece) {
      return;
    }
    mark(false);
    shown = piece;
    mark(true);
    const written = note.querySelector("[data-part='label']");
    const label = document.createElement("span");
    label.className = written.className;
    label.textContent = written.firstChild.textContent;
    const facts = note.querySelector("[data-part='facts']").cloneNode(true);
    part("note").replaceChildren(label, facts);
    box.classList.toggle("attributed__box--passing", Boolean(pointer) && !isPinned);
    box.hidden = false;
    place(box, root, piece, pointer);
    if (!pointer) {
      part("said").textContent = `${label.textContent} ${note.querySelector("[data-part='who']").textContent}`;
    }
  }

  function stopAt(piece) {
    stop?.removeAttribute("tabindex");
    stop = piece;
    stop.tabIndex = 0;
  }

  function goTo(piece) {
    stopAt(piece);
    piece.focus();
    show(piece);
  }

  /** Goes on among the passages that stand out, or among all. */
  function step(direction) {
    const isOne = root.classList.contains("attributed--choice");
    const ways = firsts.filter((piece) => !isOne || piece.classList.contains("by--chosen"));
    if (ways.length === 0) {
      return;
    }
    const here = numberOf(shown ?? stop);
    const later = ways.find((piece) => numberOf(piece) > here) ?? ways[0];
    const earlier = ways.findLast((piece) => numberOf(piece) < here) ?? ways.at(-1);
    const first = ways.find((piece) => numberOf(piece) === here);
    if (shown === null && first) {
      goTo(first);
    } else {
      goTo(direction > 0 ? later : earlier);
    }
  }

  function choose(link) {
    const slot = link.dataset.choose;
    root.classList.toggle("attributed--choice", slot !== "");
    for (const piece of pieces) {
      piece.classList.toggle("by--chosen", piece.dataset.by === slot);
    }
    for (const number of text.querySelectorAll(".by-number")) {
      const isChosen = number.getAttribute("href").startsWith(`#by-${slot}-`);
      number.classList.toggle("by-number--chosen", isChosen);
    }
    for (const one of choices) {
      one.toggleAttribute("aria-current", false);
      one.hidden = one.dataset.choose === "" && slot === "";
    }
    if (slot === "") {
      choices.find((one) => one.dataset.choose)?.focus();
    } else {
      link.setAttribute("aria-current", "true");
    }
    const count = firsts.filter((piece) => piece.dataset.by === slot).length;
    const name = link.querySelector("[data-name]")?.textContent ?? "";
    const words = slot === "" ? root.dataset.all : root.dataset.one;
    part("said").textContent = words.replace("{name}", () => name).replace("{count}", count);
    history.replaceState(history.state, "", link.href);
  }

  function readKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.target.closest(TYPING)) {
      return;
    }
    const isOnPiece = event.target === stop;
    const direction = { n: 1, p: -1, ...(isOnPiece && { ArrowRight: 1, ArrowLeft: -1 }) }[event.key];
    const end = isOnPiece ? { Home: firsts[0], End: firsts.at(-1) }[event.key] : null;
    const isEntering = isOnPiece && event.key === "Enter";
    if (direction || end || isEntering) {
      event.preventDefault();
    }
    if (direction) {
      step(direction);
    } else if (end) {
      goTo(end);
    } else if (isEntering) {
      show(stop);
      box.querySelector("a, button").focus();
    }
  }

  function leave() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (document.activeElement === stop) {
        show(stop);
      } else if (!box.contains(document.activeElement)) {
        hide();
      }
    }, LEAVING_MS);
  }

  if (pieces.length === 0) {
    return;
  }
  root.classList.add("attributed--quiet");
  part("plain").hidden = true;
  part("help").hidden = false;
  stopAt(pieces[0]);
  root.addEventListener("keydown", readKey);
  text.addEventListener("focusin", (event) => {
    if (event.target === stop) {
      show(stop);
    }
  });
  root.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget) && event.relatedTarget !== stop) {
      hide();
    }
  });
  text.addEventListener("pointerover", (event) => {
    const piece = event.target.closest(".by");
    if (piece && event.pointerType === "mouse" && !isPinned) {
      clearTimeout(timer);
      timer = setTimeout(() => show(piece, event), OPENING_MS);
    }
  });
  for (const element of [text, box]) {
    element.addEventListener("pointerout", (event) => {
      if (event.pointerType === "mouse" && !isPinned) {
        leave();
      }
    });
  }
  box.addEventListener("pointerover", () => clearTimeout(timer));
  text.addEventListener("click", (event) => {
    const piece = event.target.closest(".by");
    if (!piece || event.target.closest("a") || String(getSelection())) {
      return;
    }
    if (isPinned && shown === piece) {
      hide();
      return;
    }
    stopAt(piece);
    isPinned = true;
    box.classList.remove("attributed__box--passing");
    show(piece, event);
    piece.focus({ preventScroll: true });
  });
  document.addEventListener("click", (event) => {
    if (isPinned && !event.target.closest(".by") && !box.contains(event.target)) {
      hide();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown) {
      if (box.contains(document.activeElement)) {
        stop.focus();
      }
      hide();
    }
  });
  part("previous").addEventListener("click", () => step(-1));
  part("next").addEventListener("click", () => step(1));
  part("close").addEventListener("click", () => {
    stop.focus({ preventScroll: true });
    hide();
  });
  for (const link of choices) {
    link.addEventListener("click", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        choose(link);
      }
    });
  }
  if (numbers) {
    numbers.hidden = false;
    numbers.addEventListener("click", () => {
      const isQuiet = root.classList.toggle("attributed--quiet");
      numbers.setAttribute("aria-pressed", String(!isQuiet));
    });
  }
  const goToHash = () => {
    const piece = firsts.find((one) => `#${one.id}` === location.hash);
    if (piece) {
      goTo(piece);
    }
  };
  window.addEventListener("hashchange", goToHash);
  goToHash();
}
