/** Copies a lasting address instead of following it, and says so; where copying is refused the link stays a link. */

const SAID_FOR_MS = 2500;

export function copyLink(link) {
  const words = link.textContent;
  const live = document.createElement("span");
  live.className = "govuk-visually-hidden";
  live.setAttribute("role", "status");
  link.after(live);

  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) {
      return;
    }
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(link.href);
    } catch {
      location.assign(link.href);
      return;
    }
    link.textContent = link.dataset.copied;
    live.textContent = link.dataset.copied;
    setTimeout(() => {
      link.textContent = words;
      live.textContent = "";
    }, SAID_FOR_MS);
  });
}
