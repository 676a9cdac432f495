/** Tells the wiki now and then that a form is open, and at once when it no longer is. */

const BEAT_MS = 2 * 60 * 1000;

export function presence(form) {
  const value = (name) => form.elements.namedItem(name)?.value ?? "";

  function tell(isGone) {
    const body = new URLSearchParams({ csrf_token: value("csrf_token"), page: value("page") });
    if (isGone) {
      body.set("gone", "1");
    }
    navigator.sendBeacon(form.dataset.presence, body);
  }

  if (value("page") === "0") {
    return;
  }
  tell(false);
  setInterval(() => tell(false), BEAT_MS);
  window.addEventListener("pagehide", () => tell(true));
  window.addEventListener("pageshow", (event) => event.persisted && tell(false));
}
