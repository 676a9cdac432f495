/** Lets a field grow with its text where the browser does not do so by style; the style says how far. */

export function growing(field) {
  if (CSS.supports("field-sizing", "content")) {
    return;
  }

  function grow() {
    const border = field.offsetHeight - field.clientHeight;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + border}px`;
  }

  field.addEventListener("input", grow);
  // A field in a shut fold has no height until it is opened.
  field.closest("details")?.addEventListener("toggle", grow);
  grow();
}
