/** Shows the preview and the comparison in their place, without leaving what is being typed. */

/** Returns the look that the wiki makes of the form, or null if it answered with something else. */
async function lookAt(form, act) {
  const body = new URLSearchParams(new FormData(form));
  body.set("act", act);
  const answer = await fetch(form.action, { method: "POST", headers: { Accept: "text/html" }, body });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const look = page.querySelector("#look [data-part='look']");
  return look?.childElementCount ? document.importNode(look, true) : null;
}

export function look(panel) {
  const form = document.getElementById(panel.dataset.form);
  const announcement = panel.querySelector("[data-part='announcement']");

  /** Says it to those who listen; what went wrong also to those who look. */
  function say(words, isToBeSeen = false) {
    announcement.classList.toggle("govuk-visually-hidden", !isToBeSeen);
    announcement.textContent = words;
  }

  function show(fresh) {
    panel.querySelector("[data-part='look']").replaceWith(fresh);
    const title = fresh.querySelector("h2");
    say(`${title.textContent}: ${panel.dataset.shown}`);
    title.scrollIntoView({ block: "nearest" });
  }

  for (const button of form.querySelectorAll("button[formaction]")) {
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      say("");
      let fresh = null;
      try {
        fresh = await lookAt(form, button.value);
      } catch {
        say(panel.dataset.failed, true);
        return;
      }
      if (fresh) {
        show(fresh);
      } else {
        // Signed out, too long, taken away: the page that says so has the text on it.
        form.requestSubmit(button);
      }
    });
  }
}
