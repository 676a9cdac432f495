/** Keeps the two columns of a history sensible: the older choice always stands below the newer one. */

export function compareChoice(form) {
  const older = [...form.querySelectorAll("input[name='from']")];
  const newer = [...form.querySelectorAll("input[name='to']")];

  // Rows run from the newest to the oldest, so "older" means further down.
  function update() {
    const from = older.findIndex((radio) => radio.checked);
    const to = newer.findIndex((radio) => radio.checked);
    older.forEach((radio, row) => {
      radio.disabled = to >= 0 && row <= to;
    });
    newer.forEach((radio, row) => {
      radio.disabled = from >= 0 && row >= from;
    });
    older.forEach((radio, row) => {
      radio.closest("tr").classList.toggle("revision-row--between", row >= to && row <= from && to >= 0);
    });
  }

  form.addEventListener("change", update);
  // A browser that goes back restores the choices after this script has run.
  window.addEventListener("pageshow", update);
  update();
}
