/** Asks before somebody leaves a form with words that stand nowhere else yet; a kept draft is enough not to ask. */

export function unsaved(form) {
  form.addEventListener("input", () => {
    form.dataset.unsaved = "";
  });
  form.addEventListener("submit", () => {
    delete form.dataset.unsaved;
  });
  window.addEventListener("beforeunload", (event) => {
    if ("unsaved" in form.dataset) {
      event.preventDefault();
      // Browsers of before 2023 ask only if this is set.
      event.returnValue = "";
    }
  });
}
