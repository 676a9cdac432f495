/** Opens or shuts every fold of unchanged text at once. */

export function foldAll(bar) {
  const folds = [...document.querySelectorAll("details[data-fold]")];
  const open = bar.querySelector("[data-part='open']");
  const close = bar.querySelector("[data-part='close']");

  function set(isOpen) {
    for (const fold of folds) {
      fold.open = isOpen;
    }
    open.hidden = isOpen;
    close.hidden = !isOpen;
    (isOpen ? close : open).focus();
  }

  bar.hidden = folds.length === 0;
  open.addEventListener("click", () => set(true));
  close.addEventListener("click", () => set(false));
}
