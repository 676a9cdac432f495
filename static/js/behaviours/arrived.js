/**
 * Puts the focus where somebody goes on who has just come to a form: into its text, or on the whole page
 * where something stands above the form that has to be read first. What has the focus already keeps it.
 */

function focusOn(main) {
  // As the link to the main content does it: no frame around everything, and no stop for Tab later.
  main.tabIndex = -1;
  main.classList.add("govuk-skip-link-focused-element");
  main.addEventListener("blur", () => {
    main.removeAttribute("tabindex");
    main.classList.remove("govuk-skip-link-focused-element");
  }, { once: true });
  main.focus({ preventScroll: true });
}

export function arrived(form) {
  if (document.activeElement !== document.body || location.hash) {
    return;
  }
  const field = form.elements.namedItem("text");
  const isToBeReadFirst = document.querySelector("[data-behaviour='kept-copy']:not([hidden])");
  if (form.dataset.begin === "text" && !isToBeReadFirst) {
    field.focus({ preventScroll: true });
    field.setSelectionRange(0, 0);
  } else {
    focusOn(document.getElementById("main-content"));
  }
}
